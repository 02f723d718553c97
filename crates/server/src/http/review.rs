//! Answers that a person was asked to check: asked for by the visitor, shown to and decided by the staff.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::restricted::{Leave, Reader};
use desk::review::{Decision, Excerpt, Outcome};
use model::{Actor, Kind, MessageId, Moment, OrganisationId, Refusal, ReviewId, Role};
use serde::{Deserialize, Serialize};
use store::review::ReviewRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::limit::Rate;
use super::may::{May, ReadConversations, WriteConversations};
use super::message::Message;
use super::restricted::Because;
use super::summary::{PersonName, plain};
use super::visitor_token::Visitor;
use super::why::Why;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(ask)).routes(routes!(list)).routes(routes!(one)).routes(routes!(decide))
}

/// A review that was asked for.
#[derive(Serialize, ToSchema)]
struct ReviewAsked {
    /// The request behind it: her right to have a person look at it.
    request_id: String,
    /// A person looks at it by then, ms.
    due_at: i64,
}

/// Which reviews.
#[derive(Deserialize, IntoParams)]
struct ReviewQuery {
    /// `open` (the default) or `closed`.
    state: Option<String>,
}

/// Reviews in a list.
#[derive(Serialize, ToSchema)]
struct Reviews {
    items: Vec<ReviewLine>,
}

/// A review in a list.
#[derive(Serialize, ToSchema)]
struct ReviewLine {
    id: String,
    request_id: String,
    conversation_id: String,
    /// The answer.
    message_id: String,
    /// The beginning of the question, masked; empty where it is restricted.
    question: String,
    /// Kept and not used, at the person's request (GDPR Art. 18).
    restricted: bool,
    /// A person looks at it by then, ms.
    due_at: i64,
    overdue: bool,
    created_at: i64,
    /// `right`, `wrong`, `not_ours`, or how its request ended without a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<i64>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<String>,
    /// The page of knowledge that the right answer became.
    #[serde(skip_serializing_if = "Option::is_none")]
    page_id: Option<String>,
}

/// A review with everything that is needed to decide.
#[derive(Serialize, ToSchema)]
struct ReviewDetail {
    summary: ReviewLine,
    person: PersonName,
    /// What she had written.
    question: String,
    /// The same without anything personal.
    masked_question: String,
    answer: Message,
    why: Why,
    /// What the staff said about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewDecision {
    /// `right`, `wrong` or `not_ours`.
    outcome: String,
    /// The right answer where it was wrong, else a remark. She reads it.
    text: Option<String>,
    /// Adds the right answer to the knowledge under this title; for administrators.
    title: Option<String>,
    /// For what restricted words are used (GDPR Art. 18(2)): `consent`, `claims`, `rights_of_others` or `public_interest`.
    reason: Option<String>,
}

fn line(excerpt: Excerpt, now: Moment) -> ReviewLine {
    let overdue = excerpt.overdue(now);
    let Excerpt { row, question, restricted, by } = excerpt;
    ReviewLine {
        id: row.id.to_string(),
        request_id: row.request.to_string(),
        conversation_id: row.conversation.to_string(),
        message_id: row.message.to_string(),
        question,
        restricted,
        due_at: row.due_at.millis(),
        overdue,
        created_at: row.created_at.millis(),
        outcome: row.outcome,
        decided_at: row.decided_at.map(Moment::millis),
        decided_by: plain(&by),
        page_id: row.page.map(|page| page.to_string()),
    }
}

/// Asks that a person checks an answer of the assistant; asking twice is asking once.
#[utoipa::path(post, path = "/v1/visitor/messages/{id}/review", tag = "visitor", params(("id" = String, Path)),
    responses((status = 201, body = ReviewAsked)))]
async fn ask(
    State(app): State<App>,
    Visitor(session): Visitor,
    Id(id): Id<MessageId>,
) -> Answer<(StatusCode, Json<ReviewAsked>)> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let ReviewRow { request, due_at, .. } = app.desk.ask_for_review(&session, id).await?;
    Ok((StatusCode::CREATED, Json(ReviewAsked { request_id: request.to_string(), due_at: due_at.millis() })))
}

