//! Marks that keep the assistant, or everybody, away from somebody's data: no automatic answers, restriction (GDPR Art. 18).
//! The visitor sets her own wish; the staff sets the rest, on a person or on one conversation.

use axum::Json;
use axum::extract::State;
use desk::lane::{AiOff, Ground, Marks};
use model::Refusal;
use serde::{Deserialize, Serialize};
use store::lane::Of;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::limit::Rate;
use super::may::{May, Privacy, ReadConversations};
use super::visitor_token::Visitor;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(my_wish, set_my_wish))
        .routes(routes!(marks))
        .routes(routes!(ai_off))
        .routes(routes!(ai_on))
        .routes(routes!(restrict, lift_restriction))
        .routes(routes!(restriction_told))
}

/// Whether a visitor is answered by the assistant.
#[derive(Serialize, ToSchema)]
struct Wish {
    /// She wants no automatic answers.
    opted_out: bool,
    /// The assistant may not answer her, by her wish or for another reason.
    ai_off: bool,
}

/// What she wants.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetWish {
    /// `true`: no automatic answers from now on; `false`: they are welcome again.
    opted_out: bool,
}

/// How a person or a conversation is marked.
#[derive(Serialize, ToSchema)]
#[schema(as = Marks)]
struct MarksBody {
    /// Why the assistant may not answer: `opt_out`, `minor`, `special_category`, `age_unknown`. Empty where it may.
    ai_off: Vec<&'static str>,
    /// Since when, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    ai_off_at: Option<i64>,
    /// The restriction, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    restriction: Option<RestrictionBody>,
}

/// A restriction of processing (GDPR Art. 18).
#[derive(Serialize, ToSchema)]
#[schema(as = Restriction)]
struct RestrictionBody {
    /// Since when, ms.
    since: i64,
    /// `accuracy`, `unlawful`, `claims` or `objection`: Art. 18(1)(a) to (d).
    ground: &'static str,
    /// When she was told that it will be lifted, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    lift_told_at: Option<i64>,
}

/// Why the assistant may not, or may again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AiReason {
    /// `opt_out`, `minor` or `special_category`.
    reason: String,
}

/// Why it is restricted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Restrict {
    /// `accuracy`, `unlawful`, `claims` or `objection`.
    ground: String,
}

/// The id of a person or of a conversation.
struct Marked(Of);

impl std::str::FromStr for Marked {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let person = text.parse().map(Of::Person);
        person.or_else(|_: Refusal| text.parse().map(Of::Conversation)).map(Self)
    }
}

impl From<&Marks> for MarksBody {
    fn from(marks: &Marks) -> Self {
        Self {
            ai_off: marks.ai_off.iter().map(|reason| reason.word()).collect(),
            ai_off_at: marks.ai_off_at.map(model::Moment::millis),
            restriction: marks.restriction.map(|restriction| RestrictionBody {
                since: restriction.since.millis(),
                ground: restriction.ground.word(),
                lift_told_at: restriction.lift_told_at.map(model::Moment::millis),
            }),
        }
    }
}

impl From<&Marks> for Wish {
    fn from(marks: &Marks) -> Self {
        Self {
            opted_out: marks.ai_off.contains(&AiOff::OptOut),
            ai_off: !marks.ai_off.is_empty() || marks.restriction.is_some(),
        }
    }
}

fn reason(word: &str) -> Result<AiOff, Refusal> {
    AiOff::from_word(word).ok_or_else(|| Refusal::invalid("The reason is one of opt_out, minor, special_category."))
}

/// Whether she is answered by the assistant.
#[utoipa::path(get, path = "/v1/visitor/ai-opt-out", tag = "visitor", responses((status = 200, body = Wish)))]
async fn my_wish(State(app): State<App>, Visitor(session): Visitor) -> Answer<Json<Wish>> {
    let marks = app.desk.marks(session.organisation, Of::Person(session.person)).await?;
    Ok(Json(Wish::from(&marks)))
}

