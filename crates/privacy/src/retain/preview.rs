//! What another period would do, before it does it: in people, rows and bytes, and day by day.

use std::collections::BTreeMap;

use datamap::Anchor;
use model::{Moment, OrganisationId, PersonId, World};
use serde::Serialize;
use store::{Fence, Store, retention};

use super::period::{chosen, ending};
use crate::holdings::days;
use crate::{Fault, plan};

/// How many people are looked at at once.
const PAGE: i64 = 1_000;
/// How many people are weighed by one statement.
const AT_ONCE: usize = 200;
/// How far ahead the days are shown.
const AHEAD: i64 = 366;
/// A day, ms.
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// What would go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// How many people would go at once.
    pub people: u64,
    /// How many rows would go with them, or of the class.
    pub rows: u64,
    /// How many sealed bytes.
    pub bytes: u64,
    /// People by the number of days from now until they would go; those who would go at once are day 0.
    pub by_day: Vec<(u32, u64)>,
}

/// What would go at once, and when the rest, if this class were kept for `number` days. Nothing is changed.
pub async fn preview(
    store: &Store,
    world: &World,
    organisation: OrganisationId,
    (class, number): (&str, u32),
) -> Result<Preview, Fault> {
    let term = chosen(class, number)?;
    let now = world.now();
    if term.anchor != Anchor::LastActivity {
        let Some(of) = ending(term) else { return Ok(Preview::default()) };
        let figure = retention::figure(of, organisation, now.minus(days(number)));
        let row = store.one(Fence::Organisation(organisation), figure).await?;
        let rows = row.map(|row| row.int("overdue")).transpose()?.unwrap_or(0);
        return Ok(Preview { rows: natural(rows), ..Preview::default() });
    }
    let mut preview = Preview::default();
    let (mut by_day, mut after) = (BTreeMap::<u32, u64>::new(), String::new());
    loop {
        let page = retention::activity(organisation, &after, PAGE);
        let rows = store.all(Fence::Organisation(organisation), page).await?;
        let Some(last) = rows.last() else { break };
        after = last.text("id")?;
        let mut going: Vec<PersonId> = Vec::new();
        for row in &rows {
            let end = row.moment("last_at")?.plus(days(number));
            let ahead = days_until(end, now);
            if ahead <= AHEAD {
                *by_day.entry(u32::try_from(ahead).unwrap_or(0)).or_default() += 1;
            }
            if ahead == 0 {
                going.push(row.id("id")?);
            }
        }
        preview.people += natural(i64::try_from(going.len()).unwrap_or(i64::MAX));
        weigh(store, organisation, &going, &mut preview).await?;
    }
    preview.by_day = by_day.into_iter().collect();
    Ok(preview)
}

/// Whole days from now until an end, 0 where it has passed.
fn days_until(end: Moment, now: Moment) -> i64 {
    let left = end.millis().saturating_sub(now.millis());
    if left < 0 { 0 } else { left.div_euclid(DAY) + 1 }
}

async fn weigh(
    store: &Store,
    organisation: OrganisationId,
    people: &[PersonId],
    preview: &mut Preview,
) -> Result<(), Fault> {
    for some in people.chunks(AT_ONCE) {
        for (table, owned) in plan::owned() {
            let sealed: Vec<&str> =
                table.fields.iter().filter(|field| field.is_sealed()).map(|field| field.name).collect();
            let weight = retention::weight(owned, &sealed, organisation, some);
            let Some(row) = store.one(Fence::Organisation(organisation), weight).await? else { continue };
            preview.rows += natural(row.int("many")?);
            preview.bytes += natural(row.int("bytes")?);
        }
    }
    Ok(())
}

fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
