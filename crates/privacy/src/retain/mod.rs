//! Keeps the promise “kept for N days”: every hour, whatever is past the period of its class goes, in small batches, unless a
//! hold or a restriction keeps it. Killed anywhere, the next round finds what is left, because it looks at the rows.

mod canary;
mod figure;
mod period;
mod preview;
mod purge;
mod website;

use std::time::Duration;

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Moment, OrganisationId, World};
use store::{Fence, Statement, Work, legal_hold, retention, session};

pub use figure::{Canary, Figure, Lateness, canary, figures, lateness, oldest};
pub use period::{Periods, chosen, periods};
pub use preview::{Preview, preview};
pub(crate) use purge::purge_but;

use crate::Fault;
use crate::erase::{self, Counter};
use crate::holdings::days;

/// The kind of the job; its subject is the organisation.
pub const KIND: &str = "retain";
/// The pause between two looks: a period is kept to the hour.
const PAUSE: Duration = Duration::from_secs(60 * 60);
/// The pause after a full round.
const SHORT_PAUSE: Duration = Duration::from_secs(1);
/// A sign-in of the staff that is not used for so long ends.
const IDLE_DAYS: u32 = 14;
/// How many rows of a class one statement ends.
const BATCH: i64 = 500;

/// The job that looks after one organisation's periods. Safe to queue at any time.
pub fn enqueue(world: &World, organisation: OrganisationId) -> Statement {
    jobs::enqueue(world, organisation, KIND, &organisation.to_string(), world.now())
}

/// Looks after the periods.
pub struct Retainer {
    counter: Counter,
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How many rows went.
    pub purged: u64,
    /// There is more to do: the next round should come at once.
    pub full: bool,
}

impl Retainer {
    /// A retainer over this house.
    pub fn new(counter: Counter) -> Self {
        Self { counter }
    }

    /// One round over every class.
    pub async fn round(&self, organisation: OrganisationId) -> Result<Round, Fault> {
        let periods = period::periods(&self.counter.store, organisation).await?;
        let now = self.counter.world.now();
        self.write(organisation, vec![retention::begin(organisation, now), legal_hold::end(organisation, now)]).await?;
        self.release(organisation).await?;
        crate::request::purge(&self.counter.store, &self.counter.world, organisation).await?;
        let mut round = Round::default();
        round.purged += self.expire(organisation, &periods, now).await?;
        if let Some(since) = periods.cutoff("conversation", now) {
            let people = purge::quiet_people(&self.counter, organisation, since).await?;
            round = Round { purged: round.purged + people.purged, full: people.full };
        }
        // Whoever is quiet goes as a whole and with others, which is quicker than one conversation after the other.
        let quiet = periods.cutoff("conversation", now).filter(|_| !round.full);
        let talks = purge::conversations(&self.counter, organisation, quiet).await?;
        round = Round { purged: round.purged + talks.purged, full: round.full || talks.full };
        round.purged += website::let_go(&self.counter, organisation).await?;
        if !round.full {
            canary::plant(&self.counter, organisation).await?;
        }
        // Once at the end of a run: whoever writes waits for it. Also where nothing went: a run before may have been stopped here.
        if !round.full {
            self.counter.store.settle().await?;
        }
        let purged = i64::try_from(round.purged).unwrap_or(i64::MAX);
        self.write(organisation, vec![retention::finish(organisation, self.counter.world.now(), purged)]).await?;
        Ok(round)
    }

    /// Takes up the erasures whose hold is over; one that is still held waits again.
    async fn release(&self, organisation: OrganisationId) -> Result<(), Fault> {
        let held = retention::held_erasures(organisation);
        for row in &self.counter.store.all(Fence::Organisation(organisation), held).await? {
            let resume = erase::enqueue(&self.counter.world, organisation, row.id("id")?);
            self.write(organisation, vec![resume]).await?;
        }
        Ok(())
    }

    /// Ends what ends by a moment of its own: all classes in one commit, again as long as one of them had a full batch.
    async fn expire(&self, organisation: OrganisationId, periods: &Periods, now: Moment) -> Result<u64, Fault> {
        let full = u64::try_from(BATCH).unwrap_or(u64::MAX);
        let mut purged = 0;
        loop {
            let ends = period::endings().map(|(term, ending)| {
                retention::end(ending, organisation, periods.cutoff(term.class, now).unwrap_or(now), BATCH)
            });
            let idle = session::sweep(organisation, now, now.minus(days(IDLE_DAYS)));
            let work = Work::new(Fence::Organisation(organisation)).extend(ends).with(idle);
            let done = self.counter.store.write(work).await?;
            purged += done.iter().map(|done| done.changed).sum::<u64>();
            if done.iter().all(|done| done.changed < full) {
                return Ok(purged);
            }
        }
    }

    /// Writes; how many rows the last statement changed.
    async fn write(&self, organisation: OrganisationId, statements: Vec<Statement>) -> Result<u64, Fault> {
        let done = self.counter.store.write(Work::new(Fence::Organisation(organisation)).extend(statements)).await?;
        Ok(done.last().map_or(0, |done| done.changed))
    }
}

impl Reconciler for Retainer {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            match self.round(job.organisation).await {
                Ok(round) if round.full => Ok(Next::Again(SHORT_PAUSE)),
                Ok(_) => Ok(Next::Again(PAUSE)),
                // The organisation is gone, and so is whatever it kept.
                Err(Fault::Refused(_)) => Ok(Next::Done),
                Err(Fault::Broken(what)) => {
                    tracing::error!(what, "a retention round did not go on");
                    Err(JobFault::new("retain"))
                }
            }
        })
    }

    fn most_attempts(&self) -> i64 {
        // Never given up: what is kept too long is a broken promise for as long as it is kept.
        i64::MAX
    }
}
