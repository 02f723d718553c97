//! Gaps in the knowledge: questions without a source, grouped, and the answer that closes one.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::gap::Gap;
use model::MessageId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Body;
use super::error::Answer;
use super::may::{May, ReadConversations, WriteKnowledge};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(fill))
}

/// Questions without a source.
#[derive(Serialize, ToSchema)]
struct GapReport {
    items: Vec<GapGroup>,
    /// How many questions were looked at.
    looked_at: usize,
}

/// Questions about the same thing, masked.
#[derive(Serialize, ToSchema)]
struct GapGroup {
    /// The latest wording.
    question: String,
    /// Other wordings.
    others: Vec<String>,
    /// The questions, the latest first.
    #[schema(value_type = Vec<String>)]
    messages: Vec<MessageId>,
    /// How often it was asked.
    count: usize,
    /// By how many people.
    people: usize,
    first_at: i64,
    last_at: i64,
    /// The page that answers it, once somebody has written one.
    #[serde(skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
}

/// An answer to questions that had none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FillGap {
    /// The questions, 1 to 200.
    #[schema(value_type = Vec<String>)]
    messages: Vec<MessageId>,
    title: String,
    content: String,
}

/// The page that was written.
#[derive(Serialize, ToSchema)]
struct GapFilled {
    page_id: String,
}

impl From<Gap> for GapGroup {
    fn from(gap: Gap) -> Self {
        Self {
            question: gap.question,
            others: gap.others,
            count: gap.messages.len(),
            messages: gap.messages,
            people: gap.people,
            first_at: gap.first_at.millis(),
            last_at: gap.last_at.millis(),
            page_id: gap.page.map(|page| page.to_string()),
        }
    }
}

/// Questions to which no page had an answer, grouped by likeness, the latest first.
#[utoipa::path(get, path = "/v1/gaps", tag = "knowledge", responses((status = 200, body = GapReport)))]
async fn list(State(app): State<App>, may: May<ReadConversations>) -> Answer<Json<GapReport>> {
    app.desk.looks(&may.actor, "gap.list", "organisation", &may.organisation().to_string()).await?;
    let gaps = app.desk.gaps(may.organisation()).await?;
    let items = gaps.groups.into_iter().map(GapGroup::from).collect();
    Ok(Json(GapReport { items, looked_at: gaps.looked_at }))
}

/// Writes the answer. The page remembers from which conversations it was taken.
#[utoipa::path(post, path = "/v1/gaps/answer", tag = "knowledge", request_body = FillGap,
    responses((status = 201, body = GapFilled)))]
async fn fill(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Body(given): Body<FillGap>,
) -> Answer<(StatusCode, Json<GapFilled>)> {
    let page = app.desk.fill_gap(&may.actor, &given.messages, (&given.title, &given.content)).await?;
    Ok((StatusCode::CREATED, Json(GapFilled { page_id: page.to_string() })))
}
