//! Looks at the record of what left this server.

use aws_lc_rs::digest::{SHA256, digest};
use datamap::{EVIDENCE, Field, Table};
use store::probe;
use vault::{Place, Sealed};

use super::{Finding, Ground, tables};
use crate::Fault;
use crate::holdings::days;
use crate::promise::STALE;

/// How many records are opened and compared with their fingerprint.
const SAMPLE: i64 = 50;
/// How many different recipients are compared.
const RECIPIENTS: i64 = 1_000;
/// The recipient in the records of planted people: nothing of theirs ever leaves.
const PLANTED: &str = "nobody";
/// “Lately”, in days.
const LATELY: u32 = 30;

/// The tables with records of transfers of words, and the column that says to whom.
fn records() -> impl Iterator<Item = (&'static Table, &'static Field)> {
    let words = |table: &&'static Table| table.field("content_hash").is_some() && table.field("created_at").is_some();
    tables()
        .filter(words)
        .filter_map(|table| Some((table, table.field("recipient").filter(|to| to.preset.name == EVIDENCE.name)?)))
}

/// Nothing left lately.
pub(super) async fn nothing_left(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let since = ground.world.now().minus(days(LATELY));
    let mut left = 0;
    for (table, to) in records() {
        let seen = probe::different((table.name, to.name), ("created_at", since), RECIPIENTS, ground.organisation);
        let real = ground.all(seen).await?.iter().any(|row| row.text("word").is_ok_and(|name| name != PLANTED));
        if !real {
            continue;
        }
        let all = ground.many(probe::oldest(table.name, "created_at", ground.organisation)).await?;
        let old = ground.many(probe::before((table.name, "created_at"), None, since, ground.organisation)).await?;
        left += all - old;
    }
    Ok(Finding::none_of(left, format!("{left} transfers are recorded in the last {LATELY} days.")))
}

/// Everybody in the record of the last day is registered: what left earlier was looked at the night before.
pub(super) async fn recipients_named(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let since = ground.world.now().minus(STALE);
    let (mut seen, mut unnamed) = (0, 0);
    for (table, to) in records() {
        for row in ground
            .all(probe::different((table.name, to.name), ("created_at", since), RECIPIENTS, ground.organisation))
            .await?
        {
            seen += 1;
            let name = row.text("word")?;
            unnamed += i64::from(name != PLANTED && !ground.scene.registered.contains(&name));
        }
    }
    Ok(Finding::none_of(
        unnamed,
        format!("{seen} recipients stand in the record of the last day, {unnamed} are not registered."),
    ))
}

/// What the record says was sent has the fingerprint that was noted before it left.
pub(super) async fn disclosures_exact(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut opened, mut wrong) = (0, 0);
    for (table, to) in records() {
        let (Some(text), Some(owner)) = (table.fields.iter().find(|field| field.is_sealed()), table.person()) else {
            continue;
        };
        let columns = ["id", owner.name, "content_hash", text.name, to.name];
        for row in ground.all(probe::newest(table.name, &columns, text.name, SAMPLE, ground.organisation)).await? {
            if row.text(to.name)? == PLANTED {
                continue;
            }
            let (id, sealed) = (row.text("id")?, Sealed::from_column(row.bytes(text.name)?));
            let Some(person) = row.maybe_text(owner.name)?.filter(|_| !sealed.as_column().is_empty()) else { continue };
            let Ok(key) = ground.keyring.subject(ground.organisation, &person).await else { continue };
            let place = Place { organisation: ground.organisation, table: table.name, column: text.name, row: &id };
            let plain = key.open_bytes(&place, &sealed)?;
            opened += 1;
            wrong += i64::from(digest(&SHA256, &plain).as_ref() != row.bytes("content_hash")?.as_slice());
        }
    }
    Ok(Finding::none_of(wrong, format!("{opened} records opened, {wrong} do not fit their fingerprint.")))
}
