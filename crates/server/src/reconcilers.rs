//! Every kind of work the house does by itself, handed to the runner in one place.

use std::sync::Arc;

use desk::Desk;
use desk::answer::Answering;
use desk::search::Indexing;
use jobs::Runner;
use model::{OrganisationId, PersonId};
use privacy::erase::{Eraser, Forgetful};
use privacy::retain::Retainer;
use vault::BoxFuture;

use crate::http::visitor_token::Recognised;

/// The visitors recognised lately, as a memory that an erasure reaches.
struct Lately(Recognised);

impl Forgetful for Lately {
    fn name(&self) -> &'static str {
        "recognised"
    }

    fn forget<'a>(&'a self, _: OrganisationId, person: PersonId) -> BoxFuture<'a, Result<(), privacy::Fault>> {
        self.0.forget(person);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The eraser, with every memory of this server that can hold something of a visitor.
pub fn eraser(desk: &Desk, recognised: &Recognised) -> Eraser {
    desk.eraser().telling(Arc::new(Lately(recognised.clone())))
}

/// The runner with everything it runs.
pub fn all(desk: &Desk, recognised: &Recognised, runner: Runner) -> Runner {
    let eraser = eraser(desk, recognised);
    let retainer = Retainer::new(eraser.counter());
    let runner = runner.with(Arc::new(privacy::audit::Keeper::new(eraser.counter())));
    let runner = runner.with(Arc::new(eraser)).with(Arc::new(retainer)).with(Arc::new(Answering(desk.clone()))).with(Arc::new(Indexing(desk.clone())));
    let runner = runner.with(Arc::new(desk::request::Requests(desk.clone())));
    desk.library.reconcilers().into_iter().fold(runner, Runner::with)
}
