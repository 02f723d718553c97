//! Identity that the shop signs, for the staff: whether it counts, and the secret with which it is signed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(identity, renew, end))
}

/// Whether the shop signs.
#[derive(Serialize, ToSchema)]
struct ShopIdentity {
    /// Whether what the shop signs counts.
    on: bool,
    /// The form to which people are sent with a token, as `?identity=…`.
    form: String,
}

/// A secret, shown once.
#[derive(Serialize, ToSchema)]
struct ShopIdentitySecret {
    /// What the shop signs with (HS256).
    secret: String,
}

#[utoipa::path(get, path = "/v1/shop-identity", tag = "settings", responses((status = 200, body = ShopIdentity)))]
/// Whether the shop may sign for who somebody is.
async fn identity(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<ShopIdentity>> {
    let house = app.desk.organisation(may.organisation()).await?;
    let form = format!("{}/privacy/{}/request", app.config.origin(), house.widget_key);
    Ok(Json(ShopIdentity { on: house.settings.identity_signed, form }))
}

#[utoipa::path(post, path = "/v1/shop-identity", tag = "settings", responses((status = 201, body = ShopIdentitySecret)))]
/// Switches signing on with a new secret; what was signed with the one before counts no more.
async fn renew(State(app): State<App>, may: May<RunHouse>) -> Answer<(StatusCode, Json<ShopIdentitySecret>)> {
    let secret = app.desk.renew_shop_identity(&may.actor).await?;
    Ok((StatusCode::CREATED, Json(ShopIdentitySecret { secret })))
}

#[utoipa::path(delete, path = "/v1/shop-identity", tag = "settings", responses((status = 204, description = "Off")))]
/// Switches signing off: people prove their address by a code again.
async fn end(State(app): State<App>, may: May<RunHouse>) -> Answer<StatusCode> {
    app.desk.end_shop_identity(&may.actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
