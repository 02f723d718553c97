//! The public form for requests about one's own data: a page without scripts, a code by mail, and a page that shows how far it is.
//!
//! Every answer is the same whether anybody with this address is known or not: whether she is found out later, in the job, and
//! is told to the address alone.

mod words;

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use desk::request::{ARCHIVE_LIFE, Asker, Correction, Filing, Status};
use desk::{Deed, Fault};
use maud::{Markup, html};
use model::{Actor, Kind as RefusalKind, Locale, Moment, Refusal, RequestId};
use privacy::request::letter::kind_name;
use privacy::request::{Channel, Kind, Regime, State};
use serde::Deserialize;
use store::request::RequestRow;

use super::body::{Asked, Id};
use super::error::Answer;
use super::limit::{Network, Rate};
use super::plain_page::{Paper, form_paper};
use super::spoken::{chosen, languages};
use super::visitor::not_cached;
use crate::state::App;
use words::Words;

/// The addresses of this file.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/privacy/{widget_key}/request", get(form).post(file))
        .route("/privacy/request/{id}", get(status).post(act))
}

/// In which language, and for whom the shop has signed.
#[derive(Deserialize)]
struct Arriving {
    lang: Option<String>,
    identity: Option<String>,
}

/// The fields of the form.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    kind: String,
    regime: String,
    email: String,
    reason: String,
    name_is: String,
    email_is: String,
    lang: String,
    identity: String,
}

/// The fields of the second page.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Proof {
    code: String,
    again: String,
}

fn page(locale: Locale, title: &str, content: &Markup) -> Response {
    form_paper(&Paper { title, locale: locale.tag(), right_to_left: locale == Locale::Ar }, content)
}

/// A refusal as a page: its status, one sentence in her language, and the way back.
fn refused(locale: Locale, fault: Fault, back: &str) -> Answer<Response> {
    let Fault::Refused(refusal) = fault else { return Err(fault.into()) };
    let words = Words::of(locale);
    let sentence = match refusal.kind {
        RefusalKind::TooLarge => words.too_large.to_owned(),
        RefusalKind::TooMany => words.too_many.to_owned(),
        RefusalKind::Unavailable => words.later.to_owned(),
        _ => words.wrong.replace("{text}", &refusal.sentence),
    };
    let content = html! {
        h1 { (words.status) }
        p role="alert" { (sentence) }
        p { a href=(back) { (words.back) } }
    };
    let status = StatusCode::from_u16(refusal.kind.status()).unwrap_or(StatusCode::BAD_REQUEST);
    Ok((status, page(locale, words.status, &content)).into_response())
}

/// The body of a form. A browser without scripts reads the refusal, so it is a page as well.
async fn read<T: serde::de::DeserializeOwned>(request: Request) -> Deed<T> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(
            Refusal::new(RefusalKind::UnsupportedType, "Send the form as application/x-www-form-urlencoded.").into()
        );
    }
    let limited = axum::RequestExt::with_limited_body(request);
    let bytes = <Bytes as axum::extract::FromRequest<()>>::from_request(limited, &()).await;
    let bytes = bytes.map_err(|_| super::error::too_large())?;
    let uri: axum::http::Uri = format!("/?{}", String::from_utf8_lossy(&bytes).replace('+', "%20"))
        .parse()
        .map_err(|_| Refusal::invalid("The form could not be read."))?;
    let fields =
        axum::extract::Query::<T>::try_from_uri(&uri).map_err(|_| Refusal::invalid("The form could not be read."))?;
    Ok(fields.0)
}

async fn form(
    Shared(app): Shared<App>,
    Id(widget_key): Id<String>,
    Asked(arriving): Asked<Arriving>,
    headers: HeaderMap,
) -> Answer<Response> {
    let organisation = app.desk.organisation_of_widget(&widget_key).await?;
    let locale = chosen(arriving.lang.as_deref(), &headers);
    let words = Words::of(locale);
    let title = words.title.replace("{organisation}", &organisation.name);
    let proof = match &arriving.identity {
        None => Ok(None),
        Some(token) => match app.desk.signed_for(&organisation, token).await {
            Ok(signed) => Ok(Some((token, signed.email))),
            Err(Fault::Refused(_)) => Err(()),
            Err(fault) => return Err(fault.into()),
        },
    };
    let content = html! {
        @if arriving.identity.is_none() { (languages(locale)) }
        h1 { (title) }
        p { (words.intro) }
        p { (words.in_chat) }
        @if proof.is_err() { p role="alert" { (words.unsigned) } }
        (fields(locale, words, proof.unwrap_or_default(), &organisation.name))
    };
    Ok(([(header::VARY, "accept-language")], page(locale, &title, &content)).into_response())
}

