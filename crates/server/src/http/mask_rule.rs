//! The organisation's own rules for masking: tried on a text, previewed on recent messages, added, removed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::mask_rule::{self, MaskRule, Piece, RuleHit, Wording};
use model::{ConversationId, MaskRuleId, MessageId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(rules, add))
        .routes(routes!(remove))
        .routes(routes!(preview))
        .routes(routes!(attempt))
}

/// What a rule does.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MaskEffect {
    /// What it names is masked.
    Mask,
    /// What it names is a brand and no person.
    Keep,
}

/// A rule as the staff writes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MaskRuleWording {
    /// Letters and digits stand for themselves, `#` for a digit, `?` for a letter, `*` for some of either.
    text: String,
    effect: MaskEffect,
    /// As what it is masked: `rule`, `name`, `address` …
    #[serde(default)]
    category: String,
}

impl MaskRuleWording {
    fn wording(self) -> Result<Wording, Refusal> {
        let effect = match self.effect {
            MaskEffect::Mask => "mask",
            MaskEffect::Keep => "keep",
        };
        let effect =
            mask_rule::effect(effect, &self.category).ok_or_else(|| Refusal::invalid("There is no such category."))?;
        Ok(Wording { text: self.text, effect })
    }
}

/// A rule.
#[derive(Serialize, ToSchema)]
#[schema(as = MaskRule)]
struct MaskRuleBody {
    #[schema(value_type = String)]
    id: MaskRuleId,
    text: String,
    effect: MaskEffect,
    category: String,
    #[schema(value_type = i64)]
    created_at: Moment,
}

impl From<MaskRule> for MaskRuleBody {
    fn from(rule: MaskRule) -> Self {
        let (effect, category) = mask_rule::words(rule.wording.effect);
        Self {
            id: rule.id,
            text: rule.wording.text,
            effect: if effect == "keep" { MaskEffect::Keep } else { MaskEffect::Mask },
            category: category.to_owned(),
            created_at: rule.created_at,
        }
    }
}

/// All rules.
#[derive(Serialize, ToSchema)]
struct MaskRules {
    items: Vec<MaskRuleBody>,
}

/// A place in a recent message that a rule would change.
#[derive(Serialize, ToSchema)]
#[schema(as = MaskRuleHit)]
struct HitBody {
    #[schema(value_type = String)]
    conversation: ConversationId,
    #[schema(value_type = String)]
    message: MessageId,
    before: String,
    hit: String,
    after: String,
}

impl From<RuleHit> for HitBody {
    fn from(hit: RuleHit) -> Self {
        let RuleHit { conversation, message, before, hit, after } = hit;
        Self { conversation, message, before, hit, after }
    }
}

/// What a rule would change.
#[derive(Serialize, ToSchema)]
struct MaskRulePreview {
    /// How many of the latest messages were looked at.
    looked_at: usize,
    /// In how many of them something would change.
    messages: usize,
    /// The first places.
    hits: Vec<HitBody>,
}

/// A text to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TryMasking {
    text: String,
}

/// A piece of a tried text.
#[derive(Serialize, ToSchema)]
#[schema(as = MaskPiece)]
struct PieceBody {
    text: String,
    /// As what it is masked; absent if it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    masked_as: Option<&'static str>,
}

impl From<Piece> for PieceBody {
    fn from(piece: Piece) -> Self {
        Self { text: piece.text, masked_as: piece.masked_as.map(|category| category.word()) }
    }
}

/// What would be masked in a text.
#[derive(Serialize, ToSchema)]
struct TriedMasking {
    pieces: Vec<PieceBody>,
}

/// The rules, oldest first.
#[utoipa::path(get, path = "/v1/mask-rules", operation_id = "mask_rules", tag = "settings", responses((status = 200, body = MaskRules)))]
async fn rules(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<MaskRules>> {
    let rules = app.desk.mask_rules(may.organisation()).await?;
    Ok(Json(MaskRules { items: rules.into_iter().map(MaskRuleBody::from).collect() }))
}

/// Adds a rule.
#[utoipa::path(post, path = "/v1/mask-rules", operation_id = "add_mask_rule", tag = "settings", request_body = MaskRuleWording, responses((status = 201, body = MaskRuleBody)))]
async fn add(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<MaskRuleWording>,
) -> Answer<(StatusCode, Json<MaskRuleBody>)> {
    let rule = app.desk.add_mask_rule(&may.actor, given.wording()?).await?;
    Ok((StatusCode::CREATED, Json(rule.into())))
}

/// Removes a rule.
#[utoipa::path(delete, path = "/v1/mask-rules/{id}", operation_id = "remove_mask_rule", tag = "settings", params(("id" = String, Path)), responses((status = 204, description = "Removed")))]
async fn remove(State(app): State<App>, may: May<RunHouse>, Id(id): Id<MaskRuleId>) -> Answer<StatusCode> {
    app.desk.remove_mask_rule(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a rule would change in the latest messages of visitors. Nothing is kept.
#[utoipa::path(post, path = "/v1/mask-rules/preview", operation_id = "preview_mask_rule", tag = "settings", request_body = MaskRuleWording, responses((status = 200, body = MaskRulePreview)))]
async fn preview(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<MaskRuleWording>,
) -> Answer<Json<MaskRulePreview>> {
    app.desk.looks(&may.actor, "mask_rule.preview", "organisation", &may.organisation().to_string()).await?;
    let preview = app.desk.preview_mask_rule(may.organisation(), &given.wording()?).await?;
    let hits = preview.hits.into_iter().map(HitBody::from).collect();
    Ok(Json(MaskRulePreview { looked_at: preview.looked_at, messages: preview.messages, hits }))
}

/// What would be masked in a text, piece by piece. Nothing is kept.
#[utoipa::path(post, path = "/v1/mask-rules/try", operation_id = "try_masking", tag = "settings", request_body = TryMasking, responses((status = 200, body = TriedMasking)))]
async fn attempt(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<TryMasking>,
) -> Answer<Json<TriedMasking>> {
    let pieces = app.desk.try_masking(may.organisation(), &given.text).await?;
    Ok(Json(TriedMasking { pieces: pieces.into_iter().map(PieceBody::from).collect() }))
}
