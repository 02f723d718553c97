//! The organisation's settings, its snippet, and where the widget was seen.

use axum::Json;
use axum::extract::State;
use desk::organisation::Organisation;
use desk::setting::{Greeting, Look, Position, Settings};
use model::Moment;
use outside::Recipient;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::Body;
use super::error::Answer;
use super::may::{BeStaff, May, RunHouse};
use super::widget::recipients_in_words;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(settings, change)).routes(routes!(snippet))
}

/// How the widget looks.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Look)]
pub struct LookBody {
    /// A colour as `#rrggbb`.
    pub accent: String,
    /// On which side of the page.
    pub position: PositionWord,
    /// The first words, in each language.
    pub greeting: GreetingBody,
}

/// On which side of the page the launcher stands.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Position)]
pub enum PositionWord {
    /// Where lines begin.
    Start,
    /// Where lines end.
    End,
}

/// The first words of the widget.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Greeting)]
pub struct GreetingBody {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
    /// Arabic.
    pub ar: String,
}

/// Who answers before a person does.
#[derive(Serialize, ToSchema)]
pub struct Assistant {
    /// Whether the assistant answers at all.
    pub enabled: bool,
    /// `built-in` quotes the organisation's pages on this server; `model` sends masked text to a recipient.
    pub answerer: &'static str,
    /// Who receives the masked text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<RecipientBody>,
}

/// Who receives masked text.
#[derive(Serialize, ToSchema)]
#[schema(as = Recipient)]
pub struct RecipientBody {
    /// The name.
    pub name: String,
    /// ISO 3166 code of the country.
    pub country: String,
}

/// The settings.
#[derive(Serialize, ToSchema)]
#[schema(as = Settings)]
struct SettingsBody {
    organisation_name: String,
    look: LookBody,
    /// The origins that may show the widget.
    domains: Vec<String>,
    keep_days: u32,
    ai: Assistant,
    /// The public key in the snippet.
    widget_key: String,
}

/// Whether the assistant answers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeAssistant {
    enabled: bool,
}

/// The settings that can be changed; all of them together.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSettings {
    organisation_name: String,
    look: LookBody,
    domains: Vec<String>,
    keep_days: u32,
    ai: ChangeAssistant,
}

/// What a shop puts on its pages, and where the widget was seen.
#[derive(Serialize, ToSchema)]
struct Snippet {
    html: String,
    sightings: Vec<Sighting>,
}

/// A website on which the widget was seen.
#[derive(Serialize, ToSchema)]
struct Sighting {
    host: String,
    #[schema(value_type = i64)]
    first_seen_at: Moment,
    #[schema(value_type = i64)]
    last_seen_at: Moment,
}

impl From<&Look> for LookBody {
    fn from(look: &Look) -> Self {
        let Greeting { en, de, ar } = look.greeting.clone();
        let position = match look.position {
            Position::Start => PositionWord::Start,
            Position::End => PositionWord::End,
        };
        Self { accent: look.accent.clone(), position, greeting: GreetingBody { en, de, ar } }
    }
}

impl From<LookBody> for Look {
    fn from(body: LookBody) -> Self {
        let GreetingBody { en, de, ar } = body.greeting;
        let position = match body.position {
            PositionWord::Start => Position::Start,
            PositionWord::End => Position::End,
        };
        Self { accent: body.accent, position, greeting: Greeting { en, de, ar } }
    }
}

impl Assistant {
    /// As it is configured on this server and switched in this organisation.
    pub fn of(organisation: &Organisation, recipients: &[Recipient]) -> Self {
        let recipient = recipients_in_words(recipients);
        Self {
            enabled: organisation.settings.ai_enabled,
            answerer: if recipient.is_some() { "model" } else { "built-in" },
            recipient: recipient.map(|(name, country)| RecipientBody { name, country }),
        }
    }
}

async fn shown(app: &App, organisation: Organisation) -> Answer<SettingsBody> {
    let recipients = app.desk.recipients(organisation.id).await?;
    Ok(SettingsBody {
        look: LookBody::from(&organisation.settings.look),
        ai: Assistant::of(&organisation, &recipients),
        organisation_name: organisation.name,
        domains: organisation.settings.domains,
        keep_days: organisation.settings.keep_days,
        widget_key: organisation.widget_key,
    })
}

/// The settings.
#[utoipa::path(get, path = "/v1/settings", tag = "settings", responses((status = 200, body = SettingsBody)))]
async fn settings(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<SettingsBody>> {
    let organisation = app.desk.organisation(may.organisation()).await?;
    Ok(Json(shown(&app, organisation).await?))
}

/// Changes the settings, all of them or none.
#[utoipa::path(put, path = "/v1/settings", tag = "settings", request_body = ChangeSettings, responses((status = 200, body = SettingsBody)))]
async fn change(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<ChangeSettings>,
) -> Answer<Json<SettingsBody>> {
    let house = app.desk.organisation(may.organisation()).await?;
    let settings = Settings {
        look: given.look.into(),
        domains: given.domains,
        keep_days: given.keep_days,
        ai_enabled: given.ai.enabled,
        ..house.settings.clone()
    };
    let organisation = app.desk.change_settings(&may.actor, &house, (&given.organisation_name, settings)).await?;
    Ok(Json(shown(&app, organisation).await?))
}

/// What a shop puts on its pages, and where the widget was seen.
#[utoipa::path(get, path = "/v1/settings/snippet", tag = "settings", responses((status = 200, body = Snippet)))]
async fn snippet(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<Snippet>> {
    let organisation = app.desk.organisation(may.organisation()).await?;
    let seen = app.desk.sightings(may.organisation()).await?;
    let html = format!(
        "<script src=\"{}/widget.js\" data-key=\"{}\" async></script>",
        app.config.origin(),
        organisation.widget_key
    );
    let sightings = seen.into_iter().map(|seen| Sighting {
        host: seen.host,
        first_seen_at: seen.first_seen_at,
        last_seen_at: seen.last_seen_at,
    });
    Ok(Json(Snippet { html, sightings: sightings.collect() }))
}