/// The fields; for whom the shop has signed, her address is not asked for.
fn fields(locale: Locale, words: &Words, proof: Option<(&String, String)>, organisation: &str) -> Markup {
    let kinds = |californian: bool| Kind::ALL.iter().filter(move |kind| kind.californian() == californian);
    html! {
        form method="post" accept-charset="utf-8" {
            input type="hidden" name="lang" value=(locale.tag());
            p {
                label for="kind" { (words.what) }
                select id="kind" name="kind" required {
                    optgroup label=(words.everywhere) { @for kind in kinds(false) { option value=(kind.word()) { (kind_name(locale, *kind)) } } }
                    optgroup label=(words.california) { @for kind in kinds(true) { option value=(kind.word()) { (kind_name(locale, *kind)) } } }
                }
            }
            fieldset {
                legend { (words.law) }
                @for (regime, name) in Regime::ALL.iter().zip(words.laws) {
                    label { input type="radio" name="regime" value=(regime.word()) checked[*regime == Regime::Gdpr]; " " (name) }
                }
            }
            @match &proof {
                Some((token, email)) => {
                    input type="hidden" name="identity" value=(token);
                    p { (words.signed.replace("{organisation}", organisation)) " " strong dir="ltr" { (email) } }
                }
                None => p {
                    label for="email" { (words.email) }
                    input id="email" name="email" type="email" autocomplete="email" required maxlength="254" dir="ltr" aria-describedby="email-hint";
                    small id="email-hint" { (words.email_hint) }
                }
            }
            p {
                label for="reason" { (words.reason) }
                textarea id="reason" name="reason" rows="4" maxlength="4000" dir="auto" aria-describedby="reason-hint" {}
                small id="reason-hint" { (words.reason_hint) }
            }
            fieldset {
                legend { (words.correction) }
                p { label for="name-is" { (words.name_is) } input id="name-is" name="name_is" autocomplete="name" maxlength="200" dir="auto"; }
                p { label for="email-is" { (words.email_is) } input id="email-is" name="email_is" type="email" maxlength="254" dir="ltr"; }
            }
            p { button type="submit" { (words.send) } }
        }
    }
}

