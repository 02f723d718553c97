//! What the widget asks before there is a visitor: how to look and what to say about itself; then the beginning of a session.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::file::{LARGEST, TYPES};
use desk::organisation::Organisation;
use model::Locale;
use outside::Recipient;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::limit::{Network, Rate};
use super::visitor::{Conversation, ConversationHead};
use crate::state::App;

/// The version of the notice that the widget shows before the first message.
pub const NOTICE_VERSION: u32 = 1;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(widget)).routes(routes!(begin))
}

/// What the widget needs to know before the first message.
#[derive(Serialize, ToSchema)]
struct Widget {
    organisation: OrganisationName,
    look: WidgetLook,
    ai: WidgetAi,
    /// The version of the notice.
    notice_version: u32,
    /// The languages of the widget.
    locales: Vec<&'static str>,
    /// For how many days a conversation is kept after its last message.
    keep_days: u32,
    files: FileRules,
    /// The privacy notice.
    privacy_url: String,
    /// Something is asked before the first message.
    survey: bool,
}

#[derive(Serialize, ToSchema)]
struct OrganisationName {
    name: String,
}

#[derive(Serialize, ToSchema)]
struct WidgetLook {
    /// `#rrggbb`.
    accent: String,
    /// `left` or `right`.
    position: String,
    greeting: Greetings,
}

#[derive(Serialize, ToSchema)]
struct Greetings {
    en: String,
    de: String,
    ar: String,
}

#[derive(Serialize, ToSchema)]
struct WidgetAi {
    /// Whether the assistant answers before a person does.
    enabled: bool,
    /// `built-in` (nothing leaves this server) or `model`.
    answerer: &'static str,
    /// Who receives masked text, if a model answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<RecipientName>,
}

/// A recipient as visitors are told.
#[derive(Serialize, ToSchema)]
struct RecipientName {
    name: String,
    country: String,
}

#[derive(Serialize, ToSchema)]
struct FileRules {
    max_bytes: usize,
    types: Vec<&'static str>,
}

/// The beginning of a chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSession {
    /// A language tag.
    locale: Option<String>,
    /// The host of the page, without path or query.
    page_host: Option<String>,
}

/// A session that has begun.
#[derive(Serialize, ToSchema)]
struct Session {
    /// The bearer token; shown once.
    token: String,
    /// The conversation, still empty.
    conversation: Conversation,
    /// Until when the token is good, ms.
    expires_at: i64,
}

/// How the widget looks and what it says about itself.
#[utoipa::path(get, path = "/v1/widget/{widget_key}", tag = "widget", params(("widget_key" = String, Path)),
    responses((status = 200, body = Widget)))]
async fn widget(State(app): State<App>, Id(key): Id<String>) -> Answer<Json<Widget>> {
    let organisation = app.desk.organisation_of_widget(&key).await?;
    let recipients = app.desk.recipients(organisation.id).await?;
    Ok(Json(describe(organisation, &key, &recipients)))
}

/// Names and countries of everybody who may receive masked words, each once; nothing where nobody may.
pub(super) fn recipients_in_words(recipients: &[Recipient]) -> Option<(String, String)> {
    let once = |of: fn(&Recipient) -> &str| {
        let mut seen: Vec<&str> = Vec::new();
        for word in recipients.iter().map(of) {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        seen.join(", ")
    };
    (!recipients.is_empty()).then(|| (once(|one| &one.name), once(|one| &one.country)))
}

fn describe(organisation: Organisation, key: &str, recipients: &[Recipient]) -> Widget {
    let settings = organisation.settings;
    let recipient = recipients_in_words(recipients);
    let greeting = settings.look.greeting;
    Widget {
        organisation: OrganisationName { name: organisation.name },
        look: WidgetLook {
            accent: settings.look.accent,
            position: settings.look.position.word().to_owned(),
            greeting: Greetings { en: greeting.en, de: greeting.de, ar: greeting.ar },
        },
        ai: WidgetAi {
            enabled: settings.ai_enabled,
            answerer: if recipient.is_some() { "model" } else { "built-in" },
            recipient: recipient.map(|(name, country)| RecipientName { name, country }),
        },
        notice_version: NOTICE_VERSION,
        locales: Locale::ALL.iter().map(|locale| locale.tag()).collect(),
        keep_days: settings.keep_days,
        files: FileRules { max_bytes: LARGEST, types: TYPES.to_vec() },
        privacy_url: format!("/privacy/{key}"),
        survey: !settings.survey.is_empty(),
    }
}

/// Begins a chat: the visitor pressed “start”. Until then nothing about her is stored, here or in her browser.
#[utoipa::path(post, path = "/v1/widget/{widget_key}/sessions", tag = "widget", params(("widget_key" = String, Path)),
    request_body = NewSession, responses((status = 201, body = Session)))]
async fn begin(
    State(app): State<App>,
    network: Network,
    Id(key): Id<String>,
    Body(new): Body<NewSession>,
) -> Answer<(StatusCode, Json<Session>)> {
    app.limits.take(Rate::Session, &network)?;
    let organisation = app.desk.organisation_of_widget(&key).await?;
    let locale = Locale::nearest(new.locale.as_deref().unwrap_or_default());
    let host = new.page_host.as_deref().and_then(desk::sighting::plain_host);
    let begun = app.desk.begin_session(&organisation, locale, host).await?;
    let conversation = Conversation { head: ConversationHead::from(&begun.head), messages: Vec::new() };
    let expires_at = begun.session.expires_at.millis();
    Ok((StatusCode::CREATED, Json(Session { token: begun.token, conversation, expires_at })))
}
