//! How far an erasure is and its receipt: for whoever knows its unguessable id, even after she is gone.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::ErasureId;
use privacy::erase::{self, Act, Progress, State as StepState};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Id;
use super::error::Answer;
use super::limit::{Network, Rate};
use super::may::{May, Privacy};
use crate::state::App;

/// How many erasures the list shows.
const LATEST: i64 = 200;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(latest)).routes(routes!(progress)).routes(routes!(receipt))
}

/// The erasures of the organisation.
#[derive(Serialize, ToSchema)]
struct Erasures {
    items: Vec<Erasure>,
}

/// One erasure. Names nobody.
#[derive(Serialize, ToSchema)]
pub struct Erasure {
    id: String,
    /// `running`, `failed` (will be tried again) or `done`.
    state: String,
    steps: Vec<ErasureStep>,
    /// `visitor`, `member`, `api_key` or `house`.
    requested_by: String,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
    /// Where the signed receipt is, once it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt_url: Option<String>,
}

/// One step of an erasure.
#[derive(Serialize, ToSchema)]
struct ErasureStep {
    /// `streams`, `key`, `rows`, `copies`, `sweep` or `receipt`.
    #[schema(value_type = String)]
    name: Act,
    /// `waiting`, `running`, `failed` or `done`.
    #[schema(value_type = String)]
    state: StepState,
    done: u64,
    total: u64,
}

impl From<&Progress> for Erasure {
    fn from(progress: &Progress) -> Self {
        let steps = progress.steps.iter();
        let done = progress.state == "done";
        Self {
            id: progress.id.to_string(),
            state: progress.state.clone(),
            steps: steps
                .map(|step| ErasureStep { name: step.name, state: step.state, done: step.done, total: step.total })
                .collect(),
            requested_by: progress.requested_by.clone(),
            created_at: progress.created_at.millis(),
            finished_at: progress.finished_at.map(model::Moment::millis),
            receipt_url: done.then(|| format!("/v1/erasures/{}/receipt", progress.id)),
        }
    }
}

/// The latest erasures of the organisation.
#[utoipa::path(get, path = "/v1/erasures", tag = "people", responses((status = 200, body = Erasures)))]
async fn latest(State(app): State<App>, may: May<Privacy>) -> Answer<Json<Erasures>> {
    let found = erase::latest(&app.desk.store, may.organisation(), LATEST).await.map_err(desk::Fault::from)?;
    Ok(Json(Erasures { items: found.iter().map(Erasure::from).collect() }))
}

/// How far an erasure is.
#[utoipa::path(get, path = "/v1/erasures/{id}", tag = "rights", params(("id" = String, Path)),
    responses((status = 200, body = Erasure)))]
async fn progress(State(app): State<App>, network: Network, Id(id): Id<ErasureId>) -> Answer<Json<Erasure>> {
    app.limits.take(Rate::Progress, &network)?;
    let progress = erase::progress(&app.desk.store, id).await.map_err(desk::Fault::from)?;
    Ok(Json(Erasure::from(&progress)))
}

/// The signed receipt; `confidante verify` checks it without our database.
#[utoipa::path(get, path = "/v1/erasures/{id}/receipt", tag = "rights", params(("id" = String, Path)),
    responses((status = 200, description = "The receipt", body = serde_json::Value)))]
async fn receipt(State(app): State<App>, network: Network, Id(id): Id<ErasureId>) -> Answer<Response> {
    app.limits.take(Rate::Progress, &network)?;
    let text = erase::receipt(&app.desk.store, id).await.map_err(desk::Fault::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"receipt-{id}.json\"")),
    ];
    Ok((headers, text).into_response())
}
