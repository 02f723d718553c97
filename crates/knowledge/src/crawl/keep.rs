//! Writes what a visit brought: one work a page, so that a crash loses at most the pages under way.

use model::PageId;
use store::crawl::Counts;
use store::crawl_url::WaitingRow;
use store::page::{NewPage, PageRow};
use store::{Statement, StoreError, Work, crawl, crawl_url, page};
use url::Url;

use super::judge::{Content, Found};
use super::session::Session;
use super::visit::Visit;
use crate::Fault;
use crate::library::fence;
use crate::page::{Frozen, hash};

/// How the crawl goes on after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// As before.
    On,
    /// Somebody paused, stopped or removed it.
    Halt,
}

/// What a page does to the counts, its address and the store.
struct Entry {
    counts: Counts,
    state: &'static str,
    reason: Option<String>,
    statements: Vec<Statement>,
    /// An address to go on with instead.
    instead: Option<Url>,
}

/// Keeps what a visit brought.
pub(super) async fn keep(session: &Session, visit: Visit) -> Result<Step, Fault> {
    let Visit { waiting, before, found, mut links } = visit;
    let mut entry = entry(session, &waiting, before.as_ref(), found);
    let (organisation, crawl) = (session.organisation, session.crawl.id);
    // What a page is known under instead is as near as the page itself.
    let instead = session.admit(entry.instead.take().into_iter().collect());
    let deeper = waiting.depth + 1;
    links.truncate(2_000);
    let new = session.admit(links);
    let beyond = deeper > session.source.max_depth;
    let number = i64::try_from(new.len()).unwrap_or(0);
    entry.counts.found += number + i64::try_from(instead.len()).unwrap_or(0);
    if beyond {
        entry.counts.skipped += number;
        entry.counts.done += number;
    }
    let near = instead.iter().map(|url| crawl_url::insert(organisation, crawl, url, waiting.depth));
    let far = new.iter().map(|url| {
        if beyond {
            crawl_url::leave_out(organisation, crawl, (url, deeper), "depth")
        } else {
            crawl_url::insert(organisation, crawl, url, deeper)
        }
    });
    let work = Work::new(fence(organisation))
        .with(crawl::count(organisation, crawl, entry.counts))
        .with(crawl_url::settle(organisation, crawl, &waiting.url, (entry.state, entry.reason.as_deref())))
        .extend(std::mem::take(&mut entry.statements))
        .extend(near)
        .extend(far);
    match session.room().store.write(work).await {
        Ok(_) => {}
        Err(StoreError::Guard { statement: 0 }) => return Ok(Step::Halt),
        // Another worker was faster: what it wrote stands.
        Err(StoreError::Guard { .. } | StoreError::Unique) => return Ok(Step::On),
        Err(error) => return Err(error.into()),
    }
    note(session, &waiting, &entry);
    let mut moving = session.moving();
    moving.queue.extend(instead.into_iter().map(|url| WaitingRow { url, depth: waiting.depth }));
    if beyond {
        moving.progress.add_reason("depth", number);
        moving.progress.skipped_reasons.retain(|one| one.count > 0);
    } else {
        moving.queue.extend(new.into_iter().map(|url| WaitingRow { url, depth: deeper }));
    }
    drop(moving);
    session.tell(Some(&waiting.url), false);
    Ok(Step::On)
}

fn note(session: &Session, waiting: &WaitingRow, entry: &Entry) {
    let mut moving = session.moving();
    let (counts, more) = (&mut moving.progress.counts, entry.counts);
    counts.found += more.found;
    counts.added += more.added;
    counts.changed += more.changed;
    counts.same += more.same;
    counts.skipped += more.skipped;
    counts.errors += more.errors;
    counts.done += more.done;
    let reason = entry.reason.as_deref().unwrap_or_default();
    match entry.state {
        "skipped" => moving.progress.add_reason(reason, 1),
        "error" => moving.progress.add_failure(&waiting.url, reason),
        _ => {}
    }
}

fn entry(session: &Session, waiting: &WaitingRow, before: Option<&PageRow>, found: Found) -> Entry {
    let (organisation, now) = (session.organisation, session.room().world.now());
    let source = Some(session.crawl.source);
    let gone = || before.map(|page| page::gone(organisation, page.id, now)).into_iter().collect::<Vec<_>>();
    let one = Counts { done: 1, ..Counts::default() };
    let skipped = |reason: &str, statements| {
        let counts = Counts { skipped: 1, ..one };
        Entry { counts, state: "skipped", reason: Some(reason.to_owned()), statements, instead: None }
    };
    let failed = |reason: String, statements| {
        let counts = Counts { errors: 1, ..one };
        Entry { counts, state: "error", reason: Some(reason), statements, instead: None }
    };
    // What the merchant removed is not kept again, whatever the website does.
    if before.is_some_and(|page| page.state == "removed") {
        let counts = Counts { same: 1, ..one };
        return Entry { counts, state: "same", reason: None, statements: Vec::new(), instead: None };
    }
    match found {
        Found::Same => {
            let statements = before.map(|page| page::seen(organisation, page, source, now)).into_iter().collect();
            Entry { counts: Counts { same: 1, ..one }, state: "same", reason: None, statements, instead: None }
        }
        Found::Gone(_) if before.is_some_and(|page| page.state == "active") => skipped("gone", gone()),
        Found::Gone(status) => failed(format!("http_{status}"), gone()),
        Found::Elsewhere(reason, url) if session.is_ours(&url) => {
            session.pass_on(&waiting.url);
            Entry { instead: Some(url), ..skipped(reason, gone()) }
        }
        Found::Elsewhere(..) => skipped("other_host", gone()),
        Found::Skipped(reason) => skipped(reason, gone()),
        // A server that is down for an hour must not empty the knowledge.
        Found::Failed(reason) => failed(reason, Vec::new()),
        Found::Read(content) => {
            if session.twin(&hash(&content.title, &content.text), &waiting.url) {
                return skipped("duplicate", gone());
            }
            read(session, waiting, before, &content)
        }
    }
}

fn read(session: &Session, waiting: &WaitingRow, before: Option<&PageRow>, content: &Content) -> Entry {
    let (organisation, now) = (session.organisation, session.room().world.now());
    let source = Some(session.crawl.source);
    let one = Counts { done: 1, ..Counts::default() };
    let tags = (content.etag.clone(), content.last_modified.clone());
    if let Some(before) = before
        && before.hash.as_deref() == Some(&hash(&content.title, &content.text))
    {
        let page = PageRow { etag: tags.0, last_modified: tags.1, ..before.clone() };
        let statements = vec![page::seen(organisation, &page, source, now)];
        return Entry { counts: Counts { same: 1, ..one }, state: "same", reason: None, statements, instead: None };
    }
    let id = before.map_or_else(|| PageId::new(&session.room().world), |page| page.id);
    let frozen = Frozen::new(session.library(), id, &content.title, &content.text, content.language.as_deref());
    let new = NewPage {
        id,
        source,
        url: Some(&waiting.url),
        kind: content.kind,
        title: &content.title,
        snapshot: frozen.snapshot,
        etag: tags.0.as_deref(),
        last_modified: tags.1.as_deref(),
        at: now,
    };
    let (counts, state, first) = match before {
        Some(_) => (Counts { changed: 1, ..one }, "changed", page::renew(organisation, &new)),
        None => (Counts { added: 1, ..one }, "added", page::insert(organisation, &new)),
    };
    let mut statements = vec![first];
    statements.extend(frozen.statements(organisation));
    Entry { counts, state, reason: None, statements, instead: None }
}
