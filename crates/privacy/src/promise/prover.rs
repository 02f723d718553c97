//! Runs the checks, every night and when asked, and notes what they found.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Moment, OrganisationId, ProofId, World};
use store::proof::{self, ProofRow};
use store::{Fence, Statement, Store, Work};
use vault::Keyring;

use super::look::{Ground, look};
use super::{Check, Finding, Scene, Witness, promises};
use crate::Fault;

/// The kind of the job; its subject is the organisation.
pub const KIND: &str = "prove";
/// The time of the nightly run, after midnight UTC.
const NIGHT: Duration = Duration::from_secs(2 * 3_600 + 30 * 60);
/// A day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What is noted where a check could not look.
const BLIND: &str = "The check could not be made; the log says why.";

/// The job that runs an organisation's checks. Safe to queue at any time.
pub fn enqueue(world: &World, organisation: OrganisationId) -> Statement {
    jobs::enqueue(world, organisation, KIND, &organisation.to_string(), world.now())
}

/// Runs the checks.
pub struct Prover {
    store: Store,
    keyring: Keyring,
    world: World,
    witness: Arc<dyn Witness>,
}

impl Prover {
    /// A prover over this store, with a witness for what the store cannot show.
    pub fn new((store, keyring, world): (Store, Keyring, World), witness: Arc<dyn Witness>) -> Self {
        Self { store, keyring, world, witness }
    }

    /// What decides which promises apply.
    pub async fn scene(&self, organisation: OrganisationId) -> Result<Scene, Fault> {
        self.witness.scene(organisation).await
    }

    /// Runs every check that an applying promise needs, and notes the findings in one work.
    pub async fn prove(&self, organisation: OrganisationId) -> Result<Vec<ProofRow>, Fault> {
        let fence = Fence::Organisation(organisation);
        let scene = self.scene(organisation).await?;
        let known = self.store.all(fence, proof::latest(organisation, self.world.now())).await?;
        let known: Vec<ProofRow> = known.iter().map(ProofRow::from_row).collect::<Result<_, _>>()?;
        let before = known.iter().map(|row| row.checked_at).max();
        let Self { store, keyring, world, .. } = self;
        let ground = Ground { store, keyring, world, organisation, scene: &scene, before };
        let needed: BTreeSet<Check> = promises()
            .filter(|promise| promise.applies(&scene))
            .flat_map(|promise| promise.checks())
            .copied()
            .collect();
        let mut found = Vec::new();
        for check in needed {
            let Finding { holds, figure, says } = self.finding(check, &ground).await;
            found.push(ProofRow {
                examined: check.word().to_owned(),
                holds,
                figure,
                says,
                checked_at: self.world.now(),
            });
        }
        let notes = found.iter().map(|row| proof::insert(ProofId::new(&self.world), organisation, row.clone()));
        // Old findings are let go by the rounds of retention, like every other class: two hands keep two periods.
        self.store.write(Work::new(fence).extend(notes)).await?;
        for row in found.iter().filter(|row| !row.holds) {
            tracing::error!(cause = row.examined, "a promise does not hold");
        }
        Ok(found)
    }

    /// What is seen; a check that breaks proves nothing, so it does not hold.
    async fn finding(&self, check: Check, ground: &Ground<'_>) -> Finding {
        let seen = match look(check, ground).await {
            Ok(None) => self.witness.see(check, ground.organisation).await,
            other => other,
        };
        match seen {
            Ok(Some(finding)) => finding,
            Ok(None) => Finding::given(false, 0, BLIND),
            Err(fault) => {
                tracing::error!(cause = %fault, check = check.word(), "a check of a promise could not be made");
                Finding::given(false, 0, BLIND)
            }
        }
    }
}

/// How long until the next night.
fn until_night(now: Moment) -> Duration {
    let day = i64::try_from(DAY.as_millis()).unwrap_or(1);
    let night = i64::try_from(NIGHT.as_millis()).unwrap_or(0);
    let passed = (now.millis() - night).rem_euclid(day);
    Duration::from_millis(u64::try_from(day - passed).unwrap_or(0))
}

impl Reconciler for Prover {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            match self.prove(job.organisation).await {
                Ok(_) => Ok(Next::Again(until_night(self.world.now()))),
                // The organisation is gone, and so are its promises.
                Err(Fault::Refused(_)) => Ok(Next::Done),
                Err(Fault::Broken(what)) => {
                    tracing::error!(cause = what, "the promises could not be checked");
                    Err(JobFault::new("prove"))
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_night_is_never_more_than_a_day_away_and_never_now() {
        for hour in 0..48 {
            let now = Moment::from_millis(1_800_000_000_000).plus(Duration::from_secs(hour * 3_600));
            let wait = until_night(now);
            assert!(wait > Duration::ZERO && wait <= DAY);
            assert_eq!(now.plus(wait).millis().rem_euclid(86_400_000), 9_000_000, "half past two");
        }
    }
}
