//! Every kind of work the house does by itself, handed to the runner in one place.

use std::path::PathBuf;
use std::sync::Arc;

use desk::Desk;
use desk::answer::Answering;
use desk::search::Indexing;
use jobs::{BoxFuture as Run, Job, JobFault, Next, Pace, Reconciler, Runner};
use model::{OrganisationId, PersonId};
use privacy::backup::KeyCopy;
use privacy::erase::{Eraser, Forgetful};
use privacy::leave::{Departer, Exporter, Shelf};
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

/// Keeps the periods, withdraws what pages repeat of the words of somebody whose period is over, and lets old consents lapse.
struct Keeping(Retainer, Desk);

impl Reconciler for Keeping {
    fn kind(&self) -> &'static str {
        self.0.kind()
    }

    fn pace(&self) -> Pace {
        self.0.pace()
    }

    fn run<'a>(&'a self, job: &'a Job) -> Run<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let next = self.0.run(job).await?;
            let withdrawn = self.1.withdraw_orphans(job.organisation).await;
            withdrawn.map_err(|_| JobFault::new("withdraw"))?;
            self.1.lapse_consents(job.organisation).await.map_err(|_| JobFault::new("lapse"))?;
            Ok(next)
        })
    }
}

/// What holds something of a visitor and is not in the store: the copy of the keys and the exports that lie ready.
pub type Memories = Vec<Arc<dyn Forgetful>>;

/// Those of this server.
pub fn memories(copy: Option<&KeyCopy>, exports: PathBuf) -> Memories {
    // A destroyed key must not live on in a copy: the receipt waits until the copy was written anew.
    let copy = copy.map(|copy| Arc::new(copy.clone()) as Arc<dyn Forgetful>);
    copy.into_iter().chain([Arc::new(Shelf(exports)) as Arc<dyn Forgetful>]).collect()
}

/// The eraser, with every memory of this server that can hold something of a visitor.
pub fn eraser(desk: &Desk, recognised: &Recognised, memories: &Memories) -> Eraser {
    let eraser = desk.eraser().telling(Arc::new(Lately(recognised.clone())));
    memories.iter().cloned().fold(eraser, Eraser::telling)
}

/// Ends organisations, and lets the same memories forget them.
pub fn departer(desk: &Desk, memories: &Memories) -> Departer {
    memories.iter().cloned().fold(Departer::new(desk.eraser().counter()), Departer::telling)
}

/// The runner with everything it runs.
pub fn all(desk: &Desk, (recognised, memories, exports): (&Recognised, &Memories, PathBuf), runner: Runner) -> Runner {
    let eraser = eraser(desk, recognised, memories);
    let exporter = Exporter::new(eraser.counter(), desk.keyring.archive_key(), exports);
    let runner = runner.with(Arc::new(departer(desk, memories))).with(Arc::new(exporter));
    let retainer = Retainer::new(eraser.counter());
    let runner = runner.with(Arc::new(privacy::audit::Keeper::new(eraser.counter())));
    let runner = runner
        .with(Arc::new(eraser))
        .with(Arc::new(Keeping(retainer, desk.clone())))
        .with(Arc::new(Answering(desk.clone())))
        .with(Arc::new(Indexing(desk.clone())));
    let runner = runner.with(Arc::new(desk::request::Requests(desk.clone())));
    let runner = runner.with(Arc::new(desk::authorised_agent::Callbacks(desk.clone())));
    let runner = runner.with(Arc::new(desk::test_set::TestRuns(desk.clone())));
    desk.library.reconcilers().into_iter().fold(runner, Runner::with)
}
