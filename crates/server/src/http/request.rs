//! Requests about personal data, for the staff and its programs: file, look, take charge, extend, refuse, settle, hand over.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::request::{Asker, BUNDLE_NAME, Correction, Filing, Settling};
use model::{Locale, MemberId, Moment, PersonId, Refusal, RequestId, RequestStepId};
use privacy::request::{Channel, Ground, Kind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::may::{May, Privacy};
use super::request_shape::{RequestDetail, RequestSummary, detail, summary};
use super::restricted::Because;
use super::visitor::not_cached;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, file))
        .routes(routes!(one))
        .routes(routes!(assign))
        .routes(routes!(vouch))
        .routes(routes!(extend))
        .routes(routes!(ask))
        .routes(routes!(resume))
        .routes(routes!(refuse))
        .routes(routes!(settle))
        .routes(routes!(withdraw))
        .routes(routes!(archive))
        .routes(routes!(bundle))
}

/// Which requests.
#[derive(Deserialize, IntoParams)]
struct Which {
    /// `open` (the most urgent first) or `closed` (the latest first).
    state: Option<String>,
}

/// Requests.
#[derive(Serialize, ToSchema)]
struct Requests {
    items: Vec<RequestSummary>,
}

/// A request that reached the staff by another way: a letter, a call, a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRequest {
    /// What is asked for: `access`, `erasure`, …
    kind: String,
    /// Under which law: `gdpr`, `uk_gdpr`, `ccpa` or `voluntary`.
    regime: String,
    /// The person, where she is known. The staff vouches for her.
    person_id: Option<String>,
    /// Her address, where she is not.
    email: Option<String>,
    /// The language of the letters.
    locale: Option<String>,
    /// What she said.
    reason: Option<String>,
    /// For a correction: her right name.
    name_is: Option<String>,
    /// For a correction: her right address.
    email_is: Option<String>,
    /// For a review: the answer.
    message_id: Option<String>,
}

/// A request that was filed.
#[derive(Serialize, ToSchema)]
pub struct RequestFiled {
    /// Under this id it can be followed, by whoever knows it.
    pub request_id: String,
}

#[utoipa::path(get, path = "/v1/requests", tag = "people", params(Which), responses((status = 200, body = Requests)))]
/// The requests of people about their data.
async fn list(State(app): State<App>, may: May<Privacy>, Asked(which): Asked<Which>) -> Answer<Json<Requests>> {
    let open = match which.state.as_deref().unwrap_or("open") {
        "open" => true,
        "closed" => false,
        _ => return Err(Refusal::invalid("state is open or closed.").into()),
    };
    app.desk.looks(&may.actor, "request.list", "organisation", &may.organisation().to_string()).await?;
    let found = app.desk.request_list(may.organisation(), open).await?;
    let now = app.desk.world.now();
    Ok(Json(Requests { items: found.iter().map(|(row, clock)| summary(row, clock, now)).collect() }))
}

#[utoipa::path(post, path = "/v1/requests", tag = "people", request_body = NewRequest,
    responses((status = 201, body = RequestFiled)))]
/// Files a request for a person; whoever files it vouches for her.
async fn file(
    State(app): State<App>,
    may: May<Privacy>,
    Body(new): Body<NewRequest>,
) -> Answer<(StatusCode, Json<RequestFiled>)> {
    let asker = match (new.person_id, new.email) {
        (Some(id), None) => Asker::Known(id.parse::<PersonId>()?),
        (None, Some(email)) => Asker::Address { email, vouched: true },
        _ => return Err(Refusal::invalid("Name either person_id or email.").into()),
    };
    let correction = (new.name_is.is_some() || new.email_is.is_some())
        .then_some(Correction { name: new.name_is, email: new.email_is });
    let filing = Filing {
        kind: new.kind.parse::<Kind>()?,
        regime: new.regime.parse()?,
        channel: if matches!(may.actor, model::Actor::ApiKey { .. }) { Channel::Api } else { Channel::Staff },
        locale: Locale::nearest(new.locale.as_deref().unwrap_or_default()),
        reason: new.reason,
        correction,
        message: new.message_id.map(|id| id.parse()).transpose()?,
    };
    let id = app.desk.file_request(&may.actor, filing, asker).await?;
    Ok((StatusCode::CREATED, Json(RequestFiled { request_id: id.to_string() })))
}

#[utoipa::path(get, path = "/v1/requests/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = RequestDetail)))]
/// One request with its clock, its steps, its letters and its archives.
async fn one(State(app): State<App>, may: May<Privacy>, Id(id): Id<RequestId>) -> Answer<Json<RequestDetail>> {
    app.desk.looks(&may.actor, "request.read", "request", &id.to_string()).await?;
    shown(&app, &may, id).await
}

async fn shown(app: &App, may: &May<Privacy>, id: RequestId) -> Answer<Json<RequestDetail>> {
    let view = app.desk.request_view(may.organisation(), id).await?;
    let members = app.desk.members(may.organisation()).await?;
    Ok(Json(detail(view, &members, app.desk.world.now())))
}

/// Who is in charge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InCharge {
    /// The member; nobody when missing.
    member_id: Option<String>,
}

#[utoipa::path(post, path = "/v1/requests/{id}/assign", tag = "people", params(("id" = String, Path)), request_body = InCharge,
    responses((status = 200, body = RequestDetail)))]
