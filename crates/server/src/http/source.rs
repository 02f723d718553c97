//! Sources of knowledge and their crawls: add a website, watch it being read, pause, go on, stop.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knowledge::{Limits, Progress, Source};
use model::SourceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, ReadKnowledge, WriteKnowledge};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(sources, add))
        .routes(routes!(source, remove))
        .routes(routes!(crawl))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(stop))
}

/// A website that is read.
#[derive(Serialize, ToSchema)]
#[schema(as = Source)]
struct SourceBody {
    id: String,
    url: String,
    /// `web`.
    kind: String,
    /// Pages in use.
    pages: i64,
    max_pages: i64,
    max_depth: i64,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_crawled_at: Option<i64>,
    /// The last crawl, running or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    crawl: Option<Crawl>,
}

/// The sources.
#[derive(Serialize, ToSchema)]
struct Sources {
    items: Vec<SourceBody>,
}

/// A run over a source.
#[derive(Serialize, ToSchema)]
pub struct Crawl {
    id: String,
    source_id: String,
    /// `running`, `paused`, `stopped`, `done` or `failed`.
    state: &'static str,
    /// Addresses seen.
    found: i64,
    added: i64,
    changed: i64,
    same: i64,
    skipped: i64,
    errors: i64,
    /// Addresses dealt with.
    done: i64,
    rate_per_s: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    eta_seconds: Option<i64>,
    started_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
    /// The address dealt with last.
    #[serde(skip_serializing_if = "Option::is_none")]
    now_url: Option<String>,
    skipped_reasons: Vec<SkippedReason>,
    error_samples: Vec<ErrorSample>,
}

/// Why addresses were left out.
#[derive(Serialize, ToSchema)]
struct SkippedReason {
    /// A stable code such as `robots`.
    reason: String,
    count: i64,
}

/// An address that failed.
#[derive(Serialize, ToSchema)]
struct ErrorSample {
    url: String,
    /// A stable code such as `http_404`.
    reason: String,
}

/// A website to read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AddSource {
    /// Where to begin.
    url: String,
    /// Never more pages than this.
    max_pages: Option<u32>,
    /// Never farther from the start than this many links.
    max_depth: Option<u32>,
}

impl From<&Progress> for Crawl {
    fn from(progress: &Progress) -> Self {
        let reasons = progress.skipped_reasons.iter();
        let samples = progress.error_samples.iter();
        let counts = progress.counts;
        Self {
            id: progress.id.to_string(),
            source_id: progress.source_id.to_string(),
            state: progress.state.word(),
            found: counts.found,
            added: counts.added,
            changed: counts.changed,
            same: counts.same,
            skipped: counts.skipped,
            errors: counts.errors,
            done: counts.done,
            rate_per_s: progress.rate_per_s,
            eta_seconds: progress.eta_seconds,
            started_at: progress.started_at.millis(),
            finished_at: progress.finished_at.map(model::Moment::millis),
            now_url: progress.now_url.clone(),
            skipped_reasons: reasons
                .map(|one| SkippedReason { reason: one.reason.clone(), count: one.count })
                .collect(),
            error_samples: samples
                .map(|one| ErrorSample { url: one.url.clone(), reason: one.reason.clone() })
                .collect(),
        }
    }
}

impl From<&Source> for SourceBody {
    fn from(source: &Source) -> Self {
        Self {
            id: source.id.to_string(),
            url: source.url.clone(),
            kind: source.kind.clone(),
            pages: source.pages,
            max_pages: source.max_pages,
            max_depth: source.max_depth,
            created_at: source.created_at.millis(),
            last_crawled_at: source.last_crawled_at.map(model::Moment::millis),
            crawl: source.crawl.as_ref().map(Crawl::from),
        }
    }
}

/// The sources, the oldest first.
#[utoipa::path(get, path = "/v1/sources", tag = "knowledge", responses((status = 200, body = Sources)))]
async fn sources(State(app): State<App>, may: May<ReadKnowledge>) -> Answer<Json<Sources>> {
    let sources = app.desk.library.sources(may.organisation()).await?;
    Ok(Json(Sources { items: sources.iter().map(SourceBody::from).collect() }))
}

/// Adds a website and begins to read it.
#[utoipa::path(post, path = "/v1/sources", tag = "knowledge", request_body = AddSource,
    responses((status = 201, body = SourceBody)))]
async fn add(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Body(given): Body<AddSource>,
) -> Answer<(StatusCode, Json<SourceBody>)> {
    let limits = Limits {
        max_pages: given.max_pages.unwrap_or(app.config.crawl.max_pages),
        max_depth: given.max_depth.unwrap_or(app.config.crawl.max_depth),
    };
    let id = app.desk.library.add_source(may.organisation(), &given.url, limits).await?;
    let source = app.desk.library.source(may.organisation(), id).await?;
    Ok((StatusCode::CREATED, Json(SourceBody::from(&source))))
}

/// One source with its last crawl.
#[utoipa::path(get, path = "/v1/sources/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = SourceBody)))]
async fn source(State(app): State<App>, may: May<ReadKnowledge>, Id(id): Id<SourceId>) -> Answer<Json<SourceBody>> {
    Ok(Json(SourceBody::from(&app.desk.library.source(may.organisation(), id).await?)))
}

/// Removes a source and its pages; frozen versions stay for the answers that cite them.
#[utoipa::path(delete, path = "/v1/sources/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 204, description = "Removed")))]
async fn remove(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<SourceId>) -> Answer<StatusCode> {
    app.desk.library.remove_source(may.organisation(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads the website again.
#[utoipa::path(post, path = "/v1/sources/{id}/crawl", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = SourceBody)))]
async fn crawl(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<SourceId>) -> Answer<Json<SourceBody>> {
    Ok(Json(SourceBody::from(&app.desk.library.crawl(may.organisation(), id).await?)))
}

/// Pauses the crawl.
#[utoipa::path(post, path = "/v1/sources/{id}/pause", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = SourceBody)))]
async fn pause(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<SourceId>) -> Answer<Json<SourceBody>> {
    Ok(Json(SourceBody::from(&app.desk.library.pause(may.organisation(), id).await?)))
}

/// Goes on with the crawl where it was.
#[utoipa::path(post, path = "/v1/sources/{id}/resume", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = SourceBody)))]
async fn resume(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<SourceId>) -> Answer<Json<SourceBody>> {
    Ok(Json(SourceBody::from(&app.desk.library.resume(may.organisation(), id).await?)))
}

/// Ends the crawl; what was read stays.
#[utoipa::path(post, path = "/v1/sources/{id}/stop", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = SourceBody)))]
async fn stop(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<SourceId>) -> Answer<Json<SourceBody>> {
    Ok(Json(SourceBody::from(&app.desk.library.stop(may.organisation(), id).await?)))
}
