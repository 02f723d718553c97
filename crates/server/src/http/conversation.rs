//! The inbox: the list, a thread, what the staff says, and who answers.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::body::Where;
use desk::handover::Turn;
use desk::inbox::{Listing, StaffWords};
use desk::restricted::{Leave, Reader};
use model::{Actor, ConversationId, Kind, MemberId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use store::conversation::{Filter, Lane};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::may::{May, ReadConversations, WriteConversations};
use super::message::{Message, NewStaffMessage};
use super::restricted::Because;
use super::summary::Summary;
use super::visitor::accepted;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(thread))
        .routes(routes!(say))
        .routes(routes!(take_over))
        .routes(routes!(give_back))
        .routes(routes!(close))
        .routes(routes!(reopen))
        .routes(routes!(assign))
}

/// What to list; what is left out means any.
#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `open` or `closed`.
    state: Option<String>,
    /// `ai`, `waiting` or `human`.
    lane: Option<String>,
    /// `me` or `none`.
    assignee: Option<String>,
    /// Words that were said, or the person's e-mail address.
    q: Option<String>,
    /// The `next` of the page before.
    before: Option<String>,
}

/// A page of the list.
#[derive(Serialize, ToSchema)]
struct Conversations {
    /// Latest first.
    items: Vec<Summary>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// The numbers beside the filters.
    counts: Counts,
}

/// The numbers beside the filters.
#[derive(Serialize, ToSchema)]
struct Counts {
    /// Open ones.
    open: i64,
    /// Open ones whose visitor waits for a person.
    waiting: i64,
    /// Open ones assigned to whoever asks.
    mine: i64,
    /// Open ones assigned to nobody.
    unassigned: i64,
    /// Closed ones.
    closed: i64,
}

/// A conversation with its log.
#[derive(Serialize, ToSchema)]
struct Thread {
    /// The conversation.
    summary: Summary,
    /// The words are not shown: they are restricted, and no admin gave a reason that the law leaves.
    withheld: bool,
    /// What was said, in order, private notes included.
    messages: Vec<Message>,
}

/// To whom a conversation is assigned.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// The member, or nobody.
    #[schema(value_type = Option<String>)]
    member_id: Option<MemberId>,
}

fn member(may: &May<WriteConversations>) -> Answer<MemberId> {
    match &may.actor {
        Actor::Member { member, .. } => Ok(*member),
        _ => Err(Refusal::new(Kind::Forbidden, "Only a person can do this, not an API key.").into()),
    }
}

fn filter(query: &ListQuery, me: Option<MemberId>) -> Result<Filter, Refusal> {
    let open = match query.state.as_deref() {
        None => None,
        Some("open") => Some(true),
        Some("closed") => Some(false),
        Some(_) => return Err(Refusal::invalid("state is open or closed.")),
    };
    let lane = match query.lane.as_deref() {
        None => None,
        Some(word) => Some(Lane::from_word(word).ok_or_else(|| Refusal::invalid("lane is ai, waiting or human."))?),
    };
    let (assignee, unassigned) = match query.assignee.as_deref() {
        None => (None, false),
        Some("me") if me.is_none() => return Err(Refusal::invalid("An API key has no conversations of its own.")),
        Some("me") => (me, false),
        Some("none") => (None, true),
        Some(_) => return Err(Refusal::invalid("assignee is me or none.")),
    };
    let before = query.before.as_deref().map(place).transpose()?;
    Ok(Filter { open, lane, assignee, unassigned, before, only: None, limit: 0 })
}

fn place(cursor: &str) -> Result<(Moment, ConversationId), Refusal> {
    let wrong = || Refusal::invalid("before is the next of an earlier page.");
    let (at, id) = cursor.split_once(':').ok_or_else(wrong)?;
    Ok((Moment::from_millis(at.parse().map_err(|_| wrong())?), id.parse().map_err(|_| wrong())?))
}

/// The list of conversations.
#[utoipa::path(get, path = "/v1/conversations", tag = "conversations", params(ListQuery),
    responses((status = 200, body = Conversations)))]
