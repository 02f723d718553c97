//! The paper our public pages are printed on: one stylesheet, no script, readable on any screen and on real paper.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::state::App;

/// Nothing runs on these pages, and nobody frames them.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// The stylesheet of all of them.
const STYLE: &str = include_str!("plain_page.css");

/// What differs between pages beside their content.
pub struct Paper<'a> {
    /// The title.
    pub title: &'a str,
    /// The language tag.
    pub locale: &'a str,
    /// Whether the language is written from right to left.
    pub right_to_left: bool,
}

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/public.css", get(style))
}

async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, STYLE).into_response()
}

/// A form is sent to this server and nowhere else.
const FORM_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

/// A page with a form.
pub fn form_paper(paper: &Paper<'_>, content: &Markup) -> Response {
    printed(paper, content, FORM_POLICY)
}

/// A page with this content.
pub fn paper(paper: &Paper<'_>, content: &Markup) -> Response {
    printed(paper, content, POLICY)
}

fn printed(paper: &Paper<'_>, content: &Markup, policy: HeaderValue) -> Response {
    let direction = if paper.right_to_left { "rtl" } else { "ltr" };
    let page = html! {
        (DOCTYPE)
        html lang=(paper.locale) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (paper.title) }
                link rel="stylesheet" href="/public.css";
            }
            body { main { (content) } }
        }
    };
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page.into_string())).into_response()
}
