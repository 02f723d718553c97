//! A frozen page, as a citation opens it: its words as text, the quoted sentence marked, and when it was read.

mod reading;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use knowledge::Snapshot;
use maud::{Markup, html};
use model::{Locale, PassageId, SnapshotId};
use serde::Deserialize;

use super::body::{Asked, Id};
use super::error::Answer;
use super::limit::{Network, Rate};
use super::plain_page::{Paper, paper};
use super::spoken::day;
use crate::state::App;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/snapshot/{id}", get(snapshot))
}

/// Which passage was quoted, and which words of it.
#[derive(Deserialize)]
struct Quoted {
    passage: Option<String>,
    quote: Option<String>,
}

async fn snapshot(
    State(app): State<App>,
    network: Network,
    Id(id): Id<SnapshotId>,
    Asked(quoted): Asked<Quoted>,
) -> Answer<Response> {
    app.limits.take(Rate::Progress, &network)?;
    let snapshot = app.desk.library.public_snapshot(id).await?;
    let passage: Option<PassageId> = quoted.passage.and_then(|text| text.parse().ok());
    let sentences = quoted.quote.map(|quote| reading::sentences(&quote)).unwrap_or_default();
    let tag = snapshot.row.language.clone().unwrap_or_default();
    let locale = if tag.is_empty() { Locale::En.tag() } else { &tag };
    let right_to_left = ["ar", "he", "fa", "ur"].contains(&locale);
    let title = snapshot.row.title.clone();
    Ok(paper(&Paper { title: &title, locale, right_to_left }, &body(&snapshot, passage, &sentences)))
}

fn body(snapshot: &Snapshot, quoted: Option<PassageId>, sentences: &[String]) -> Markup {
    let row = &snapshot.row;
    // A long section is cut into several passages; its heading stands above the first.
    let above = std::iter::once(row.title.as_str()).chain(snapshot.passages.iter().map(|one| one.heading.as_str()));
    html! {
        h1 { (row.title) }
        p.facts lang="en" dir="ltr" {
            "Frozen copy of "
            @match &row.url {
                // Only web addresses were read, so only they become links.
                Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                    a href=(url) rel="noreferrer nofollow" { (url) }
                }
                _ => { "an answer written by hand" }
            }
            " as it was on " time { (day(row.fetched_at)) } " (UTC). SHA-256 "
            code { (data_encoding::HEXLOWER.encode(&row.hash).chars().take(16).collect::<String>()) } "…"
        }
        @if snapshot.passages.is_empty() { section { (reading::set(&row.content, &[])) } }
        @for (passage, above) in snapshot.passages.iter().zip(above) {
            @let is_quoted = quoted == Some(passage.id);
            section id=(passage.id) class=[is_quoted.then_some("quoted")] {
                @if !passage.heading.is_empty() && passage.heading != above && passage.heading != row.title {
                    h2 { (passage.heading) }
                }
                (reading::set(&passage.text, if is_quoted { sentences } else { &[] }))
            }
        }
    }
}
