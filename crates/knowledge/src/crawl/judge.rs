//! Judges what came back for an address: is it to be kept, left out, looked for elsewhere, or did it fail.

use outside::door::{FetchRefusal, Fetched};
use url::Url;

use crate::extract::Extracted;
use crate::links::{normal, same_site};

/// The media types that can be read.
pub(super) const TYPES: [&str; 6] =
    ["text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown", "text/x-markdown"];

/// What is to be done about an address.
pub(super) enum Found {
    /// The server says that nothing has changed.
    Same,
    /// The server says that there is no such page.
    Gone(u16),
    /// Here it is.
    Read(Box<Content>),
    /// The page is known under another address of this website.
    Elsewhere(&'static str, Url),
    /// Not to be kept.
    Skipped(&'static str),
    /// It did not work.
    Failed(String),
}

/// What was read.
pub(super) struct Content {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// What kind of file this is, by what the server says and by the first bytes.
pub(super) fn kind(fetched: &Fetched) -> &'static str {
    let media = fetched.headers.media_type().unwrap_or_default();
    let start = fetched.body.iter().find(|byte| !byte.is_ascii_whitespace());
    match media.as_str() {
        _ if fetched.body.starts_with(b"%PDF-") => "pdf",
        "application/pdf" => "pdf",
        "text/plain" | "text/markdown" | "text/x-markdown" => "text",
        "" if start != Some(&b'<') => "text",
        _ => "web",
    }
}

/// Why an address was refused at the door.
pub(super) fn refused(refusal: &FetchRefusal) -> Found {
    match refusal {
        FetchRefusal::TooLarge => Found::Skipped("too_large"),
        FetchRefusal::WrongType { .. } => Found::Skipped("content_type"),
        FetchRefusal::Elsewhere { .. } => Found::Skipped("other_host"),
        other => Found::Failed(other.code().to_owned()),
    }
}

/// What the status alone decides.
pub(super) fn by_status(status: u16) -> Option<Found> {
    match status {
        304 => Some(Found::Same),
        404 | 410 => Some(Found::Gone(status)),
        200..=299 => None,
        other => Some(Found::Failed(format!("http_{other}"))),
    }
}

/// What the address it finally came from decides.
pub(super) fn by_address(asked: &Url, fetched: &Fetched) -> Option<Found> {
    let arrived = normal(fetched.final_url.clone());
    (arrived != *asked).then_some(Found::Elsewhere("redirect", arrived))
}

/// What the page says about itself decides; `passed_on` says whether an address was left out in favour of this one.
pub(super) fn by_page(
    asked: &Url,
    fetched: &Fetched,
    page: &Extracted,
    passed_on: impl Fn(&Url) -> bool,
) -> Option<Found> {
    let forbids = |rules: &str| rules.contains("noindex") || rules.contains("none");
    if page.head.noindex
        || fetched.headers.robots.as_deref().map(str::to_ascii_lowercase).is_some_and(|rules| forbids(&rules))
    {
        return Some(Found::Skipped("noindex"));
    }
    let canonical =
        page.head.canonical.clone().map(normal).filter(|canonical| canonical != asked && same_site(canonical, asked));
    // Two pages that point at each other would both be lost.
    if let Some(canonical) = canonical.filter(|canonical| !passed_on(canonical)) {
        return Some(Found::Elsewhere("canonical", canonical));
    }
    page.content.trim().is_empty().then_some(Found::Skipped("no_text"))
}
