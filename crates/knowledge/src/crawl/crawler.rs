//! The reconciler of crawls: looks where a crawl stands and works on it until it is done, paused or stopped.

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{CrawlId, OrganisationId};
use store::crawl::Counts;
use store::crawl_url::WaitingRow;
use store::{StoreError, Work, crawl, crawl_url, source};

use super::keep::{Step, keep};
use super::press::Press;
use super::progress::State;
use super::session::Session;
use super::visit::visit;
use crate::Fault;
use crate::library::{Library, fence};

/// The kind of job; its subject is the id of the crawl.
pub const KIND: &str = "crawl";

/// Works on crawls.
pub struct Crawler {
    library: Library,
    press: Press,
}

impl Crawler {
    /// A crawler for this library.
    pub fn new(library: Library) -> Self {
        Self { library, press: Press::new() }
    }

    async fn work(&self, organisation: OrganisationId, id: CrawlId) -> Result<(), Fault> {
        let Some(session) = Session::open(&self.library, organisation, id, self.press.clone()).await? else {
            return Ok(());
        };
        session.tell(None, true);
        let Some(left_out) = read_all(&session).await? else { return Ok(()) };
        finish(&session, left_out).await
    }
}

impl Reconciler for Crawler {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let id = job.subject.parse().map_err(|_| JobFault::lasting("not_a_crawl"))?;
            match self.work(job.organisation, id).await {
                Ok(()) => Ok(Next::Done),
                // The crawl moved on while we looked: look again from the beginning.
                Err(Fault::Refused(_)) => Err(JobFault::new("crawl_moved_on")),
                Err(Fault::Store(error)) => Err(error.into()),
            }
        })
    }
}

/// Reads until nothing waits; `Some(reason)` of what was left out at the end, nothing at all if the crawl is not to go on.
async fn read_all(session: &Session) -> Result<Option<Option<&'static str>>, Fault> {
    let mut flying = FuturesUnordered::new();
    loop {
        let limit = session.limit();
        while limit.is_none() && flying.len() < session.concurrent {
            let Some(waiting) = next(session, flying.len()) else { break };
            flying.push(page(session, waiting));
        }
        match flying.next().await {
            Some(step) => {
                if step? == Step::Halt {
                    return Ok(None);
                }
            }
            None => return Ok(Some(limit)),
        }
    }
}

/// The next address, unless the pages under way may be the last ones wanted.
fn next(session: &Session, flying: usize) -> Option<WaitingRow> {
    let mut moving = session.moving();
    let counts = moving.progress.counts;
    let kept = counts.added + counts.changed + counts.same + i64::try_from(flying).unwrap_or(0);
    if kept >= session.source.max_pages { None } else { moving.queue.pop_front() }
}

async fn page(session: &Session, waiting: WaitingRow) -> Result<Step, Fault> {
    let visit = visit(session, waiting).await?;
    keep(session, visit).await
}

async fn finish(session: &Session, left_out: Option<&'static str>) -> Result<(), Fault> {
    let (organisation, id, now) = (session.organisation, session.crawl.id, session.room().world.now());
    let counts = session.moving().progress.counts;
    let rest = (counts.found - counts.done).max(0);
    let kept = counts.added + counts.changed + counts.same;
    let end = if kept == 0 && counts.skipped == 0 && counts.errors > 0 { State::Failed } else { State::Done };
    let reason = left_out.unwrap_or("page_limit");
    let mut work = Work::new(fence(organisation));
    if rest > 0 {
        let more = Counts { skipped: rest, done: rest, ..Counts::default() };
        work =
            work.with(crawl::count(organisation, id, more)).with(crawl_url::leave_out_rest(organisation, id, reason));
    }
    let work = work
        .with(crawl::step(organisation, id, (State::Running.word(), end.word()), Some(now)))
        .with(source::crawled(organisation, session.crawl.source, now));
    match session.room().store.write(work).await {
        Ok(_) => {}
        // Paused or stopped at the very last moment: that is how it stays.
        Err(StoreError::Guard { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    {
        let mut moving = session.moving();
        let progress = &mut moving.progress;
        progress.state = end;
        progress.finished_at = Some(now);
        progress.counts.skipped += rest;
        progress.counts.done += rest;
        if rest > 0 {
            progress.add_reason(reason, rest);
        }
    }
    session.library().changed(organisation);
    session.tell(None, true);
    Ok(())
}
