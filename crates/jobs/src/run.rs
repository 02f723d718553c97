//! One run of one job: kept alive, cut off when the claim is lost or the house closes, and ended by one work.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use model::{Moment, World};
use store::job::{self, Claim};
use store::{Fence, Store, StoreError, Work};
use tokio_util::sync::CancellationToken;

use crate::backoff::pause;
use crate::{Job, JobFault, Next, Reconciler};

/// A worker that was not heard of for so long counts as lost.
pub(crate) const LEASE: Duration = Duration::from_secs(60);
/// How often a worker is heard of.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// What a run needs besides its job.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) world: World,
    /// Cancelled when the house closes and the grace has passed.
    pub(crate) cut: CancellationToken,
}

/// How a run ended.
enum End {
    Outcome(Result<Next, JobFault>),
    Panicked,
    /// Somebody else has the job now.
    ClaimLost,
    /// The house closes.
    Cut,
}

/// Runs a claimed job to its end.
pub(crate) async fn run(bench: Bench, reconciler: &dyn Reconciler, job: Job, claimed_at: Moment) {
    let mut claim = Claim { organisation: job.organisation, id: job.id, at: claimed_at };
    let end = {
        let work = std::panic::catch_unwind(AssertUnwindSafe(|| reconciler.run(&job)));
        match work {
            Ok(work) => watch(&bench, &mut claim, work).await,
            Err(_) => End::Panicked,
        }
    };
    if let Err(error) = settle(&bench, reconciler, &job, (claim, end)).await {
        // The row still says `running`: after the lease somebody takes it again.
        tracing::error!(kind = job.kind, job = %job.id, %error, "the end of a job could not be noted");
    }
}

/// Waits for the work, renewing the claim meanwhile.
async fn watch(bench: &Bench, claim: &mut Claim, work: BoxFuture<'_, Result<Next, JobFault>>) -> End {
    let mut work = AssertUnwindSafe(work).catch_unwind();
    let mut signs = tokio::time::interval(SIGN_OF_LIFE);
    signs.reset();
    loop {
        tokio::select! {
            biased;
            outcome = &mut work => return outcome.map_or(End::Panicked, End::Outcome),
            () = bench.cut.cancelled() => return End::Cut,
            _ = signs.tick() => match renew(bench, claim).await {
                Ok(true) => {}
                Ok(false) => return End::ClaimLost,
                // The store may be back before the lease is over.
                Err(error) => tracing::warn!(%error, "a claim could not be renewed"),
            },
        }
    }
}

async fn renew(bench: &Bench, claim: &mut Claim) -> Result<bool, StoreError> {
    let now = bench.world.now();
    let work = Work::new(Fence::Organisation(claim.organisation)).with(job::renew(*claim, now));
    let done = bench.store.write(work).await?;
    claim.at = now;
    Ok(done.first().is_some_and(|done| done.changed == 1))
}

/// Notes the end in the job's row; logs by kind and id only.
async fn settle(
    bench: &Bench,
    reconciler: &dyn Reconciler,
    job: &Job,
    (claim, end): (Claim, End),
) -> Result<(), StoreError> {
    let work = Work::new(Fence::Organisation(claim.organisation));
    let work = match end {
        End::Outcome(Ok(Next::Done)) => work.extend(job::finish(claim)),
        End::Outcome(Ok(Next::Again(after))) => work.with(job::later(claim, bench.world.now().plus(after))),
        End::Outcome(Err(fault)) => {
            tracing::warn!(kind = job.kind, job = %job.id, attempts = job.attempts, error = %fault, "a job failed");
            let given_up = fault.is_lasting() || job.attempts >= reconciler.most_attempts();
            work.with(failed(bench, job, claim, (fault.code(), given_up)))
        }
        End::Panicked => {
            tracing::error!(kind = job.kind, job = %job.id, attempts = job.attempts, "a job panicked");
            let given_up = job.attempts >= reconciler.most_attempts();
            work.with(failed(bench, job, claim, ("panicked", given_up)))
        }
        End::ClaimLost => {
            tracing::warn!(kind = job.kind, job = %job.id, "a job was taken over by another worker");
            return Ok(());
        }
        End::Cut => work.with(job::release(claim)),
    };
    bench.store.write(work).await.map(drop)
}

fn failed(bench: &Bench, job: &Job, claim: Claim, (code, given_up): (&str, bool)) -> store::Statement {
    if given_up {
        return job::fail(claim, code);
    }
    job::retry(claim, bench.world.now().plus(pause(&bench.world, job.attempts)), code)
}
