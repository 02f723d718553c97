//! Asks this server from the inside, as a stranger would from outside, and looks at what it answers.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::Response;
use model::Locale;
use privacy::Fault;
use privacy::promise::{Finding, Scene};
use serde_json::Value;
use tower::ServiceExt;

use crate::http::document;
use crate::http::may::MARK;
use crate::http::permission::{PERMISSIONS, Permission};

/// The largest answer that is read.
const READ: usize = 4 * 1024 * 1024;
/// An id of no kind: whoever got as far as reading it would get 404.
const NOBODY: &str = "nobody";
/// Where beginning a chat is described, and what it asks for.
const BEGIN: &str =
    "/paths/~1v1~1widget~1{widget_key}~1sessions/post/requestBody/content/application~1json/schema/$ref";
/// The doors in the chat for a visitor's rights.
const DOORS: [(&str, &str); 3] =
    [("get", "/v1/visitor/export"), ("post", "/v1/visitor/erasure"), ("post", "/v1/visitor/person")];
/// The doors in the chat for what a visitor agreed to, and for refusing the assistant.
const CHOICES: [(&str, &str); 5] = [
    ("get", "/v1/visitor/consents"),
    ("post", "/v1/visitor/consents"),
    ("get", "/v1/visitor/consents/receipt"),
    ("get", "/v1/visitor/ai-opt-out"),
    ("post", "/v1/visitor/ai-opt-out"),
];

/// One request, from nowhere, without credentials.
async fn ask(door: &Router, method: &str, path: &str) -> Result<Response, Fault> {
    ask_with(door, method, path, None).await
}

/// The same, with one more header.
async fn ask_with(door: &Router, method: &str, path: &str, more: Option<&str>) -> Result<Response, Fault> {
    let broken = |_| Fault::Broken("a request of our own cannot be made".into());
    let mut request = Request::builder()
        .method(method.to_ascii_uppercase().as_str())
        .uri(path)
        .header(header::HOST, "localhost")
        .header(MARK, "1")
        .body(Body::empty())
        .map_err(broken)?;
    if let Some(name) = more.and_then(|name| HeaderName::from_bytes(name.as_bytes()).ok()) {
        request.headers_mut().insert(name, HeaderValue::from_static("1"));
    }
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 0))));
    match door.clone().oneshot(request).await {
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}

