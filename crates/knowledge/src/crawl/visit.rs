//! One visit: asks for an address, reads what comes, says what it is worth. Writes nothing.

use std::time::Duration;

use outside::door::{FetchRefusal, FetchRequest, Fetched};
use store::crawl_url::WaitingRow;
use store::page::{self, PageRow};
use url::Url;

use super::judge::{Content, Found, TYPES, by_address, by_page, by_status, kind, refused};
use super::session::Session;
use crate::Fault;
use crate::extract::{self, Extracted};
use crate::library::fence;

/// The longest wait a server can ask for with `Retry-After` before we count it as failed.
const LONGEST_RETRY: u64 = 10;

/// What a visit brought.
pub(super) struct Visit {
    pub(super) waiting: WaitingRow,
    /// The page as it was before.
    pub(super) before: Option<PageRow>,
    pub(super) found: Found,
    /// Where the page links to.
    pub(super) links: Vec<Url>,
}

/// Visits an address.
pub(super) async fn visit(session: &Session, waiting: WaitingRow) -> Result<Visit, Fault> {
    let row =
        session.room().store.one(fence(session.organisation), page::by_url(session.organisation, &waiting.url)).await?;
    let before = row.as_ref().map(PageRow::from_row).transpose()?;
    let (found, links) = match Url::parse(&waiting.url) {
        Err(_) => (Found::Failed("not_a_web_address".to_owned()), Vec::new()),
        Ok(url) if !session.robots.allows(&url) => (Found::Skipped("robots"), Vec::new()),
        Ok(url) => look(session, &url, &waiting, before.as_ref()).await,
    };
    Ok(Visit { waiting, before, found, links })
}

async fn look(session: &Session, url: &Url, waiting: &WaitingRow, before: Option<&PageRow>) -> (Found, Vec<Url>) {
    let fetched = match fetch(session, url, waiting, before).await {
        Ok(fetched) => fetched,
        Err(found) => return (found, Vec::new()),
    };
    session.count_bytes(fetched.body.len());
    if let Some(found) = by_status(fetched.status) {
        return (found, Vec::new());
    }
    if waiting.depth == 0 {
        // The start may lead to the website's proper host ("www."); from there on we stay.
        session.admit_site(&fetched.final_url);
    }
    if let Some(found) = by_address(url, &fetched) {
        return (found, Vec::new());
    }
    let kind = kind(&fetched);
    let (asked, copy) = (url.clone(), fetched.clone());
    let read = session.press.run(session.manner.patience, move || read(kind, &asked, &copy)).await;
    match read {
        Err(reason) => (Found::Failed(reason.to_owned()), Vec::new()),
        Ok(Err(reason)) => (Found::Skipped(reason), Vec::new()),
        Ok(Ok(mut page)) => {
            let links = std::mem::take(&mut page.head.links);
            let found =
                by_page(url, &fetched, &page, |canonical| session.was_passed_on(canonical)).unwrap_or_else(|| {
                    Found::Read(Box::new(Content {
                        kind,
                        title: if page.title.is_empty() { url.path().to_owned() } else { page.title },
                        text: page.content,
                        language: page.language,
                        etag: fetched.headers.etag,
                        last_modified: fetched.headers.last_modified,
                    }))
                });
            (found, links)
        }
    }
}

fn read(kind: &str, url: &Url, fetched: &Fetched) -> Result<Extracted, &'static str> {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let charset = fetched.headers.charset();
    match kind {
        "pdf" => extract::from_pdf(&fetched.body, name).map_err(|_| "unreadable_pdf"),
        "text" => Ok(extract::from_plain(&extract::decode(&fetched.body, charset.as_deref()), name)),
        _ => {
            let charset = charset.or_else(|| extract::claimed_charset(&fetched.body));
            Ok(extract::from_html(&extract::decode(&fetched.body, charset.as_deref()), url.as_str()))
        }
    }
}

/// Asks again where the reason may pass.
async fn fetch(session: &Session, url: &Url, waiting: &WaitingRow, before: Option<&PageRow>) -> Result<Fetched, Found> {
    let known = before.filter(|page| page.snapshot.is_some());
    let mut tries = 0;
    loop {
        tries += 1;
        session.pace.turn().await;
        let request = FetchRequest {
            etag: known.and_then(|page| page.etag.clone()),
            last_modified: known.and_then(|page| page.last_modified.clone()),
            max_bytes: session.manner.max_page_bytes,
            types: TYPES.iter().map(|one| (*one).to_owned()).collect(),
            stay_on_host: waiting.depth > 0,
            ..FetchRequest::new(url.clone())
        };
        let answer = session.room().door.fetch(request).await;
        let (wait, found) = match answer {
            Ok(fetched) if matches!(fetched.status, 429 | 500 | 502 | 503 | 504) => {
                let asked = fetched.headers.retry_after.as_deref().and_then(|text| text.trim().parse::<u64>().ok());
                (asked.filter(|seconds| *seconds <= LONGEST_RETRY), Found::Failed(format!("http_{}", fetched.status)))
            }
            Ok(fetched) => return Ok(fetched),
            // A name that does not resolve will not resolve in a second.
            Err(refusal) if refusal.is_passing() && refusal != FetchRefusal::UnknownHost => (None, refused(&refusal)),
            Err(refusal) => return Err(refused(&refusal)),
        };
        if tries >= session.manner.tries {
            return Err(found);
        }
        tokio::time::sleep(wait.map_or(Duration::from_millis(250 * u64::from(tries)), Duration::from_secs)).await;
    }
}
