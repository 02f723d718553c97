//! What a visitor may do: read her conversation, say something, ask for a person, send a file, take her data with her.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::conversation::Head;
use desk::file::LARGEST;
use model::{FileId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::file::attachment;
use super::limit::Rate;
use super::message::{Message, NewVisitorMessage};
use super::visitor_token::Visitor;
use crate::state::App;

/// Room for the file and the multipart lines around it.
const FILE_BODY: usize = LARGEST + 64 * 1024;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(conversation))
        .routes(routes!(say))
        .routes(routes!(person))
        .merge(OpenApiRouter::default().routes(routes!(send_file)).layer(DefaultBodyLimit::max(FILE_BODY)))
        .routes(routes!(file))
}

/// How a conversation stands.
#[derive(Serialize, ToSchema)]
pub struct ConversationHead {
    /// Its id.
    pub id: String,
    /// `open` or `closed`.
    pub state: &'static str,
    /// Who answers: `ai`, `waiting` (a person was asked for) or `human`.
    pub lane: &'static str,
    /// The person who answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<AgentName>,
    /// The number of the last message.
    pub last_seq: i64,
}

/// The name of a member of the staff.
#[derive(Serialize, ToSchema)]
pub struct AgentName {
    /// The name.
    pub name: String,
}

/// A conversation with its log.
#[derive(Serialize, ToSchema)]
pub struct Conversation {
    /// How it stands.
    #[serde(flatten)]
    pub head: ConversationHead,
    /// What was said, in order.
    pub messages: Vec<Message>,
}

impl From<&Head> for ConversationHead {
    fn from(head: &Head) -> Self {
        let name = |name: &vault::Personal| AgentName { name: name.expose().to_owned() };
        Self {
            id: head.id.to_string(),
            state: if head.open { "open" } else { "closed" },
            lane: head.lane.word(),
            agent: head.agent.as_ref().and_then(|(_, agent)| agent.as_ref().map(name)),
            last_seq: head.last_seq,
        }
    }
}

/// The visitor's conversation.
#[utoipa::path(get, path = "/v1/visitor/conversation", tag = "visitor", responses((status = 200, body = Conversation)))]
async fn conversation(State(app): State<App>, Visitor(session): Visitor) -> Answer<Json<Conversation>> {
    let (head, log) = app.desk.visitor_conversation(session.organisation, session.person, session.conversation).await?;
    Ok(Json(Conversation { head: (&head).into(), messages: log.iter().map(Message::from).collect() }))
}

/// Says something. The same `client_id` again answers 200 with the message that was accepted before.
#[utoipa::path(post, path = "/v1/visitor/messages", tag = "visitor", request_body = NewVisitorMessage,
    responses((status = 201, body = Message), (status = 200, body = Message)))]
async fn say(
    State(app): State<App>,
    Visitor(session): Visitor,
    Body(new): Body<NewVisitorMessage>,
) -> Answer<(StatusCode, Json<Message>)> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let said = app.desk.visitor_says(&session, new.client_id, &new.text).await?;
    Ok((accepted(said.repeated), Json(Message::from(&said.message))))
}

/// Asks for a person; asking twice is the same as asking once.
#[utoipa::path(post, path = "/v1/visitor/person", tag = "visitor", responses((status = 200, body = ConversationHead)))]
async fn person(State(app): State<App>, Visitor(session): Visitor) -> Answer<Json<ConversationHead>> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let head = app.desk.ask_for_person(session.place(), session.person).await?;
    Ok(Json((&head).into()))
}

/// The sender's own id for the message that carries the file.
#[derive(Deserialize, IntoParams)]
struct FileQuery {
    /// 1 to 64 characters; the same one again is the same message.
    client_id: String,
}

/// A file in a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only describes the form in the OpenAPI document")]
struct FileForm {
    /// JPEG, PNG, WebP, PDF or plain text, at most 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Sends a file. Metadata (place, camera, author) is taken out before it is kept.
#[utoipa::path(post, path = "/v1/visitor/files", tag = "visitor", params(FileQuery),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, body = Message), (status = 200, body = Message)))]
async fn send_file(
    State(app): State<App>,
    Visitor(session): Visitor,
    Asked(query): Asked<FileQuery>,
    mut form: Multipart,
) -> Answer<(StatusCode, Json<Message>)> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let unreadable = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => super::error::too_large(),
        _ => Refusal::invalid("The form could not be read."),
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("file").to_owned();
        let content = field.bytes().await.map_err(unreadable)?.to_vec();
        let said = app.desk.visitor_sends_file(&session, query.client_id, &name, content).await?;
        return Ok((accepted(said.repeated), Json(Message::from(&said.message))));
    }
    Err(Refusal::invalid("The form has no field named file.").into())
}

/// A file of the visitor's own conversation.
#[utoipa::path(get, path = "/v1/visitor/files/{id}", tag = "visitor", params(("id" = String, Path)),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
async fn file(State(app): State<App>, Visitor(session): Visitor, Id(id): Id<FileId>) -> Answer<Response> {
    let file = app.desk.file(session.organisation, id, Some(session.person)).await?;
    attachment(file)
}

/// 201 for something new, 200 for a repetition.
pub fn accepted(repeated: bool) -> StatusCode {
    if repeated { StatusCode::OK } else { StatusCode::CREATED }
}

/// A body that no cache keeps.
pub fn not_cached(kind: &'static str, name: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, content).into_response()
}
