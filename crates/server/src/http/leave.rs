//! Leaving: the owner takes everything along, and then ends the organisation here. Progress and certificate of an end are for
//! whoever knows its unguessable id: nobody can sign in any more.

use std::io::Read;
use std::path::PathBuf;

use axum::Json;
use axum::body::Body as Content;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::{DepartureId, Refusal, TenantExportId};
use privacy::leave;
use serde::{Deserialize, Serialize};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::limit::{Network, Rate};
use super::may::{May, OwnHouse};
use crate::state::App;

/// How much of an export is opened at once.
const PIECE: usize = 256 * 1024;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(exports, ask))
        .routes(routes!(file))
        .routes(routes!(depart))
        .routes(routes!(progress))
        .routes(routes!(certificate))
}

/// Where the sealed pieces of exports lie.
pub fn folder(config: &crate::config::Config) -> PathBuf {
    config.backup.folder.join("exports")
}

/// The exports of the organisation, newest first.
#[derive(Serialize, ToSchema)]
struct TenantExports {
    items: Vec<TenantExport>,
}

/// One export of everything the organisation has.
#[derive(Serialize, ToSchema)]
struct TenantExport {
    id: String,
    /// `running` or `done`.
    state: String,
    done_tables: i64,
    total_tables: i64,
    rows: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<i64>,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
    /// When the file is deleted.
    expires_at: i64,
}

/// An export or an end that was accepted.
#[derive(Serialize, ToSchema)]
struct LeaveAccepted {
    id: String,
}

/// That everything is to be written into one file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExportOrganisation {
    /// `true`.
    confirm: bool,
}

/// That the owner means it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EndOrganisation {
    /// The organisation's name, letter by letter.
    confirm: String,
}

/// How far the end of an organisation is. Names nobody.
#[derive(Serialize, ToSchema)]
struct Departure {
    id: String,
    /// `running` or `done`.
    state: String,
    erased: Vec<ErasedRows>,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
}

/// Rows of one kind that were deleted.
#[derive(Serialize, ToSchema)]
struct ErasedRows {
    what: String,
    count: u64,
}

/// The exports of the organisation.
#[utoipa::path(get, path = "/v1/organisation/exports", tag = "organisation",
    responses((status = 200, body = TenantExports)))]
async fn exports(State(app): State<App>, may: May<OwnHouse>) -> Answer<Json<TenantExports>> {
    let found = leave::latest(&app.desk.store, may.organisation()).await.map_err(desk::Fault::from)?;
    let items = found.into_iter().map(|row| TenantExport {
        id: row.id.to_string(),
        state: row.state,
        done_tables: row.done_tables,
        total_tables: row.total_tables,
        rows: row.rows_written,
        bytes: row.bytes,
        created_at: row.created_at.millis(),
        finished_at: row.finished_at.map(model::Moment::millis),
        expires_at: row.expires_at.millis(),
    });
    Ok(Json(TenantExports { items: items.collect() }))
}

/// Asks for everything the organisation has, as JSON and CSV in one zip.
#[utoipa::path(post, path = "/v1/organisation/exports", tag = "organisation", request_body = ExportOrganisation,
    responses((status = 202, body = LeaveAccepted)))]
async fn ask(
    State(app): State<App>,
    may: May<OwnHouse>,
    Body(given): Body<ExportOrganisation>,
) -> Answer<(StatusCode, Json<LeaveAccepted>)> {
    if !given.confirm {
        return Err(Refusal::invalid("Nothing was exported: confirm is not true.").into());
    }
    let id = app.desk.export_organisation(&may.actor).await?;
    Ok((StatusCode::ACCEPTED, Json(LeaveAccepted { id: id.to_string() })))
}

/// The zip of a finished export.
#[utoipa::path(get, path = "/v1/organisation/exports/{id}/file", tag = "organisation", params(("id" = String, Path)),
    responses((status = 200, description = "A zip", content_type = "application/zip")))]
async fn file(State(app): State<App>, may: May<OwnHouse>, Id(id): Id<TenantExportId>) -> Answer<Response> {
    let desk = &app.desk;
    let path = leave::ready(&desk.store, &desk.world, (may.organisation(), id), &folder(&app.config)).await;
    let path = path.map_err(desk::Fault::from)?;
    desk.looks(&may.actor, "organisation.export.fetch", "tenant_export", &id.to_string()).await?;
    let mut from = leave::unpacked(&path, &desk.keyring.archive_key()).map_err(desk::Fault::from)?;
    let (pieces, reading) = tokio::sync::mpsc::channel::<std::io::Result<Bytes>>(4);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; PIECE];
            let read = from.read(&mut piece);
            let last = !matches!(read, Ok(1..));
            let piece = read.map(|length| {
                piece.truncate(length);
                Bytes::from(piece)
            });
            // A fault breaks the connection off; the browser sees that the zip is not whole.
            if pieces.blocking_send(piece).is_err() || last {
                return;
            }
        }
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"organisation.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Content::from_stream(ReceiverStream::new(reading))).into_response())
}

/// Ends the organisation here: everything of it is deleted, everybody is signed out. It cannot be undone.
#[utoipa::path(post, path = "/v1/organisation/departure", tag = "organisation", request_body = EndOrganisation,
    responses((status = 202, body = LeaveAccepted)))]
async fn depart(
    State(app): State<App>,
    may: May<OwnHouse>,
    Body(given): Body<EndOrganisation>,
) -> Answer<(StatusCode, Json<LeaveAccepted>)> {
    let organisation = app.desk.organisation(may.organisation()).await?;
    if given.confirm.trim() != organisation.name {
        let sentence = "Nothing was deleted: confirm is not the name of the organisation.";
        return Err(Refusal::invalid(sentence).into());
    }
    let id = app.desk.end_organisation(&may.actor).await?;
    Ok((StatusCode::ACCEPTED, Json(LeaveAccepted { id: id.to_string() })))
}

/// How far the end of an organisation is.
#[utoipa::path(get, path = "/v1/departures/{id}", tag = "rights", params(("id" = String, Path)),
    responses((status = 200, body = Departure)))]
async fn progress(State(app): State<App>, network: Network, Id(id): Id<DepartureId>) -> Answer<Json<Departure>> {
    app.limits.take(Rate::Progress, &network)?;
    let progress = leave::progress(&app.desk.store, id).await.map_err(desk::Fault::from)?;
    Ok(Json(Departure {
        id: progress.id.to_string(),
        state: progress.state,
        erased: progress.erased.into_iter().map(|(what, count)| ErasedRows { what, count }).collect(),
        created_at: progress.created_at.millis(),
        finished_at: progress.finished_at.map(model::Moment::millis),
    }))
}

/// The signed certificate of an end; `confidante verify` checks it without our database.
#[utoipa::path(get, path = "/v1/departures/{id}/certificate", tag = "rights", params(("id" = String, Path)),
    responses((status = 200, description = "The certificate", body = serde_json::Value)))]
async fn certificate(State(app): State<App>, network: Network, Id(id): Id<DepartureId>) -> Answer<Response> {
    app.limits.take(Rate::Progress, &network)?;
    let text = leave::certificate(&app.desk.store, id).await.map_err(desk::Fault::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"certificate-{id}.json\"")),
    ];
    Ok((headers, text).into_response())
}
