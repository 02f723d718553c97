//! Authorised agents, for the staff: which companies may ask for people, and under which name they address this organisation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::BASE64;
use desk::authorised_agent::{NewAgent, business_id};
use model::{AuthorisedAgentId, Moment};
use serde::{Deserialize, Serialize};
use store::authorised_agent::AgentRow;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(agents, register)).routes(routes!(revoke))
}

/// The agents that are registered.
#[derive(Serialize, ToSchema)]
struct AuthorisedAgents {
    items: Vec<AuthorisedAgent>,
    /// Under this name agents address the organisation.
    business_id: String,
    /// The beginning of the addresses of the protocol, for the agents' directory.
    api_base: String,
}

/// An agent.
#[derive(Serialize, ToSchema)]
struct AuthorisedAgent {
    #[schema(value_type = String)]
    id: AuthorisedAgentId,
    /// What its network calls it.
    agent: String,
    /// What people call it.
    name: String,
    /// Its public key, base64.
    verify_key: String,
    /// Where it is told how requests stand; empty where it asks itself.
    callback: String,
    #[schema(value_type = i64)]
    created_at: Moment,
    /// When it last got a token.
    #[schema(value_type = Option<i64>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    token_at: Option<Moment>,
}

impl From<AgentRow> for AuthorisedAgent {
    fn from(row: AgentRow) -> Self {
        Self {
            id: row.id,
            agent: row.agent,
            name: row.name,
            verify_key: BASE64.encode(&row.verify_key),
            callback: row.callback,
            created_at: row.created_at,
            token_at: row.token_at,
        }
    }
}

/// An agent to register, as its network's directory describes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterAgent {
    /// What its network calls it.
    agent: String,
    /// What people call it.
    name: String,
    /// Its Ed25519 public key, base64.
    verify_key: String,
    /// The https host at which it is told how requests stand; empty where it asks itself.
    #[serde(default)]
    callback: String,
}

#[utoipa::path(get, path = "/v1/authorised-agents", tag = "settings", responses((status = 200, body = AuthorisedAgents)))]
/// The agents that may ask for people.
async fn agents(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<AuthorisedAgents>> {
    let items = app.desk.agents(may.organisation()).await?.into_iter().map(AuthorisedAgent::from).collect();
    let (business_id, api_base) = (business_id(may.organisation()), app.config.origin());
    Ok(Json(AuthorisedAgents { items, business_id, api_base }))
}

#[utoipa::path(post, path = "/v1/authorised-agents", tag = "settings", request_body = RegisterAgent,
    responses((status = 201, body = AuthorisedAgent)))]
/// Registers an agent.
async fn register(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(new): Body<RegisterAgent>,
) -> Answer<(StatusCode, Json<AuthorisedAgent>)> {
    let RegisterAgent { agent, name, verify_key, callback } = new;
    let new = NewAgent { agent, name, verify_key, callback };
    let row = app.desk.register_agent(&may.actor, may.member()?, new).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

#[utoipa::path(delete, path = "/v1/authorised-agents/{id}", tag = "settings", params(("id" = String, Path)),
    responses((status = 204, description = "Shut out")))]
/// Shuts an agent out at once. What it asked before goes on, and is told to the people alone.
async fn revoke(State(app): State<App>, may: May<RunHouse>, Id(id): Id<AuthorisedAgentId>) -> Answer<StatusCode> {
    app.desk.revoke_agent(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
