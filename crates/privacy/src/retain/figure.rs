//! What retention can be judged by: the oldest record of each class, what is overdue, whether the rounds go through, and
//! whether the planted people vanish on their day.

use std::time::Duration;

use datamap::{Anchor, TERMS};
use model::{Moment, OrganisationId, World};
use serde::Serialize;
use store::retention::{self, Ending};
use store::{Fence, Store, person};

use super::period::{ending, periods};
use crate::Fault;
use crate::holdings::days;

/// How late a round may be: it is due every hour.
const LATE: Duration = Duration::from_secs(2 * 60 * 60);
/// How much longer than its period something may be there: one round, and the time a full one takes.
const GRACE: Duration = Duration::from_secs(3 * 60 * 60);
/// How many overdue people are counted at most.
const MOST: i64 = 10_000;

/// What is there of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The class.
    pub class: &'static str,
    /// How many rows.
    pub rows: u64,
    /// The anchor of the oldest, whether a hold keeps it or not.
    pub oldest: Option<Moment>,
    /// When the next purge of the class is due; none where nothing ends by itself.
    pub next: Option<Moment>,
    /// How many rows are past their period and nothing keeps them.
    pub overdue: u64,
}

/// The figures of every class that has rows of its own.
pub async fn figures(store: &Store, world: &World, organisation: OrganisationId) -> Result<Vec<Figure>, Fault> {
    let mut figures = Vec::new();
    for term in TERMS {
        figures.extend(oldest(store, world, organisation, term.class).await?);
    }
    Ok(figures)
}

/// The oldest record of a class; nothing where its rows have no moment to count from.
pub async fn oldest(
    store: &Store,
    world: &World,
    organisation: OrganisationId,
    class: &str,
) -> Result<Option<Figure>, Fault> {
    let Some(term) = datamap::term(class) else { return Ok(None) };
    let of = match (term.anchor, ending(term)) {
        (_, Some(of)) => of,
        (Anchor::LastActivity, None) => {
            Ending { table: term.table, column: "last_activity_at", only: None, person: None, clear: None }
        }
        _ => return Ok(None),
    };
    let (fence, now) = (Fence::Organisation(organisation), world.now());
    let periods = periods(store, organisation).await?;
    let by = periods.cutoff(class, now).map(|by| by.minus(GRACE));
    let never = Moment::from_millis(i64::MIN);
    let Some(row) = store.one(fence, retention::figure(of, organisation, by.unwrap_or(never))).await? else {
        return Ok(None);
    };
    let mut overdue = u64::try_from(row.int("overdue")?).unwrap_or(0);
    if term.anchor == Anchor::LastActivity {
        // A conversation is kept by more than its own row says: whoever comes back keeps it, and so does a request.
        overdue = 0;
        if let Some(by) = by {
            overdue = count(store.all(fence, person::quiet_since(organisation, by, MOST)).await?.len());
            overdue += count(store.all(fence, retention::quiet(organisation, by, MOST)).await?.len());
        }
    }
    let oldest = row.maybe_moment("oldest")?;
    let length = match term.anchor {
        Anchor::Ends(_) => Some(Duration::ZERO),
        _ => by.map(|_| days(periods.days(term))),
    };
    let next = oldest.zip(length).map(|(oldest, length)| oldest.plus(length));
    Ok(Some(Figure { class: term.class, rows: u64::try_from(row.int("many")?).unwrap_or(0), oldest, next, overdue }))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// How the rounds go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lateness {
    /// When the last round began.
    pub began_at: Option<Moment>,
    /// When a round went through for the last time.
    pub finished_at: Option<Moment>,
    /// How many rows went since the account began.
    pub purged: u64,
    /// How long ago a round went through, in milliseconds.
    pub since_ms: u64,
    /// No round went through for two hours: an alarm.
    pub late: bool,
}

/// Whether the rounds go through; an organisation without any round yet is late from its second hour.
pub async fn lateness(store: &Store, world: &World, organisation: OrganisationId) -> Result<Lateness, Fault> {
    let fence = Fence::Organisation(organisation);
    let now = world.now();
    let Some(row) = store.one(fence, retention::last_run(organisation)).await? else {
        let row = store.one(fence, store::organisation::by_id(organisation)).await?;
        let founded = row.ok_or_else(model::Refusal::not_found)?.moment("created_at")?;
        return Ok(since(Lateness::default(), founded, now));
    };
    let finished_at = row.maybe_moment("finished_at")?;
    let began_at = row.moment("began_at")?;
    let purged = u64::try_from(row.int("purged")?).unwrap_or(0);
    let lateness = Lateness { began_at: Some(began_at), finished_at, purged, ..Lateness::default() };
    Ok(since(lateness, finished_at.unwrap_or(began_at), now))
}

fn since(lateness: Lateness, last: Moment, now: Moment) -> Lateness {
    // A round of tomorrow was noted by a clock that was set back since: it says nothing about today.
    let (ago, ahead) = (now.since(last), last.since(now));
    let late = ago > LATE || ahead > LATE;
    Lateness { since_ms: u64::try_from(ago.as_millis()).unwrap_or(u64::MAX), late, ..lateness }
}

/// How the planted people do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Canary {
    /// How many there are.
    pub planted: u64,
    /// When the oldest of them was planted.
    pub oldest: Option<Moment>,
    /// How many outlived their period: an alarm.
    pub outlived: u64,
}

/// Whether the planted people vanish on their day.
pub async fn canary(store: &Store, world: &World, organisation: OrganisationId) -> Result<Canary, Fault> {
    let rows = store.all(Fence::Organisation(organisation), retention::canaries(organisation)).await?;
    let planted: Vec<Moment> = rows.iter().map(|row| row.moment("created_at")).collect::<Result<_, _>>()?;
    let by = periods(store, organisation).await?.cutoff("conversation", world.now()).map(|by| by.minus(GRACE));
    let outlived = by.map_or(0, |by| planted.iter().filter(|at| **at <= by).count());
    Ok(Canary { planted: count(planted.len()), oldest: planted.first().copied(), outlived: count(outlived) })
}
