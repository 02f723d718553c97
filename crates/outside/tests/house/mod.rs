//! A badly behaved shop on loopback.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures::stream;
use tokio::task::JoinHandle;

/// Serves `router` until the returned task is dropped with the runtime.
pub async fn serve(router: Router) -> (SocketAddr, JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, task)
}

/// All the pages a crawler should be afraid of.
pub fn shop() -> Router {
    let visits = Arc::new(AtomicUsize::new(0));
    let mut router = Router::new()
        .route("/page", get(page))
        .route("/echo", get(|headers: HeaderMap| async move { format!("{headers:?}").replace("\"", "") }))
        .route("/count", get(|| async move { (visits.fetch_add(1, Ordering::SeqCst) + 1).to_string() }))
        .route("/large", get(|| async { vec![b'a'; 100_000] }))
        .route("/endless", get(|| async { endless() }))
        .route("/bomb", get(|| async { ([(header::CONTENT_ENCODING, "gzip")], bomb()) }))
        .route("/silent", get(|| async { std::future::pending::<()>().await }))
        .route("/drip", get(|| async { drip() }))
        .route("/picture", get(|| async { ([(header::CONTENT_TYPE, "image/png")], vec![0u8; 8]) }));
    for (path, target) in [
        ("/redirect", "/redirect-2"),
        ("/redirect-2", "page#part"),
        ("/redirect-to-echo", "/echo"),
        ("/circle", "/circle"),
        ("/to-metadata", "http://169.254.169.254/latest/meta-data/"),
        ("/to-decimal", "http://2130706433/"),
        ("/to-localhost", "http://localhost:1/"),
        ("/to-six", "http://[::ffff:10.0.0.1]/"),
        ("/to-file", "file:///etc/passwd"),
        ("/to-credentials", "http://a:b@example.com/"),
        ("/to-example", "https://example.com/shop"),
    ] {
        router = router.route(path, get(move || async move { Redirect::temporary(target) }));
    }
    router
}

async fn page(headers: HeaderMap) -> Response {
    let etag = "\"one\"";
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::ETAG, etag)], "<p>Hello</p>").into_response()
}

fn endless() -> Body {
    Body::from_stream(stream::repeat_with(|| Ok::<_, Infallible>(vec![b'a'; 4096])))
}

fn drip() -> Body {
    Body::from_stream(stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Some((Ok::<_, Infallible>("a"), ()))
    }))
}

/// Sixteen megabytes of zeros in a few kilobytes.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![0u8; 16 * 1024 * 1024]).unwrap();
    packer.finish().unwrap()
}
