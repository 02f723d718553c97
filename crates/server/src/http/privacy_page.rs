//! The privacy notice for visitors, as a page without scripts; its words come from the data map.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use model::Locale;
use privacy::notice::{Circumstances, Notice, notice};

use super::body::{Asked, Id};
use super::error::Answer;
use super::plain_page::{Paper, paper};
use super::signal::heard;
use super::spoken::{Language, chosen, languages};
use super::widget::recipients_in_words;
use crate::state::App;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/privacy/{widget_key}", get(privacy_notice))
}

async fn privacy_notice(
    State(app): State<App>,
    Id(widget_key): Id<String>,
    Asked(language): Asked<Language>,
    headers: HeaderMap,
) -> Answer<Response> {
    let organisation = app.desk.organisation_of_widget(&widget_key).await?;
    let locale = chosen(language.lang.as_deref(), &headers);
    let recipient = recipients_in_words(&app.desk.recipients(organisation.id).await?);
    let circumstances =
        Circumstances { organisation: organisation.name, keep_days: organisation.settings.keep_days, recipient };
    let text = notice(locale, &circumstances);
    let title = text.title.clone();
    let page = paper(
        &Paper { title: &title, locale: locale.tag(), right_to_left: locale == Locale::Ar },
        &body(&text, &widget_key, &heard(&headers, locale)),
    );
    Ok(([(header::VARY, "accept-language")], page).into_response())
}

fn body(notice: &Notice, widget_key: &str, heard: &Markup) -> Markup {
    html! {
        (languages(notice.locale))
        h1 { (notice.title) }
        p { (notice.intro) }
        (heard)
        @for section in &notice.sections {
            section id=(section.id) {
                h2 { (section.heading) }
                @for paragraph in &section.paragraphs { p { (paragraph) } }
                @if !section.items.is_empty() {
                    ul { @for item in &section.items { li { (item) } } }
                }
            }
        }
        footer {
            p { a href={ "/privacy/" (widget_key) "/request?lang=" (notice.locale.tag()) } { (rights(notice.locale)) } }
            p { a href={ "/trust/" (widget_key) "?lang=" (notice.locale.tag()) } { (proof(notice.locale)) } }
            p { small { "Version " code { (notice.version) } } }
        }
    }
}

/// The link to the form for every right.
fn rights(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Use your rights",
        Locale::De => "Ihre Rechte nutzen",
        Locale::Ar => "استخدم حقوقك",
    }
}

/// The link to the page with the proof.
fn proof(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "What we promise, and the proof",
        Locale::De => "Was wir zusagen, und der Nachweis",
        Locale::Ar => "ما نعد به والدليل عليه",
    }
}
