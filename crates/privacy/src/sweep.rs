//! The second hand: proves an erasure by asking the engine for every table it has, not the map for those it should have.
//!
//! It shares no list and no statement with the deletion. What it looks for was noted before the key was destroyed.

use std::collections::BTreeMap;

use model::{ErasureId, PersonId};
use serde::{Deserialize, Serialize};
use store::sweep::{Trace, look};
use store::{Fence, Store};

use crate::Fault;

/// What would betray that something of her is left. Kept in the ledger line while the erasure runs, cleared with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Marks {
    /// The id that every envelope sealed with her key carries, in hexadecimal.
    pub(crate) key_id: Option<String>,
    /// Fingerprints of her address, in hexadecimal. Another contact may rightly have the same.
    pub(crate) fingerprints: Vec<String>,
    /// Ids of things of hers.
    pub(crate) names: Vec<String>,
}

/// One table that was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweptTable {
    /// Its name as the engine gave it.
    pub table: String,
    /// How many columns.
    pub columns: u64,
    /// How many rows.
    pub rows: u64,
    /// Cells in which something of hers was found.
    pub found: u64,
}

/// The outcome of a sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// Every table of the live database.
    pub tables: Vec<SweptTable>,
    /// Cells in which her id, an envelope of her key or an id of something of hers was found.
    pub found: u64,
    /// Cells with the same address fingerprint: other contacts who gave the same address.
    pub same_address: u64,
}

/// Looks through everything the engine has, all organisations included; `but` is the ledger line of the work itself.
pub async fn sweep(store: &Store, person: PersonId, but: ErasureId) -> Result<Swept, Fault> {
    sweep_for(store, person, &Marks::default(), but).await
}

pub(crate) async fn sweep_for(store: &Store, person: PersonId, marks: &Marks, but: ErasureId) -> Result<Swept, Fault> {
    let bytes = |hex: &String| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok().map(Trace::Bytes);
    let mut certain = vec![Trace::Text(person.to_string())];
    certain.extend(marks.key_id.as_ref().and_then(bytes));
    let mut looks = vec![certain];
    if !marks.names.is_empty() {
        looks.push(vec![Trace::OneOf(marks.names.clone())]);
    }
    let alike: Vec<Trace> = marks.fingerprints.iter().filter_map(bytes).collect();

    let but = but.to_string();
    let mut swept = Swept { tables: Vec::new(), found: 0, same_address: 0 };
    for (table, columns) in tables(store).await? {
        let mut seen = SweptTable { columns: count(columns.len()), rows: 0, found: 0, table };
        for traces in &looks {
            let (rows, cells) = through(store, &seen.table, &columns, traces, &but).await?;
            seen.rows = rows;
            seen.found += cells;
        }
        if !alike.is_empty() {
            swept.same_address += through(store, &seen.table, &columns, &alike, &but).await?.1;
        }
        swept.found += seen.found;
        swept.tables.push(seen);
    }
    Ok(swept)
}

/// Every table the engine has, whatever anybody believes it should have.
async fn tables(store: &Store) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in store.columns().await? {
        tables.entry(table).or_default().push(column);
    }
    Ok(tables)
}

/// Rows of a table, and cells with a trace.
async fn through(
    store: &Store,
    table: &str,
    columns: &[String],
    traces: &[Trace],
    but: &str,
) -> Result<(u64, u64), Fault> {
    let statement = look(store.engine(), table, columns, traces, but);
    let Some(row) = store.one(Fence::House, statement).await? else { return Ok((0, 0)) };
    let mut cells = 0;
    for position in 0..columns.len() {
        cells += row.int(&format!("cells_{position}"))?;
    }
    Ok((u64::try_from(row.int("total")?).unwrap_or(0), u64::try_from(cells).unwrap_or(0)))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
