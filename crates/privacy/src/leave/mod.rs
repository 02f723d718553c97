//! Leaving: an organisation takes everything with it, and everything of it goes, with a certificate (GDPR Art. 28(3)(g)).

mod afterwards;
mod depart;
mod export;
mod gather;
mod pack;
mod piece;
mod whole;

use datamap::{LEDGER, TABLES, TOMBSTONE, Table};
use store::tenant::Holding;

pub use afterwards::{aging, let_go};
pub use depart::{
    Departer, FORMAT as CERTIFICATE, KIND as DEPARTURE, Progress, certificate, progress, replay,
    request as ask_to_leave, resume,
};
pub use export::{Exporter, FORMAT, KIND as EXPORT, Shelf, latest, ready, request as ask_for_export};
pub use piece::unpacked;
pub use whole::{Remains, Whole, remains, whole};

/// The table of the tenants: all others point at it.
const TENANT: &str = crate::plan::TENANT;

/// How an organisation's rows in this table are found; nothing for the mark of the schema.
fn holding(table: &'static Table) -> Option<Holding> {
    let key = table.has_id().then_some("id");
    let own = table.name == TENANT;
    let tenant = if own { "id" } else { table.field(TENANT).map(|field| field.name)? };
    Some(Holding { table: table.name, tenant, key })
}

/// Ledgers stay when the organisation goes: without them a restored backup would bring people, or the whole of it, back.
fn is_ledger(table: &Table) -> bool {
    table.fields.iter().any(|field| [LEDGER.name, TOMBSTONE.name].contains(&field.preset.name))
}

/// Every table of an organisation, children first.
fn holdings() -> impl Iterator<Item = (&'static Table, Holding)> {
    TABLES.iter().filter_map(|table| Some((table, holding(table)?)))
}
