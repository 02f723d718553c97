//! Looks at requests about one's own data: answered in time, refused by a person on a ground, and withdrawals carried out.

use store::request::{self, RequestRow};
use store::{request_step, review};

use super::{Finding, GRACE, Ground};
use crate::Fault;
use crate::request::{Ground as Reason, Kind, Regime, State, rule};

/// How many requests are looked at, the most urgent or the latest first.
const REQUESTS: i64 = 1_000;
/// A member of the staff, as the audit log calls her.
const MEMBER: &str = "member";

/// No request is open past the day on which its law wants an answer or an acknowledgement.
pub(super) async fn requests_in_time(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let now = ground.world.now();
    let (mut open, mut late) = (0, 0);
    for row in ground.all(request::open(ground.organisation, REQUESTS)).await? {
        let row = RequestRow::from_row(&row)?;
        // Nobody has proved yet that she asks; by itself it goes after a day.
        if row.state == State::IdentityPending.word() {
            continue;
        }
        open += 1;
        let waits = row.paused_since.filter(|_| pauses(&row)).map(|since| now.since(since)).unwrap_or_default();
        let unanswered = row.answered_at.is_none() && row.due_at.plus(waits) < now;
        let unheard = row.acknowledged_at.is_none() && row.acknowledge_by.is_some_and(|by| by < now);
        late += i64::from(unanswered || unheard);
    }
    Ok(Finding::none_of(late, format!("{open} requests are open, {late} of them past a day that the law sets.")))
}

/// Whether a question to the requester stops the clock of this request.
fn pauses(row: &RequestRow) -> bool {
    let known = row.regime.parse::<Regime>().ok().zip(row.kind.parse::<Kind>().ok());
    known.is_some_and(|(regime, kind)| rule(regime, kind).pauses)
}

/// Every refusal names a ground of the closed list, and whoever was known to ask got a letter about it.
pub(super) async fn refusals_grounded(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut wrong) = (0, 0);
    for row in ground.all(request::refused(ground.organisation, REQUESTS)).await? {
        looked += 1;
        let named = row.maybe_text("ground")?.is_some_and(|word| word.parse::<Reason>().is_ok());
        let silent = row.maybe_moment("verified_at")?.is_some() && row.maybe_moment("answered_at")?.is_none();
        wrong += i64::from(!named || silent);
    }
    Ok(Finding::none_of(wrong, format!("{looked} refusals looked at, {wrong} without a ground or a letter.")))
}

/// Refusals, decisions on objections and complaints, and reviews of answers bear the name of a member of the staff.
pub(super) async fn decided_by_people(ground: &Ground<'_>) -> Result<Finding, Fault> {
    // The log ends after its term; what is older is not judged.
    let term = ground.world.now().minus(23 * 30 * GRACE);
    let mut machines = 0;
    for row in ground.all(request::refused(ground.organisation, REQUESTS)).await? {
        let recent = row.maybe_moment("closed_at")?.is_some_and(|closed| closed > term);
        machines += i64::from(recent && row.maybe_text("refused_by")?.as_deref() != Some(MEMBER));
    }
    let steps = ground.many(request_step::unsigned(ground.organisation)).await?;
    let reviews = ground.many(review::unsigned(ground.organisation)).await?;
    let says = format!("{machines} refusals, {steps} decisions and {reviews} reviews bear nobody's name.");
    Ok(Finding::none_of(machines + steps + reviews, says))
}

/// No consent stands that somebody asked by a request to take back.
pub(super) async fn withdrawals_heard(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let done = ground.many(request_step::withdrawn(ground.organisation)).await?;
    let left = ground.many(request_step::unheard(ground.organisation)).await?;
    Ok(Finding::none_of(
        left,
        format!("{done} withdrawals came by a request; {left} consents from before stand still."),
    ))
}