/// The reviews that wait for a person, the most urgent first; or those that ended.
#[utoipa::path(get, path = "/v1/reviews", tag = "conversations", params(ReviewQuery),
    responses((status = 200, body = Reviews)))]
async fn list(
    State(app): State<App>,
    may: May<ReadConversations>,
    Asked(query): Asked<ReviewQuery>,
) -> Answer<Json<Reviews>> {
    let open = match query.state.as_deref().unwrap_or("open") {
        "open" => true,
        "closed" => false,
        _ => return Err(Refusal::invalid("state is open or closed.").into()),
    };
    app.desk.looks(&may.actor, "review.list", "organisation", &may.organisation().to_string()).await?;
    let now = app.desk.world.now();
    let found = app.desk.reviews(may.organisation(), open).await?;
    Ok(Json(Reviews { items: found.into_iter().map(|excerpt| line(excerpt, now)).collect() }))
}

/// One review: the question, the answer, the passages, and how it ended. What is restricted is shown to an admin for a reason.
#[utoipa::path(get, path = "/v1/reviews/{id}", tag = "conversations", params(("id" = String, Path), Because),
    responses((status = 200, body = ReviewDetail)))]
async fn one(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<ReviewId>,
    Asked(because): Asked<Because>,
) -> Answer<Json<ReviewDetail>> {
    let leave = app.desk.let_to_review(because.reader(&may.actor)?, id).await?;
    app.desk.looks_at((&may.actor, leave), "review.open", "review", &id.to_string()).await?;
    shown(&app, (may.organisation(), leave.is_some()), id).await
}

/// Decides. The visitor is told in the chat, and a right answer can become knowledge.
#[utoipa::path(post, path = "/v1/reviews/{id}/decision", tag = "conversations", params(("id" = String, Path)),
    request_body = ReviewDecision, responses((status = 200, body = ReviewDetail)))]
async fn decide(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ReviewId>,
    Body(given): Body<ReviewDecision>,
) -> Answer<Json<ReviewDetail>> {
    let outcome = Outcome::from_word(&given.outcome);
    let outcome = outcome.ok_or_else(|| Refusal::invalid("outcome is right, wrong or not_ours."))?;
    let teaches = matches!(may.actor, Actor::Member { role, .. } if role >= Role::Admin);
    if given.title.is_some() && !teaches {
        return Err(Refusal::new(Kind::Forbidden, "Only administrators add to the knowledge.").into());
    }
    let because = given.reason.as_deref().map(Leave::from_word).transpose()?;
    let leave = app.desk.let_to_review(Reader { actor: &may.actor, because }, id).await?;
    if leave.is_some() {
        app.desk.looks_at((&may.actor, leave), "review.open", "review", &id.to_string()).await?;
    }
    let decision = Decision { outcome, words: given.text, teach: given.title };
    app.desk.decide_review(&may.actor, id, decision).await?;
    shown(&app, (may.organisation(), leave.is_some()), id).await
}

async fn shown(
    app: &App,
    (organisation, restricted): (OrganisationId, bool),
    id: ReviewId,
) -> Answer<Json<ReviewDetail>> {
    let view = app.desk.review(organisation, id).await?;
    let now = app.desk.world.now();
    Ok(Json(ReviewDetail {
        person: PersonName {
            id: view.person.id.to_string(),
            name: plain(&view.person.name),
            email: plain(&view.person.email),
        },
        question: view.question,
        masked_question: view.masked.clone(),
        answer: Message::from(&view.answer),
        why: Why::new(view.account.trace, view.account.outcome, view.account.took_ms),
        words: plain(&view.words),
        summary: line(Excerpt { row: view.row, question: view.masked, restricted, by: view.by }, now),
    }))
}
