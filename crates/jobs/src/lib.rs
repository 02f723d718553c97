//! The durable queue: knows that jobs exist, not what they do. A job is a kind and the id of a thing; a reconciler looks
//! at the thing's state and makes it right, as often as it is asked to. No personal words, ever: ids only.
//!
//! A job is enqueued by a statement in the same work as the change it follows from, so neither exists without the other.
//! After the commit somebody rings the [`Bell`]; a slow poll finds what nobody rang for.

mod backoff;
mod job;
mod run;
mod runner;

use std::borrow::Borrow;

use model::{JobId, Moment, OrganisationId, World};
use store::Statement;
use store::job::NewJob;

pub use futures::future::BoxFuture;
pub use job::{Job, JobFault, Next, Pace, Reconciler};
pub use runner::{Bell, Runner, Running};

/// Asks for a job, as a statement for the work it follows from. Asking twice is asking once; asking while it runs lets
/// it run once more.
pub fn enqueue(
    world: &World,
    organisation: impl Borrow<OrganisationId>,
    kind: &'static str,
    subject: &str,
    run_at: Moment,
) -> Statement {
    store::job::enqueue(new(world, *organisation.borrow(), (kind, subject), run_at))
}

/// The same about a conversation, and only while the assistant answers in it.
pub fn enqueue_for_assistant(
    world: &World,
    organisation: impl Borrow<OrganisationId>,
    kind: &'static str,
    subject: &str,
    run_at: Moment,
) -> Statement {
    store::job::enqueue_for_assistant(new(world, *organisation.borrow(), (kind, subject), run_at))
}

fn new(world: &World, organisation: OrganisationId, (kind, subject): (&'static str, &str), run_at: Moment) -> NewJob {
    NewJob { id: JobId::new(world), organisation, kind, subject: subject.to_owned(), run_at, created_at: world.now() }
}
