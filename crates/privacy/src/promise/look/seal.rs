//! Looks at stored values: sealed where they must be, openable only by whom they belong to, hashed where they are secrets.

use datamap::{Export, Field, Link, Table};
use store::{Value, probe};
use vault::{Place, Sealed};

use super::{Finding, Ground, fields, tables};
use crate::{Fault, plan};

/// How many values of one column are looked at, the newest first.
const SAMPLE: i64 = 200;
/// How many of them are opened.
const OPENED: i64 = 10;
/// How many files are opened: they may be large.
const FILES_OPENED: i64 = 2;
/// A fingerprint is no shorter.
const SHORTEST_HASH: usize = 16;
/// What a stored password begins with.
const PASSWORD: &str = "$argon2id$";

/// Every sampled value of a sealed column is an envelope. An emptied one holds nothing.
pub(super) async fn sealed_cells(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut bare) = (0, 0);
    for (table, field) in fields(Field::is_sealed) {
        let limit = if matches!(field.preset.export, Export::File { .. }) { FILES_OPENED } else { SAMPLE };
        for row in
            ground.all(probe::newest(table.name, &["id", field.name], field.name, limit, ground.organisation)).await?
        {
            let bytes = row.bytes(field.name)?;
            looked += 1;
            bare += i64::from(!bytes.is_empty() && !Sealed::from_column(bytes).is_envelope());
        }
    }
    Ok(Finding::none_of(bare, format!("{looked} values of sealed columns looked at, {bare} are no envelope.")))
}

/// Every sampled value opens with its owner's key at its place, and not at another.
pub(super) async fn own_keys(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut opened, mut wrong) = (0, 0);
    for (table, field) in fields(Field::is_sealed) {
        let Some(owner) = owner(table) else { continue };
        let limit = if matches!(field.preset.export, Export::File { .. }) { FILES_OPENED } else { OPENED };
        let columns = ["id", owner.name, field.name];
        for row in ground.all(probe::newest(table.name, &columns, field.name, limit, ground.organisation)).await? {
            let (id, sealed) = (row.text("id")?, Sealed::from_column(row.bytes(field.name)?));
            let Some(subject) = row.maybe_text(owner.name)?.filter(|_| !sealed.as_column().is_empty()) else {
                continue;
            };
            // Without a key the row is being erased right now: key first, rows next.
            let Ok(key) = ground.keyring.subject(ground.organisation, &subject).await else { continue };
            let place = |row| Place { organisation: ground.organisation, table: table.name, column: field.name, row };
            let right =
                key.open_bytes(&place(&id), &sealed).is_ok() && key.open_bytes(&place("elsewhere"), &sealed).is_err();
            opened += 1;
            wrong += i64::from(!right);
        }
    }
    Ok(Finding::none_of(wrong, format!("{opened} values opened with their owner's key, {wrong} did not fit.")))
}

/// The column that names whose key opens a row.
fn owner(table: &Table) -> Option<&'static Field> {
    table.person().or_else(|| table.fields.iter().find(|field| field.link == Link::Member))
}

/// Every stored secret is a fingerprint.
pub(super) async fn secrets_hashed(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut plain) = (0, 0);
    for (table, field) in fields(|field| field.preset.category == "user.authorization.credentials" && !field.is_index())
    {
        for row in
            ground.all(probe::newest(table.name, &["id", field.name], field.name, SAMPLE, ground.organisation)).await?
        {
            looked += 1;
            let hashed = match row.value(field.name)? {
                Value::Bytes(bytes) => bytes.len() >= SHORTEST_HASH && std::str::from_utf8(bytes).is_err(),
                Value::Text(text) => text.starts_with(PASSWORD),
                Value::Int(_) | Value::Null => true,
            };
            plain += i64::from(!hashed);
        }
    }
    Ok(Finding::none_of(plain, format!("{looked} stored secrets looked at, {plain} are not fingerprints.")))
}

/// No unsealed text about visitors or in the books of the house looks like an e-mail address.
pub(super) async fn clear_addresses(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut rows, mut found, mut where_) = (0, 0, Vec::new());
    let about = |table: &&Table| table.person().is_some() || table.mentions().next().is_some();
    for table in tables().filter(about) {
        let mut texts = Vec::new();
        for field in table.fields.iter().filter(|field| !field.is_sealed() && field.name != plan::TENANT) {
            let newest = probe::newest(table.name, &["id", field.name], field.name, 1, ground.organisation);
            // Bytes may hold any letter by chance, numbers none: only text is searched.
            if ground.all(newest).await?.first().is_some_and(|row| matches!(row.value(field.name), Ok(Value::Text(_))))
            {
                texts.push(field.name);
            }
        }
        for row in ground.all(probe::alike(table.name, &texts, "%_@_%.__%", ground.organisation)).await? {
            rows += row.int("total")?;
            for (position, column) in texts.iter().enumerate() {
                let cells = row.int(&format!("cells_{position}"))?;
                found += cells;
                if cells > 0 {
                    where_.push(format!("{}.{column}", table.name));
                }
            }
        }
    }
    let place = if where_.is_empty() { String::new() } else { format!(" in {}", where_.join(", ")) };
    Ok(Finding::none_of(found, format!("{rows} rows searched, {found} readable addresses found{place}.")))
}
