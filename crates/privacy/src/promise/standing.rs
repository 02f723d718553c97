//! How each promise stands now: what its checks found last, or who vouches for it; and whether it may be published.

use std::collections::BTreeMap;
use std::time::Duration;

use model::{AttestationId, MemberId, Moment, OrganisationId, Refusal, World};
use store::attestation::{self, AttestationRow};
use store::proof::{self, ProofRow};
use store::{Fence, Statement, Store};

use super::{Check, Promise, Proof, Scene, promise, promises};
use crate::Fault;
use crate::holdings::days;

/// A finding older than this proves nothing any more: the checks run every night, with two hours of grace.
pub const STALE: Duration = Duration::from_secs(26 * 60 * 60);
/// How long somebody may vouch at most, in days: a little more than a year.
const LONGEST: u32 = 400;
/// How many characters a statement may have.
const STATEMENT: usize = 500;
/// How many findings one look at the history brings.
const HISTORY: i64 = 20_000;

/// Whether a promise may be made in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every check holds and is fresh: published.
    Holds,
    /// A check fails: withdrawn, alarm.
    Fails,
    /// A check has not run for too long: withdrawn, alarm.
    Stale,
    /// A check has never run: not published yet.
    Unchecked,
    /// Somebody vouches for it: published as attested.
    Attested,
    /// Somebody vouched for it until a day that is over: withdrawn, alarm.
    Lapsed,
    /// Nobody vouches for it: not published.
    Unattested,
}

impl Verdict {
    /// The word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Stale => "stale",
            Verdict::Unchecked => "unchecked",
            Verdict::Attested => "attested",
            Verdict::Lapsed => "lapsed",
            Verdict::Unattested => "unattested",
        }
    }

    /// Whether the sentence is published.
    pub const fn is_published(self) -> bool {
        matches!(self, Verdict::Holds | Verdict::Attested)
    }

    /// Whether the staff must look.
    pub const fn is_alarm(self) -> bool {
        matches!(self, Verdict::Fails | Verdict::Stale | Verdict::Lapsed)
    }
}

/// What a check found last.
#[derive(Clone, Debug)]
pub struct Look {
    /// Which check.
    pub check: Check,
    /// Its last finding, if it ever ran.
    pub found: Option<ProofRow>,
}

/// Who vouches for a promise, until when.
#[derive(Clone, Debug)]
pub struct Attested {
    /// Who.
    pub by: MemberId,
    /// What was looked at.
    pub statement: String,
    /// Since when.
    pub made_at: Moment,
    /// Until when.
    pub until: Moment,
}

/// A promise and how it stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The promise.
    pub promise: &'static Promise,
    /// Whether it may be published.
    pub verdict: Verdict,
    /// What its checks found.
    pub looks: Vec<Look>,
    /// Who vouches for it.
    pub attested: Option<Attested>,
}

impl Standing {
    /// When the oldest of its findings was made; nothing where one is missing.
    pub fn checked_at(&self) -> Option<Moment> {
        let times: Option<Vec<Moment>> =
            self.looks.iter().map(|look| look.found.as_ref().map(|found| found.checked_at)).collect();
        times?.into_iter().min()
    }
}

/// How every promise that applies stands, in the order of the public page.
pub async fn standing(
    store: &Store,
    now: Moment,
    organisation: OrganisationId,
    scene: &Scene,
) -> Result<Vec<Standing>, Fault> {
    let fence = Fence::Organisation(organisation);
    let mut findings = BTreeMap::new();
    for row in store.all(fence, proof::latest(organisation, now)).await? {
        let row = ProofRow::from_row(&row)?;
        findings.insert(row.examined.clone(), row);
    }
    let mut vouched = BTreeMap::new();
    for row in store.all(fence, attestation::latest(organisation)).await? {
        let AttestationRow { promise, member, statement, made_at, valid_until, .. } = AttestationRow::from_row(&row)?;
        vouched.insert(promise, Attested { by: member, statement, made_at, until: valid_until });
    }
    let applying = promises().filter(|promise| promise.applies(scene));
    let stand = applying.map(|promise| {
        let looks: Vec<Look> = promise
            .checks()
            .iter()
            .map(|check| Look { check: *check, found: findings.get(check.word()).cloned() })
            .collect();
        let attested = vouched.get(promise.id).filter(|_| matches!(promise.proof, Proof::Attested)).cloned();
        let verdict = match promise.proof {
            Proof::Live(_) => judged(&looks, now),
            Proof::Attested => match &attested {
                Some(vouched) if vouched.until > now => Verdict::Attested,
                Some(_) => Verdict::Lapsed,
                None => Verdict::Unattested,
            },
        };
        Standing { promise, verdict, looks, attested }
    });
    Ok(stand.collect())
}