async fn list(
    State(app): State<App>,
    may: May<ReadConversations>,
    Asked(query): Asked<ListQuery>,
) -> Answer<Json<Conversations>> {
    let organisation = may.organisation();
    let me = match &may.actor {
        Actor::Member { member, .. } => Some(*member),
        _ => None,
    };
    let listing = Listing { filter: filter(&query, me)?, sought: query.q };
    let action = if listing.sought.is_some() { "inbox.search" } else { "inbox.list" };
    app.desk.looks(&may.actor, action, "organisation", &organisation.to_string()).await?;
    let (items, next) = app.desk.inbox(organisation, listing).await?;
    let counts = app.desk.counts(organisation, me).await?;
    Ok(Json(Conversations {
        items: items.iter().map(Summary::from).collect(),
        next: next.map(|(at, id)| format!("{}:{id}", at.millis())),
        counts: Counts {
            open: counts.open,
            waiting: counts.waiting,
            mine: counts.mine,
            unassigned: counts.unassigned,
            closed: counts.closed,
        },
    }))
}

/// One conversation with its whole log; what is restricted (GDPR Art. 18) is shown to an admin for a reason.
#[utoipa::path(get, path = "/v1/conversations/{id}", tag = "conversations", params(("id" = String, Path), Because),
    responses((status = 200, body = Thread)))]
async fn thread(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<ConversationId>,
    Asked(because): Asked<Because>,
) -> Answer<Json<Thread>> {
    let (summary, log) = app.desk.thread(because.reader(&may.actor)?, id).await?;
    let messages = log.iter().flatten().map(Message::from).collect();
    Ok(Json(Thread { summary: (&summary).into(), withheld: log.is_none(), messages }))
}

/// Replies to the visitor, or leaves a private note.
#[utoipa::path(post, path = "/v1/conversations/{id}/messages", tag = "conversations", params(("id" = String, Path)),
    request_body = NewStaffMessage, responses((status = 201, body = Message), (status = 200, body = Message)))]
async fn say(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
    Body(new): Body<NewStaffMessage>,
) -> Answer<(StatusCode, Json<Message>)> {
    let place = Where { organisation: may.organisation(), conversation: id };
    let words = if new.note { StaffWords::Note(&new.text) } else { StaffWords::Reply(&new.text) };
    let because = new.reason.as_deref().map(Leave::from_word).transpose()?;
    let writer = Reader { actor: &may.actor, because };
    let said = app.desk.staff_says(place, writer, new.client_id, words).await?;
    Ok((accepted(said.repeated), Json(Message::from(&said.message))))
}

async fn turned(app: &App, may: &May<WriteConversations>, id: ConversationId, turn: Turn) -> Answer<Json<Summary>> {
    let organisation = may.organisation();
    app.desk.turn(Where { organisation, conversation: id }, turn, &may.actor).await?;
    Ok(Json((&app.desk.summary(organisation, id).await?).into()))
}

/// Takes over from the assistant (or a colleague); the assistant falls silent at once.
#[utoipa::path(post, path = "/v1/conversations/{id}/take-over", tag = "conversations", params(("id" = String, Path)),
    responses((status = 200, body = Summary)))]
async fn take_over(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
) -> Answer<Json<Summary>> {
    let member = member(&may)?;
    turned(&app, &may, id, Turn::TakeOver(member)).await
}

/// Gives the conversation back to the assistant.
#[utoipa::path(post, path = "/v1/conversations/{id}/give-back", tag = "conversations", params(("id" = String, Path)),
    responses((status = 200, body = Summary)))]
async fn give_back(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
) -> Answer<Json<Summary>> {
    turned(&app, &may, id, Turn::GiveBack).await
}

/// Closes the conversation.
#[utoipa::path(post, path = "/v1/conversations/{id}/close", tag = "conversations", params(("id" = String, Path)),
    responses((status = 200, body = Summary)))]
async fn close(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
) -> Answer<Json<Summary>> {
    turned(&app, &may, id, Turn::Close).await
}

/// Opens a closed conversation again.
#[utoipa::path(post, path = "/v1/conversations/{id}/reopen", tag = "conversations", params(("id" = String, Path)),
    responses((status = 200, body = Summary)))]
async fn reopen(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
) -> Answer<Json<Summary>> {
    turned(&app, &may, id, Turn::Reopen).await
}

/// Assigns the conversation to a member or to nobody; who answers does not change.
#[utoipa::path(post, path = "/v1/conversations/{id}/assign", tag = "conversations", params(("id" = String, Path)),
    request_body = Assignment, responses((status = 200, body = Summary)))]
async fn assign(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<ConversationId>,
    Body(assignment): Body<Assignment>,
) -> Answer<Json<Summary>> {
    turned(&app, &may, id, Turn::Assign(assignment.member_id)).await
}
