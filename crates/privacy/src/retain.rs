//! Keeps the promise “kept for N days”: whoever was quiet for longer is erased like anybody who asks for it, with ledger,
//! sweep and receipt; and what has a date of its own is forgotten on it.

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{OrganisationId, World};
use store::{Fence, Statement, Work, disclosure, invitation, person, session, visitor_session};

use crate::erase::{self, Counter};
use crate::holdings::days;
use crate::{Fault, notice};

/// The kind of the job; its subject is the organisation.
pub const KIND: &str = "retain";
/// How many people one round takes; a full round is followed by the next at once.
const ROUND: i64 = 200;
/// The pause between two looks: a period is kept to the hour.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(60 * 60);
/// The pause after a full round.
const SHORT_PAUSE: std::time::Duration = std::time::Duration::from_secs(5);
/// The word in the ledger for who asked.
const ASKED_BY: &str = "retention";

/// The job that looks after one organisation's periods. Safe to queue at any time.
pub fn enqueue(world: &World, organisation: OrganisationId) -> Statement {
    jobs::enqueue(world, organisation, KIND, &organisation.to_string(), world.now())
}

/// Looks after the periods.
pub struct Retainer {
    counter: Counter,
}

impl Retainer {
    /// A retainer that asks for erasures at this counter.
    pub fn new(counter: Counter) -> Self {
        Self { counter }
    }

    /// Asks for the erasure of everyone whose period is over; how many.
    pub async fn round(&self, organisation: OrganisationId) -> Result<i64, Fault> {
        let Counter { store, world, .. } = &self.counter;
        let (_, keep_days) = notice::facts(store, organisation).await?;
        let since = world.now().minus(days(keep_days));
        let quiet = person::quiet_since(organisation, since, ROUND);
        let mut asked = 0;
        for row in &store.all(Fence::Organisation(organisation), quiet).await? {
            erase::request(&self.counter, organisation, row.id("id")?, ASKED_BY).await?;
            asked += 1;
        }
        self.forget_expired(organisation).await?;
        Ok(asked)
    }

    async fn forget_expired(&self, organisation: OrganisationId) -> Result<(), Fault> {
        let now = self.counter.world.now();
        let own = Work::new(Fence::Organisation(organisation))
            .with(disclosure::forget_texts(organisation, now))
            .with(session::sweep(organisation, now, now.minus(days(14))))
            .with(invitation::sweep(organisation, now));
        self.counter.store.write(own).await?;
        let tokens = Work::new(Fence::House).with(visitor_session::end_expired(now));
        self.counter.store.write(tokens).await?;
        Ok(())
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
                Ok(asked) if asked >= ROUND => Ok(Next::Again(SHORT_PAUSE)),
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
}
