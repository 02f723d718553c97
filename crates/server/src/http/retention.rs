//! For how long things are kept: the table of classes, what another period would do, changing it, deleting a conversation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use datamap::{Anchor, PRESETS, TERMS, Term};
use desk::retention::Keeping;
use model::{ConversationId, Moment};
use privacy::retain::Preview;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{BeStaff, May, Privacy, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(retention, change))
        .routes(routes!(preview))
        .routes(routes!(delete_conversation))
}

/// How retention stands.
#[derive(Serialize, ToSchema)]
struct Retention {
    classes: Vec<RetentionClass>,
    /// The periods offered for conversations, in days; the last is as long as the subscription.
    presets: Vec<u32>,
    /// The number of days that stands for “as long as the subscription”.
    subscription: u32,
    run: RetentionRun,
    canary: RetentionCanary,
    /// How many people a hold or a restriction keeps.
    held: i64,
}

/// One class.
#[derive(Serialize, ToSchema)]
struct RetentionClass {
    class: &'static str,
    says: &'static str,
    law: &'static str,
    /// `last_activity`, `end` (each row names its end), `since` or `contract`.
    anchor: &'static str,
    /// For how many days.
    days: u32,
    /// The least number of days that may be chosen.
    least: u32,
    /// The greatest; the same as the least where there is no choice.
    most: u32,
    /// How many rows there are.
    rows: u64,
    /// The moment the oldest row counts from, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest: Option<i64>,
    /// When the next purge is due, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
    /// How many rows are past their period and nothing keeps them.
    overdue: u64,
}

/// How the rounds go.
#[derive(Serialize, ToSchema)]
struct RetentionRun {
    /// When a round went through for the last time, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
    /// How long ago, ms.
    since_ms: u64,
    /// An alarm: no round went through for two hours.
    late: bool,
    /// How many rows went since the account began.
    purged: u64,
}

/// How the planted people do, who must vanish on their day.
#[derive(Serialize, ToSchema)]
struct RetentionCanary {
    planted: u64,
    /// When the oldest was planted, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest: Option<i64>,
    /// An alarm: how many outlived their period.
    outlived: u64,
}

/// A class and its period.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Period {
    /// The class.
    class: String,
    /// For how many days.
    days: u32,
}

/// What another period would do at once, and when it would do the rest.
#[derive(Serialize, ToSchema)]
struct PeriodPreview {
    people: u64,
    rows: u64,
    /// Sealed bytes.
    bytes: u64,
    by_day: Vec<PeriodDay>,
}

/// How many people go on one day.
#[derive(Serialize, ToSchema)]
struct PeriodDay {
    /// Days from now; 0 is at once.
    day: u32,
    people: u64,
}

fn class(term: &'static Term, keeping: &Keeping) -> RetentionClass {
    let figure = keeping.figures.iter().find(|figure| figure.class == term.class);
    let anchor = match term.anchor {
        Anchor::LastActivity => "last_activity",
        Anchor::Ends(_) => "end",
        Anchor::Since(_) => "since",
        Anchor::Contract => "contract",
    };
    RetentionClass {
        class: term.class,
        says: term.says,
        law: term.law,
        anchor,
        days: keeping.periods.days(term),
        least: term.bounds.0,
        most: term.bounds.1,
        rows: figure.map_or(0, |figure| figure.rows),
        oldest: figure.and_then(|figure| figure.oldest).map(Moment::millis),
        next: figure.and_then(|figure| figure.next).map(Moment::millis),
        overdue: figure.map_or(0, |figure| figure.overdue),
    }
}

impl From<&Keeping> for Retention {
    fn from(keeping: &Keeping) -> Self {
        Self {
            classes: TERMS.iter().map(|term| class(term, keeping)).collect(),
            presets: PRESETS.to_vec(),
            subscription: datamap::SUBSCRIPTION,
            run: RetentionRun {
                finished_at: keeping.lateness.finished_at.map(Moment::millis),
                since_ms: keeping.lateness.since_ms,
                late: keeping.lateness.late,
                purged: keeping.lateness.purged,
            },
            canary: RetentionCanary {
                planted: keeping.canary.planted,
                oldest: keeping.canary.oldest.map(Moment::millis),
                outlived: keeping.canary.outlived,
            },
            held: keeping.held,
        }
    }
}

impl From<Preview> for PeriodPreview {
    fn from(preview: Preview) -> Self {
        let by_day = preview.by_day.into_iter().map(|(day, people)| PeriodDay { day, people });
        Self { people: preview.people, rows: preview.rows, bytes: preview.bytes, by_day: by_day.collect() }
    }
}

/// How retention stands: every class with its period, its oldest record and its next purge.
#[utoipa::path(get, path = "/v1/retention", tag = "retention", responses((status = 200, body = Retention)))]
async fn retention(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<Retention>> {
    Ok(Json(Retention::from(&app.desk.keeping(may.organisation()).await?)))
}

/// What would go if a class were kept for so many days. Nothing is changed.
#[utoipa::path(post, path = "/v1/retention/preview", tag = "retention", request_body = Period,
    responses((status = 200, body = PeriodPreview)))]
async fn preview(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(period): Body<Period>,
) -> Answer<Json<PeriodPreview>> {
    Ok(Json(app.desk.preview_period(may.organisation(), &period.class, period.days).await?.into()))
}

/// Keeps a class for so many days; a shorter period bites at once.
#[utoipa::path(put, path = "/v1/retention", tag = "retention", request_body = Period, responses((status = 200, body = Retention)))]
async fn change(State(app): State<App>, may: May<RunHouse>, Body(period): Body<Period>) -> Answer<Json<Retention>> {
    app.desk.change_period(&may.actor, &period.class, period.days).await?;
    Ok(Json(Retention::from(&app.desk.keeping(may.organisation()).await?)))
}

/// Deletes a conversation: unreadable at once, its rows go within the hour.
#[utoipa::path(delete, path = "/v1/conversations/{id}", tag = "conversations", params(("id" = String, Path)),
    responses((status = 204)))]
async fn delete_conversation(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<ConversationId>,
) -> Answer<StatusCode> {
    app.desk.delete_conversation(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
