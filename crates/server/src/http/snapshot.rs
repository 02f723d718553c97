//! A frozen page, as a citation opens it: its words as text, the quoted passage marked, and when it was read.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use knowledge::Snapshot;
use maud::{Markup, html};
use model::{Locale, Moment, PassageId, SnapshotId};
use serde::Deserialize;

use super::body::{Asked, Id};
use super::error::Answer;
use super::limit::{Network, Rate};
use super::plain_page::{Paper, paper};
use crate::state::App;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/snapshot/{id}", get(snapshot))
}

/// Which passage was quoted.
#[derive(Deserialize)]
struct Quoted {
    passage: Option<String>,
}

async fn snapshot(
    State(app): State<App>,
    network: Network,
    Id(id): Id<SnapshotId>,
    Asked(quoted): Asked<Quoted>,
) -> Answer<Response> {
    app.limits.take(Rate::Progress, &network)?;
    let snapshot = app.desk.library.public_snapshot(id).await?;
    let quoted: Option<PassageId> = quoted.passage.and_then(|text| text.parse().ok());
    let tag = snapshot.row.language.clone().unwrap_or_default();
    let locale = if tag.is_empty() { Locale::En.tag() } else { &tag };
    let right_to_left = ["ar", "he", "fa", "ur"].contains(&locale);
    let title = snapshot.row.title.clone();
    Ok(paper(&Paper { title: &title, locale, right_to_left }, &body(&snapshot, quoted)))
}

fn body(snapshot: &Snapshot, quoted: Option<PassageId>) -> Markup {
    let row = &snapshot.row;
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
        @if snapshot.passages.is_empty() { div.passage { (row.content) } }
        @for passage in &snapshot.passages {
            section id=(passage.id) {
                @if !passage.heading.is_empty() { h2 { (passage.heading) } }
                @if quoted == Some(passage.id) {
                    mark.passage { (passage.text) }
                } @else {
                    div.passage { (passage.text) }
                }
            }
        }
    }
}

/// The day in ISO 8601 (the algorithm of civil days from a count of days, proleptic Gregorian).
fn day(moment: Moment) -> String {
    let days = moment.millis().div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_in_archives_do() {
        for (millis, written) in
            [(0, "1970-01-01"), (951_782_400_000, "2000-02-29"), (1_800_000_000_000, "2027-01-15"), (-1, "1969-12-31")]
        {
            assert_eq!(day(Moment::from_millis(millis)), written);
        }
    }
}
