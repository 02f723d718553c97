//! The job that looks after one organisation's log: marks its end every hour, walks it every day, and lets lines go after
//! 24 months behind a signed cut, so that the rest still verifies.

use std::time::Duration;

use datamap::{Keep, MENTION};
use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Moment, OrganisationId, World};
use store::audit::{self, AuditRow};
use store::audit_checkpoint::{self, Kind};
use store::{Fence, Statement, Store, Work};
use vault::Keyring;

use super::checkpoint::{keep, mark};
use super::entry::Entry;
use super::seal::begin;
use super::walk::{state, walk};
use crate::Fault;
use crate::erase::Counter;

/// The kind of the job; its subject is the organisation.
pub const KIND: &str = "audit";
/// The pause between two marks.
const PAUSE: Duration = Duration::from_secs(60 * 60);
/// The pause between two walks.
const WALK_AGAIN: Duration = Duration::from_secs(24 * 60 * 60);
/// How many lines are read, or deleted, at once.
const PAGE: i64 = 1_000;

/// The job that looks after one organisation's log. Safe to queue at any time.
pub fn enqueue(world: &World, organisation: OrganisationId) -> Statement {
    jobs::enqueue(world, organisation, KIND, &organisation.to_string(), world.now())
}

/// Looks after the logs.
pub struct Keeper {
    keyring: Keyring,
    store: Store,
    world: World,
}

impl Keeper {
    /// A keeper over this house.
    pub fn new(counter: Counter) -> Self {
        let Counter { store, keyring, world } = counter;
        Self { keyring, store, world }
    }

    /// One round: seal and mark; walk if the last walk is a day old; cut what is past its period.
    pub async fn round(&self, organisation: OrganisationId) -> Result<(), Fault> {
        let now = self.world.now();
        self.cut(organisation, months_before(now, period())).await?;
        let due = state(&self.store, organisation).await?.verified.is_none_or(|(at, _)| at.plus(WALK_AGAIN) <= now);
        if due {
            let verdict = walk(&self.keyring, &self.store, &self.world, organisation).await?;
            if let Some(flaw) = verdict.flaw {
                tracing::error!(%organisation, %flaw, "THE AUDIT LOG IS BROKEN");
            }
        } else {
            mark(&self.keyring, &self.store, &self.world, organisation).await?;
        }
        Ok(())
    }

    /// Lets go of every line before `until`, up to the first that is younger: a signed cut first, then the lines.
    /// Killed in between, the lines before the cut wait for the next round and count for nothing.
    pub async fn cut(&self, organisation: OrganisationId, until: Moment) -> Result<(), Fault> {
        let fence = Fence::Organisation(organisation);
        let mut chain = begin(&self.store, organisation).await?;
        let before = chain.seq;
        'old: loop {
            let rows = self.store.all(fence, audit::after(organisation, chain.seq, PAGE)).await?;
            for row in &rows {
                let row = AuditRow::from_row(row)?;
                let Some(seq) = row.seq.filter(|seq| *seq == chain.seq + 1) else { break 'old };
                if row.created_at >= until {
                    break 'old;
                }
                // A line that was changed is evidence: it stays until somebody has looked at it.
                if chain.step(&Entry::of(&row, organisation, seq)).is_err() {
                    break 'old;
                }
            }
            if rows.is_empty() {
                break;
            }
        }
        if chain.seq > before {
            keep(&self.keyring, &self.store, (organisation, Kind::Cut, &chain), self.world.now()).await?;
        }
        let mut gone = before;
        while gone < chain.seq {
            gone = chain.seq.min(gone + PAGE);
            self.store.write(Work::new(fence).with(audit::cut(organisation, gone))).await?;
        }
        if chain.seq > before {
            let work = Work::new(fence).with(audit::cut(organisation, chain.seq));
            self.store.write(work.with(audit_checkpoint::forget(organisation, chain.seq))).await?;
        }
        Ok(())
    }
}

/// How many months a line stays: the map says it.
fn period() -> u16 {
    match MENTION.keep {
        Keep::Months(months) => months,
        _ => 24,
    }
}

fn months_before(now: Moment, months: u16) -> Moment {
    let at = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC);
    let span = jiff::Span::new().months(i64::from(months));
    at.checked_sub(span).map_or(now, |then| Moment::from_millis(then.timestamp().as_millisecond()))
}

impl Reconciler for Keeper {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn most_attempts(&self) -> i64 {
        // Never given up: nobody would ask for it again.
        i64::MAX
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            match self.round(job.organisation).await {
                Ok(()) => Ok(Next::Again(PAUSE)),
                Err(fault) => {
                    tracing::error!(%fault, "the audit log was not looked after");
                    Err(JobFault::new("audit"))
                }
            }
        })
    }
}
