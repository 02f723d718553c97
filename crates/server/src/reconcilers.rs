//! Every kind of work the house does by itself, handed to the runner in one place.

use std::path::PathBuf;
use std::sync::Arc;

use desk::Desk;
use desk::answer::Answering;
use desk::search::Indexing;
use jobs::Runner;
use model::{OrganisationId, PersonId};
use privacy::backup::KeyCopy;
use privacy::erase::{Eraser, Forgetful};
use privacy::leave::{Departer, Exporter};
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
pub fn eraser(desk: &Desk, recognised: &Recognised, copy: Option<&KeyCopy>) -> Eraser {
    let eraser = desk.eraser().telling(Arc::new(Lately(recognised.clone())));
    match copy {
        // A destroyed key must not live on in a copy: the receipt waits until the copy was written anew.
        Some(copy) => eraser.telling(Arc::new(copy.clone())),
        None => eraser,
    }
}

/// Ends organisations, and lets the copy of the keys forget them.
pub fn departer(desk: &Desk, copy: Option<&KeyCopy>) -> Departer {
    let departer = Departer::new(desk.eraser().counter());
    match copy {
        Some(copy) => departer.telling(Arc::new(copy.clone())),
        None => departer,
    }
}

/// The runner with everything it runs.
pub fn all(
    desk: &Desk,
    (recognised, copy, exports): (&Recognised, Option<&KeyCopy>, PathBuf),
    runner: Runner,
) -> Runner {
    let eraser = eraser(desk, recognised, copy);
    let exporter = Exporter::new(eraser.counter(), desk.keyring.archive_key(), exports);
    let runner = runner.with(Arc::new(departer(desk, copy))).with(Arc::new(exporter));
    let retainer = Retainer::new(eraser.counter());
    let runner = runner.with(Arc::new(privacy::audit::Keeper::new(eraser.counter())));
    let runner = runner
        .with(Arc::new(eraser))
        .with(Arc::new(retainer))
        .with(Arc::new(Answering(desk.clone())))
        .with(Arc::new(Indexing(desk.clone())));
    let runner = runner.with(Arc::new(desk::request::Requests(desk.clone())));
    desk.library.reconcilers().into_iter().fold(runner, Runner::with)
}
