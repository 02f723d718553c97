//! The visitor's own choices: what she is asked before the chat, what she agrees to, with one button each way, and the receipt.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use datamap::{BROWSER, Plain};
use desk::consent::{Choice, Scene, Shown, Standing};
use desk::survey::{Answered, Field, Filled};
use desk::visitor::VisitorSession;
use model::{Actor, Locale, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body};
use super::error::Answer;
use super::limit::Rate;
use super::signal::signals;
use super::visitor::not_cached;
use super::visitor_token::Visitor;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(choices, choose)).routes(routes!(answer)).routes(routes!(receipt))
}

/// In which language.
#[derive(Deserialize, IntoParams)]
struct Spoken {
    /// A language tag.
    locale: Option<String>,
}

/// What the visitor is asked, and how she stands to it.
#[derive(Serialize, ToSchema)]
struct Choices {
    /// The questions before the chat still wait for her.
    open: bool,
    /// Asks whether she is younger than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_age: Option<u8>,
    /// Every question before the chat, with her answer.
    fields: Vec<ChoiceField>,
    /// Every purpose that needs her consent.
    purposes: Vec<ChoicePurpose>,
    /// Her browser asks not to be tracked, by Global Privacy Control.
    gpc: bool,
    /// Her browser asks not to be tracked, by Do Not Track.
    dnt: bool,
    /// Everything the chat keeps in a browser.
    browser: Vec<BrowserKey>,
}

/// A question before the chat.
#[derive(Serialize, ToSchema)]
struct ChoiceField {
    id: String,
    label: String,
    /// `line`, `text`, `email`, `phone` or `choice`.
    kind: &'static str,
    /// The chat waits for it.
    required: bool,
    /// The purpose of the consent on which the answer rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    choices: Vec<String>,
    /// What she answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

/// A purpose that needs consent.
#[derive(Serialize, ToSchema)]
struct ChoicePurpose {
    purpose: String,
    /// The words to agree to; absent where nobody is asked any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Which wording that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// The language of the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// `given`, `refused`, `withdrawn` or `lapsed`; absent before the first decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// When she decided, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<i64>,
    /// The wording she decided about; her consent to it stands although there is a newer one.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_text_id: Option<String>,
}

/// One thing in the browser.
#[derive(Serialize, ToSchema)]
struct BrowserKey {
    name: &'static str,
    /// Which storage.
    place: &'static str,
    /// What it is for.
    says: &'static str,
    /// When it goes.
    until: &'static str,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChoice {
    /// The wording she saw.
    text_id: String,
    /// `given`, `refused`, `withdrawn` or `lapsed`.
    state: String,
    /// A language tag.
    locale: Option<String>,
}

/// What she filled in before the chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SurveyAnswers {
    /// Each question with its answer; what is left out stays empty.
    #[serde(default)]
    answers: Vec<SurveyAnswer>,
    /// The wordings she agreed to.
    #[serde(default)]
    given: Vec<String>,
    /// Whether she is younger than the gate asks; needed where it asks. Nothing else about her age is taken.
    under_age: Option<bool>,
    /// A language tag.
    locale: Option<String>,
    /// She fills it in later, on the page of her choices.
    #[serde(default)]
    later: bool,
}

/// A question with its answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SurveyAnswer {
    field: String,
    answer: String,
}

fn spoken(tag: Option<&str>) -> Locale {
    Locale::nearest(tag.unwrap_or_default())
}

fn said(plain: &Plain, locale: Locale) -> &'static str {
    match locale {
        Locale::En => plain.en,
        Locale::De => plain.de,
        Locale::Ar => plain.ar,
    }
}

fn field(field: Field, answers: &[Answered], locale: Locale) -> ChoiceField {
    let answer = answers.iter().find(|answer| answer.field == field.id).map(|answer| answer.words.expose().to_owned());
    ChoiceField {
        label: field.label.of(locale).to_owned(),
        kind: field.kind.word(),
        required: field.required,
        purpose: field.purpose,
        choices: field.choices,
        id: field.id,
        answer,
    }
}

impl From<Standing> for ChoicePurpose {
    fn from(standing: Standing) -> Self {
        let Standing { text, purpose, last } = standing;
        Self {
            purpose,
            text_id: text.as_ref().map(|text| text.id.to_string()),
            version: text.as_ref().map(|text| text.version),
            language: text.as_ref().map(|text| text.language.clone()),
            text: text.map(|text| text.body),
            decided_at: last.as_ref().map(|last| last.decided_at.millis()),
            decided_text_id: last.as_ref().map(|last| last.wording.to_string()),
            state: last.map(|last| last.state),
        }
    }
}

