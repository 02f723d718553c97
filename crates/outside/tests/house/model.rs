//! A scripted model server: the first path segment says how it behaves; it remembers what it was sent.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures::stream::{self, StreamExt};
use tokio::sync::oneshot;

/// What the server saw.
#[derive(Clone, Default)]
pub struct Seen {
    /// Each request: its Authorization header and its body.
    pub requests: Arc<Mutex<Vec<(String, String)>>>,
    /// Fires when a running answer is dropped by the client.
    pub hung_up: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

pub fn model(seen: Seen) -> Router {
    Router::new().route("/{case}/chat/completions", post(answer)).with_state(seen)
}

async fn answer(State(seen): State<Seen>, Path(case): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let key = headers.get(header::AUTHORIZATION).map(|key| key.to_str().unwrap().to_owned()).unwrap_or_default();
    seen.requests.lock().unwrap().push((key, String::from_utf8(body.to_vec()).unwrap()));
    match case.as_str() {
        "good" => events([word("Sixty"), word(" days."), END.into(), DONE.into()].concat()),
        "bytes" => in_bytes([word("Zürich 世界 🏔"), END.into(), DONE.into()].concat().replace('\n', "\r\n")),
        "loose" => events("data:{\"choices\":[{\"delta\":\ndata:{\"content\":\"a\"}}]}\n\n: ping\n\nevent: odd\ndata: {\"choices\":[],\"usage\":{}}\n\ndata:{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}\n\n".into()),
        "cut" => events(word("Sixty")),
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
        "busy" => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "7")], "{}").into_response(),
        "quota" => (StatusCode::TOO_MANY_REQUESTS, r#"{"error":{"code":"insufficient_quota"}}"#).into_response(),
        "broken" => (StatusCode::INTERNAL_SERVER_ERROR, "you sent: secret").into_response(),
        "locked" => StatusCode::UNAUTHORIZED.into_response(),
        "long" => (StatusCode::BAD_REQUEST, r#"{"error":{"message":"secret","code":"context_length_exceeded"}}"#).into_response(),
        "moved" => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/good/chat/completions")]).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

const END: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
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
    streamed(stream::unfold(guard, |guard| async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        Some((Ok(word("a")), guard))
    }))
}
