//! What happens at the desk, for the console: messages, drafts, changes of conversations, crawls and erasures.
//!
//! This stream has no cursor: a console that was away fetches the list again, which is quicker than a replay and
//! cannot be wrong. `hello` says that watching has begun; what happens after it is not missed, or `hello` comes again.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum_extra::extract::CookieJar;
use desk::live::{Happening, News};
use futures::Stream;
use futures::stream::unfold;
use model::{ConversationId, MessageId, OrganisationId, Refusal};
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Interval;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use super::may::{BeStaff, COOKIE, May};
use super::message::Message;
use super::stream::{DraftText, KEEP_ALIVE, event};
use super::summary::Summary;
use crate::state::App;

/// How often a stream proves again that its listener may listen.
const PROVED_EVERY: Duration = Duration::from_secs(2);

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(console))
}

#[derive(Serialize)]
struct Said {
    conversation_id: ConversationId,
    message: Message,
}

#[derive(Serialize)]
struct Writing<'a> {
    conversation_id: ConversationId,
    #[serde(flatten)]
    draft: DraftText<'a>,
}

/// The desk's stream: `hello`, `message`, `conversation`, `delta`, `draft_end`, `crawl`, `erasure`.
#[utoipa::path(get, path = "/v1/stream", tag = "conversations",
    responses((status = 200, description = "Server-sent events", content_type = "text/event-stream")))]
async fn console(
    State(app): State<App>,
    may: May<BeStaff>,
    jar: CookieJar,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let organisation = may.organisation();
    app.desk.looks(&may.actor, "inbox.watch", "organisation", &organisation.to_string()).await?;
    let token = jar.get(COOKIE).map(|cookie| cookie.value().to_owned()).ok_or_else(Refusal::sign_in_needed)?;
    let watch = Watch {
        token,
        proof: tokio::time::interval(PROVED_EVERY),
        news: app.desk.live.watch_organisation(organisation),
        crawls: app.desk.library.progress(),
        erasures: app.desk.live.watch_erasures(),
        organisation,
        waiting: VecDeque::from([event("hello", &serde_json::json!({}))]),
        app,
    };
    let stream = unfold(watch, async |mut watch| watch.next().await.map(|event| (Ok(event), watch)));
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Watch {
    app: App,
    token: String,
    proof: Interval,
    organisation: OrganisationId,
    news: Receiver<News>,
    crawls: Receiver<(OrganisationId, knowledge::Progress)>,
    erasures: Receiver<(OrganisationId, privacy::erase::Progress)>,
    waiting: VecDeque<Event>,
}

impl Watch {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            tokio::select! {
                () = self.app.closing.cancelled() => return None,
                // Whoever was signed out or disabled hears no more.
                _ = self.proof.tick() => {
                    if !self.app.desk.is_signed_in(&self.token).await.ok()? {
                        return None;
                    }
                }
                news = self.news.recv() => match news {
                    Ok(news) => self.take(news).await,
                    // Too much happened: the console begins again from the store.
                    Err(RecvError::Lagged(_)) => self.waiting.push_back(event("hello", &serde_json::json!({}))),
                    Err(RecvError::Closed) => return None,
                },
                crawl = self.crawls.recv() => match crawl {
                    Ok((organisation, progress)) if organisation == self.organisation => {
                        self.waiting.push_back(event("crawl", &super::source::Crawl::from(&progress)));
                    }
                    Err(RecvError::Closed) => return None,
                    _ => {}
                },
                erasure = self.erasures.recv() => match erasure {
                    Ok((organisation, progress)) if organisation == self.organisation => {
                        self.waiting.push_back(event("erasure", &progress));
                    }
                    Err(RecvError::Closed) => return None,
                    _ => {}
                },
            }
        }
    }

    async fn take(&mut self, news: News) {
        let conversation_id = news.conversation;
        let writing = |draft: MessageId, append| Writing { conversation_id, draft: DraftText::append(draft, append) };
        match &*news.happening {
            // What is restricted is there, and is not shown in passing. Where it cannot be told, it is treated as if it were.
            Happening::Message(_)
                if self.app.desk.is_restricted(self.organisation, conversation_id).await.unwrap_or(true) =>
            {
                self.summary(conversation_id).await;
            }
            Happening::Message(message) => {
                // The first message makes the conversation appear in the list.
                if message.seq <= 2 {
                    self.summary(conversation_id).await;
                }
                let said = Said { conversation_id, message: Message::from(message) };
                self.waiting.push_back(event("message", &said));
            }
            Happening::Conversation(_) => self.summary(conversation_id).await,
            Happening::Delta { draft, append } => self.waiting.push_back(event("delta", &writing(*draft, append))),
            Happening::DraftEnd { draft, end } => {
                let writing = Writing { conversation_id, draft: DraftText::end(*draft, end.word()) };
                self.waiting.push_back(event("draft_end", &writing));
            }
            Happening::Erased(_) => {
                let gone = serde_json::json!({ "conversation_id": conversation_id });
                self.waiting.push_back(event("conversation_gone", &gone));
            }
        }
    }

    async fn summary(&mut self, conversation: ConversationId) {
        // A conversation that was erased in the meantime has no summary; its own event tells so.
        if let Ok(summary) = self.app.desk.summary(self.organisation, conversation).await {
            self.waiting.push_back(event("conversation", &Summary::from(&summary)));
        }
    }
}
