//! What the language models cost, day by day, and how much they may cost.

use model::OrganisationId;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    BOOK = "INSERT INTO spending (organisation, provider, day, calls, tokens_in, tokens_out, cost) VALUES ($1, $2, $3, $4, $5, $6, $7) \
              ON CONFLICT (organisation, provider, day) DO UPDATE SET calls = spending.calls + excluded.calls, \
              tokens_in = spending.tokens_in + excluded.tokens_in, tokens_out = spending.tokens_out + excluded.tokens_out, \
              cost = spending.cost + excluded.cost";
    SINCE = "SELECT provider, day, calls, tokens_in, tokens_out, cost FROM spending \
              WHERE organisation = $1 AND day >= $2 ORDER BY day, provider";
    LIMIT = "SELECT currency, tokens_day, tokens_month, money_day, money_month FROM spending_limit WHERE organisation = $1";
    SET_LIMIT = "INSERT INTO spending_limit (organisation, currency, tokens_day, tokens_month, money_day, money_month) \
              VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation) DO UPDATE SET currency = excluded.currency, \
              tokens_day = excluded.tokens_day, tokens_month = excluded.tokens_month, money_day = excluded.money_day, \
              money_month = excluded.money_month";
}

/// What was spent with one provider on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendingRow {
    /// The provider's id, or `operator`.
    pub provider: String,
    /// Days since 1970, UTC.
    pub day: i64,
    /// Requests.
    pub calls: i64,
    /// Tokens sent.
    pub tokens_in: i64,
    /// Tokens received.
    pub tokens_out: i64,
    /// Millionths of a minor unit of money.
    pub cost: i64,
}

impl SpendingRow {
    /// Reads the columns of [`since`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            provider: row.text("provider")?,
            day: row.int("day")?,
            calls: row.int("calls")?,
            tokens_in: row.int("tokens_in")?,
            tokens_out: row.int("tokens_out")?,
            cost: row.int("cost")?,
        })
    }
}

/// How much may be spent. Nothing means as much as is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitRow {
    /// ISO 4217.
    pub currency: String,
    /// Tokens in a day.
    pub tokens_day: Option<i64>,
    /// Tokens in a calendar month.
    pub tokens_month: Option<i64>,
    /// Minor units in a day.
    pub money_day: Option<i64>,
    /// Minor units in a calendar month.
    pub money_month: Option<i64>,
}

impl LimitRow {
    /// Reads the columns of [`limit`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            currency: row.text("currency")?,
            tokens_day: row.maybe_int("tokens_day")?,
            tokens_month: row.maybe_int("tokens_month")?,
            money_day: row.maybe_int("money_day")?,
            money_month: row.maybe_int("money_month")?,
        })
    }
}

/// Adds to what was spent on that day.
pub fn book(organisation: OrganisationId, spent: SpendingRow) -> Statement {
    let SpendingRow { provider, day, calls, tokens_in, tokens_out, cost } = spent;
    Statement::new(BOOK, params![organisation, provider, day, calls, tokens_in, tokens_out, cost])
}

/// What was spent from this day on.
pub fn since(organisation: OrganisationId, day: i64) -> Statement {
    Statement::new(SINCE, params![organisation, day])
}

/// The limits, if any were set.
pub fn limit(organisation: OrganisationId) -> Statement {
    Statement::new(LIMIT, params![organisation])
}

/// Sets the limits.
pub fn set_limit(organisation: OrganisationId, new: &LimitRow) -> Statement {
    let LimitRow { currency, tokens_day, tokens_month, money_day, money_month } = new;
    let values = params![organisation, currency, *tokens_day, *tokens_month, *money_day, *money_month];
    Statement::new(SET_LIMIT, values).expect(Expect::Exactly(1))
}
