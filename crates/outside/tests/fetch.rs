//! The door against real servers on loopback: redirects, limits, time-outs, bombs.

mod house;

use std::time::Duration;

use outside::door::{Door, DoorConfig, FetchRefusal, FetchRequest, Fetched};
use url::Url;

use crate::house::{serve, shop};

fn config(named: Vec<String>) -> DoorConfig {
    DoorConfig { allow_private: named, ..DoorConfig::default() }
}

/// A door without patience, for servers that would keep it waiting.
fn impatient(named: Vec<String>) -> DoorConfig {
    let short = Duration::from_millis(300);
    DoorConfig { read_timeout: short, connect_timeout: short, total_timeout: 3 * short, ..config(named) }
}

async fn fetch_with(change: impl FnOnce(&mut FetchRequest), path: &str) -> Result<Fetched, FetchRefusal> {
    let (address, _stop) = serve(shop()).await;
    let door = Door::new(config(vec![address.to_string()])).unwrap();
    let url = Url::parse(&format!("http://{address}{path}")).unwrap();
    let _declared = door.declare_source(&url);
    let mut request = FetchRequest::new(url);
    change(&mut request);
    door.fetch(request).await
}

async fn fetch(path: &str) -> Result<Fetched, FetchRefusal> {
    fetch_with(|_| (), path).await
}

#[tokio::test]
async fn a_page_comes_home_with_its_headers() {
    let page = fetch("/page").await.unwrap();
    assert_eq!((page.status, page.body.as_ref()), (200, b"<p>Hello</p>".as_slice()));
    assert_eq!(page.headers.media_type().as_deref(), Some("text/html"));
    assert_eq!(page.headers.etag.as_deref(), Some("\"one\""));
}

#[tokio::test]
async fn a_missing_page_is_an_answer() {
    assert_eq!(fetch("/nowhere").await.unwrap().status, 404);
}

#[tokio::test]
async fn an_unchanged_page_comes_back_without_a_body() {
    let page = fetch_with(|request| request.etag = Some("\"one\"".into()), "/page").await.unwrap();
    assert_eq!((page.status, page.body.len()), (304, 0));
}

#[tokio::test]
async fn we_carry_no_cookie_no_referrer_and_one_honest_name() {
    let page = fetch("/redirect-to-echo").await.unwrap();
    let seen = String::from_utf8(page.body.to_vec()).unwrap().to_lowercase();
    assert!(seen.contains("user-agent: confidante/"), "{seen}");
    assert!(!seen.contains("cookie") && !seen.contains("referer"), "{seen}");
}

#[tokio::test]
async fn loopback_is_refused_before_any_connection() {
    let (address, _stop) = serve(shop()).await;
    let door = Door::new(config(Vec::new())).unwrap();
    let port = address.port();
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"] {
        let url = Url::parse(&format!("http://{host}:{port}/count")).unwrap();
        let _declared = door.declare_source(&url);
        assert_eq!(door.fetch(FetchRequest::new(url)).await.unwrap_err(), FetchRefusal::Private, "{host}");
    }
    let allowed = Door::new(config(vec![address.to_string()])).unwrap();
    let count =
        allowed.fetch(FetchRequest::new(Url::parse(&format!("http://{address}/count")).unwrap())).await.unwrap();
    assert_eq!(count.body.as_ref(), b"1", "only the allowed request arrived");
}

#[tokio::test]
async fn a_redirect_into_a_private_network_is_refused() {
    for path in ["/to-metadata", "/to-decimal", "/to-localhost", "/to-six"] {
        assert_eq!(fetch(path).await.unwrap_err(), FetchRefusal::Private, "{path}");
    }
    assert_eq!(fetch("/to-file").await.unwrap_err(), FetchRefusal::Scheme);
    assert_eq!(fetch("/to-credentials").await.unwrap_err(), FetchRefusal::Credentials);
}

#[tokio::test]
async fn redirects_are_followed_but_not_for_ever() {
    let page = fetch("/redirect").await.unwrap();
    assert!(page.final_url.path().ends_with("/page"));
    assert_eq!(fetch("/circle").await.unwrap_err(), FetchRefusal::TooManyRedirects);
}

#[tokio::test]
async fn a_request_that_stays_on_its_host_reports_where_it_was_sent() {
    let refusal = fetch_with(|request| request.stay_on_host = true, "/to-example").await.unwrap_err();
    assert_eq!(refusal, FetchRefusal::Elsewhere { to: "https://example.com/shop".into() });
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_announced_or_not() {
    for path in ["/large", "/endless", "/bomb"] {
        let refusal = fetch_with(|request| request.max_bytes = 64 * 1024, path).await.unwrap_err();
        assert_eq!(refusal, FetchRefusal::TooLarge, "{path}");
    }
}

#[tokio::test]
async fn a_compressed_page_within_the_limit_is_unpacked() {
    let page = fetch_with(|request| request.max_bytes = 20 * 1024 * 1024, "/bomb").await.unwrap();
    assert_eq!(page.body.len(), 16 * 1024 * 1024);
}

#[tokio::test]
async fn silence_and_dripping_end_in_a_time_out() {
    let (address, _stop) = serve(shop()).await;
    let door = Door::new(impatient(vec![address.to_string()])).unwrap();
    for path in ["/silent", "/drip"] {
        let request = FetchRequest::new(Url::parse(&format!("http://{address}{path}")).unwrap());
        assert_eq!(door.fetch(request).await.unwrap_err(), FetchRefusal::TimedOut, "{path}");
    }
}

#[tokio::test]
async fn only_the_wanted_types_are_read() {
    let html = |request: &mut FetchRequest| request.types = vec!["text/html".into(), "application/".into()];
    assert!(fetch_with(html, "/page").await.is_ok());
    let refusal = fetch_with(html, "/picture").await.unwrap_err();
    assert_eq!(refusal, FetchRefusal::WrongType { offered: "image/png".into() });
}

#[tokio::test]
async fn nobody_there_and_no_such_name_are_told_apart() {
    let (address, stop) = serve(shop()).await;
    stop.abort();
    let _ = stop.await;
    let door = Door::new(impatient(vec![address.to_string()])).unwrap();
    let gone = FetchRequest::new(Url::parse(&format!("http://{address}/")).unwrap());
    assert_eq!(door.fetch(gone).await.unwrap_err(), FetchRefusal::Unreachable);
    let unknown = FetchRequest::new(Url::parse("http://no-such-host.invalid/").unwrap());
    assert_eq!(door.fetch(unknown.clone()).await.unwrap_err(), FetchRefusal::NotDeclared);
    let _declared = door.declare_source(&unknown.url);
    assert!(matches!(door.fetch(unknown).await.unwrap_err(), FetchRefusal::UnknownHost | FetchRefusal::TimedOut));
}
