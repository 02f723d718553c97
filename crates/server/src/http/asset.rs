//! The console, the launcher and the chat frame: embedded files with the policies that hold them.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use model::Refusal;

use super::compressed::{Keep, serve};
use super::error::{Answer, Problem};
use crate::state::App;

/// What the console's page may do: run and style from here only, be framed by nobody, make HTML only through Svelte.
const CONSOLE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html",
);
/// What the chat frame may do; `frame-ancestors` follows with the organisation's websites.
const FRAME: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; \
     base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The addresses of files.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/", get(async || Redirect::temporary("/console/")))
        .route("/console", get(async || Redirect::temporary("/console/")))
        .route("/console/", get(console))
        .route("/console/{*path}", get(console_path))
        .route("/widget.js", get(launcher))
        .route("/widget/frame.html", get(frame))
        .route("/widget/assets/{*path}", get(widget_asset))
}

async fn console(headers: HeaderMap) -> Response {
    let page = serve("console/index.html", &headers, Keep::Check).unwrap_or_else(not_built);
    with(page, header::CONTENT_SECURITY_POLICY, CONSOLE)
}

/// A file of the console, or the console itself, which reads its path; a missing asset is never the page.
async fn console_path(Path(path): Path<String>, headers: HeaderMap) -> Answer<Response> {
    if let Some(asset) = path.strip_prefix("assets/") {
        let file = serve(&format!("console/assets/{asset}"), &headers, Keep::Forever);
        return file.ok_or_else(|| Refusal::not_found().into());
    }
    let file = path != "index.html" && path.contains('.');
    match serve(&format!("console/{path}"), &headers, Keep::Check).filter(|_| file) {
        Some(found) => Ok(with(found, header::CONTENT_SECURITY_POLICY, CONSOLE)),
        None => Ok(console(headers).await),
    }
}

/// The one script a shop puts on its pages; any website may load it, it does nothing before a click.
async fn launcher(headers: HeaderMap) -> Answer<Response> {
    let file = serve("widget/widget.js", &headers, Keep::Minutes).ok_or_else(Refusal::not_found)?;
    Ok(for_any_website(file))
}

async fn widget_asset(Path(path): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let file = serve(&format!("widget/assets/{path}"), &headers, Keep::Forever).ok_or_else(Refusal::not_found)?;
    Ok(for_any_website(file))
}

/// The chat itself, in a frame of our own origin. Only the organisation's own websites may show it.
async fn frame(State(app): State<App>, RawQuery(query): RawQuery, headers: HeaderMap) -> Answer<Response> {
    let key =
        query.as_deref().unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("key=")).unwrap_or_default();
    let ancestors = match app.desk.shop_websites(key).await? {
        Some(domains) if !domains.is_empty() => domains.join(" "),
        _ => "'none'".to_owned(),
    };
    let policy = HeaderValue::from_str(&format!("{FRAME}; frame-ancestors {ancestors}"))
        .map_err(|_| Problem::broken("a website of the organisation does not fit into a header"))?;
    let page = serve("widget/frame.html", &headers, Keep::Check).unwrap_or_else(not_built);
    // The policy depends on the organisation, so an unchanged page may still need a new policy.
    let page = with(page, header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(for_any_website(with(page, header::CONTENT_SECURITY_POLICY, policy)))
}

fn with(mut response: Response, name: HeaderName, value: HeaderValue) -> Response {
    response.headers_mut().insert(name, value);
    response
}

fn for_any_website(response: Response) -> Response {
    let response = with(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    with(response, HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"))
}

/// The front end was not there when this binary was built.
fn not_built() -> Response {
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "Confidante" } }
            body {
                h1 { "The front end is not built" }
                p { "This binary was built without web/dist. Run " code { "make web" } " and build again." }
            }
        }
    };
    (StatusCode::SERVICE_UNAVAILABLE, Html(page.into_string())).into_response()
}
