//! Asking the assistant without a visitor: nothing is stored, nobody is told.

use axum::Json;
use axum::extract::State;
use model::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Body;
use super::error::Answer;
use super::may::{May, ReadKnowledge};
use super::message::CitationBody;
use super::why::Why;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(ask))
}

/// A question to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The question.
    question: String,
    /// A language tag; English without one.
    locale: Option<String>,
}

/// What the assistant would say.
#[derive(Serialize, ToSchema)]
struct TrialAnswer {
    text: String,
    citations: Vec<CitationBody>,
    /// `answered` or `abstained`.
    outcome: &'static str,
    why: Why,
}

/// Tries a question with the built-in answerer.
#[utoipa::path(post, path = "/v1/playground", tag = "knowledge", request_body = Trial,
    responses((status = 200, body = TrialAnswer)))]
async fn ask(State(app): State<App>, may: May<ReadKnowledge>, Body(trial): Body<Trial>) -> Answer<Json<TrialAnswer>> {
    let question = desk::message::checked(&trial.question)?;
    let locale = Locale::nearest(trial.locale.as_deref().unwrap_or_default());
    let composed = app.desk.try_question(may.organisation(), &question, locale).await?;
    let outcome = composed.outcome.word();
    Ok(Json(TrialAnswer {
        citations: composed.citations.iter().map(CitationBody::from).collect(),
        text: composed.text,
        outcome,
        why: Why::new(composed.trace, outcome.to_owned(), 0),
    }))
}
