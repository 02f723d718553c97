//! The first run: the link printed at start makes its reader the owner.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use desk::member::Newcomer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vault::Personal;

use super::body::Body;
use super::cookie;
use super::error::Answer;
use super::limit::{Network, Rate};
use super::may::OurPage;
use super::me::Me;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(needed, set_up))
}

/// Whether the server waits for its first owner.
#[derive(Serialize, ToSchema)]
struct SetupNeeded {
    needed: bool,
}

/// The first owner and the organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Setup {
    /// From the link printed at start.
    setup_token: String,
    /// The organisation's name, as visitors see it.
    organisation: String,
    name: String,
    email: String,
    /// At least 12 characters.
    #[schema(min_length = 12)]
    password: String,
}

/// Whether the server waits for its first owner.
#[utoipa::path(get, path = "/v1/setup", tag = "staff", responses((status = 200, body = SetupNeeded)))]
async fn needed(State(app): State<App>, network: Network) -> Answer<Json<SetupNeeded>> {
    app.limits.take(Rate::PublicForm, &network)?;
    Ok(Json(SetupNeeded { needed: !app.desk.is_set_up().await? }))
}

/// Founds the organisation and signs its owner in.
#[utoipa::path(post, path = "/v1/setup", tag = "staff", request_body = Setup, responses((status = 201, body = Me)))]
async fn set_up(
    State(app): State<App>,
    _: OurPage,
    network: Network,
    jar: CookieJar,
    Body(given): Body<Setup>,
) -> Answer<(StatusCode, CookieJar, Json<Me>)> {
    app.limits.take(Rate::PublicForm, &network)?;
    let owner = Newcomer {
        name: Personal::new(given.name),
        email: Personal::new(given.email),
        password: Personal::new(given.password),
    };
    let signed = app.desk.set_up(&app.setup, &given.setup_token, &given.organisation, &owner).await?;
    let me = Me::of(&app, signed.organisation, signed.member).await?;
    Ok((StatusCode::CREATED, jar.add(cookie::session(&app, signed.token)), Json(me)))
}
