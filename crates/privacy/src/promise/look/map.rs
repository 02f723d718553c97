//! Compares the live database with the data map, and the map with what we say we never do.

use std::collections::BTreeSet;

use datamap::{BROWSER, Basis, TABLES, Who};

use super::{Finding, Ground};
use crate::Fault;

/// Purposes we exclude, by the beginning of their Fideslang name.
const EXCLUDED: [&str; 4] = ["train_ai_system", "marketing", "third_party_sharing", "sales"];
/// Words in the name of a column that would hold what we promise not to hold.
const UNWANTED: [&str; 16] = [
    "ip",
    "ipv4",
    "ipv6",
    "latitude",
    "longitude",
    "geo",
    "location",
    "agent",
    "device",
    "browser",
    "card",
    "pan",
    "cvv",
    "birth",
    "passport",
    "gender",
];
/// Words in the name of a table, column or browser key that would count visitors.
const COUNTING: [&str; 12] = [
    "analytics",
    "analytic",
    "track",
    "tracking",
    "pageview",
    "visit",
    "click",
    "campaign",
    "utm",
    "referrer",
    "metric",
    "fingerprint",
];

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['_', '-', '.'])
}

/// No field serves training, advertising or sale.
pub(super) fn purposes_clean() -> Finding {
    let fields: Vec<_> = TABLES.iter().flat_map(|table| table.fields).collect();
    let wrong = fields.iter().filter(|field| EXCLUDED.iter().any(|bad| field.preset.purpose.starts_with(bad))).count();
    let looked = fields.len();
    Finding::none_of(wrong, format!("{looked} fields looked at, {wrong} serve training, advertising or sale."))
}

/// Every field about somebody names purpose, category and ground.
pub(super) fn grounds_named() -> Finding {
    let about: Vec<_> =
        TABLES.iter().flat_map(|table| table.fields).filter(|field| field.preset.who != Who::Nobody).collect();
    let lacking = |field: &&&datamap::Field| {
        field.preset.purpose.is_empty() || field.preset.category.is_empty() || field.preset.basis == Basis::NotPersonal
    };
    let (looked, wrong) = (about.len(), about.iter().filter(lacking).count());
    Finding::none_of(wrong, format!("{looked} fields about people, {wrong} without purpose, category or ground."))
}

/// Every column of the live database is on the map.
pub(super) async fn map_whole(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let live = ground.store.columns().await?;
    let mapped: BTreeSet<(&str, &str)> =
        TABLES.iter().flat_map(|table| table.fields.iter().map(|field| (table.name, field.name))).collect();
    let (looked, mut off) = (live.len(), Vec::new());
    for (table, column) in &live {
        if !mapped.contains(&(table.as_str(), column.as_str())) {
            off.push(format!("{table}.{column}"));
        }
    }
    let says = format!("{looked} live columns compared with the map, {} are not on it. {}", off.len(), off.join(", "));
    Ok(Finding::none_of(off.len(), says.trim_end().to_owned()))
}

/// No column has the name of what we do not store.
pub(super) async fn unwanted_columns(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let live = ground.store.columns().await?;
    let wrong: Vec<_> = live.iter().filter(|(_, column)| words(column).any(|word| UNWANTED.contains(&word))).collect();
    let (looked, found) = (live.len(), wrong.len());
    let names: Vec<_> = wrong.iter().map(|(table, column)| format!("{table}.{column}")).collect();
    let says = format!("{looked} column names read, {found} would hold what we do not store. {}", names.join(", "));
    Ok(Finding::none_of(found, says.trim_end().to_owned()))
}

/// Nothing in the database or in a browser counts visitors.
pub(super) async fn no_analytics(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let live = ground.store.columns().await?;
    let names = live.iter().flat_map(|(table, column)| [table.as_str(), column.as_str()]);
    let keys = BROWSER.iter().map(|key| key.name);
    let mut looked = 0;
    let mut found = BTreeSet::new();
    for name in names.chain(keys) {
        looked += 1;
        if words(name).any(|word| COUNTING.contains(&word)) {
            found.insert(name.to_owned());
        }
    }
    let list = found.iter().cloned().collect::<Vec<_>>().join(", ");
    let says = format!("{looked} names read, {} would count visitors. {list}", found.len());
    Ok(Finding::none_of(found.len(), says.trim_end().to_owned()))
}
