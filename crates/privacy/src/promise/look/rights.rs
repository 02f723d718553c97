//! Looks at erasures and exports: done in time, proved, for good, and whole.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use model::{OrganisationId, PersonId};
use store::consent_text::{self, TextRow};
use store::erasure::{self, ErasureRow};
use store::{consent, person, subject, survey_answer, wrapped_key};

use super::{Finding, GRACE, Ground};
use crate::export::count_rows;
use crate::{Fault, ledger, plan, verify};

/// How many receipts are verified.
const RECEIPTS: i64 = 200;
/// An erasure is done within this many hours.
const HOURS: i64 = 24;
/// How many keys without a person are counted at most.
const KEYS: i64 = 1_000;

/// Nobody the ledger of erasures knows is in the database.
pub(super) async fn stay_erased(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let erased = ledger::ledger(ground.store).await?.remove(&ground.organisation).unwrap_or_default();
    let people = ledger::people(ground.store, ground.organisation).await?;
    let back = people
        .iter()
        .filter(|person| erased.contains(&ledger::mac(ground.keyring, ground.organisation, **person)))
        .count();
    let (known, here) = (erased.len(), people.len());
    Ok(Finding::none_of(back, format!("{here} people compared with {known} erased ones, {back} are back.")))
}

/// No erasure waits longer than a day, but one that a legal hold keeps (Art. 17(3)).
pub(super) async fn erased_in_time(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut open, mut held, mut oldest) = (0, 0, 0);
    for row in ground.store.all(store::Fence::House, erasure::unfinished()).await? {
        let line = ErasureRow::from_row(&row)?;
        if line.organisation == ground.organisation && line.state == "held" {
            held += 1;
        } else if line.organisation == ground.organisation {
            open += 1;
            let hours = ground.world.now().since(line.created_at).as_secs() / 3_600;
            oldest = oldest.max(i64::try_from(hours).unwrap_or(i64::MAX));
        }
    }
    let says =
        format!("{open} erasures are open, the oldest for {oldest} hours; {held} wait for the end of a legal hold.");
    Ok(Finding::at_most(HOURS, oldest, says))
}

/// Every receipt is genuine, of this installation, and clean.
pub(super) async fn receipts_genuine(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let ours = data_encoding::BASE64.encode(&ground.keyring.signer().public_key());
    let (mut looked, mut wrong) = (0, 0);
    for row in ground.all(erasure::latest(ground.organisation, RECEIPTS)).await? {
        let line = ErasureRow::from_row(&row)?;
        if line.finished_at.is_some() {
            looked += 1;
            let receipt = line.receipt.unwrap_or_default();
            wrong += i64::from(!verify::receipt(&receipt, Some(&ours)).is_ok_and(|seen| seen.found == 0));
        }
    }
    Ok(Finding::none_of(wrong, format!("{looked} receipts verified, {wrong} are not genuine or not clean.")))
}

/// No key is left of somebody who is gone. One is made a moment before its person, so a fresh one is no finding.
pub(super) async fn keys_destroyed(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let young = ground.world.now().minus(GRACE);
    let mut left = 0;
    for row in ground.all(wrapped_key::left_over(ground.organisation, KEYS)).await? {
        let subject: Option<PersonId> = row.maybe_id("subject")?;
        left += i64::from(subject.is_none_or(|person| made_at(person) < young.millis()));
    }
    Ok(Finding::none_of(left, format!("{left} keys are left of people who are gone.")))
}

/// When an id was made: the first 48 bits of a `UUIDv7` (RFC 9562).
fn made_at(person: PersonId) -> i64 {
    person.bytes().iter().take(6).fold(0, |millis, byte| (millis << 8) | i64::from(*byte))
}

/// The export of the newest person holds every row she has.
pub(super) async fn export_whole(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let organisation = ground.organisation;
    let Some(row) = ground.all(person::recent(organisation, 1)).await?.into_iter().next() else {
        return Ok(Finding::given(true, 0, "There is nobody to export."));
    };
    let person: PersonId = row.id("id")?;
    // Counted first: what is said meanwhile is in the export, and nothing is missing.
    let held = held(ground, organisation, person).await?;
    let exported = match count_rows(ground.keyring, ground.store, organisation, person).await {
        Ok(counts) => counts,
        // Erased between the two looks.
        Err(Fault::Refused(_)) => return Ok(Finding::given(true, 0, "The newest person was just erased.")),
        Err(fault) => return Err(fault),
    };
    let missing: i64 = held
        .iter()
        .map(|(table, count)| {
            let got = exported.iter().find(|(name, _)| name == table).map_or(0, |(_, got)| *got);
            (count - got).max(0)
        })
        .sum();
    let rows: i64 = held.iter().map(|(_, count)| count).sum();
    let kinds = held.iter().map(|(table, _)| *table).collect::<BTreeSet<_>>().len();
    Ok(Finding::none_of(missing, format!("{rows} rows of {kinds} kinds exported and counted, {missing} missing.")))
}

/// Every decision names the wording that was shown, and every wording has the fingerprint it was published with.
pub(super) async fn consents_whole(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let mut wrong = ground.many(consent::unfit(ground.organisation)).await?;
    let mut texts = 0;
    for row in ground.all(consent_text::every(ground.organisation)).await? {
        let text = TextRow::from_row(&row)?;
        texts += 1;
        wrong += i64::from(digest(&SHA256, text.body.as_bytes()).as_ref() != text.hash.as_slice());
    }
    let decisions = ground.many(consent::count(ground.organisation)).await?;
    Ok(Finding::none_of(wrong, format!("{decisions} decisions and {texts} wordings compared, {wrong} do not fit.")))
}

/// Nothing is left that rests on a consent which no longer stands.
pub(super) async fn withdrawn_gone(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let left = ground.many(survey_answer::orphans(ground.organisation)).await?;
    let held = ground.many(survey_answer::count(ground.organisation)).await?;
    Ok(Finding::none_of(left, format!("{held} answers rest on consents, {left} of them on one that does not stand.")))
}

async fn held(
    ground: &Ground<'_>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<(&'static str, i64)>, Fault> {
    let mut held = Vec::new();
    for (table, owned) in plan::owned() {
        held.push((table.name, ground.many(subject::count(owned, None, organisation, person)).await?));
    }
    Ok(held)
}
