//! What happens, as it happens: server-sent events (WHATWG HTML §9.2) for a visitor's browser and for the console.
//!
//! A stream begins with what the store has after the client's cursor and goes on with what is announced. A client that
//! falls behind is brought up to date from the store, so nothing is skipped and nothing is said twice.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use desk::Deed;
use desk::live::{DraftEnd, Happening, Here, News};
use desk::visitor::VisitorSession;
use futures::Stream;
use futures::stream::unfold;
use model::{MessageId, Refusal};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};
use vault::Personal;

use super::body::Asked;
use super::error::Answer;
use super::message::Message;
use super::visitor::ConversationHead;
use super::visitor_token::Visitor;
use crate::state::App;

/// A comment this often keeps proxies from closing a quiet stream.
pub const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// When whoever has too many open may try again.
const WAIT: Duration = Duration::from_secs(30);

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(visitor))
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
struct Cursor {
    /// The number of the last message the client has; `Last-Event-ID` counts more.
    after: Option<i64>,
}

/// A piece of a draft.
#[derive(Serialize)]
pub struct DraftText<'a> {
    draft_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    append: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl<'a> DraftText<'a> {
    /// The whole text so far.
    pub fn so_far(draft: MessageId, text: &'a Personal) -> Self {
        Self { draft_id: draft.to_string(), text: Some(text.expose()), append: None, reason: None }
    }

    /// What was appended.
    pub fn append(draft: MessageId, append: &'a Personal) -> Self {
        Self { draft_id: draft.to_string(), text: None, append: Some(append.expose()), reason: None }
    }

    /// The end.
    pub fn end(draft: MessageId, reason: &'static str) -> Self {
        Self { draft_id: draft.to_string(), text: None, append: None, reason: Some(reason) }
    }
}

/// An event with a JSON body. A body that does not serialise cannot happen; it would end as an empty comment.
pub fn event(name: &'static str, body: &impl Serialize) -> Event {
    match serde_json::to_string(body) {
        Ok(json) => Event::default().event(name).data(json),
        Err(_) => Event::default().comment(""),
    }
}

/// The visitor's stream: `message`, `draft`, `delta`, `draft_end`, `conversation`, `erased`.
#[utoipa::path(get, path = "/v1/visitor/stream", tag = "visitor", params(Cursor),
    responses((status = 200, description = "Server-sent events", content_type = "text/event-stream")))]
async fn visitor(
    State(app): State<App>,
    Visitor(session): Visitor,
    Asked(cursor): Asked<Cursor>,
    headers: HeaderMap,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let last_event = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let last_seq = last_event.or(cursor.after).unwrap_or(0);
    let here = app.desk.live.enter(session.conversation).ok_or_else(|| Refusal::too_many(WAIT))?;
    app.desk.welcome_back(session.place()).await?;
    let (news, _) = app.desk.live.watch_conversation(session.conversation);
    let waiting = VecDeque::new();
    let mut watch = Watch { app, session, news, last_seq, draft: None, waiting, ended: false, _here: here };
    watch.catch_up().await?;
    let stream = unfold(watch, async |mut watch| watch.next().await.map(|event| (Ok(event), watch)));
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Watch {
    app: App,
    session: VisitorSession,
    news: Receiver<News>,
    /// The number of the last message that the client was told.
    last_seq: i64,
    /// The draft that the client shows and whose end it has not heard.
    draft: Option<MessageId>,
    waiting: VecDeque<Event>,
    ended: bool,
    /// She is here as long as her stream is.
    _here: Here,
}

impl Watch {
    /// Watches anew and queues how it stands: the head, every message after the cursor, and the draft being written.
    /// Watching begins before reading: what is committed in between is read, what is announced in between is skipped by number.
    async fn catch_up(&mut self) -> Deed<()> {
        let VisitorSession { organisation, person, conversation, .. } = self.session;
        let (news, so_far) = self.app.desk.live.watch_conversation(conversation);
        self.news = news;
        let row = self.app.desk.conversation_row(organisation, conversation).await?;
        let head = self.app.desk.head(organisation, &row).await?;
        self.waiting.push_back(event("conversation", &ConversationHead::from(&head)));
        // A cursor from a future that a restored backup does not know must not make the client deaf.
        self.last_seq = self.last_seq.min(row.last_seq);
        let shown = self.draft.take();
        let mut end = DraftEnd::Silenced;
        for message in self.app.desk.log(self.session.place(), person, self.last_seq, false).await? {
            self.last_seq = message.seq;
            if shown == Some(message.id) {
                end = DraftEnd::Done;
            }
            self.waiting.push_back(event("message", &Message::from(&message)).id(message.seq.to_string()));
        }
        if let Some(draft) = shown.filter(|shown| so_far.as_ref().is_none_or(|(draft, _)| draft != shown)) {
            self.waiting.push_back(event("draft_end", &DraftText::end(draft, end.word())));
        }
        if let Some((draft, text)) = so_far {
            self.draft = Some(draft);
            self.waiting.push_back(event("draft", &DraftText::so_far(draft, &text)));
        }
        Ok(())
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.ended {
                return None;
            }
            let news = tokio::select! {
                () = self.app.closing.cancelled() => return None,
                news = self.news.recv() => news,
            };
            match news {
                Ok(news) => self.take(&news.happening).await.ok()?,
                Err(RecvError::Lagged(_)) => self.catch_up().await.ok()?,
                Err(RecvError::Closed) => return None,
            }
        }
    }

    async fn take(&mut self, happening: &Happening) -> Deed<()> {
        let event = match happening {
            Happening::Message(message) if message.seq <= self.last_seq => return Ok(()),
            // Announcements may overtake each other, commits cannot: the one that is missing stands in the store.
            Happening::Message(message) if message.seq > self.last_seq + 1 => return self.catch_up().await,
            Happening::Message(message) => {
                self.last_seq = message.seq;
                if message.kind == store::message::MessageKind::Note {
                    return Ok(());
                }
                event("message", &Message::from(message)).id(message.seq.to_string())
            }
            Happening::Conversation(head) => event("conversation", &ConversationHead::from(head)),
            Happening::Delta { draft, append } => {
                self.draft = Some(*draft);
                event("delta", &DraftText::append(*draft, append))
            }
            Happening::DraftEnd { draft, end } => {
                self.draft.take_if(|shown| shown == draft);
                event("draft_end", &DraftText::end(*draft, end.word()))
            }
            Happening::Erased(erasure) => {
                self.ended = true;
                event("erased", &serde_json::json!({ "erasure_id": erasure }))
            }
        };
        self.waiting.push_back(event);
        Ok(())
    }
}
