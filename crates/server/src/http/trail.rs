//! The outermost layer: gives each request an id, writes the error bodies, and logs one line without anything personal.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE32_NOPAD;
use tokio::time::Instant;

use super::error::Told;
use crate::state::App;

/// The header that carries the request id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Marks a response that says nothing on purpose, because a protocol wants it so.
#[derive(Clone)]
pub struct Wordless;

/// Runs the request. The log gets the route's template, never the path itself: a path may carry an id or a key.
pub async fn trail(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = format!("req_{}", BASE32_NOPAD.encode(&app.desk.world.random::<10>()).to_ascii_lowercase());
    let method = request.method().clone();
    let template = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let begun = Instant::now();
    let response = desk::audit::answering(&id, next.run(request)).await;
    let told = response.extensions().get::<Told>().cloned();
    let whole = written(&response) || response.extensions().get::<Wordless>().is_some();
    let told = told.or_else(|| if whole { None } else { Told::bare(response.status()) });
    let mut response = match &told {
        Some(told) => keeping_allow(told.respond(&id), &response),
        None => response,
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let route = template.as_deref().unwrap_or("unknown");
    let status = response.status().as_u16();
    let duration = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match told.and_then(|told| told.cause) {
        Some(cause) => tracing::error!(request_id = %id, %method, route, status, duration, cause, "fault"),
        None => tracing::info!(request_id = %id, %method, route, status, duration, "request"),
    }
    response
}

/// Whether the route wrote a body of its own, such as an error page for people.
fn written(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html") || kind.starts_with("application/")
}

/// A 405 must say which methods are allowed (RFC 9110).
fn keeping_allow(mut fresh: Response, old: &Response) -> Response {
    if let Some(allow) = old.headers().get(header::ALLOW) {
        fresh.headers_mut().insert(header::ALLOW, allow.clone());
    }
    fresh
}
