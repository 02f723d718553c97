//! Looks at what the assistant must leave alone: whoever it was taken from, what a person has in her hands, what is gone.

use store::erasure::ErasureRow;
use store::{Fence, conversation, erasure, lane, lineage, review};

use super::{Finding, Ground};
use crate::Fault;

/// What was on its way when a mark was set, in milliseconds: an answer that is committed first may carry the later moment.
const ON_ITS_WAY: i64 = 60_000;
/// How many conversations in a person's hands are looked at.
const HANDS: i64 = 1_000;
/// How many pages are counted at most.
const PAGES: i64 = 1_000;

/// Nothing was told or sent by the assistant behind a mark that keeps it away.
pub(super) async fn lane_kept(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let marked = ground.many(lane::marked(ground.organisation)).await?;
    let told = ground.many(lane::told_behind(ground.organisation, ON_ITS_WAY)).await?;
    let sent = ground.many(lane::sent_behind(ground.organisation, ON_ITS_WAY)).await?;
    let says = format!(
        "{marked} conversations are kept from the assistant; {told} automatic answers and {sent} transfers to a model came after."
    );
    Ok(Finding::none_of(told + sent, says))
}

/// Nobody who is under age has agreed to anything that stands.
pub(super) async fn minors_kept(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let minors = ground.many(lane::minors(ground.organisation)).await?;
    let bound = ground.many(lane::minors_bound(ground.organisation)).await?;
    Ok(Finding::none_of(bound, format!("{minors} people are under age, {bound} of them have a consent that stands.")))
}

/// In no conversation that a person took over did the assistant speak again.
pub(super) async fn hands_kept(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut wrong) = (0, 0);
    for row in ground.all(conversation::in_hands(ground.organisation, HANDS)).await? {
        // The log ends after its term; what is older is not judged.
        let Some(taken) = row.maybe_moment("taken_at")? else { continue };
        looked += 1;
        let told = row.maybe_moment("told_at")?;
        wrong += i64::from(told.is_some_and(|told| told.millis() > taken.millis() + ON_ITS_WAY));
    }
    let says = format!("{looked} conversations are in a person's hands; in {wrong} the assistant spoke afterwards.");
    Ok(Finding::none_of(wrong, says))
}

/// No answer waits for its review longer than was said.
pub(super) async fn reviews_in_time(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let waiting = ground.many(review::waiting(ground.organisation)).await?;
    let late = ground.many(review::late(ground.organisation, ground.world.now())).await?;
    Ok(Finding::none_of(late, format!("{waiting} answers wait for a person, {late} of them beyond their clock.")))
}

/// No page that was learned repeats the question of somebody who is gone.
pub(super) async fn learned_free(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let found = ground.all(lineage::orphaned(ground.organisation, PAGES)).await?.len();
    // Her rows go first, the titles a moment later: while somebody is being erased nothing is judged; that has a check of its own.
    let mut busy = false;
    for row in ground.store.all(Fence::House, erasure::unfinished()).await? {
        busy |= ErasureRow::from_row(&row)?.organisation == ground.organisation;
    }
    let says = match (found, busy) {
        (0, _) => "No learned page repeats the question of somebody who is gone.".to_owned(),
        (many, true) => format!("{many} learned pages are being written anew while an erasure is under way."),
        (many, false) => format!("{many} learned pages repeat the question of somebody who is gone."),
    };
    Ok(Finding::none_of(if busy { 0 } else { found }, says))
}
