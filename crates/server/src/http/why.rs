//! Why the assistant said what it said, and what it saw.

use axum::Json;
use axum::extract::State;
use desk::answer::trace::Trace;
use model::{MessageId, Refusal};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Id};
use super::error::Answer;
use super::may::{May, ReadConversations};
use super::restricted::Because;
use super::visitor_token::Visitor;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(why)).routes(routes!(seen)).routes(routes!(own))
}

/// How one answer came about. Everything that quotes the person is masked.
#[derive(Serialize, ToSchema)]
pub struct Why {
    /// `answered`, `abstained` or `failed`.
    outcome: String,
    /// From reading the question to the commit, ms.
    took_ms: i64,
    /// The question as the assistant understood it.
    question: String,
    /// What was searched for.
    queries: Vec<String>,
    /// What was found.
    passages: Vec<Passage>,
    /// Which sentence rests on which passage.
    sentences: Vec<Sentence>,
    /// What was checked.
    checks: Vec<CheckBody>,
    /// `built-in` or `model`.
    answerer: String,
    /// The model's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    /// Which wording of the prompt it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt_version: Option<String>,
    /// Tokens sent, as the provider counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_in: Option<u64>,
    /// Tokens received, as the provider counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_out: Option<u64>,
    /// Which providers were asked before, and why that came to nothing.
    tried: Vec<Tried>,
    /// What the model wrote and nobody was told.
    withheld: Vec<WithheldBody>,
    /// What left this server for it.
    disclosures: Vec<DisclosureBody>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FoundPassage)]
struct Passage {
    n: usize,
    snapshot_id: String,
    passage_id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    heading: String,
    text: String,
    score: f64,
    kept: bool,
    fetched_at: i64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = SupportedSentence)]
struct Sentence {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage_n: Option<usize>,
    score: f64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
struct CheckBody {
    name: String,
    ok: bool,
}

/// A provider that was asked in vain.
#[derive(Serialize, ToSchema)]
#[schema(as = TriedProvider)]
struct Tried {
    provider: String,
    code: String,
}

/// A sentence that was not told.
#[derive(Serialize, ToSchema)]
#[schema(as = WithheldSentence)]
struct WithheldBody {
    text: String,
    reason: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Disclosure)]
struct DisclosureBody {
    id: String,
    recipient: String,
    purpose: String,
    created_at: i64,
    categories_sent: Vec<String>,
    categories_withheld: Vec<String>,
    bytes: i64,
    hash: String,
}

/// What the person wrote beside what the model received.
#[derive(Serialize, ToSchema)]
struct Seen {
    /// What the person wrote.
    wrote: String,
    /// What the model received; nothing if no text left this server, or if it has expired here.
    #[serde(skip_serializing_if = "Option::is_none")]
    model_received: Option<String>,
    /// Who received it.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    /// How many bytes left this server.
    bytes_left_server: i64,
    /// The placeholders in it.
    placeholders: Vec<PlaceholderBody>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Placeholder)]
struct PlaceholderBody {
    placeholder: String,
    category: String,
}

impl Why {
    /// The account of an answer.
    pub fn new(trace: Trace, outcome: String, took_ms: i64) -> Self {
        let passage = |read: desk::answer::trace::Read| Passage {
            n: read.n,
            snapshot_id: read.snapshot.to_string(),
            passage_id: read.passage.to_string(),
            title: read.title,
            url: read.url,
            heading: read.heading,
            text: read.text,
            score: read.score,
            kept: read.kept,
            fetched_at: read.fetched_at.millis(),
        };
        let sentence =
            |s: desk::answer::trace::Supported| Sentence { text: s.text, passage_n: s.passage_n, score: s.score };
        let withheld = trace.withheld.into_iter().map(|one| WithheldBody { text: one.text, reason: one.reason });
        Self {
            outcome,
            took_ms,
            question: trace.question,
            queries: trace.queries,
            passages: trace.passages.into_iter().map(passage).collect(),
            sentences: trace.sentences.into_iter().map(sentence).collect(),
            checks: trace.checks.into_iter().map(|check| CheckBody { name: check.name, ok: check.ok }).collect(),
            answerer: trace.answerer,
            model: trace.model,
            prompt_version: trace.prompt_version,
            tokens_in: trace.tokens.map(|(sent, _)| sent),
            tokens_out: trace.tokens.map(|(_, received)| received),
            tried: trace.tried.into_iter().map(|(provider, code)| Tried { provider, code }).collect(),
            withheld: withheld.collect(),
            disclosures: Vec::new(),
        }
    }
}

