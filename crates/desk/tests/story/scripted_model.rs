//! A model that says what the story wants, when the story wants it, and remembers what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use outside::model::{Client, ModelConfig};
use outside::{Door, Recipient};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

/// What it does when it is asked.
pub enum Line {
    /// Says these pieces, one for each permit the story gives.
    Says(Vec<&'static str>),
    /// Says this in one piece.
    Tells(String),
    /// Sends these bytes as its stream, whatever they are.
    Sends(String),
    /// Answers with this status and nothing else.
    Fails(u16),
}

/// The scripted model.
#[derive(Clone)]
pub struct ScriptedModel {
    /// `host:port`.
    pub address: String,
    lines: Arc<Mutex<VecDeque<Line>>>,
    received: Arc<Mutex<Vec<String>>>,
    /// One permit lets one piece go out.
    pub permits: Arc<Semaphore>,
    hung_up: Arc<Notify>,
    /// One permit for each answer that was broken off by whoever asked.
    pub broken_off: Arc<Semaphore>,
}

/// Falls to the ground when nobody listens any more.
struct Listened {
    broken_off: Arc<Semaphore>,
    whole: bool,
}

impl Drop for Listened {
    fn drop(&mut self) {
        if !self.whole {
            self.broken_off.add_permits(1);
        }
    }
}

impl ScriptedModel {
    /// Starts it; every piece goes out at once unless `held`.
    pub async fn start(lines: Vec<Line>, held: bool) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let model = Self {
            address: listener.local_addr().expect("an address").to_string(),
            lines: Arc::new(Mutex::new(lines.into())),
            received: Arc::default(),
            permits: Arc::new(Semaphore::new(if held { 0 } else { 10_000 })),
            hung_up: Arc::default(),
            broken_off: Arc::new(Semaphore::new(0)),
        };
        let app = Router::new().fallback(answer).with_state(model.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        model
    }

    /// What it does next.
    pub fn will(&self, lines: Vec<Line>) {
        *self.lines.lock().expect("no panic while held") = lines.into();
    }

    /// Hangs up on everybody in mid-sentence.
    pub fn break_off(&self) {
        self.hung_up.notify_waiters();
    }

    /// The bodies it was sent.
    pub fn received(&self) -> Vec<String> {
        self.received.lock().expect("no panic while held").clone()
    }
}

/// The desk's client for it.
pub fn configured(door: &Door, address: &str) -> Client {
    let recipient = Recipient {
        name: "Scripted".into(),
        country: "DE".into(),
        purpose: "answering".into(),
        transfer: "own server".into(),
        contract: "none needed".into(),
    };
    let config = ModelConfig::new(format!("http://{address}/v1"), "scripted-1", recipient);
    Client::of_operator(door, config).unwrap_or_else(|_| panic!("a client"))
}

const END: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

async fn answer(State(model): State<ScriptedModel>, body: String) -> Response {
    model.received.lock().expect("no panic while held").push(body);
    let line = model.lines.lock().expect("no panic while held").pop_front();
    let pieces = match line {
        Some(Line::Says(pieces)) => pieces.into_iter().map(str::to_owned).collect::<Vec<_>>(),
        Some(Line::Tells(words)) => vec![words],
        Some(Line::Sends(bytes)) => return ([("content-type", "text/event-stream")], bytes).into_response(),
        Some(Line::Fails(status)) => return StatusCode::from_u16(status).expect("a status").into_response(),
        None => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let permits = Arc::clone(&model.permits);
    let hung_up = Arc::clone(&model.hung_up);
    let pieces = stream::iter(pieces).then(move |piece| {
        let (permits, hung_up) = (Arc::clone(&permits), Arc::clone(&hung_up));
        async move {
            tokio::select! {
                permit = permits.acquire() => permit.expect("never closed").forget(),
                () = hung_up.notified() => return Err(std::io::Error::other("hung up")),
            }
            let choice = serde_json::json!({ "choices": [{ "index": 0, "delta": { "content": piece } }] });
            Ok(format!("data: {choice}\n\n"))
        }
    });
    let listened = Listened { broken_off: model.broken_off.clone(), whole: false };
    let end = stream::once(async move {
        // The whole of it moves in here, and falls with the stream where its end is never reached.
        let mut listened = listened;
        listened.whole = true;
        Ok(END.to_owned())
    });
    ([("content-type", "text/event-stream")], Body::from_stream(pieces.chain(end))).into_response()
}
