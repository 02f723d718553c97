//! The visitor's own rights: take her data with her (GDPR Art. 15 and 20) and have it deleted (Art. 17), without asking anybody.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use model::{Actor, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Body;
use super::error::Answer;
use super::limit::Rate;
use super::visitor::not_cached;
use super::visitor_token::{self, Visitor};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(export)).routes(routes!(erase))
}

/// That the visitor means it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    /// `true`.
    confirm: bool,
}

/// An erasure that was accepted.
#[derive(Serialize, ToSchema)]
pub struct ErasureAccepted {
    /// Under this id progress and receipt can be read, by whoever knows it.
    pub erasure_id: String,
}

/// Everything held about the visitor, as one zip.
#[utoipa::path(get, path = "/v1/visitor/export", tag = "visitor",
    responses((status = 200, description = "A zip", content_type = "application/zip")))]
async fn export(State(app): State<App>, Visitor(session): Visitor) -> Answer<Response> {
    app.limits.take(Rate::PublicForm, &session.person)?;
    let herself = Actor::Visitor { organisation: session.organisation, person: session.person };
    app.desk.looks(&herself, "person.export", "person", &session.person.to_string()).await?;
    let zip = app.desk.export_own(session.organisation, session.person).await?;
    Ok(not_cached("application/zip", "my-data.zip", zip))
}

/// Deletes everything about the visitor; her session ends at once.
#[utoipa::path(post, path = "/v1/visitor/erasure", tag = "visitor", request_body = Confirmation,
    responses((status = 202, body = ErasureAccepted)))]
async fn erase(
    State(app): State<App>,
    Visitor(session): Visitor,
    Body(confirmation): Body<Confirmation>,
) -> Answer<(StatusCode, Json<ErasureAccepted>)> {
    if !confirmation.confirm {
        return Err(Refusal::invalid("Nothing was deleted: confirm is not true.").into());
    }
    let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
    let id = visitor_token::erase(&app, &actor, session.person).await?;
    Ok((StatusCode::ACCEPTED, Json(ErasureAccepted { erasure_id: id.to_string() })))
}
