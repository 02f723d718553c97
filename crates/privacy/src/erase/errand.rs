//! The erasure as a job: survives a stop of the server, and is tried again until it is done.

use jobs::{BoxFuture, Job, JobFault, Next, Reconciler};
use model::{ErasureId, OrganisationId, World};
use store::Statement;

use super::Eraser;
use crate::Fault;

/// The kind of the job; its subject is the id of the erasure, never of the person.
pub const KIND: &str = "erase";

/// The job of an erasure; also takes up one that waited for the end of a hold.
pub fn enqueue(world: &World, organisation: OrganisationId, id: ErasureId) -> Statement {
    jobs::enqueue(world, organisation, KIND, &id.to_string(), world.now())
}

impl Reconciler for Eraser {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<ErasureId>() else { return Ok(Next::Done) };
            match Eraser::run(self, id).await {
                Ok(()) => Ok(Next::Done),
                Err(Fault::Refused(refusal)) => Err(JobFault::new(refusal.kind.code())),
                Err(Fault::Broken(what)) => {
                    tracing::error!(what, "an erasure did not go on");
                    Err(JobFault::new("erase"))
                }
            }
        })
    }

    fn most_attempts(&self) -> i64 {
        // Never given up: whoever asked to be forgotten waits until it is done.
        i64::MAX
    }
}
