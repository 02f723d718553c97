//! Whether the server can do its work.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(health))
}

/// How the server is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// Always `ok`: a server that cannot reach its database answers with an error instead.
    state: &'static str,
    /// The version.
    version: &'static str,
}

/// Asks the database and says how the server is.
#[utoipa::path(get, path = "/healthz", tag = "system", responses((status = 200, body = Health)))]
async fn health(State(app): State<App>) -> Answer<Json<Health>> {
    app.desk.is_set_up().await?;
    Ok(Json(Health { state: "ok", version: env!("CARGO_PKG_VERSION") }))
}
