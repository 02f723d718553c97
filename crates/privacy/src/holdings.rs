//! What we hold about one person, in counts, and until when: for the panel beside a conversation.

use std::time::Duration;

use datamap::Keep;
use model::{Moment, OrganisationId, PersonId};
use serde::Serialize;
use store::{Fence, Store, subject};

use crate::{Fault, plan};

/// One kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// What, in the plural: "messages".
    pub what: &'static str,
    /// How many.
    pub count: u64,
    /// Until when the last of them stays, unless she comes back.
    pub until: Moment,
}

/// The retention period unless the organisation chose another.
pub const KEEP_DAYS: u32 = 90;

/// A number of days.
pub fn days(number: u32) -> Duration {
    Duration::from_secs(u64::from(number) * 24 * 60 * 60)
}

/// Everything held about a person; `until` counts from her `last_activity`.
pub async fn holdings(
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
    last_activity: Moment,
    keep_days: u32,
) -> Result<Vec<Holding>, Fault> {
    let fence = Fence::Organisation(organisation);
    let mut held = Vec::new();
    for (table, owned) in plan::owned() {
        let ends = match table.person().map(|owner| owner.preset.keep) {
            Some(Keep::Until(column)) => Some(column),
            _ => None,
        };
        let Some(row) = store.one(fence, subject::count(owned, ends, organisation, person)).await? else { continue };
        let count = u64::try_from(row.int("many")?).unwrap_or(0);
        let until = match ends {
            Some(_) => row.moment("last")?,
            None => last_activity.plus(days(keep_days)),
        };
        if count > 0 {
            held.push(Holding { what: table.rows, count, until });
        }
    }
    held.reverse();
    Ok(held)
}
