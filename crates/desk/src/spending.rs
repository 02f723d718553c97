//! What the models cost and how much they may: per organisation, per day and calendar month (UTC), in tokens and in money.

use model::{Actor, Moment, OrganisationId, Refusal};
use outside::model::Spent;
use store::spending::{self as rows, LimitRow, SpendingRow};
use store::{Fence, Work};

use crate::lineup::{Chosen, UnderWay};
use crate::{Deed, Desk};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// Millionths of a minor unit.
const MICRO: i64 = 1_000_000;
/// What a question under way is reckoned with until it is booked: what a long one with its searches takes, in tokens.
const RESERVED: i64 = 10_000;

/// What was spent, and what may be.
pub struct Spending {
    /// The limits.
    pub limits: LimitRow,
    /// Today's tokens and minor units.
    pub today: Sum,
    /// This month's.
    pub month: Sum,
    /// The last thirty days with something in them, by provider.
    pub days: Vec<SpendingRow>,
}

/// Tokens and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Tokens, both ways.
    pub tokens: i64,
    /// Minor units, rounded up.
    pub money: i64,
}

impl Spending {
    /// Whether another question may be asked: whatever has reached its limit ends it.
    pub fn may_go_on(&self) -> bool {
        self.may_go_on_beside(Sum::default())
    }

    /// The same where others are under way that may cost so much: together they do not pass a limit.
    fn may_go_on_beside(&self, others: Sum) -> bool {
        let LimitRow { tokens_day, tokens_month, money_day, money_month, .. } = &self.limits;
        let below = |limit: &Option<i64>, spent: i64| limit.is_none_or(|limit| spent < limit);
        below(tokens_day, self.today.tokens + others.tokens)
            && below(tokens_month, self.month.tokens + others.tokens)
            && below(money_day, self.today.money + others.money)
            && below(money_month, self.month.money + others.money)
    }
}

impl Desk {
    /// What the models have cost an organisation lately, and its limits.
    pub async fn spending(&self, organisation: OrganisationId) -> Deed<Spending> {
        let fence = Fence::Organisation(organisation);
        let today = day(self.world.now());
        let found = self.store.all(fence, rows::since(organisation, today - 30)).await?;
        let days: Vec<SpendingRow> = found.iter().map(SpendingRow::from_row).collect::<Result<_, _>>()?;
        let limits = match self.store.one(fence, rows::limit(organisation)).await? {
            Some(row) => LimitRow::from_row(&row)?,
            None => LimitRow { currency: "EUR".to_owned(), ..LimitRow::default() },
        };
        let first = first_of_month(self.world.now());
        Ok(Spending { limits, today: sum(&days, today), month: sum(&days, first), days })
    }

    /// Leave to ask these models now; nothing where a limit is reached, or may be by what others are asking at this moment. To be
    /// held until what the question cost is booked. Every machine reckons with its own questions.
    pub(crate) async fn leave_to_ask(&self, organisation: OrganisationId, chosen: &Chosen) -> Deed<Option<UnderWay>> {
        let asking = self.models.begin(organisation);
        let dearest = chosen.prices.values().map(|(price_in, price_out)| *price_in.max(price_out)).max();
        let tokens = asking.others.saturating_mul(RESERVED);
        let money = tokens.saturating_mul(dearest.unwrap_or_default()).saturating_add(MICRO - 1) / MICRO;
        let spending = self.spending(organisation).await?;
        Ok(spending.may_go_on_beside(Sum { tokens, money }).then_some(asking))
    }