/// Puts a member in charge, or nobody.
async fn assign(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Body(body): Body<InCharge>,
) -> Answer<Json<RequestDetail>> {
    let member = body.member_id.map(|id| id.parse::<MemberId>()).transpose()?;
    app.desk.assign_request(&may.actor, id, member).await?;
    shown(&app, &may, id).await
}

#[utoipa::path(post, path = "/v1/requests/{id}/vouch", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = RequestDetail)))]
/// The staff knows who asks by other means than a code.
async fn vouch(State(app): State<App>, may: May<Privacy>, Id(id): Id<RequestId>) -> Answer<Json<RequestDetail>> {
    app.desk.vouch_for_request(&may.actor, id).await?;
    shown(&app, &may, id).await
}

/// Words for the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    /// They stand in the letter.
    reason: String,
}

#[utoipa::path(post, path = "/v1/requests/{id}/extend", tag = "people", params(("id" = String, Path)), request_body = Why,
    responses((status = 200, body = RequestDetail)))]
/// Puts the answer off within the first term; the person gets a letter with the reason.
async fn extend(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Body(body): Body<Why>,
) -> Answer<Json<RequestDetail>> {
    app.desk.extend_request(&may.actor, id, &body.reason).await?;
    shown(&app, &may, id).await
}

#[utoipa::path(post, path = "/v1/requests/{id}/ask", tag = "people", params(("id" = String, Path)), request_body = Why,
    responses((status = 200, body = RequestDetail)))]
/// Asks the person something; where the law allows it, the clock stands still until the answer is noted.
async fn ask(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Body(body): Body<Why>,
) -> Answer<Json<RequestDetail>> {
    app.desk.ask_requester(&may.actor, id, &body.reason).await?;
    shown(&app, &may, id).await
}

#[utoipa::path(post, path = "/v1/requests/{id}/resume", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = RequestDetail)))]
/// Her answer has come.
async fn resume(State(app): State<App>, may: May<Privacy>, Id(id): Id<RequestId>) -> Answer<Json<RequestDetail>> {
    app.desk.resume_request(&may.actor, id).await?;
    shown(&app, &may, id).await
}

/// A refusal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct No {
    /// The ground, a word of the closed list.
    ground: String,
    /// The reason in this case; it stands in the letter.
    reason: String,
}

#[utoipa::path(post, path = "/v1/requests/{id}/refuse", tag = "people", params(("id" = String, Path)), request_body = No,
    responses((status = 200, body = RequestDetail)))]
/// Refuses the request; the letter names ground, reason and remedies.
async fn refuse(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Body(body): Body<No>,
) -> Answer<Json<RequestDetail>> {
    app.desk.refuse_request(&may.actor, id, body.ground.parse::<Ground>()?, &body.reason).await?;
    shown(&app, &may, id).await
}

/// How a step was settled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettledStep {
    /// The step.
    step_id: String,
    /// `true`: done. `false`: a law keeps it, on a ground.
    done: bool,
    /// What was done, decided or kept; it stands in the answer.
    note: String,
    /// Why it is kept.
    ground: Option<String>,
    /// Until when, in milliseconds.
    kept_until: Option<i64>,
}

#[utoipa::path(post, path = "/v1/requests/{id}/settle", tag = "people", params(("id" = String, Path)), request_body = SettledStep,
    responses((status = 200, body = RequestDetail)))]
/// Settles a step that waits for a person: a decision, a review, a recipient that has to be told by hand.
async fn settle(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Body(body): Body<SettledStep>,
) -> Answer<Json<RequestDetail>> {
    let settling = Settling {
        step: body.step_id.parse::<RequestStepId>()?,
        done: body.done,
        note: body.note,
        ground: body.ground.map(|word| word.parse()).transpose()?,
        kept_until: body.kept_until.map(Moment::from_millis),
    };
    app.desk.settle_step(&may.actor, id, settling).await?;
    shown(&app, &may, id).await
}

#[utoipa::path(post, path = "/v1/requests/{id}/withdraw", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = RequestDetail)))]
/// Takes the request back for the person.
async fn withdraw(State(app): State<App>, may: May<Privacy>, Id(id): Id<RequestId>) -> Answer<Json<RequestDetail>> {
    app.desk.withdraw_request(&may.actor, id).await?;
    shown(&app, &may, id).await
}

#[utoipa::path(get, path = "/v1/requests/{id}/archive", tag = "people", params(("id" = String, Path), Because),
    responses((status = 200, description = "A zip", content_type = "application/zip")))]
/// The archive made for the request, to be handed over.
async fn archive(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Asked(because): Asked<Because>,
) -> Answer<Response> {
    let view = app.desk.request_view(may.organisation(), id).await?;
    let leave = app.desk.let_to_request(because.reader(&may.actor)?, id).await?;
    let bytes = app.desk.request_archive((&may.actor, leave), &view.row).await?;
    Ok(not_cached("application/zip", "data.zip", bytes))
}

#[utoipa::path(get, path = "/v1/requests/{id}/bundle", tag = "people", params(("id" = String, Path), Because),
    responses((status = 200, description = "A signed zip", content_type = "application/zip")))]
/// Everything about the request in one signed file; `confidante verify` checks it.
async fn bundle(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<RequestId>,
    Asked(because): Asked<Because>,
) -> Answer<Response> {
    let leave = app.desk.let_to_request(because.reader(&may.actor)?, id).await?;
    let bytes = app.desk.request_bundle((&may.actor, leave), id).await?;
    Ok(not_cached("application/zip", BUNDLE_NAME, bytes))
}
