//! The public trust page: every promise that holds right now, with what was checked, the figure and the time. No script.

mod words;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use model::{Locale, Moment};
use privacy::promise::{Group, Scene, Standing, Verdict, said, standing};

use super::body::{Asked, Id};
use super::error::Answer;
use super::plain_page::{Paper, paper};
use super::signal::heard;
use super::spoken::{Language, chosen, languages, minute};
use crate::state::App;
use crate::witness::prover;
use words::Words;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new().route("/trust/{widget_key}", get(trust))
}

async fn trust(
    State(app): State<App>,
    Id(widget_key): Id<String>,
    Asked(language): Asked<Language>,
    headers: HeaderMap,
) -> Answer<Response> {
    let organisation = app.desk.organisation_of_widget(&widget_key).await?;
    let locale = chosen(language.lang.as_deref(), &headers);
    let scene = prover(&app).scene(organisation.id).await.map_err(desk::Fault::from)?;
    let now = app.desk.world.now();
    let stand = standing(&app.desk.store, now, organisation.id, &scene).await.map_err(desk::Fault::from)?;
    let words = Words::of(locale);
    let title = words.title.replace("{organisation}", &scene.organisation);
    let heard = heard(&headers, locale);
    let page = Page { locale, words, scene, stand, widget_key, heard };
    let sheet = Paper { title: &title, locale: locale.tag(), right_to_left: locale == Locale::Ar };
    Ok(([(header::VARY, "accept-language")], paper(&sheet, &page.body(&title))).into_response())
}

/// Everything one page says.
struct Page {
    locale: Locale,
    words: &'static Words,
    scene: Scene,
    stand: Vec<Standing>,
    widget_key: String,
    /// That the browser's objection was heard.
    heard: Markup,
}

impl Page {
    fn body(&self, title: &str) -> Markup {
        let published = self.stand.iter().filter(|one| one.verdict.is_published()).count();
        let live = self.stand.iter().filter(|one| one.verdict == Verdict::Holds);
        let oldest = live.filter_map(Standing::checked_at).min();
        html! {
            (languages(self.locale))
            h1 { (title) }
            p { (self.words.intro) }
            (self.heard)
            p.facts {
                strong { (published) } " " (self.words.published)
                @if let Some(oldest) = oldest { " · " (self.words.checked) " " (time(oldest)) }
            }
            @for group in Group::ALL { (self.group(group)) }
            (self.withdrawn())
            footer {
                p { a href={ "/privacy/" (self.widget_key) "?lang=" (self.locale.tag()) } { (self.words.notice) } }
                p { small { (self.words.limits) } }
            }
        }
    }

    fn group(&self, group: Group) -> Markup {
        let mine: Vec<_> =
            self.stand.iter().filter(|one| one.promise.group == group && one.verdict.is_published()).collect();
        html! {
            @if !mine.is_empty() {
                section id=(group.word()) {
                    h2 { (said(self.locale, &group.heading())) }
                    ul.promises { @for one in mine { (self.promise(one)) } }
                }
            }
        }
    }

    fn promise(&self, one: &Standing) -> Markup {
        html! {
            li id=(one.promise.id) {
                p { (one.promise.sentence(self.locale, &self.scene)) }
                @for look in &one.looks {
                    @if let Some(found) = &look.found {
                        p.proof {
                            (said(self.locale, &look.check.looks())) " "
                            span.figure { (said(self.locale, &look.check.counts())) ": " strong { (found.figure) } }
                            " · " (time(found.checked_at))
                        }
                    }
                }
                @if let Some(attested) = &one.attested {
                    p.proof {
                        strong { (self.words.attested) } " "
                        (self.words.vouched.replace("{organisation}", &self.scene.organisation)) " " (time(attested.until)) ". "
                        (self.words.looked_at) " “" bdi { (attested.statement) } "”"
                    }
                }
            }
        }
    }

    /// What was promised and does not hold, without repeating the sentence: what was looked at and what was found.
    fn withdrawn(&self) -> Markup {
        let mine: Vec<_> = self.stand.iter().filter(|one| one.verdict.is_alarm()).collect();
        html! {
            section id="withdrawn" {
                h2 { (self.words.withdrawn) }
                @if mine.is_empty() { p { (self.words.none_withdrawn) } }
                @else {
                    p { (self.words.why_withdrawn) }
                    ul.promises {
                        @for one in mine {
                            li.broken id={ "withdrawn-" (one.promise.id) } {
                                p { code { (one.promise.id) } " · " (self.reason(one.verdict)) }
                                @for look in &one.looks {
                                    @if let Some(found) = &look.found {
                                        p.proof {
                                            (said(self.locale, &look.check.looks())) " "
                                            span.figure { (said(self.locale, &look.check.counts())) ": " strong { (found.figure) } }
                                            " · " (time(found.checked_at))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn reason(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Stale => self.words.stale,
            Verdict::Lapsed => self.words.lapsed,
            _ => self.words.fails,
        }
    }
}

fn time(at: Moment) -> Markup {
    let text = minute(at);
    html! { time datetime={ (text.replace(' ', "T")) "Z" } { bdi { (text) " UTC" } } }
}