async fn shown(app: &App, session: &VisitorSession, locale: Locale, headers: &HeaderMap) -> Answer<Json<Choices>> {
    let VisitorSession { organisation, person, .. } = *session;
    let survey = app.desk.organisation(organisation).await?.settings.survey;
    let open = !survey.is_empty() && !app.desk.was_surveyed(organisation, person).await?;
    let answers = app.desk.survey_answers(organisation, person).await?;
    let standings = app.desk.standings(organisation, person, locale).await?;
    let heard = signals(headers);
    let browser = BROWSER.iter().filter(|key| key.of_visitors).map(|key| BrowserKey {
        name: key.name,
        place: key.place.word(),
        says: said(&key.says, locale),
        until: said(&key.until, locale),
    });
    Ok(Json(Choices {
        open,
        ask_age: survey.ask_age,
        fields: survey.fields.into_iter().map(|one| field(one, &answers, locale)).collect(),
        purposes: standings.into_iter().map(ChoicePurpose::from).collect(),
        gpc: heard.gpc,
        dnt: heard.dnt,
        browser: browser.collect(),
    }))
}

/// What she is asked, how she stands to each purpose, and what her browser keeps.
#[utoipa::path(get, path = "/v1/visitor/consents", tag = "visitor", params(Spoken),
    responses((status = 200, body = Choices)))]
async fn choices(
    State(app): State<App>,
    Visitor(session): Visitor,
    Asked(language): Asked<Spoken>,
    headers: HeaderMap,
) -> Answer<Json<Choices>> {
    shown(&app, &session, spoken(language.locale.as_deref()), &headers).await
}

/// Agrees, refuses or withdraws; a withdrawal deletes at once what rested on the consent.
#[utoipa::path(post, path = "/v1/visitor/consents", tag = "visitor", request_body = NewChoice,
    responses((status = 200, body = Choices)))]
async fn choose(
    State(app): State<App>,
    Visitor(session): Visitor,
    headers: HeaderMap,
    Body(new): Body<NewChoice>,
) -> Answer<Json<Choices>> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let choice = Choice::from_word(&new.state)
        .ok_or_else(|| Refusal::invalid("The state is one of given, refused, withdrawn."))?;
    let language = spoken(new.locale.as_deref());
    let scene = Scene { shown: Shown::Choices, language, signals: signals(&headers) };
    let herself = Actor::Visitor { organisation: session.organisation, person: session.person };
    app.desk.decide(&herself, session.person, (new.text_id.parse()?, choice), scene).await?;
    shown(&app, &session, language, &headers).await
}

/// Answers the questions before the chat, or passes them over. What rests on consent is taken only with the consent.
#[utoipa::path(post, path = "/v1/visitor/survey", tag = "visitor", request_body = SurveyAnswers,
    responses((status = 200, body = Choices)))]
async fn answer(
    State(app): State<App>,
    Visitor(session): Visitor,
    headers: HeaderMap,
    Body(new): Body<SurveyAnswers>,
) -> Answer<Json<Choices>> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let language = spoken(new.locale.as_deref());
    let shown_in = if new.later { Shown::Choices } else { Shown::Survey };
    let filled = Filled {
        answers: new.answers.into_iter().map(|one| (one.field, one.answer)).collect(),
        given: new.given.iter().map(|id| id.parse()).collect::<Result<_, _>>()?,
        under_age: new.under_age,
        scene: Scene { shown: shown_in, language, signals: signals(&headers) },
    };
    app.desk.fill_survey(&session, filled).await?;
    shown(&app, &session, language, &headers).await
}

/// The signed receipt of every decision she took.
#[utoipa::path(get, path = "/v1/visitor/consents/receipt", tag = "visitor", params(Spoken),
    responses((status = 200, description = "A signed receipt", content_type = "application/json")))]
async fn receipt(
    State(app): State<App>,
    Visitor(session): Visitor,
    Asked(language): Asked<Spoken>,
) -> Answer<Response> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let VisitorSession { organisation, person, .. } = session;
    let locale = spoken(language.locale.as_deref());
    let text = app.desk.consent_receipt(organisation, person, locale).await?.ok_or_else(Refusal::not_found)?;
    Ok(not_cached("application/json", "consent-receipt.json", text.into_bytes()))
}
