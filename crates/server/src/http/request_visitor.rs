//! The visitor's own requests: her session proves who she is, and her letters are read where she asked.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::request::{Asker, Correction, Filing};
use model::{Actor, Locale, Refusal, RequestId};
use privacy::request::{Channel, Kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::limit::Rate;
use super::request::RequestFiled;
use super::request_shape::{RequestDetail, detail};
use super::visitor::not_cached;
use super::visitor_token::Visitor;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(mine, file)).routes(routes!(withdraw)).routes(routes!(archive))
}

/// What she asks for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnRequest {
    /// `access`, `rectification`, …
    kind: String,
    /// Under which law; the European one where she does not say.
    regime: Option<String>,
    /// The language of the letters.
    locale: Option<String>,
    /// Why; never needed.
    reason: Option<String>,
    /// For a correction: her right name.
    name_is: Option<String>,
    /// For a correction: her right address.
    email_is: Option<String>,
    /// For a review: the answer.
    message_id: Option<String>,
}

/// Her requests.
#[derive(Serialize, ToSchema)]
struct OwnRequests {
    items: Vec<RequestDetail>,
}

#[utoipa::path(get, path = "/v1/visitor/requests", tag = "visitor", responses((status = 200, body = OwnRequests)))]
/// The visitor's requests with her letters.
async fn mine(State(app): State<App>, Visitor(session): Visitor) -> Answer<Json<OwnRequests>> {
    let own = app.desk.own_requests(session.organisation, session.person).await?;
    let now = app.desk.world.now();
    Ok(Json(OwnRequests { items: own.into_iter().map(|view| detail(view, &[], now)).collect() }))
}

#[utoipa::path(post, path = "/v1/visitor/requests", tag = "visitor", request_body = OwnRequest,
    responses((status = 201, body = RequestFiled)))]
/// Files a request; asking twice is asking once.
async fn file(
    State(app): State<App>,
    Visitor(session): Visitor,
    Body(new): Body<OwnRequest>,
) -> Answer<(StatusCode, Json<RequestFiled>)> {
    app.limits.take(Rate::PublicForm, &session.person)?;
    let correction = (new.name_is.is_some() || new.email_is.is_some())
        .then_some(Correction { name: new.name_is, email: new.email_is });
    let filing = Filing {
        kind: new.kind.parse::<Kind>()?,
        regime: new.regime.as_deref().unwrap_or("gdpr").parse()?,
        channel: Channel::Widget,
        locale: Locale::nearest(new.locale.as_deref().unwrap_or_default()),
        reason: new.reason,
        correction,
        message: new.message_id.map(|id| id.parse()).transpose()?,
    };
    let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
    let id = app.desk.file_request(&actor, filing, Asker::Session(session.person)).await?;
    Ok((StatusCode::CREATED, Json(RequestFiled { request_id: id.to_string() })))
}

#[utoipa::path(post, path = "/v1/visitor/requests/{id}/withdraw", tag = "visitor", params(("id" = String, Path)),
    responses((status = 204)))]
/// Takes one of her requests back.
async fn withdraw(State(app): State<App>, Visitor(session): Visitor, Id(id): Id<RequestId>) -> Answer<StatusCode> {
    let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
    app.desk.withdraw_request(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(get, path = "/v1/visitor/requests/{id}/archive", tag = "visitor", params(("id" = String, Path)),
    responses((status = 200, description = "A zip", content_type = "application/zip")))]
/// The archive made for one of her requests.
async fn archive(State(app): State<App>, Visitor(session): Visitor, Id(id): Id<RequestId>) -> Answer<Response> {
    let own = app.desk.own_requests(session.organisation, session.person).await?;
    let view = own.into_iter().find(|view| view.row.id == id).ok_or_else(Refusal::not_found)?;
    let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
    let bytes = app.desk.request_archive((&actor, None), &view.row).await?;
    Ok(not_cached("application/zip", "my-data.zip", bytes))
}
