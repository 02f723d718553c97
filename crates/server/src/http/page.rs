//! Pages of knowledge: what was read and what was written by hand, with their frozen versions.

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use knowledge::{Edit, Page, PageFilter, PageRow};
use model::{PageId, SourceId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::may::{May, ReadKnowledge, WriteKnowledge};
use crate::state::App;

/// A page by hand may be a long one.
const PAGE_BYTES: usize = 1024 * 1024;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(pages, add))
        .routes(routes!(page, change, remove))
        .layer(DefaultBodyLimit::max(PAGE_BYTES))
}

/// Which pages.
#[derive(Deserialize, IntoParams)]
struct PageQuery {
    /// Only this source's.
    #[param(value_type = Option<String>)]
    source: Option<SourceId>,
    /// Only with these words in title or address.
    q: Option<String>,
    /// The `next` of the page before.
    #[param(value_type = Option<String>)]
    after: Option<PageId>,
}

/// Pages in a list.
#[derive(Serialize, ToSchema)]
struct Pages {
    items: Vec<PageLine>,
    /// Where to go on, if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A page in a list.
#[derive(Serialize, ToSchema)]
struct PageLine {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    /// `web`, `pdf`, `text`, `manual` or `learned` (by hand, from what somebody asked).
    kind: String,
    /// `active`, `excluded` or `gone`.
    state: String,
    /// How many passages it has.
    passages: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<i64>,
}

/// A page with its content.
#[derive(Serialize, ToSchema)]
#[schema(as = Page)]
struct PageBody {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    /// `web`, `pdf`, `text`, `manual` or `learned` (by hand, from what somebody asked).
    kind: String,
    /// `active`, `excluded` or `gone`.
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched_at: Option<i64>,
    content: String,
    passages: Vec<PassageBody>,
    /// All versions, the newest first.
    snapshots: Vec<SnapshotLine>,
    /// The conversations from which it was taken, as long as they are kept.
    origins: Vec<String>,
}

/// A passage of a page.
#[derive(Serialize, ToSchema)]
#[schema(as = Passage)]
struct PassageBody {
    id: String,
    /// The headings above it.
    heading: String,
    text: String,
}

/// A frozen version of a page.
#[derive(Serialize, ToSchema)]
struct SnapshotLine {
    id: String,
    /// SHA-256, hexadecimal.
    hash: String,
    fetched_at: i64,
}

/// A page to write by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WritePage {
    title: String,
    content: String,
}

/// A change of a page; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangePage {
    title: Option<String>,
    content: Option<String>,
    /// `active` or `excluded`.
    state: Option<String>,
}

impl From<&PageRow> for PageLine {
    fn from(row: &PageRow) -> Self {
        Self {
            id: row.id.to_string(),
            url: row.url.clone(),
            title: row.title.clone(),
            kind: row.kind.clone(),
            state: row.state.clone(),
            passages: row.passages,
            fetched_at: row.fetched_at.map(model::Moment::millis),
        }
    }
}

impl From<Page> for PageBody {
    fn from(page: Page) -> Self {
        let passages = page.passages.into_iter();
        let versions = page.snapshots.into_iter();
        Self {
            id: page.row.id.to_string(),
            url: page.row.url,
            title: page.row.title,
            kind: page.row.kind,
            state: page.row.state,
            fetched_at: page.row.fetched_at.map(model::Moment::millis),
            content: page.content,
            passages: passages
                .map(|passage| PassageBody { id: passage.id.to_string(), heading: passage.heading, text: passage.text })
                .collect(),
            snapshots: versions
                .map(|version| SnapshotLine {
                    id: version.id.to_string(),
                    hash: version.hash,
                    fetched_at: version.fetched_at.millis(),
                })
                .collect(),
            origins: Vec::new(),
        }
    }
}

/// Pages, in the order they were added.
#[utoipa::path(get, path = "/v1/pages", tag = "knowledge", params(PageQuery), responses((status = 200, body = Pages)))]
async fn pages(State(app): State<App>, may: May<ReadKnowledge>, Asked(query): Asked<PageQuery>) -> Answer<Json<Pages>> {
    let filter = PageFilter { source: query.source, words: query.q.unwrap_or_default(), after: query.after, limit: 0 };
    let list = app.desk.library.pages(may.organisation(), &filter).await?;
    let next = list.next.map(|next| next.to_string());
    Ok(Json(Pages { items: list.items.iter().map(PageLine::from).collect(), next }))
}

/// Writes a page by hand.
#[utoipa::path(post, path = "/v1/pages", tag = "knowledge", request_body = WritePage,
    responses((status = 201, body = PageBody)))]
async fn add(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Body(given): Body<WritePage>,
) -> Answer<(StatusCode, Json<PageBody>)> {
    let id = app.desk.library.add_manual(may.organisation(), &given.title, &given.content).await?;
    let page = app.desk.library.page(may.organisation(), id).await?;
    Ok((StatusCode::CREATED, Json(page.into())))
}

/// A page with its content, its passages and its versions.
#[utoipa::path(get, path = "/v1/pages/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = PageBody)))]
async fn page(State(app): State<App>, may: May<ReadKnowledge>, Id(id): Id<PageId>) -> Answer<Json<PageBody>> {
    let mut page = PageBody::from(app.desk.library.page(may.organisation(), id).await?);
    let origins = app.desk.origins(may.organisation(), id).await?;
    page.origins = origins.iter().map(ToString::to_string).collect();
    Ok(Json(page))
}

/// Changes a page written by hand, or leaves a page out.
#[utoipa::path(put, path = "/v1/pages/{id}", tag = "knowledge", params(("id" = String, Path)), request_body = ChangePage,
    responses((status = 200, body = PageBody)))]
async fn change(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Id(id): Id<PageId>,
    Body(given): Body<ChangePage>,
) -> Answer<Json<PageBody>> {
    let edit = Edit { title: given.title, content: given.content, state: given.state };
    Ok(Json(app.desk.library.edit(may.organisation(), id, &edit).await?.into()))
}

/// Removes a page; frozen versions stay for the answers that cite them.
#[utoipa::path(delete, path = "/v1/pages/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 204, description = "Removed")))]
async fn remove(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<PageId>) -> Answer<StatusCode> {
    app.desk.library.remove(may.organisation(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
