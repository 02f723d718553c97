//! Language models an organisation registers: who receives masked words there, in which order, and what it may cost.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::provider::{Facts, Provider};
use desk::spending::Spending;
use model::{Moment, ProviderId, Refusal};
use serde::{Deserialize, Serialize};
use store::spending::LimitRow;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(providers, add))
        .routes(routes!(order))
        .routes(routes!(change, remove))
        .routes(routes!(switch))
        .routes(routes!(test))
        .routes(routes!(spending))
        .routes(routes!(limit))
}

/// The protocol a provider speaks.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", as = ProviderDialect)]
#[expect(dead_code, reason = "names the words of outside::model::Dialect in the OpenAPI document")]
enum DialectWord {
    /// OpenAI, Chat Completions.
    OpenaiChat,
    /// OpenAI, Responses.
    OpenaiResponses,
    /// Anthropic, Messages.
    Anthropic,
    /// Google, Gemini.
    Gemini,
    /// Any server that copies OpenAI's Chat Completions.
    Compatible,
}

/// What is said about a provider.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProviderFacts)]
struct FactsBody {
    #[schema(value_type = DialectWord)]
    dialect: String,
    /// What the staff calls it.
    name: String,
    base_url: String,
    /// The model's name there.
    model: String,
    /// The company that receives what is sent.
    recipient: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    /// `own_server`, `within_eea`, `adequacy_decision`, `standard_contractual_clauses`, `binding_corporate_rules`, or empty.
    mechanism: String,
    /// Where the contract is found.
    contract: String,
    /// How long the recipient keeps what it gets.
    retention: String,
    /// Minor units of money for a million tokens sent.
    price_in: i64,
    /// Minor units of money for a million tokens received.
    price_out: i64,
}

/// A provider to register, or its new facts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SaveProvider)]
struct Save {
    facts: FactsBody,
    /// The provider's key. Absent when changing: the old one stays. Empty: none is sent.
    #[serde(default)]
    key: Option<String>,
}

/// A provider, without its key.
#[derive(Serialize, ToSchema)]
#[schema(as = Provider)]
struct ProviderBody {
    #[schema(value_type = String)]
    id: ProviderId,
    facts: FactsBody,
    /// Whether a key is kept.
    has_key: bool,
    /// Whether anything may be sent there.
    active: bool,
    #[schema(value_type = i64)]
    created_at: Moment,
    #[schema(value_type = i64)]
    updated_at: Moment,
}

/// The providers in the order in which they are asked.
#[derive(Serialize, ToSchema)]
struct Providers {
    items: Vec<ProviderBody>,
    /// The model that the operator has configured: it answers where no provider is switched on.
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<OperatorModel>,
}

/// The operator's model.
#[derive(Serialize, ToSchema)]
struct OperatorModel {
    model: String,
    recipient: String,
    country: String,
}

/// On or off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SwitchProvider {
    on: bool,
}

/// Every provider once, in the wanted order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderProviders {
    ids: Vec<String>,
}

/// What came of trying a provider.
#[derive(Serialize, ToSchema)]
struct ProviderTrial {
    works: bool,
    /// `works`, or why not: a stable word.
    code: &'static str,
    took_ms: i64,
}

/// What may be spent. Nothing means no limit.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SpendingLimits {
    /// ISO 4217.
    currency: String,
    /// Tokens in a day (UTC).
    tokens_day: Option<i64>,
    /// Tokens in a calendar month.
    tokens_month: Option<i64>,
    /// Minor units in a day.
    money_day: Option<i64>,
    /// Minor units in a calendar month.
    money_month: Option<i64>,
}

/// What was spent, and what may be.
#[derive(Serialize, ToSchema)]
#[schema(as = Spending)]
struct SpendingBody {
    limits: SpendingLimits,
    /// Whether a model may be asked now.
    may_go_on: bool,
    tokens_today: i64,
    money_today: i64,
    tokens_month: i64,
    money_month: i64,
    /// The last thirty days with something in them.
    days: Vec<SpendingDay>,
}

/// What one provider cost on one day.
#[derive(Serialize, ToSchema)]
struct SpendingDay {
    /// The provider's id, or `operator`.
    provider: String,
    /// The day's beginning, ms.
    day: i64,
    calls: i64,
    tokens_in: i64,
    tokens_out: i64,
    /// Minor units of money.
    money: f64,
}

impl From<FactsBody> for Facts {
    fn from(body: FactsBody) -> Self {
        let FactsBody { dialect, name, base_url, model, recipient, country, mechanism, contract, retention, .. } = body;
        let (price_in, price_out) = (body.price_in, body.price_out);
        Facts {
            dialect,
            name,
            base_url,
            model,
            recipient,
            country,
            mechanism,
            contract,
            retention,
            price_in,
            price_out,
        }
    }
}

impl From<Provider> for ProviderBody {
    fn from(provider: Provider) -> Self {
        let Facts {
            dialect,
            name,
            base_url,
            model,
            recipient,
            country,
            mechanism,
            contract,
            retention,
            price_in,
            price_out,
        } = provider.facts;
        let facts = FactsBody {
            dialect,
            name,
            base_url,
            model,
            recipient,
            country,
            mechanism,
            contract,
            retention,
            price_in,
            price_out,
        };
        let Provider { id, has_key, active, created_at, updated_at, .. } = provider;
        Self { id, facts, has_key, active, created_at, updated_at }
    }
}