    /// Books what the calls to these models have cost since they were last booked: also those that were broken off, so that
    /// no limit is evaded by leaving.
    pub(crate) async fn book(&self, organisation: OrganisationId, chosen: &Chosen) -> Deed<()> {
        let mut work = Work::new(Fence::Organisation(organisation));
        let spent = chosen.meter.take();
        if spent.is_empty() {
            return Ok(());
        }
        let count = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
        for (provider, Spent { calls, usage }) in spent {
            let (price_in, price_out) = chosen.prices.get(&provider).copied().unwrap_or_default();
            let (tokens_in, tokens_out) = (count(usage.input), count(usage.output));
            let cost = tokens_in.saturating_mul(price_in).saturating_add(tokens_out.saturating_mul(price_out));
            let day = day(self.world.now());
            let row = SpendingRow { provider, day, calls: count(calls), tokens_in, tokens_out, cost };
            work = work.with(rows::book(organisation, row));
        }
        self.store.write(work).await?;
        Ok(())
    }

    /// Sets the limits; nothing means no limit.
    pub async fn set_spending_limits(&self, actor: &Actor, limits: LimitRow) -> Deed<()> {
        let organisation = actor.organisation();
        let LimitRow { currency, tokens_day, tokens_month, money_day, money_month } = &limits;
        if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(Refusal::invalid("The currency must be three capital letters such as EUR (ISO 4217).").into());
        }
        let given = [tokens_day, tokens_month, money_day, money_month].into_iter().flatten();
        if given.copied().any(|limit| !(0..=1_000_000_000_000).contains(&limit)) {
            return Err(Refusal::invalid("A limit must be between 0 and 1,000,000,000,000.").into());
        }
        let audit = self.audit(actor, "spending.limit", "organisation", &organisation.to_string());
        let set = rows::set_limit(organisation, &limits);
        self.store.write(Work::new(Fence::Organisation(organisation)).with(set).with(audit)).await?;
        Ok(())
    }
}

fn sum(days: &[SpendingRow], since: i64) -> Sum {
    let counted = || days.iter().filter(|row| row.day >= since);
    let micro: i64 = counted().map(|row| row.cost).sum();
    Sum {
        tokens: counted().map(|row| row.tokens_in + row.tokens_out).sum(),
        money: micro.saturating_add(MICRO - 1) / MICRO,
    }
}

fn day(now: Moment) -> i64 {
    now.millis().div_euclid(DAY)
}

/// The day on which this month began: counted back by the civil calendar, without a library (days from civil, Hinnant).
fn first_of_month(now: Moment) -> i64 {
    let today = day(now);
    let shifted = today + 719_468;
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * month + 2) / 5;
    today - day_of_month
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_on_its_first_day() {
        // 2026-03-01, 2026-03-31, 2024-02-29, 1970-01-01, 2026-12-31: days since 1970.
        for (day, first) in [(20_513, 20_513), (20_543, 20_513), (19_782, 19_754), (0, 0), (20_818, 20_788)] {
            assert_eq!(first_of_month(Moment::from_millis(day * DAY + 5)), first, "{day}");
        }
    }

    #[test]
    fn the_limit_that_is_reached_first_ends_it() {
        let spent = |limits: LimitRow| Spending {
            limits,
            today: Sum { tokens: 100, money: 5 },
            month: Sum { tokens: 900, money: 40 },
            days: Vec::new(),
        };
        let limit = LimitRow::default;
        assert!(spent(limit()).may_go_on(), "no limit");
        assert!(spent(LimitRow { tokens_day: Some(101), money_month: Some(41), ..limit() }).may_go_on());
        assert!(!spent(LimitRow { tokens_day: Some(100), ..limit() }).may_go_on());
        assert!(!spent(LimitRow { tokens_month: Some(900), ..limit() }).may_go_on());
        assert!(!spent(LimitRow { money_day: Some(0), ..limit() }).may_go_on());
        assert!(!spent(LimitRow { money_month: Some(40), ..limit() }).may_go_on());
    }

    #[test]
    fn a_part_of_a_cent_counts_as_a_cent() {
        let row = |day, cost| SpendingRow { provider: "p".into(), day, calls: 1, tokens_in: 1, tokens_out: 2, cost };
        let days = [row(9, 400_000), row(10, 700_001)];
        assert_eq!(sum(&days, 10), Sum { tokens: 3, money: 1 });
        assert_eq!(sum(&days, 9), Sum { tokens: 6, money: 2 });
    }
}