/// The worst of its checks decides.
fn judged(looks: &[Look], now: Moment) -> Verdict {
    let found: Vec<_> = looks.iter().filter_map(|look| look.found.as_ref()).collect();
    if found.iter().any(|found| !found.holds) {
        Verdict::Fails
    } else if found.len() < looks.len() {
        Verdict::Unchecked
    } else if found.iter().any(|found| now.since(found.checked_at) > STALE) {
        Verdict::Stale
    } else {
        Verdict::Holds
    }
}

/// All findings since a moment, the oldest first.
pub async fn history(store: &Store, organisation: OrganisationId, from: Moment) -> Result<Vec<ProofRow>, Fault> {
    let rows = store.all(Fence::Organisation(organisation), proof::since(organisation, from, HISTORY)).await?;
    Ok(rows.iter().map(ProofRow::from_row).collect::<Result<_, _>>()?)
}

/// Vouches for a promise that no check can see, for this many days; as a statement for the work that also notes the deed.
pub fn attest(
    world: &World,
    (organisation, member): (OrganisationId, MemberId),
    id: &str,
    statement: &str,
    for_days: u32,
) -> Result<Statement, Refusal> {
    let promise = promise(id).ok_or_else(Refusal::not_found)?;
    if !matches!(promise.proof, Proof::Attested) {
        return Err(Refusal::invalid("This promise is proved by live checks; nobody needs to vouch for it."));
    }
    let statement = statement.trim();
    if statement.is_empty() || statement.chars().count() > STATEMENT || statement.contains('@') {
        return Err(Refusal::invalid(
            "Say in 1 to 500 characters what you looked at; name things and documents, no people and no addresses.",
        ));
    }
    if !(1..=LONGEST).contains(&for_days) {
        return Err(Refusal::invalid("One can vouch for 1 to 400 days."));
    }
    let now = world.now();
    let row = AttestationRow {
        id: AttestationId::new(world),
        promise: promise.id.to_owned(),
        member,
        statement: statement.to_owned(),
        made_at: now,
        valid_until: now.plus(days(for_days)),
    };
    Ok(attestation::insert(organisation, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(check: Check, holds: bool, at: i64) -> Look {
        let checked_at = Moment::from_millis(at);
        let row = ProofRow { examined: check.word().into(), holds, figure: 0, says: String::new(), checked_at };
        Look { check, found: Some(row) }
    }

    #[test]
    fn the_worst_finding_decides_and_old_ones_prove_nothing() {
        let hour = 3_600_000;
        let now = Moment::from_millis(100 * hour);
        let never = Look { check: Check::OwnKeys, found: None };
        let fresh = || look(Check::SealedCells, true, 99 * hour);
        assert_eq!(judged(&[fresh()], now), Verdict::Holds);
        assert_eq!(judged(&[fresh(), look(Check::OwnKeys, false, 99 * hour)], now), Verdict::Fails);
        assert_eq!(judged(&[fresh(), never], now), Verdict::Unchecked);
        assert_eq!(judged(&[fresh(), look(Check::OwnKeys, true, 73 * hour)], now), Verdict::Stale);
        assert_eq!(judged(&[look(Check::OwnKeys, true, 74 * hour)], now), Verdict::Holds, "26 hours, to the minute");
    }
}
