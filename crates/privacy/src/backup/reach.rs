//! How far a ledger of erasures reaches: a backup must not be restored under one that is older than itself.
//!
//! Lines are never taken out of the ledger of an organisation that is here; those of one that ended go two years later. So a
//! backup does not count the latter, and names the newest of the former: that one must be there, however many there are.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use store::dump::{Piece, Shelf, picture};
use store::{StoreConfig, Value};
use vault::Head;

use super::BackupFault;
use super::shelf::of_keys;

/// The lines of a ledger: each with its organisation and its id.
type Lines = BTreeSet<(String, String)>;

/// The head with what the ledger has now.
pub(super) async fn noted(config: &StoreConfig, head: Head) -> Result<Head, BackupFault> {
    let lines = cells(config, "subject_mac", "id").await?;
    // Only an end that was reached has a moment.
    let ended: BTreeSet<String> =
        cells(config, "certificate", "finished_at").await?.into_iter().map(|(of, _)| of).collect();
    let lasting: Vec<String> = lines.into_iter().filter(|(of, _)| !ended.contains(of)).map(|(_, id)| id).collect();
    let newest = lasting.iter().max().map(|id| fingerprint(id));
    Ok(Head { ledger: i64::try_from(lasting.len()).unwrap_or(i64::MAX), newest, ..head })
}

/// Refuses a ledger that is older than the backup with this head.
pub(super) async fn demand(config: &StoreConfig, head: &Head) -> Result<(), BackupFault> {
    let here = cells(config, "subject_mac", "id").await?;
    if reaches(&here, head) {
        return Ok(());
    }
    Err(BackupFault::OldLedger { here: i64::try_from(here.len()).unwrap_or(i64::MAX), then: head.ledger })
}

/// A head that names no line, of an earlier version or of an empty ledger, has only the number.
fn reaches(here: &Lines, head: &Head) -> bool {
    let enough = i64::try_from(here.len()).is_ok_and(|many| many >= head.ledger);
    enough && head.newest.as_ref().is_none_or(|newest| here.iter().any(|(_, id)| fingerprint(id) == *newest))
}

/// Whoever has the id of an erasure may look at it, and the head of an archive can be read by anybody.
fn fingerprint(id: &str) -> String {
    HEXLOWER.encode(digest(&SHA256, id.as_bytes()).as_ref())
}

/// Of the table of the keyring with the column `of`: every row's organisation and `column`, where it has one.
async fn cells(config: &StoreConfig, of: &str, column: &str) -> Result<Lines, BackupFault> {
    let tables = of_keys().into_iter().filter(|shelf| shelf.columns.iter().any(|it| it == of));
    let columns = || vec!["organisation".to_owned(), column.to_owned()];
    let shelves = tables.map(|shelf| Shelf { columns: columns(), ..shelf }).collect();
    let (mut pieces, mut lines) = (picture(config, shelves).await?, Lines::new());
    loop {
        match pieces.recv().await {
            Some(Piece::Rows(_, rows)) => lines.extend(rows.into_iter().filter_map(|row| match row.as_slice() {
                [Value::Text(whose), Value::Text(id)] => Some((whose.clone(), id.clone())),
                [Value::Text(whose), Value::Int(number)] => Some((whose.clone(), number.to_string())),
                _ => None,
            })),
            Some(Piece::End) => return Ok(lines),
            Some(Piece::Broken(error)) => return Err(error.into()),
            None => return Err(BackupFault::Trial("the ledger could not be read to its end".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::depot::head;
    use model::Moment;

    #[test]
    fn a_ledger_is_new_enough_by_its_newest_line_or_where_none_is_named_by_their_number() {
        let line = |of: &str, id: &str| (of.to_owned(), id.to_owned());
        let here = Lines::from([line("org_a", "era_1"), line("org_b", "era_2")]);
        let plain = head("data", Moment::from_millis(1));
        let of = |ledger, newest: Option<&str>| Head { ledger, newest: newest.map(fingerprint), ..plain.clone() };
        assert!(reaches(&here, &of(2, Some("era_1"))) && reaches(&here, &of(1, Some("era_2"))));
        assert!(!reaches(&here, &of(1, Some("era_3"))), "many lines are not the right one");
        assert!(reaches(&here, &of(2, None)) && !reaches(&here, &of(3, None)), "written by an earlier version");
        assert!(reaches(&Lines::new(), &of(0, None)), "nobody was erased");
    }
}
