//! Keys for programs of the organisation.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::api_key::Key;
use model::{ApiKeyId, Moment, Scope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(keys, issue)).routes(routes!(revoke))
}

/// What a key may do.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", as = Scope)]
#[expect(dead_code, reason = "names the words of model::Scope in the OpenAPI document")]
enum ScopeWord {
    /// Read conversations and people.
    ReadConversations,
    /// Write messages and change conversations.
    WriteConversations,
    /// Read knowledge.
    ReadKnowledge,
    /// Change knowledge.
    WriteKnowledge,
    /// Export and erase people.
    Privacy,
}

/// The keys that are good.
#[derive(Serialize, ToSchema)]
struct ApiKeys {
    items: Vec<ApiKeyBody>,
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
struct ApiKeyBody {
    #[schema(value_type = String)]
    id: ApiKeyId,
    name: String,
    #[schema(value_type = Vec<ScopeWord>)]
    scopes: Vec<Scope>,
    #[schema(value_type = i64)]
    created_at: Moment,
    /// To the hour.
    #[schema(value_type = Option<i64>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<Moment>,
}

/// A key to issue.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IssueApiKey {
    name: String,
    #[schema(value_type = Vec<ScopeWord>)]
    scopes: Vec<Scope>,
}

/// A new key with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct IssuedApiKey {
    #[schema(value_type = String)]
    id: ApiKeyId,
    name: String,
    #[schema(value_type = Vec<ScopeWord>)]
    scopes: Vec<Scope>,
    key: String,
}

impl From<Key> for ApiKeyBody {
    fn from(key: Key) -> Self {
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            created_at: key.created_at,
            last_used_at: key.last_used_at,
        }
    }
}

/// The keys that are good.
#[utoipa::path(get, path = "/v1/api-keys", tag = "settings", responses((status = 200, body = ApiKeys)))]
async fn keys(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<ApiKeys>> {
    let keys = app.desk.keys(may.organisation()).await?;
    Ok(Json(ApiKeys { items: keys.into_iter().map(ApiKeyBody::from).collect() }))
}

/// Issues a key.
#[utoipa::path(post, path = "/v1/api-keys", tag = "settings", request_body = IssueApiKey, responses((status = 201, body = IssuedApiKey)))]
async fn issue(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<IssueApiKey>,
) -> Answer<(StatusCode, Json<IssuedApiKey>)> {
    let (key, secret) = app.desk.issue_key(&may.actor, may.member()?, &given.name, &given.scopes).await?;
    Ok((StatusCode::CREATED, Json(IssuedApiKey { id: key.id, name: key.name, scopes: key.scopes, key: secret })))
}

/// Takes a key back at once.
#[utoipa::path(delete, path = "/v1/api-keys/{id}", tag = "settings", params(("id" = String, Path)), responses((status = 204, description = "Taken back")))]
async fn revoke(State(app): State<App>, may: May<RunHouse>, Id(id): Id<ApiKeyId>) -> Answer<StatusCode> {
    app.desk.revoke_key(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
