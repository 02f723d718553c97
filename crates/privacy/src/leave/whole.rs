//! Whether leaving keeps its word: that an export would take everything along, and that of whoever left nothing is here.

use std::collections::BTreeSet;

use datamap::{TABLES, Table};
use model::OrganisationId;
use store::departure::{self, DepartureRow};
use store::tenant::{self, Holding, Place};
use store::{Fence, Statement, Store, probe};
use vault::Keyring;

use super::export::tables;
use super::gather::{Gatherer, is_file, printed};
use super::{TENANT, holdings, is_ledger};
use crate::Fault;

/// How many rows of each table are handed over for trial.
const SAMPLE: usize = 20;
/// How many where a row holds a file: they may be large.
const FILES: usize = 2;
/// How many ends are looked at, the latest first.
const ENDS: usize = 50;

/// What a trial of the export found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Tables that are handed over.
    pub tables: usize,
    /// Rows that were handed over for trial.
    pub rows: i64,
    /// Rows that are there and would not be handed over.
    pub missing: i64,
    /// In which tables.
    pub where_: BTreeSet<String>,
}

/// Hands over the first rows of every table for trial, and looks in every table the engine has for rows that no export takes along.
pub async fn whole(keyring: &Keyring, store: &Store, organisation: OrganisationId) -> Result<Whole, Fault> {
    let fence = Fence::Organisation(organisation);
    let carried = tables();
    let mut found = Whole { tables: carried.len(), ..Whole::default() };
    let silent = |table: &'static Table| is_ledger(table) || printed(table).is_empty();
    let live: BTreeSet<String> =
        store.columns().await?.into_iter().filter(|(_, column)| column == TENANT).map(|(table, _)| table).collect();
    for table in live {
        let taken = carried.iter().any(|(known, _)| known.name == table);
        if taken || TABLES.iter().any(|known| known.name == table && silent(known)) {
            continue;
        }
        let left = many(store, fence, probe::of_organisation(&table, organisation)).await?;
        found.note(&table, left);
    }
    let mut gatherer = Gatherer::new(keyring, store, organisation);
    for (table, of) in carried {
        gatherer.most = if table.fields.iter().any(is_file) { FILES } else { SAMPLE };
        let begin = if of.key.is_some() { Place::After(String::new()) } else { Place::Skip(0) };
        let before = many(store, fence, tenant::count(of, organisation)).await?;
        let (got, last) = match gatherer.page(table, of, &begin).await {
            Ok(page) => (page.rows.len(), page.next.is_none()),
            // A row was erased between two looks at it.
            Err(Fault::Refused(_)) => continue,
            Err(fault) => return Err(fault),
        };
        // Counted on both sides: what comes or goes meanwhile is not missing.
        let after = many(store, fence, tenant::count(of, organisation)).await?;
        let got = i64::try_from(got).unwrap_or(i64::MAX);
        found.rows += got;
        // A page that says that more follow ended because it was full.
        if last {
            found.note(table.name, before.min(after) - got);
        }
    }
    Ok(found)
}

impl Whole {
    fn note(&mut self, table: &str, missing: i64) {
        if missing > 0 {
            self.missing += missing;
            self.where_.insert(table.to_owned());
        }
    }
}

/// What is left of organisations that ended here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// How many ends were looked at.
    pub ended: usize,
    /// Rows of theirs that are here, and ends without a certificate.
    pub left: i64,
}

/// Looks for rows of organisations that ended, table by table. Ledgers are meant to stay: they keep a backup from bringing one back.
pub async fn remains(store: &Store) -> Result<Remains, Fault> {
    let mut found = Remains::default();
    for row in store.all(Fence::House, departure::every()).await?.iter().rev().take(ENDS) {
        let row = DepartureRow::from_row(row)?;
        if row.finished_at.is_none() {
            continue;
        }
        found.ended += 1;
        found.left += i64::from(row.certificate.is_none());
        for (_, of) in holdings().filter(|(table, _)| !is_ledger(table)) {
            found.left += rows(store, of, row.organisation).await?;
        }
    }
    Ok(found)
}

async fn rows(store: &Store, of: Holding, organisation: OrganisationId) -> Result<i64, Fault> {
    many(store, Fence::Organisation(organisation), tenant::count(of, organisation)).await
}

async fn many(store: &Store, fence: Fence, statement: Statement) -> Result<i64, Fault> {
    match store.one(fence, statement).await? {
        Some(row) => Ok(row.int("many")?),
        None => Ok(0),
    }
}
