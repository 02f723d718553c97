//! The privacy notice for visitors, as a page without scripts; its words come from the data map.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use model::Locale;
use privacy::notice::{Circumstances, Notice, notice};
use serde::Deserialize;

use super::body::{Asked, Id};
use super::error::Answer;
use super::plain_page::{Paper, paper};
use crate::state::App;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/privacy/{widget_key}", get(privacy_notice))
}

/// In which language.
#[derive(Deserialize)]
struct Language {
    lang: Option<String>,
}

async fn privacy_notice(
    State(app): State<App>,
    Id(widget_key): Id<String>,
    Asked(language): Asked<Language>,
    headers: HeaderMap,
) -> Answer<Response> {
    let organisation = app.desk.organisation_of_widget(&widget_key).await?;
    let locale = chosen(language.lang.as_deref(), &headers);
    let recipient = app.desk.model.as_ref().map(|model| {
        let recipient = model.client.recipient();
        (recipient.name.to_string(), recipient.country.to_string())
    });
    let circumstances =
        Circumstances { organisation: organisation.name, keep_days: organisation.settings.keep_days, recipient };
    let text = notice(locale, &circumstances);
    let title = text.title.clone();
    let page = paper(&Paper { title: &title, locale: locale.tag(), right_to_left: locale == Locale::Ar }, &body(&text));
    Ok(([(header::VARY, "accept-language")], page).into_response())
}

fn body(notice: &Notice) -> Markup {
    html! {
        nav aria-label="Language" {
            @for locale in Locale::ALL {
                @let here = (locale == notice.locale).then_some("true");
                a href={ "?lang=" (locale.tag()) } hreflang=(locale.tag()) lang=(locale.tag()) aria-current=[here] {
                    (own_name(locale))
                } " "
            }
        }
        h1 { (notice.title) }
        p { (notice.intro) }
        @for section in &notice.sections {
            section id=(section.id) {
                h2 { (section.heading) }
                @for paragraph in &section.paragraphs { p { (paragraph) } }
                @if !section.items.is_empty() {
                    ul { @for item in &section.items { li { (item) } } }
                }
            }
        }
        footer { p { small { "Version " code { (notice.version) } } } }
    }
}

fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "English",
        Locale::De => "Deutsch",
        Locale::Ar => "العربية",
    }
}

/// The language asked for, else the first one of the browser that we speak, else English.
fn chosen(asked: Option<&str>, headers: &HeaderMap) -> Locale {
    if let Some(tag) = asked {
        return Locale::nearest(tag);
    }
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = wanted.split(',').map(|word| word.split(';').next().unwrap_or_default().trim());
    let spoken = |tag: &str| {
        Locale::ALL
            .into_iter()
            .find(|locale| Locale::nearest(tag) == *locale && tag.to_ascii_lowercase().starts_with(locale.tag()))
    };
    tags.into_iter().find_map(spoken).unwrap_or_default()
}