impl From<Spending> for SpendingBody {
    fn from(spending: Spending) -> Self {
        let may_go_on = spending.may_go_on();
        let LimitRow { currency, tokens_day, tokens_month, money_day, money_month } = spending.limits;
        #[expect(clippy::cast_precision_loss, reason = "shown, not reckoned with")]
        let days = spending.days.into_iter().map(|row| SpendingDay {
            provider: row.provider,
            day: row.day * 86_400_000,
            calls: row.calls,
            tokens_in: row.tokens_in,
            tokens_out: row.tokens_out,
            money: row.cost as f64 / 1_000_000.0,
        });
        Self {
            limits: SpendingLimits { currency, tokens_day, tokens_month, money_day, money_month },
            may_go_on,
            tokens_today: spending.today.tokens,
            money_today: spending.today.money,
            tokens_month: spending.month.tokens,
            money_month: spending.month.money,
            days: days.collect(),
        }
    }
}

/// The providers.
#[utoipa::path(get, path = "/v1/providers", tag = "providers", responses((status = 200, body = Providers)))]
async fn providers(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<Providers>> {
    let items = app.desk.providers(may.organisation()).await?;
    let operator = app.desk.models.operator().map(|client| OperatorModel {
        model: client.model().to_owned(),
        recipient: client.recipient().name.to_string(),
        country: client.recipient().country.to_string(),
    });
    Ok(Json(Providers { items: items.into_iter().map(ProviderBody::from).collect(), operator }))
}

/// Registers a provider; nothing is sent there before it is switched on.
#[utoipa::path(post, path = "/v1/providers", tag = "providers", request_body = Save, responses((status = 201, body = ProviderBody)))]
async fn add(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<Save>,
) -> Answer<(StatusCode, Json<ProviderBody>)> {
    let key = given.key.unwrap_or_default();
    let provider = app.desk.add_provider(&may.actor, given.facts.into(), &key).await?;
    Ok((StatusCode::CREATED, Json(provider.into())))
}

/// Changes a provider.
#[utoipa::path(put, path = "/v1/providers/{id}", tag = "providers", params(("id" = String, Path)), request_body = Save,
    responses((status = 200, body = ProviderBody)))]
async fn change(
    State(app): State<App>,
    may: May<RunHouse>,
    Id(id): Id<ProviderId>,
    Body(given): Body<Save>,
) -> Answer<Json<ProviderBody>> {
    let provider = app.desk.change_provider(&may.actor, id, given.facts.into(), given.key.as_deref()).await?;
    Ok(Json(provider.into()))
}

/// Removes a provider and its key.
#[utoipa::path(delete, path = "/v1/providers/{id}", tag = "providers", params(("id" = String, Path)), responses((status = 204, description = "Removed")))]
async fn remove(State(app): State<App>, may: May<RunHouse>, Id(id): Id<ProviderId>) -> Answer<StatusCode> {
    app.desk.remove_provider(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Switches a provider on, which needs a complete declaration, or off, which is at once.
#[utoipa::path(post, path = "/v1/providers/{id}/switch", tag = "providers", params(("id" = String, Path)), request_body = SwitchProvider,
    responses((status = 200, body = ProviderBody)))]
async fn switch(
    State(app): State<App>,
    may: May<RunHouse>,
    Id(id): Id<ProviderId>,
    Body(given): Body<SwitchProvider>,
) -> Answer<Json<ProviderBody>> {
    Ok(Json(app.desk.switch_provider(&may.actor, id, given.on).await?.into()))
}

/// Asks a provider for one word, with nobody's words.
#[utoipa::path(post, path = "/v1/providers/{id}/test", tag = "providers", params(("id" = String, Path)), responses((status = 200, body = ProviderTrial)))]
async fn test(State(app): State<App>, may: May<RunHouse>, Id(id): Id<ProviderId>) -> Answer<Json<ProviderTrial>> {
    let trial = app.desk.try_provider(&may.actor, id).await?;
    Ok(Json(ProviderTrial { works: trial.works, code: trial.code, took_ms: trial.took_ms }))
}

/// Puts the providers into another order.
#[utoipa::path(put, path = "/v1/providers/order", tag = "providers", request_body = OrderProviders, responses((status = 204, description = "Done")))]
async fn order(State(app): State<App>, may: May<RunHouse>, Body(given): Body<OrderProviders>) -> Answer<StatusCode> {
    let ids: Result<Vec<ProviderId>, Refusal> = given.ids.iter().map(|id| id.parse()).collect();
    app.desk.order_providers(&may.actor, &ids?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the models have cost lately, and the limits.
#[utoipa::path(get, path = "/v1/spending", tag = "providers", responses((status = 200, body = SpendingBody)))]
async fn spending(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<SpendingBody>> {
    Ok(Json(app.desk.spending(may.organisation()).await?.into()))
}

/// Sets the limits.
#[utoipa::path(put, path = "/v1/spending/limits", tag = "providers", request_body = SpendingLimits, responses((status = 200, body = SpendingBody)))]
async fn limit(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<SpendingLimits>,
) -> Answer<Json<SpendingBody>> {
    let SpendingLimits { currency, tokens_day, tokens_month, money_day, money_month } = given;
    let limits = LimitRow { currency, tokens_day, tokens_month, money_day, money_month };
    app.desk.set_spending_limits(&may.actor, limits).await?;
    Ok(Json(app.desk.spending(may.organisation()).await?.into()))
}