/// No automatic answers, or automatic answers again. Takes effect at once, in the middle of an answer too.
#[utoipa::path(post, path = "/v1/visitor/ai-opt-out", tag = "visitor", request_body = SetWish,
    responses((status = 200, body = Wish)))]
async fn set_my_wish(
    State(app): State<App>,
    Visitor(session): Visitor,
    Body(wish): Body<SetWish>,
) -> Answer<Json<Wish>> {
    app.limits.take(Rate::Message, &session.conversation)?;
    let marks = app.desk.visitor_wants_ai(session.organisation, session.person, !wish.opted_out).await?;
    Ok(Json(Wish::from(&marks)))
}

/// How a person or a conversation is marked.
#[utoipa::path(get, path = "/v1/marks/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = MarksBody)))]
async fn marks(
    State(app): State<App>,
    may: May<ReadConversations>,
    Id(Marked(of)): Id<Marked>,
) -> Answer<Json<MarksBody>> {
    let marks = app.desk.marks(may.organisation(), of).await?;
    let kind = if matches!(of, Of::Person(_)) { "person" } else { "conversation" };
    app.desk.looks(&may.actor, "marks.open", kind, &of.id()).await?;
    Ok(Json(MarksBody::from(&marks)))
}

/// The assistant may not answer any more; its conversations go to people.
#[utoipa::path(post, path = "/v1/marks/{id}/ai-off", tag = "people", params(("id" = String, Path)), request_body = AiReason,
    responses((status = 200, body = MarksBody)))]
async fn ai_off(
    State(app): State<App>,
    may: May<Privacy>,
    Id(Marked(of)): Id<Marked>,
    Body(given): Body<AiReason>,
) -> Answer<Json<MarksBody>> {
    Ok(Json(MarksBody::from(&app.desk.ai_off(&may.actor, of, reason(&given.reason)?).await?)))
}

/// Takes one reason back; without any left, the assistant may answer again.
#[utoipa::path(post, path = "/v1/marks/{id}/ai-on", tag = "people", params(("id" = String, Path)), request_body = AiReason,
    responses((status = 200, body = MarksBody)))]
async fn ai_on(
    State(app): State<App>,
    may: May<Privacy>,
    Id(Marked(of)): Id<Marked>,
    Body(given): Body<AiReason>,
) -> Answer<Json<MarksBody>> {
    Ok(Json(MarksBody::from(&app.desk.ai_on(&may.actor, of, reason(&given.reason)?).await?)))
}

/// Restricts (GDPR Art. 18): kept, and neither used by the assistant, changed nor purged.
#[utoipa::path(post, path = "/v1/marks/{id}/restriction", tag = "people", params(("id" = String, Path)),
    request_body = Restrict, responses((status = 200, body = MarksBody)))]
async fn restrict(
    State(app): State<App>,
    may: May<Privacy>,
    Id(Marked(of)): Id<Marked>,
    Body(given): Body<Restrict>,
) -> Answer<Json<MarksBody>> {
    let ground = Ground::from_word(&given.ground)
        .ok_or_else(|| Refusal::invalid("The ground is one of accuracy, unlawful, claims, objection."))?;
    Ok(Json(MarksBody::from(&app.desk.restrict(&may.actor, of, ground).await?)))
}

/// Notes that she was told that the restriction ends (Art. 18(3)).
#[utoipa::path(post, path = "/v1/marks/{id}/restriction/told", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = MarksBody)))]
async fn restriction_told(
    State(app): State<App>,
    may: May<Privacy>,
    Id(Marked(of)): Id<Marked>,
) -> Answer<Json<MarksBody>> {
    Ok(Json(MarksBody::from(&app.desk.restriction_told(&may.actor, of).await?)))
}

/// Lifts the restriction, if she was told before.
#[utoipa::path(delete, path = "/v1/marks/{id}/restriction", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = MarksBody)))]
async fn lift_restriction(
    State(app): State<App>,
    may: May<Privacy>,
    Id(Marked(of)): Id<Marked>,
) -> Answer<Json<MarksBody>> {
    Ok(Json(MarksBody::from(&app.desk.lift_restriction(&may.actor, of).await?)))
}
