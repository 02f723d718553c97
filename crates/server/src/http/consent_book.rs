//! The organisation's side of the consent book: its wordings with their versions, the questions before the chat, how many people
//! stand how, and what one person decided and answered.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::survey::{Field, FieldKind, Label, Survey};
use model::{Locale, PersonId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{BeStaff, May, ReadConversations, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(book))
        .routes(routes!(publish))
        .routes(routes!(retire))
        .routes(routes!(change_survey))
        .routes(routes!(of_person))
}

/// The book.
#[derive(Serialize, ToSchema)]
struct ConsentBook {
    /// Every wording, the newest version of each purpose first.
    texts: Vec<ConsentWording>,
    /// How many people stand how.
    figures: Vec<ConsentFigure>,
    survey: SurveyBody,
}

/// A wording, exactly as it is shown.
#[derive(Serialize, ToSchema)]
struct ConsentWording {
    id: String,
    purpose: String,
    version: i64,
    language: String,
    text: String,
    /// SHA-256 of the words, hexadecimal.
    hash: String,
    created_at: i64,
    /// Nobody is asked with it any more since, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<i64>,
}

/// How many people stand how to a purpose.
#[derive(Serialize, ToSchema)]
struct ConsentFigure {
    purpose: String,
    /// `given`, `refused`, `withdrawn` or `lapsed`.
    state: String,
    people: i64,
}

/// Words in each language; empty where there are none.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentWords {
    #[serde(default)]
    #[schema(required = true)]
    en: String,
    #[serde(default)]
    #[schema(required = true)]
    de: String,
    #[serde(default)]
    #[schema(required = true)]
    ar: String,
}

/// The next version of a wording.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PublishWording {
    /// 2 to 40 small letters, digits and underscores.
    purpose: String,
    text: ConsentWords,
}

/// A purpose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RetirePurpose {
    purpose: String,
}

/// The questions before the chat.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Survey)]
struct SurveyBody {
    /// Asks whether the visitor is younger than this: 13 to 18.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ask_age: Option<u8>,
    fields: Vec<SurveyField>,
}

/// One question.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SurveyField {
    /// Empty for a new one.
    #[serde(default)]
    #[schema(required = true)]
    id: String,
    label: ConsentWords,
    /// `line`, `text`, `email`, `phone` or `choice`.
    kind: String,
    /// The chat waits for it; never where it rests on consent.
    required: bool,
    /// The purpose of the consent on which the answer rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    #[serde(default)]
    #[schema(required = true)]
    choices: Vec<String>,
}

/// What one person decided and answered.
#[derive(Serialize, ToSchema)]
struct PersonConsents {
    answers: Vec<PersonAnswer>,
    /// Every decision, in their order.
    decisions: Vec<PersonDecision>,
}

/// An answer; one that rests on consent is here only while the consent stands.
#[derive(Serialize, ToSchema)]
struct PersonAnswer {
    question: String,
    answer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    at: i64,
}

/// A decision.
#[derive(Serialize, ToSchema)]
struct PersonDecision {
    id: String,
    purpose: String,
    /// `given`, `refused`, `withdrawn` or `lapsed`.
    state: String,
    text_id: String,
    /// `survey`, `choices` or `request`.
    shown_in: String,
    language: String,
    gpc: bool,
    dnt: bool,
    at: i64,
}

impl From<Survey> for SurveyBody {
    fn from(survey: Survey) -> Self {
        let field = |field: Field| SurveyField {
            id: field.id,
            label: ConsentWords { en: field.label.en, de: field.label.de, ar: field.label.ar },
            kind: field.kind.word().to_owned(),
            required: field.required,
            purpose: field.purpose,
            choices: field.choices,
        };
        Self { ask_age: survey.ask_age, fields: survey.fields.into_iter().map(field).collect() }
    }
}

impl SurveyBody {
    fn survey(self) -> Result<Survey, Refusal> {
        let field = |field: SurveyField| -> Result<Field, Refusal> {
            Ok(Field {
                kind: FieldKind::from_word(&field.kind)
                    .ok_or_else(|| Refusal::invalid("The kind is one of line, text, email, phone, choice."))?,
                id: field.id,
                label: Label { en: field.label.en, de: field.label.de, ar: field.label.ar },
                required: field.required,
                purpose: field.purpose.filter(|purpose| !purpose.is_empty()),
                choices: field.choices,
            })
        };
        let fields = self.fields.into_iter().map(field).collect::<Result<_, Refusal>>()?;
        Ok(Survey { ask_age: self.ask_age, fields })
    }
}

