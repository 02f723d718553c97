//! Puts the copy of the keys back where keys.db was lost too: all of it, or what is there counts as half and is not believed.

use std::collections::BTreeSet;
use std::path::Path;

use model::{OrganisationId, PersonId};
use store::dump::{self, Restore, Shelf, count, mark};
use store::{Store, StoreConfig, Value};
use vault::{ArchiveKey, Keyring};

use super::BackupFault;
use super::read::{Found, read};
use super::shelf::{Tally, encode, of_keys};
use super::trial::{look, tally};
use crate::ledger;

/// The keys that are here count; where there are none, or half of a copy, the copy does. The store is marked before the first
/// key is put back and until they were compared with the copy: whoever finds the mark may empty the keyring, because it was
/// empty when the mark was set.
pub(super) async fn keys(
    (store, config): (&Store, &StoreConfig),
    keyring: &Keyring,
    (copy, key): (Option<&Path>, &ArchiveKey),
) -> Result<(), BackupFault> {
    let half = dump::how_far(store).await? == Restore::Keys;
    let mut there = 0;
    for shelf in of_keys() {
        there += count(store, &shelf.table).await?;
    }
    let copy = match copy {
        _ if there > 0 && !half => return Ok(()),
        Some(copy) => copy,
        None if half => return Err(BackupFault::HalfKeys),
        None => return Err(BackupFault::NoKeys),
    };
    // Once to its end before anything of it is believed.
    look(copy, key).await?;
    mark(store, Restore::Keys).await?;
    for shelf in of_keys().iter().rev() {
        dump::clear(store, &shelf.table).await?;
    }
    let put = put_back(store, keyring, (copy, key)).await?;
    if tally(config, of_keys()).await? != put {
        return Err(BackupFault::Trial("the keys that lie in the store differ".to_owned()));
    }
    Ok(mark(store, Restore::Data).await?)
}

/// Everything but the keys of whoever stands in a ledger: those stay destroyed. Answers with what was put back.
async fn put_back(
    store: &Store,
    keyring: &Keyring,
    (copy, key): (&Path, &ArchiveKey),
) -> Result<Vec<Tally>, BackupFault> {
    let (mut gone, mut found) = (Gone::default(), read(copy, key)?);
    let mut put: Vec<Tally> = of_keys().iter().map(Tally::of).collect();
    loop {
        match found.recv().await {
            Some(Found::Rows(shelf, rows)) => {
                gone.learn(&shelf, &rows);
                let kept: Vec<_> = rows.into_iter().filter(|row| !gone.is_of(&shelf, row, keyring)).collect();
                if let Some(tally) = put.iter_mut().find(|tally| tally.table == shelf.table) {
                    kept.iter().for_each(|row| tally.add(&encode(row)));
                }
                dump::put_back(store, &shelf, kept).await?;
            }
            Some(Found::Whole(_)) => return Ok(put),
            Some(Found::Broken(fault)) => return Err(fault),
            None => return Err(vault::ArchiveError::Truncated.into()),
        }
    }
}

/// Who stands in the ledgers, which come before the keys.
#[derive(Default)]
struct Gone {
    erased: BTreeSet<Vec<u8>>,
    departed: BTreeSet<String>,
}

impl Gone {
    fn learn(&mut self, shelf: &Shelf, rows: &[Vec<Value>]) {
        if let Some(mac) = at(shelf, "subject_mac") {
            self.erased.extend(rows.iter().filter_map(|row| bytes(row.get(mac))));
        }
        if let (Some(_), Some(whose)) = (at(shelf, "certificate"), at(shelf, "organisation")) {
            self.departed.extend(rows.iter().filter_map(|row| text(row.get(whose)).map(str::to_owned)));
        }
    }

    /// Whether a row is the key of one of them.
    fn is_of(&self, shelf: &Shelf, row: &[Value], keyring: &Keyring) -> bool {
        let Some(subject) = at(shelf, "subject") else { return false };
        let Some(whose) = at(shelf, "organisation").and_then(|whose| text(row.get(whose))) else { return false };
        let person = text(row.get(subject)).and_then(|id| id.parse::<PersonId>().ok());
        let erased = whose.parse::<OrganisationId>().ok().zip(person);
        let erased = erased.is_some_and(|(whose, person)| self.erased.contains(&ledger::mac(keyring, whose, person)));
        erased || self.departed.contains(whose)
    }
}

fn at(shelf: &Shelf, name: &str) -> Option<usize> {
    shelf.columns.iter().position(|column| column == name)
}

fn text(cell: Option<&Value>) -> Option<&str> {
    match cell {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn bytes(cell: Option<&Value>) -> Option<Vec<u8>> {
    match cell {
        Some(Value::Bytes(bytes)) => Some(bytes.clone()),
        _ => None,
    }
}
