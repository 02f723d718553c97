//! Signing in and out of the console.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vault::Personal;

use super::body::Body;
use super::cookie;
use super::error::Answer;
use super::limit::{Network, Rate};
use super::may::{OurPage, Seat};
use super::me::Me;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(sign_in, sign_out))
}

/// What a member signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
}

/// Signs in: the session comes as a cookie.
#[utoipa::path(post, path = "/v1/session", tag = "staff", request_body = Credentials, responses((status = 200, body = Me)))]
async fn sign_in(
    State(app): State<App>,
    _: OurPage,
    network: Network,
    jar: CookieJar,
    Body(given): Body<Credentials>,
) -> Answer<(CookieJar, Json<Me>)> {
    app.limits.take(Rate::SignIn, &network)?;
    let signed = app.desk.sign_in(&Personal::new(given.email), &Personal::new(given.password)).await?;
    let me = Me::of(&app, signed.organisation, signed.member).await?;
    Ok((jar.add(cookie::session(&app, signed.token)), Json(me)))
}

/// Signs this browser out.
#[utoipa::path(delete, path = "/v1/session", tag = "staff", responses((status = 204, description = "Signed out")))]
async fn sign_out(State(app): State<App>, seat: Seat, jar: CookieJar) -> Answer<(StatusCode, CookieJar)> {
    app.desk.sign_out(seat.organisation, seat.session).await?;
    Ok((StatusCode::NO_CONTENT, jar.add(cookie::ended(&app))))
}
