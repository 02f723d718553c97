//! A browser's own objection: Global Privacy Control (W3C) and Do Not Track. Nothing here sells, shares or counts, so there is
//! nothing to switch off; the visitor sees that it was heard.

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::consent::Signals;
use maud::{Markup, html};
use model::Locale;

use crate::state::App;

/// `Sec-GPC: 1`; no other value means anything.
const GPC: HeaderName = HeaderName::from_static("sec-gpc");
/// `DNT: 1`.
const DNT: HeaderName = HeaderName::from_static("dnt");
/// That we abide by the signal, for machines (W3C GPC, section 4); the day on which this statement was last changed.
const STATEMENT: &str = "{\"gpc\":true,\"lastUpdate\":\"2026-11-22\"}\n";

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/.well-known/gpc.json", get(statement))
}

async fn statement() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, STATEMENT).into_response()
}

/// What the browser says, each signal by itself; of several headers one valid one is enough.
pub fn signals(headers: &HeaderMap) -> Signals {
    let sent = |name: &HeaderName| headers.get_all(name).iter().any(|value| value == "1");
    Signals { gpc: sent(&GPC), dnt: sent(&DNT) }
}

/// Whether the browser objects. Of several headers one valid one is enough.
pub fn objects(headers: &HeaderMap) -> bool {
    let Signals { gpc, dnt } = signals(headers);
    gpc || dnt
}

/// The line that says it was heard; nothing where the browser said nothing.
pub fn heard(headers: &HeaderMap, locale: Locale) -> Markup {
    html! {
        @if objects(headers) { p.facts id="signal" role="status" { (words(locale)) } }
    }
}

fn words(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "Opt-out request honoured: your browser asks not to be sold, shared or tracked. None of it happens here."
        }
        Locale::De => {
            "Widerspruch beachtet: Ihr Browser verlangt, dass nichts verkauft, geteilt oder verfolgt wird. Nichts davon geschieht hier."
        }
        Locale::Ar => "طلب الاعتراض محترم: يطلب متصفحك عدم البيع أو المشاركة أو التتبع. ولا يحدث شيء من ذلك هنا.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_one_is_the_signal() {
        for (values, meant) in [
            (vec!["1"], true),
            (vec!["0"], false),
            (vec!["1, 1"], false),
            (vec!["\"1\""], false),
            (vec!["0", "1"], true),
            (vec![], false),
            (vec!["true"], false),
        ] {
            for name in [GPC, DNT] {
                let mut headers = HeaderMap::new();
                for value in &values {
                    headers.append(&name, HeaderValue::from_str(value).unwrap());
                }
                assert_eq!(objects(&headers), meant, "{name} {values:?}");
            }
        }
    }
}
