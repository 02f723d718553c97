//! The Data Rights Protocol 1.0: authorised agents sign what they ask for people, read how it stands, and take it back.
//!
//! Whatever fails the validation of section 3.07 gets a 403 without a word; what is understood and not done gets the protocol's
//! own error object. Bodies are base64 text, as `text/plain` or `application/json`.

use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use desk::{Deed, Fault};
use model::{Refusal, RequestId};
use privacy::drp::Status;
use serde::Serialize;
use store::authorised_agent::AgentRow;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Id;
use super::error::{Problem, too_large};
use super::limit::{Network, Rate};
use super::may::bearer;
use super::trail::Wordless;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(connect, known)).routes(routes!(exercise)).routes(routes!(status, revoke))
}

/// The same with the slash at the end that earlier versions had.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/v1/agent/{id}/", get(known).post(connect))
        .route("/v1/data-rights-request/", post(exercise))
        .route("/v1/data-rights-request/{id}/", get(status).delete(revoke))
}

/// The protocol's error object (section 3.06).
#[derive(Serialize, ToSchema)]
struct DataRightsError {
    /// The HTTP status.
    code: String,
    /// One sentence.
    message: String,
    /// The same request will never be accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    fatal: Option<bool>,
}

/// How a request stands (section 3.03).
#[derive(ToSchema)]
#[schema(as = DataRightsStatus)]
#[expect(dead_code, reason = "names the fields of privacy::drp::Status in the OpenAPI document")]
struct StatusShape {
    request_id: String,
    agent_request_id: Option<String>,
    received_at: String,
    expected_by: String,
    processing_details: Option<String>,
    /// `in_progress`, `fulfilled`, `revoked` or `denied`.
    status: String,
    reason: Option<String>,
    user_verification_url: Option<String>,
    expires_at: Option<String>,
    /// A page of ours; it gives what was collected for a code that goes to the person's own address.
    results_url: Option<String>,
}

/// A token.
#[derive(Serialize, ToSchema)]
struct AgentToken {
    #[serde(rename = "agent-id")]
    agent_id: String,
    /// For `Authorization: Bearer`. It replaces the one before.
    token: String,
}

/// Why not.
enum No {
    /// A 403 without a word.
    Denied,
    /// A refusal in the protocol's own words; a fault as everywhere.
    Told(Fault),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        No::Told(refusal.into())
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let refusal = match self {
            No::Denied => {
                let mut response = StatusCode::FORBIDDEN.into_response();
                response.extensions_mut().insert(Wordless);
                return response;
            }
            No::Told(Fault::Refused(refusal)) => refusal,
            No::Told(fault) => return Problem::from(fault).into_response(),
        };
        let status = StatusCode::from_u16(refusal.kind.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let fatal = (status == StatusCode::BAD_REQUEST).then_some(true);
        let message = refusal.sentence.into_owned();
        (status, Json(DataRightsError { code: status.as_u16().to_string(), message, fatal })).into_response()
    }
}

/// Who asks, by the token.
struct Agent(AgentRow);

impl FromRequestParts<App> for Agent {
    type Rejection = No;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, No> {
        let agent = app.desk.agent_of_token(bearer(parts).ok_or(No::Denied)?).await;
        let agent = agent.map_err(No::Told)?.ok_or(No::Denied)?;
        app.limits.take(Rate::Request, &agent.id)?;
        Ok(Self(agent))
    }
}

/// The signed text, in whichever of the two types.
async fn signed(request: Request) -> Result<Bytes, No> {
    let limited = axum::RequestExt::with_limited_body(request);
    Bytes::from_request(limited, &()).await.map_err(|_| too_large().into())
}

fn answered(status: Deed<Option<Status>>) -> Result<Json<Status>, No> {
    status.map_err(No::Told)?.map(Json).ok_or(No::Denied)
}

/// The UUID in the address; what is none is unknown like any other, and unknown is not theirs.
fn request_id(id: &str) -> Result<RequestId, No> {
    RequestId::from_uuid(id).ok_or(No::Denied)
}

#[utoipa::path(post, path = "/v1/agent/{id}", tag = "data rights", params(("id" = String, Path)), request_body = String,
    responses((status = 200, body = AgentToken), (status = 403, description = "Not validly signed by this agent for us")))]
/// Gives an agent a token for a signed message.
async fn connect(
    State(app): State<App>,
    Id(id): Id<String>,
    network: Network,
    request: Request,
) -> Result<Json<AgentToken>, No> {
    app.limits.take(Rate::PublicForm, &network)?;
    let body = signed(request).await?;
    let token = app.desk.connect_agent(&id, &body).await.map_err(No::Told)?.ok_or(No::Denied)?;
    Ok(Json(AgentToken { agent_id: id, token }))
}

#[utoipa::path(get, path = "/v1/agent/{id}", tag = "data rights", params(("id" = String, Path)),
    responses((status = 200, description = "The token is good"), (status = 403, description = "It is not, or another's")))]
/// Whether a token is still good.
async fn known(Agent(agent): Agent, Id(id): Id<String>) -> Result<Json<serde_json::Value>, No> {
    if agent.agent == id { Ok(Json(serde_json::json!({}))) } else { Err(No::Denied) }
}

#[utoipa::path(post, path = "/v1/data-rights-request", tag = "data rights", request_body = String,
    responses((status = 200, body = StatusShape), (status = 400, body = DataRightsError),
        (status = 403, description = "Not validly signed, addressed and new")))]
/// Asks for somebody's right.
async fn exercise(State(app): State<App>, Agent(agent): Agent, request: Request) -> Result<Json<Status>, No> {
    let body = signed(request).await?;
    answered(app.desk.exercise(&agent, &body).await)
}

#[utoipa::path(get, path = "/v1/data-rights-request/{id}", tag = "data rights", params(("id" = String, Path)),
    responses((status = 200, body = StatusShape), (status = 403, description = "Not a request of this agent")))]
/// How a request stands.
async fn status(State(app): State<App>, Agent(agent): Agent, Id(id): Id<String>) -> Result<Json<Status>, No> {
    answered(app.desk.agent_status(&agent, request_id(&id)?).await)
}

#[utoipa::path(delete, path = "/v1/data-rights-request/{id}", tag = "data rights", params(("id" = String, Path)),
    request_body = String, responses((status = 200, body = StatusShape), (status = 409, body = DataRightsError),
        (status = 403, description = "Not a request of this agent, or not validly signed")))]
/// Takes a request back.
async fn revoke(
    State(app): State<App>,
    Agent(agent): Agent,
    Id(id): Id<String>,
    request: Request,
) -> Result<Json<Status>, No> {
    let (id, body) = (request_id(&id)?, signed(request).await?);
    answered(app.desk.agent_revokes(&agent, id, &body).await)
}
