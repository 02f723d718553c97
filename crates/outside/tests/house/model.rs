//! A scripted model server that speaks every provider's protocol: the first path segment says how it behaves; it remembers
//! what it was sent.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use tokio::sync::oneshot;

/// One request, as it arrived.
#[derive(Clone)]
pub struct Arrived {
    /// Path and query.
    pub address: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Arrived {
    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the server saw.
#[derive(Clone, Default)]
pub struct Seen {
    /// Each request.
    pub requests: Arc<Mutex<Vec<Arrived>>>,
    /// Fires when a running answer is dropped by the client.
    pub hung_up: Arc<Mutex<Option<oneshot::Sender<()>>>>,
    /// What the case `script` answers, one after the other: status, headers, body.
    pub script: Arc<Mutex<Vec<Scripted>>>,
}

/// A scripted answer.
#[derive(Clone)]
pub struct Scripted {
    /// The status.
    pub status: u16,
    /// `Retry-After`, if not empty.
    pub retry_after: &'static str,
    /// The body.
    pub body: String,
}

/// The server.
pub fn model(seen: Seen) -> Router {
    Router::new().fallback(answer).with_state(seen)
}

async fn answer(State(seen): State<Seen>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let address = uri.path_and_query().unwrap().to_string();
    let case = address.trim_start_matches('/').split('/').next().unwrap().to_owned();
    let body = String::from_utf8(body.to_vec()).unwrap();
    seen.requests.lock().unwrap().push(Arrived { address, headers, body });
    match case.as_str() {
        "good" => events([word("Sixty"), word(" days."), END.into(), USAGE.into(), DONE.into()].concat()),
        "bytes" => in_bytes([word("Zürich 世界 🏔"), END.into(), DONE.into()].concat().replace('\n', "\r\n")),
        "loose" => events("data:{\"choices\":[{\"delta\":\ndata:{\"content\":\"a\"}}]}\n\n: ping\n\nevent: odd\ndata: {\"choices\":[],\"usage\":{}}\n\ndata:{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}\n\n".into()),
        "lingers" => streamed(stream::iter([Ok(word("Sixty")), Ok(END.to_owned())]).chain(stream::pending())),
        "cut" => events(word("Sixty")),
        "half" => events("data: {\"choices\":[{\"delta\":{\"cont".into()),
        "error" => events(format!("{}data: {{\"error\":{{\"message\":\"you sent: secret\",\"code\":\"overloaded\"}}}}\n\n", word("Six"))),
        "noise" => events("data: {{{\n\n".into()),
        "page" => ([(header::CONTENT_TYPE, "text/html")], "<h1>It works</h1>").into_response(),
        "endless" => streamed(stream::repeat_with(|| Ok(word(&"a".repeat(500))))),
        "slow" => streamed(stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(60)).await;
            Some((Ok(word("a")), ()))
        })),
        "stuck" => streamed(stream::iter([Ok(word("Six"))]).chain(stream::pending())),
        "silent" => std::future::pending().await,
        "watched" => watched(seen),
        "broken" => (StatusCode::INTERNAL_SERVER_ERROR, "you sent: secret").into_response(),
        "locked" => StatusCode::UNAUTHORIZED.into_response(),
        "long" => (StatusCode::BAD_REQUEST, r#"{"error":{"message":"secret","code":"context_length_exceeded"}}"#).into_response(),
        "moved" => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/good/chat/completions")]).into_response(),
        "script" => scripted(&seen),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The next answer of the script; the last one is repeated.
fn scripted(seen: &Seen) -> Response {
    let mut script = seen.script.lock().unwrap();
    let next = if script.len() > 1 { script.remove(0) } else { script[0].clone() };
    let kind = if next.status == 200 && !next.body.starts_with('{') { "text/event-stream" } else { "application/json" };
    let mut response =
        (StatusCode::from_u16(next.status).unwrap(), [(header::CONTENT_TYPE, kind)], next.body).into_response();
    if !next.retry_after.is_empty() {
        response.headers_mut().insert(header::RETRY_AFTER, next.retry_after.parse().unwrap());
    }
    response
}

const END: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
const USAGE: &str =
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}}\n\n";
const DONE: &str = "data: [DONE]\n\n";

fn word(word: &str) -> String {
    format!(
        "data: {{\"id\":\"x\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{word}\"}},\"finish_reason\":null}}]}}\n\n"
    )
}

fn events(text: String) -> Response {
    streamed(stream::iter([Ok(text)]))
}

fn in_bytes(text: String) -> Response {
    let bytes: Vec<_> = text.into_bytes().into_iter().map(|byte| Ok::<_, Infallible>(vec![byte])).collect();
    ([(header::CONTENT_TYPE, "text/event-stream; charset=utf-8")], Body::from_stream(stream::iter(bytes)))
        .into_response()
}

fn streamed(words: impl futures::Stream<Item = Result<String, Infallible>> + Send + 'static) -> Response {
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(words)).into_response()
}

/// Talks until the client hangs up, and says when it did.
fn watched(seen: Seen) -> Response {
    struct OnDrop(Option<oneshot::Sender<()>>);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            let _ = self.0.take().map(|sender| sender.send(()));
        }
    }
    let guard = OnDrop(seen.hung_up.lock().unwrap().take());
    let piece = seen.script.lock().unwrap().first().map_or_else(|| word("a"), |answer| answer.body.clone());
    streamed(stream::unfold((guard, piece), |(guard, piece)| async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        Some((Ok(piece.clone()), (guard, piece)))
    }))
}
