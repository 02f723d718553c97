//! Legal holds: the list, placing one, lifting one. For those who run the house; no program may.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::legal_hold::NewHold;
use model::{LegalHoldId, Moment, Refusal};
use privacy::legal_hold::Reason;
use serde::{Deserialize, Serialize};
use store::legal_hold::HoldRow;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(holds, place)).routes(routes!(lift))
}

/// The holds in force.
#[derive(Serialize, ToSchema)]
struct LegalHolds {
    items: Vec<LegalHold>,
}

/// A hold.
#[derive(Serialize, ToSchema)]
struct LegalHold {
    id: String,
    /// Whose data.
    person: String,
    /// Only this conversation; everything of hers where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<String>,
    /// `claim`, `authority` or `dispute`.
    reason: String,
    /// The member who placed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    placed_by: Option<String>,
    placed_at: i64,
    ends_at: i64,
}

/// A hold to be placed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLegalHold {
    /// The id of the person.
    person: String,
    /// Only this conversation of hers.
    conversation: Option<String>,
    /// `claim`, `authority` or `dispute`.
    reason: String,
    /// Until when, ms; in the future and within ten years.
    ends_at: i64,
}

impl From<&HoldRow> for LegalHold {
    fn from(row: &HoldRow) -> Self {
        Self {
            id: row.id.to_string(),
            person: row.person.to_string(),
            conversation: row.conversation.map(|id| id.to_string()),
            reason: row.reason.clone(),
            placed_by: row.placed_by.map(|id| id.to_string()),
            placed_at: row.placed_at.millis(),
            ends_at: row.ends_at.millis(),
        }
    }
}

/// The holds in force, the next to end first.
#[utoipa::path(get, path = "/v1/legal-holds", tag = "retention", responses((status = 200, body = LegalHolds)))]
async fn holds(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<LegalHolds>> {
    let items = app.desk.legal_holds(may.organisation()).await?.iter().map(LegalHold::from).collect();
    Ok(Json(LegalHolds { items }))
}

/// Places a hold: neither retention nor an erasure takes what it is on until it ends.
#[utoipa::path(post, path = "/v1/legal-holds", tag = "retention", request_body = NewLegalHold,
    responses((status = 201, body = LegalHold)))]
async fn place(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<NewLegalHold>,
) -> Answer<(StatusCode, Json<LegalHold>)> {
    let reason = Reason::from_word(&given.reason)
        .ok_or_else(|| Refusal::invalid("The reason is one of claim, authority, dispute."))?;
    let unknown = |_: Refusal| Refusal::not_found();
    let new = NewHold {
        person: given.person.parse().map_err(unknown)?,
        conversation: given.conversation.as_deref().map(str::parse).transpose().map_err(unknown)?,
        reason,
        ends_at: Moment::from_millis(given.ends_at),
    };
    let row = app.desk.place_hold(&may.actor, new).await?;
    Ok((StatusCode::CREATED, Json(LegalHold::from(&row))))
}

/// Lifts a hold.
#[utoipa::path(delete, path = "/v1/legal-holds/{id}", tag = "retention", params(("id" = String, Path)),
    responses((status = 204)))]
async fn lift(State(app): State<App>, may: May<RunHouse>, Id(id): Id<LegalHoldId>) -> Answer<StatusCode> {
    app.desk.lift_hold(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