fn disclosed(shown: &desk::disclosure::Shown) -> DisclosureBody {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    DisclosureBody {
        id: shown.row.id.to_string(),
        recipient: shown.row.recipient.clone(),
        purpose: shown.row.purpose.clone(),
        created_at: shown.row.created_at.millis(),
        categories_sent: words(&shown.row.categories_sent),
        categories_withheld: words(&shown.row.categories_withheld),
        bytes: shown.row.bytes,
        hash: data_encoding::HEXLOWER.encode(&shown.row.content_hash),
    }
}

/// How the answer in this message came about.
#[utoipa::path(get, path = "/v1/messages/{id}/why", tag = "conversations", params(("id" = String, Path), Because),
    responses((status = 200, body = Why)))]
async fn why(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<MessageId>,
    Asked(because): Asked<Because>,
) -> Answer<Json<Why>> {
    let account = app.desk.account(may.organisation(), id).await?;
    let leave = app.desk.let_to_message(because.reader(&may.actor)?, id).await?;
    app.desk.looks_at((&may.actor, leave), "answer.why", "message", &id.to_string()).await?;
    let disclosures = app.desk.disclosures(may.organisation(), account.answer).await?;
    let mut why = Why::new(account.trace, account.outcome, account.took_ms);
    why.disclosures = disclosures.iter().map(disclosed).collect();
    Ok(Json(why))
}

/// What the assistant saw of the question that this message answers.
#[utoipa::path(get, path = "/v1/messages/{id}/seen", tag = "conversations", params(("id" = String, Path), Because),
    responses((status = 200, body = Seen)))]
async fn seen(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<MessageId>,
    Asked(because): Asked<Because>,
) -> Answer<Json<Seen>> {
    let organisation = may.organisation();
    let account = app.desk.account(organisation, id).await?;
    let leave = app.desk.let_to_message(because.reader(&may.actor)?, id).await?;
    app.desk.looks_at((&may.actor, leave), "answer.seen", "message", &id.to_string()).await?;
    let wrote = match account.trace.asked {
        Some(asked) => app.desk.message(organisation, asked).await?.1.body.text,
        None => String::new(),
    };
    let disclosures = app.desk.disclosures(organisation, account.answer).await?;
    let first = disclosures.first();
    let placeholder = |(placeholder, category)| PlaceholderBody { placeholder, category };
    Ok(Json(Seen {
        wrote,
        model_received: first.and_then(|shown| shown.content.as_ref()).map(|text| text.expose().to_owned()),
        recipient: first.map(|shown| shown.row.recipient.clone()),
        bytes_left_server: disclosures.iter().map(|shown| shown.row.bytes).sum(),
        placeholders: account.trace.placeholders.into_iter().map(placeholder).collect(),
    }))
}

/// How an answer came about that was given to the visitor herself.
#[utoipa::path(get, path = "/v1/visitor/messages/{id}/why", tag = "visitor", params(("id" = String, Path)),
    responses((status = 200, body = Why)))]
async fn own(State(app): State<App>, Visitor(session): Visitor, Id(id): Id<MessageId>) -> Answer<Json<Why>> {
    let organisation = session.organisation;
    let account = app.desk.account(organisation, id).await?;
    if account.person != session.person {
        return Err(Refusal::not_found().into());
    }
    let disclosures = app.desk.disclosures(organisation, account.answer).await?;
    let mut why = Why::new(account.trace, account.outcome, account.took_ms);
    why.disclosures = disclosures.iter().map(disclosed).collect();
    Ok(Json(why))
}
