//! A person arrives with her own archive from another installation (GDPR Art. 20).

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use super::may::{May, Privacy};
use crate::state::App;

/// The largest archive.
const ARCHIVE_BYTES: usize = 64 * 1024 * 1024;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(import)).layer(DefaultBodyLimit::max(ARCHIVE_BYTES))
}

/// A person who has arrived.
#[derive(Serialize, ToSchema)]
struct Arrived {
    /// Her id.
    person_id: String,
}

/// Takes a person in from her own archive, as another installation made it. Nobody who was erased here comes back by it.
#[utoipa::path(post, path = "/v1/people/import", tag = "people",
    request_body(content = Vec<u8>, description = "The zip", content_type = "application/zip"),
    responses((status = 201, body = Arrived)))]
async fn import(State(app): State<App>, may: May<Privacy>, archive: Bytes) -> Answer<(StatusCode, Json<Arrived>)> {
    let person = app.desk.import_person(&may.actor, &archive).await?;
    Ok((StatusCode::CREATED, Json(Arrived { person_id: person.to_string() })))
}
