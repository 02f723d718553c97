//! A customer as the staff sees her: what she gave, what is held about her and until when; correct, export, erase.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use desk::person::{Contact, PersonView, Talk};
use model::{Moment, OrganisationId, PersonId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Asked, Body, Id};
use super::error::Answer;
use super::may::{May, Privacy, ReadConversations, WriteConversations};
use super::own_rights::ErasureAccepted;
use super::restricted::Because;
use super::visitor::not_cached;
use super::visitor_token;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(people))
        .routes(routes!(person, correct))
        .routes(routes!(export))
        .routes(routes!(erase))
}

/// Whom to find.
#[derive(Deserialize, IntoParams)]
struct Sought {
    /// An e-mail address or a person's id; without it the latest.
    q: Option<String>,
}

/// People in a list.
#[derive(Serialize, ToSchema)]
struct People {
    items: Vec<PersonLine>,
}

/// A person in a list.
#[derive(Serialize, ToSchema)]
struct PersonLine {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    locale: &'static str,
    created_at: i64,
    last_seen_at: i64,
}

/// A person, her conversations, and what is held about her.
#[derive(Serialize, ToSchema)]
struct Person {
    #[serde(flatten)]
    line: PersonLine,
    /// When everything about her is deleted, unless she comes back.
    keep_until: i64,
    conversations: Vec<PersonConversation>,
    holds: Vec<Held>,
}

/// One of her conversations.
#[derive(Serialize, ToSchema)]
struct PersonConversation {
    id: String,
    /// `open` or `closed`.
    state: &'static str,
    created_at: i64,
    last_activity_at: i64,
}

/// One kind of thing that is held about her.
#[derive(Serialize, ToSchema)]
struct Held {
    /// In the plural: "messages".
    what: &'static str,
    count: u64,
    until: i64,
}

/// A correction; what is left out stays, an empty text removes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Correction {
    name: Option<String>,
    email: Option<String>,
}

/// That the member means it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ErasePerson {
    /// `ERASE`.
    confirm: String,
}

impl From<&PersonView> for PersonLine {
    fn from(view: &PersonView) -> Self {
        let plain = |words: &Option<vault::Personal>| words.as_ref().map(|words| words.expose().to_owned());
        Self {
            id: view.id.to_string(),
            name: plain(&view.name),
            email: plain(&view.email),
            locale: view.locale.tag(),
            created_at: view.created_at.millis(),
            last_seen_at: view.last_seen_at.millis(),
        }
    }
}

impl From<&Talk> for PersonConversation {
    fn from(talk: &Talk) -> Self {
        Self {
            id: talk.id.to_string(),
            state: if talk.open { "open" } else { "closed" },
            created_at: talk.created_at.millis(),
            last_activity_at: talk.last_activity_at.millis(),
        }
    }
}

/// The latest people, or the one with this address.
#[utoipa::path(get, path = "/v1/people", tag = "people", params(Sought), responses((status = 200, body = People)))]
async fn people(
    State(app): State<App>,
    may: May<ReadConversations>,
    Asked(sought): Asked<Sought>,
) -> Answer<Json<People>> {
    let action = if sought.q.is_some() { "person.search" } else { "person.list" };
    app.desk.looks(&may.actor, action, "organisation", &may.organisation().to_string()).await?;
    let people = app.desk.people(may.organisation(), sought.q.as_deref()).await?;
    Ok(Json(People { items: people.iter().map(PersonLine::from).collect() }))
}

/// A person, her conversations, and what is held about her until when.
#[utoipa::path(get, path = "/v1/people/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = Person)))]
async fn person(State(app): State<App>, may: May<ReadConversations>, Id(id): Id<PersonId>) -> Answer<Json<Person>> {
    let view = app.desk.person(may.organisation(), id).await?;
    app.desk.looks(&may.actor, "person.open", "person", &id.to_string()).await?;
    Ok(Json(shown(&app, may.organisation(), &view).await?))
}

async fn shown(app: &App, organisation: OrganisationId, view: &PersonView) -> Answer<Person> {
    let talks = app.desk.talks(organisation, view.id).await?;
    let keep_days = app.desk.organisation(organisation).await?.settings.keep_days;
    let last = talks.iter().map(|talk| talk.last_activity_at).fold(view.last_seen_at, Moment::max);
    let held = privacy::holdings::holdings(&app.desk.store, organisation, view.id, last, keep_days).await;
    let held = held.map_err(desk::Fault::from)?;
    let held = held.into_iter().map(|held| Held { what: held.what, count: held.count, until: held.until.millis() });
    Ok(Person {
        line: PersonLine::from(view),
        keep_until: last.plus(privacy::holdings::days(keep_days)).millis(),
        conversations: talks.iter().map(PersonConversation::from).collect(),
        holds: held.collect(),
    })
}

/// Corrects name or address (GDPR Art. 16).
#[utoipa::path(patch, path = "/v1/people/{id}", tag = "people", params(("id" = String, Path)), request_body = Correction,
    responses((status = 200, body = Person)))]
async fn correct(
    State(app): State<App>,
    may: May<WriteConversations>,
    Id(id): Id<PersonId>,
    Body(given): Body<Correction>,
) -> Answer<Json<Person>> {
    app.desk.looks(&may.actor, "person.correct", "person", &id.to_string()).await?;
    let contact = Contact { name: given.name, email: given.email };
    let view = app.desk.correct_person(may.organisation(), id, contact).await?;
    Ok(Json(shown(&app, may.organisation(), &view).await?))
}

/// Everything held about her, as one zip (GDPR Art. 15 and 20).
#[utoipa::path(get, path = "/v1/people/{id}/export", tag = "people", params(("id" = String, Path), Because),
    responses((status = 200, description = "A zip", content_type = "application/zip")))]
async fn export(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<PersonId>,
    Asked(because): Asked<Because>,
) -> Answer<Response> {
    // Another organisation's person is unknown; only one's own can have been erased.
    let known = app.desk.person(may.organisation(), id).await?;
    let leave = app.desk.let_to_person(because.reader(&may.actor)?, known.id).await?;
    app.desk.looks_at((&may.actor, leave), "person.export", "person", &known.id.to_string()).await?;
    let zip = app.desk.export(may.organisation(), known.id).await?;
    // The name of the file says whose it is only by an id.
    Ok(not_cached("application/zip", &format!("{id}.zip"), zip))
}

/// Deletes everything about her (GDPR Art. 17); her session ends at once.
#[utoipa::path(post, path = "/v1/people/{id}/erasure", tag = "people", params(("id" = String, Path)),
    request_body = ErasePerson, responses((status = 202, body = ErasureAccepted)))]
async fn erase(
    State(app): State<App>,
    may: May<Privacy>,
    Id(id): Id<PersonId>,
    Body(given): Body<ErasePerson>,
) -> Answer<(StatusCode, Json<ErasureAccepted>)> {
    if given.confirm != "ERASE" {
        return Err(Refusal::invalid("Nothing was deleted: confirm must be the word ERASE.").into());
    }
    let erasure = visitor_token::erase(&app, &may.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Json(ErasureAccepted { erasure_id: erasure.to_string() })))
}