async fn body(response: Response) -> Result<String, Fault> {
    let bytes = to_bytes(response.into_body(), READ).await;
    let bytes = bytes.map_err(|_| Fault::Broken("an answer of our own cannot be read".into()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Every address a visitor's browser asks before and during a chat that needs no session.
fn public(key: &str) -> [String; 6] {
    [
        "/widget.js".to_owned(),
        format!("/widget/frame.html?key={key}"),
        format!("/v1/widget/{key}"),
        format!("/privacy/{key}"),
        format!("/trust/{key}"),
        "/public.css".to_owned(),
    ]
}

/// No address for visitors sets a cookie.
pub(super) async fn no_cookies(door: Router, key: &str) -> Result<Finding, Fault> {
    let (mut asked, mut cookies) = (0, 0);
    for path in public(key) {
        let response = ask(&door, "get", &path).await?;
        asked += i64::from(response.status().is_success());
        cookies += response.headers().get_all(header::SET_COOKIE).iter().count();
    }
    let says = format!("{asked} addresses for visitors answered, {cookies} cookies were set.");
    Ok(Finding { holds: cookies == 0 && asked > 2, ..Finding::none_of(cookies, says) })
}

/// No rule of a page lets it load anything from elsewhere, and the launcher names no other host.
pub(super) async fn one_origin(door: Router, key: &str) -> Result<Finding, Fault> {
    let (mut rules, mut foreign) = (0, 0);
    for path in public(key) {
        let response = ask(&door, "get", &path).await?;
        for policy in response.headers().get_all(header::CONTENT_SECURITY_POLICY) {
            rules += 1;
            foreign += elsewhere(policy.to_str().unwrap_or("*"));
        }
    }
    let launcher = body(ask(&door, "get", "/widget.js").await?).await?;
    // Names of vocabularies are no addresses that anything is loaded from.
    let named = launcher.matches("://").count();
    let known = ["http://www.w3.org/", "https://schema.org/"].iter().map(|name| launcher.matches(name).count());
    foreign += named.saturating_sub(known.sum());
    let says = format!("{rules} rules and the launcher read, {foreign} foreign addresses found.");
    Ok(Finding { holds: foreign == 0 && rules > 0, ..Finding::none_of(foreign, says) })
}

/// How many sources of a policy are another host, or any host. Who may frame the chat loads nothing.
fn elsewhere(policy: &str) -> usize {
    let directives = policy.split(';').map(str::trim).filter(|directive| !directive.starts_with("frame-ancestors"));
    let hosts = directives.flat_map(|directive| directive.split_whitespace().skip(1));
    hosts.filter(|source| source.contains('.') || source.contains("//") || source.contains('*')).count()
}

/// A page says that it heard the browser's objection when there is one, and only then; the statement for machines agrees.
pub(super) async fn signal_heard(door: Router, key: &str) -> Result<Finding, Fault> {
    let mut deaf = 0;
    for page in [format!("/privacy/{key}"), format!("/trust/{key}")] {
        for signal in [Some("sec-gpc"), Some("dnt"), None] {
            let text = body(ask_with(&door, "get", &page, signal).await?).await?;
            deaf += usize::from(text.contains("id=\"signal\"") != signal.is_some());
        }
    }
    let stated: Value = serde_json::from_str(&body(ask(&door, "get", "/.well-known/gpc.json").await?).await?)?;
    deaf += usize::from(stated.get("gpc") != Some(&Value::Bool(true)));
    Ok(Finding::none_of(deaf, format!("2 pages asked three times and 1 statement read, {deaf} did not fit.")))
}

/// Addresses behind a door.
fn guarded() -> impl Iterator<Item = (&'static str, String)> {
    let behind = |permission: &Permission| matches!(permission, Permission::Visitor | Permission::Staff(..));
    PERMISSIONS.iter().filter(move |(_, _, permission)| behind(permission)).map(|(method, path, _)| {
        let path = path.replace("{id}", NOBODY).replace("{widget_key}", NOBODY);
        (*method, path)
    })
}

/// No guarded address lets anything be cached.
pub(super) async fn not_cached(door: Router) -> Result<Finding, Fault> {
    let (mut asked, mut kept) = (0, 0);
    for (method, path) in guarded().filter(|(method, _)| *method == "get") {
        let response = ask(&door, method, &path).await?;
        let rule = response.headers().get(header::CACHE_CONTROL).and_then(|rule| rule.to_str().ok());
        asked += 1;
        kept += usize::from(!rule.is_some_and(|rule| rule.contains("no-store")));
    }
    Ok(Finding::none_of(kept, format!("{asked} addresses asked, {kept} may be cached.")))
}

/// Every guarded address refuses a stranger.
pub(super) async fn strangers_refused(door: Router) -> Result<Finding, Fault> {
    let (mut asked, mut open) = (0, 0);
    for (method, path) in guarded() {
        asked += 1;
        open += usize::from(ask(&door, method, &path).await?.status() != StatusCode::UNAUTHORIZED);
    }
    Ok(Finding::none_of(open, format!("{asked} guarded addresses tried without credentials, {open} did not refuse.")))
}

/// The doors for rights are there, and ask for the visitor's own key.
pub(super) async fn rights_at_hand(door: Router) -> Result<Finding, Fault> {
    knock(&door, "rights", &DOORS).await
}

/// The doors for choices are there, and ask for the visitor's own key.
pub(super) async fn choices_at_hand(door: Router) -> Result<Finding, Fault> {
    knock(&door, "choices", &CHOICES).await
}

async fn knock(door: &Router, what: &str, doors: &[(&str, &str)]) -> Result<Finding, Fault> {
    let mut silent = 0;
    for (method, path) in doors {
        silent += usize::from(ask(door, method, path).await?.status() != StatusCode::UNAUTHORIZED);
    }
    Ok(Finding::none_of(silent, format!("{} doors for {what} knocked at, {silent} did not answer.", doors.len())))
}

/// Nothing is required to begin a chat.
pub(super) fn asked_little() -> Result<Finding, Fault> {
    let described = serde_json::to_value(document())?;
    let name = described.pointer(BEGIN).and_then(Value::as_str).unwrap_or_default();
    let shape = described.pointer(name.trim_start_matches('#'));
    let required = shape.map(|shape| shape.get("required").and_then(Value::as_array).map_or(0, Vec::len));
    Ok(match required {
        Some(required) => Finding::none_of(required, format!("{required} details are required to begin a chat.")),
        None => Finding::given(false, 0, "Beginning a chat is not described."),
    })
}

/// The notice says in every language what the settings and the widget say.
pub(super) async fn notice_current(door: Router, key: &str, scene: &Scene) -> Result<Finding, Fault> {
    let widget: Value = serde_json::from_str(&body(ask(&door, "get", &format!("/v1/widget/{key}")).await?).await?)?;
    let told = widget.get("keep_days").and_then(Value::as_u64) == Some(u64::from(scene.keep_days));
    let days = scene.keep_days.to_string();
    let name = maud::html! { (scene.organisation) }.into_string();
    let told_who =
        |page: &str| scene.recipients.iter().all(|(name, _)| page.contains(&maud::html! { (name) }.into_string()));
    let mut differ = 0;
    for locale in Locale::ALL {
        let response = ask(&door, "get", &format!("/privacy/{key}?lang={}", locale.tag())).await?;
        let there = response.status() == StatusCode::OK;
        let page = body(response).await?;
        let says = there && page.contains(&days) && page.contains(&name) && told_who(&page);
        differ += usize::from(!(says && told));
    }
    let says = format!("{} languages fetched, {differ} differ from settings and widget.", Locale::ALL.len());
    Ok(Finding::none_of(differ, says))
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;

    #[tokio::test]
    async fn a_door_that_is_gone_or_stands_open_is_found() {
        let shut = || async { StatusCode::UNAUTHORIZED };
        let door = Router::new().route("/shut", get(shut)).route("/open", get(|| async { "come in" }));
        let seen = knock(&door, "tests", &[("get", "/shut"), ("get", "/open"), ("get", "/gone")]).await.unwrap();
        assert_eq!((seen.holds, seen.figure), (false, 2));
        assert!(knock(&door, "tests", &[("get", "/shut")]).await.unwrap().holds);
    }

    #[test]
    fn a_rule_that_lets_a_page_load_from_elsewhere_is_found() {
        assert_eq!(elsewhere("default-src 'none'; script-src 'self'; frame-ancestors https://shop.example"), 0);
        assert_eq!(elsewhere("default-src 'none'; img-src 'self' https://cdn.example *"), 2);
    }
}
