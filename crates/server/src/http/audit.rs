//! The audit log: what was done and looked at, how its chain stands, and the whole of it as a file anybody can verify.

use axum::Json;
use axum::body::Body as Stream;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use data_encoding::{BASE64, HEXLOWER};
use desk::audit::Line;
use model::{AuditId, Moment, Refusal};
use privacy::audit::{Exporter, walk};
use serde::{Deserialize, Serialize};
use store::audit::Sought;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Asked;
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(lines))
        .routes(routes!(chain))
        .routes(routes!(verify))
        .routes(routes!(export))
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Whose deeds: an id.
    #[serde(default)]
    actor: String,
    /// Which deed, such as `conversation.open`.
    #[serde(default)]
    action: String,
    /// To which thing: an id.
    #[serde(default)]
    object: String,
    /// Not before, in milliseconds.
    since: Option<i64>,
    /// Before, in milliseconds.
    until: Option<i64>,
    /// The `next` of an earlier page.
    before: Option<String>,
}

/// A page of the log, newest first.
#[derive(Serialize, ToSchema)]
struct AuditLines {
    items: Vec<AuditLine>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Every deed that stands in the log, for the filter.
    actions: Vec<String>,
}

/// Who did what to which thing and why: ids and words of the house.
#[derive(Serialize, ToSchema)]
struct AuditLine {
    id: String,
    at: i64,
    /// `visitor`, `member`, `api_key` or `house`.
    actor_kind: String,
    /// The id, or `erased`.
    actor: String,
    /// The name of a member of the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    action: String,
    /// A code, such as `support`.
    reason: String,
    object_kind: String,
    /// The id, or `erased`.
    object: String,
    /// The id under which the operator finds the request in the server's log.
    request_id: String,
    /// Its number in the chain; without one it waits for the sealer.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<i64>,
}

impl From<Line> for AuditLine {
    fn from(Line { row, name }: Line) -> Self {
        Self {
            id: row.id.to_string(),
            at: row.created_at.millis(),
            actor_kind: row.actor_kind,
            actor: row.actor,
            actor_name: name.map(|name| name.expose().to_owned()),
            action: row.action,
            reason: row.reason,
            object_kind: row.object_kind,
            object: row.object,
            request_id: row.request,
            seq: row.seq,
        }
    }
}

/// How the chain stands.
#[derive(Serialize, ToSchema)]
struct AuditChain {
    /// The first line that is kept.
    first: i64,
    /// The last sealed line.
    last: i64,
    /// Lines that wait for the sealer.
    unsealed: i64,
    /// The newest signed checkpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<AuditCheckpoint>,
    /// When the whole chain was last walked.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified_at: Option<i64>,
    /// `sound`, or one sentence that says where it is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    /// The key that signs (base64).
    public_key: String,
}

/// A signed mark of how far the log went.
#[derive(Serialize, ToSchema)]
struct AuditCheckpoint {
    seq: i64,
    hash: String,
    at: i64,
    /// The signed document itself, to keep elsewhere: `confidante audit verify --checkpoint` wants it back.
    #[schema(value_type = Object)]
    signed: serde_json::Value,
}

/// What was done and looked at, newest first.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", params(Filter), responses((status = 200, body = AuditLines)))]
async fn lines(State(app): State<App>, may: May<RunHouse>, Asked(filter): Asked<Filter>) -> Answer<Json<AuditLines>> {
    let before = filter.before.as_deref().map(str::parse::<AuditId>).transpose();
    let sought = Sought {
        actor: filter.actor,
        action: filter.action,
        object: filter.object,
        since: filter.since.map(Moment::from_millis),
        until: filter.until.map(Moment::from_millis),
        before: before.map_err(|_| Refusal::invalid("before is the next of an earlier page."))?,
    };
    app.desk.looks(&may.actor, "audit.read", "organisation", &may.organisation().to_string()).await?;
    let (items, next) = app.desk.audit_lines(may.organisation(), &sought).await?;
    let actions = app.desk.audit_actions(may.organisation()).await?;
    let items = items.into_iter().map(AuditLine::from).collect();
    Ok(Json(AuditLines { items, next: next.map(|id| id.to_string()), actions }))
}

/// How the chain stands.
#[utoipa::path(get, path = "/v1/audit/chain", tag = "audit", responses((status = 200, body = AuditChain)))]
async fn chain(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<AuditChain>> {
    Ok(Json(stands(&app, &may).await?))
}

async fn stands(app: &App, may: &May<RunHouse>) -> Answer<AuditChain> {
    let state = privacy::audit::state(&app.desk.store, may.organisation()).await.map_err(desk::Fault::from)?;
    let (verified_at, verdict) = state.verified.map(|(at, verdict)| (at.millis(), verdict)).unzip();
    Ok(AuditChain {
        first: state.first,
        last: state.last,
        unsealed: state.unsealed,
        checkpoint: state.checkpoint.map(|mark| AuditCheckpoint {
            seq: mark.seq,
            hash: HEXLOWER.encode(&mark.hash),
            at: mark.created_at.millis(),
            signed: serde_json::from_str(&mark.signed).unwrap_or_default(),
        }),
        verified_at,
        verdict,
        public_key: BASE64.encode(&app.desk.keyring.signer().public_key()),
    })
}

/// Walks the whole chain now.
#[utoipa::path(post, path = "/v1/audit/verify", tag = "audit", responses((status = 200, body = AuditChain)))]
async fn verify(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<AuditChain>> {
    app.desk.looks(&may.actor, "audit.verify", "organisation", &may.organisation().to_string()).await?;
    let desk = &app.desk;
    walk(&desk.keyring, &desk.store, &desk.world, may.organisation()).await.map_err(desk::Fault::from)?;
    Ok(Json(stands(&app, &may).await?))
}

/// The whole log as JSON lines with its checkpoints; `confidante audit verify` checks it without our database.
#[utoipa::path(get, path = "/v1/audit/export", tag = "audit",
    responses((status = 200, description = "JSON lines", content_type = "application/x-ndjson")))]
async fn export(State(app): State<App>, may: May<RunHouse>) -> Answer<Response> {
    app.desk.looks(&may.actor, "audit.export", "organisation", &may.organisation().to_string()).await?;
    let desk = &app.desk;
    let exporter = Exporter::new(&desk.keyring, &desk.store, &desk.world, may.organisation()).await;
    let exporter = exporter.map_err(desk::Fault::from)?;
    let pieces = futures::stream::try_unfold(exporter, async |mut exporter| {
        // A fault breaks the connection off: a file without its signed last line does not verify.
        let piece = exporter.next().await.map_err(|_| std::io::Error::other("the log could not be read on"))?;
        Ok::<_, std::io::Error>(piece.map(|piece| (piece, exporter)))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Stream::from_stream(pieces)).into_response())
}