async fn file(
    Shared(app): Shared<App>,
    Id(widget_key): Id<String>,
    network: Network,
    request: Request,
) -> Answer<Response> {
    let organisation = app.desk.organisation_of_widget(&widget_key).await?;
    let mut locale = chosen(None, request.headers());
    let back = format!("/privacy/{widget_key}/request");
    let filed = async {
        app.limits.take(Rate::PublicForm, &network)?;
        let fields: Fields = read(request).await?;
        if !fields.lang.is_empty() {
            locale = Locale::nearest(&fields.lang);
        }
        let actor = Actor::House { organisation: organisation.id };
        let id = if fields.identity.is_empty() {
            let asker = Asker::Address { email: fields.email.clone(), vouched: false };
            app.desk.file_request(&actor, filing(fields, locale)?, asker).await?
        } else {
            let signed = app.desk.signed_for(&organisation, &fields.identity).await?;
            app.desk.file_signed_request(&organisation, filing(fields, locale)?, signed).await?
        };
        let row = app.desk.request_status(id).await?.row;
        if row.state == "identity_pending" {
            // A relay that fails does not undo the request: the next page offers to send the code again.
            match app.desk.send_code(id).await {
                Ok(()) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(id)
    };
    match filed.await {
        Ok(id) => Ok(Redirect::to(&format!("/privacy/request/{id}")).into_response()),
        Err(fault) => refused(locale, fault, &back),
    }
}

fn filing(fields: Fields, locale: Locale) -> Deed<Filing> {
    let kind: Kind = fields.kind.parse()?;
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (name, email) = (given(fields.name_is), given(fields.email_is));
    let regime = match kind.californian() {
        true => Regime::Ccpa,
        false if fields.regime.is_empty() => Regime::Gdpr,
        false => fields.regime.parse()?,
    };
    let correction = (name.is_some() || email.is_some()).then_some(Correction { name, email });
    let reason = given(fields.reason);
    Ok(Filing { kind, regime, channel: Channel::Form, locale, reason, correction, message: None })
}

async fn status(Shared(app): Shared<App>, Id(id): Id<RequestId>, network: Network) -> Answer<Response> {
    app.limits.take(Rate::Progress, &network)?;
    let status = app.desk.request_status(id).await?;
    let locale = Locale::nearest(&status.row.locale);
    let words = Words::of(locale);
    let with_mail = app.desk.post.mailer.is_some();
    Ok(page(locale, words.status, &shown(locale, words, &status, with_mail)))
}

fn shown(locale: Locale, words: &Words, status: &Status, with_mail: bool) -> Markup {
    let row = &status.row;
    let kind = row.kind.parse::<Kind>().map(|kind| kind_name(locale, kind)).unwrap_or_default();
    let by_agent = row.channel == Channel::Agent.word();
    let by_form = row.channel == Channel::Form.word();
    // An agent has this address too, before anybody has proved the address: it must look the same whether anything was found or not.
    let offered = if by_agent { fetchable_from_agent(row) } else { status.archive_until.filter(|_| by_form) };
    html! {
        h1 { (words.status) }
        p { strong { (kind) } }
        dl.facts {
            dt { (words.received) } dd { (day(row.received_at)) }
            dt { (words.due) } dd { (day(row.due_at)) }
            dt { (words.state) } dd { (words.state_name(&row.state)) }
        }
        @if row.state == "identity_pending" {
            @if with_mail {
                p { (words.code_sent) }
                (code_form(words, words.confirm))
            } @else { p { (words.no_code) } }
        } @else if let Some(until) = offered {
            @if with_mail {
                p { (words.archive.replace("{until}", &day(until))) }
                (code_form(words, words.fetch))
            }
        }
        @if !status.steps.is_empty() && !by_agent {
            h2 { (words.steps) }
            ol { @for step in &status.steps { li { (words.act_name(&step.act)) ": " (words.step_name(&step.state)) } } }
        }
        p { small { (words.keep) } }
    }
}

/// Until when an answer that was asked for by an agent may be fetched, whatever is in it.
fn fetchable_from_agent(row: &RequestRow) -> Option<Moment> {
    let kind = row.kind.parse::<Kind>().ok()?.like();
    let answered = row.state == State::Fulfilled.word() || row.state == State::PartlyFulfilled.word();
    let collected = matches!(kind, Kind::Access | Kind::Portability) && answered;
    collected.then(|| row.closed_at.map(|closed| closed.plus(ARCHIVE_LIFE)))?
}

fn code_form(words: &Words, button: &str) -> Markup {
    html! {
        form method="post" {
            p {
                label for="code" { (words.code) }
                input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required dir="ltr";
            }
            p { button type="submit" { (button) } }
        }
        form method="post" {
            input type="hidden" name="again" value="1";
            p { button.quiet type="submit" { (words.again) } }
        }
    }
}

async fn act(Shared(app): Shared<App>, Id(id): Id<RequestId>, network: Network, request: Request) -> Answer<Response> {
    let before = app.desk.request_status(id).await?;
    let locale = Locale::nearest(&before.row.locale);
    let here = format!("/privacy/request/{id}");
    let done = async {
        app.limits.take(Rate::PublicForm, &network)?;
        let proof: Proof = read(request).await?;
        if !proof.again.is_empty() {
            app.desk.send_code(id).await?;
            return Ok(None);
        }
        let row = app.desk.prove_address(id, &proof.code).await?;
        if before.archive_until.is_none() {
            return Ok(None);
        }
        let actor = Actor::House { organisation: row.organisation };
        Ok(Some(app.desk.request_archive((&actor, None), &row).await?))
    };
    match done.await {
        Ok(Some(archive)) => Ok(not_cached("application/zip", "my-data.zip", archive)),
        Ok(None) => Ok(Redirect::to(&here).into_response()),
        Err(fault) => refused(locale, fault, &here),
    }
}

/// A date, the same in every language.
fn day(moment: Moment) -> String {
    privacy::request::letter::day(moment)
}