async fn shown(app: &App, organisation: model::OrganisationId) -> Answer<Json<ConsentBook>> {
    let texts = app.desk.wordings(organisation).await?.0.into_iter().map(|text| ConsentWording {
        id: text.id.to_string(),
        purpose: text.purpose,
        version: text.version,
        language: text.language,
        text: text.body,
        hash: data_encoding::HEXLOWER.encode(&text.hash),
        created_at: text.created_at.millis(),
        retired_at: text.retired_at.map(model::Moment::millis),
    });
    let figures = app.desk.consent_figures(organisation).await?.into_iter().map(|figure| ConsentFigure {
        purpose: figure.purpose,
        state: figure.state,
        people: figure.people,
    });
    let survey = app.desk.organisation(organisation).await?.settings.survey;
    Ok(Json(ConsentBook { texts: texts.collect(), figures: figures.collect(), survey: survey.into() }))
}

/// Every wording, how many people stand how, and the questions before the chat.
#[utoipa::path(get, path = "/v1/consents", tag = "consents", responses((status = 200, body = ConsentBook)))]
async fn book(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<ConsentBook>> {
    shown(&app, may.organisation()).await
}

/// Publishes the next version of a purpose's wording; the one before is retired.
#[utoipa::path(post, path = "/v1/consents/texts", tag = "consents", request_body = PublishWording,
    responses((status = 201, body = ConsentBook)))]
async fn publish(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(new): Body<PublishWording>,
) -> Answer<(StatusCode, Json<ConsentBook>)> {
    let ConsentWords { en, de, ar } = &new.text;
    let texts = [(Locale::En, en.as_str()), (Locale::De, de.as_str()), (Locale::Ar, ar.as_str())];
    app.desk.publish_wording(&may.actor, &new.purpose, &texts).await?;
    Ok((StatusCode::CREATED, shown(&app, may.organisation()).await?))
}

/// Asks nobody for this purpose any more.
#[utoipa::path(post, path = "/v1/consents/retire", tag = "consents", request_body = RetirePurpose,
    responses((status = 200, body = ConsentBook)))]
async fn retire(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<RetirePurpose>,
) -> Answer<Json<ConsentBook>> {
    app.desk.retire_wording(&may.actor, &given.purpose).await?;
    shown(&app, may.organisation()).await
}

/// Changes the questions before the chat, all of them or none.
#[utoipa::path(put, path = "/v1/survey", tag = "consents", request_body = SurveyBody,
    responses((status = 200, body = ConsentBook)))]
async fn change_survey(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<SurveyBody>,
) -> Answer<Json<ConsentBook>> {
    app.desk.change_survey(&may.actor, given.survey()?).await?;
    shown(&app, may.organisation()).await
}

/// What one person decided and answered.
#[utoipa::path(get, path = "/v1/people/{id}/consents", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = PersonConsents)))]
async fn of_person(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(id): Id<PersonId>,
) -> Answer<Json<PersonConsents>> {
    let known = app.desk.person(may.organisation(), id).await?.id;
    app.desk.looks(&may.actor, "person.consents", "person", &known.to_string()).await?;
    let answers = app.desk.survey_answers(may.organisation(), known).await?.into_iter().map(|one| PersonAnswer {
        question: one.question,
        answer: one.words.expose().to_owned(),
        purpose: one.purpose,
        at: one.at.millis(),
    });
    let decisions = app.desk.decisions(may.organisation(), known).await?.into_iter().map(|one| PersonDecision {
        id: one.id.to_string(),
        purpose: one.purpose,
        state: one.state,
        text_id: one.wording.to_string(),
        shown_in: one.shown_in,
        language: one.language,
        gpc: one.gpc,
        dnt: one.dnt,
        at: one.decided_at.millis(),
    });
    Ok(Json(PersonConsents { answers: answers.collect(), decisions: decisions.collect() }))
}
