//! Looks at the fence between organisations, and at what the house notes about itself.

use model::OrganisationId;
use store::audit::{Sought, find};
use store::erasure::{self, ErasureRow};
use store::{Fence, organisation, probe};

use super::{Finding, GRACE, Ground, fields};
use crate::promise::STALE;
use crate::{Fault, plan};

/// How many erasures are compared with the log.
const ERASURES: i64 = 500;
/// What a member or a program is called in the ledger of erasures.
const STAFF: [&str; 2] = ["member", "api_key"];

/// A question without its organisation, or about another one, gets nothing.
pub(super) async fn fence_stands(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut asked, mut passed) = (0, 0);
    for (table, _) in plan::owned() {
        asked += 1;
        passed += i64::from(ground.store.all(ground.fence(), probe::careless(table.name)).await.is_ok());
    }
    let stranger = OrganisationId::new(ground.world);
    asked += 2;
    let theirs = ground.store.all(ground.fence(), organisation::by_id(stranger)).await;
    passed += i64::from(theirs.is_ok());
    let ours = ground.store.all(Fence::Organisation(stranger), organisation::by_id(ground.organisation)).await;
    passed += i64::from(ours.is_ok());
    Ok(Finding::none_of(passed, format!("{asked} questions beside the fence asked, {passed} were answered.")))
}

/// Every row about somebody is about somebody of the same organisation.
pub(super) async fn rows_at_home(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut astray) = (0, 0);
    // The person's own table is the last of the plan.
    let Some((_, people)) = plan::owned().last() else {
        return Ok(Finding::given(false, 0, "The map knows no people."));
    };
    for (table, owned) in plan::owned().filter(|(table, _)| table.name != people.table) {
        looked += 1;
        let at = (table.name, owned.owner);
        astray += ground.many(probe::homeless(at, (people.table, people.key), ground.organisation)).await?;
    }
    Ok(Finding::none_of(astray, format!("{looked} tables compared with the people, {astray} rows astray.")))
}

/// Every line of the audit log fits the one before it, and every signed mark fits the line it names.
pub(super) async fn chain_sound(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let Ground { store, keyring, world, organisation, .. } = *ground;
    let verdict = crate::audit::walk(keyring, store, world, organisation).await?;
    let (entries, marks) = (verdict.entries, verdict.checkpoints);
    let flaw = verdict.flaw.as_ref().map_or_else(|| "sound".to_owned(), ToString::to_string);
    let says = format!("{entries} lines and {marks} signed marks walked: {flaw}.");
    Ok(Finding::none_of(usize::from(verdict.flaw.is_some()), says))
}

/// Where a website is noted, only its host name is.
pub(super) async fn hosts_only(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut rows, mut more) = (0, 0);
    for (table, field) in fields(|field| field.name == "host" || field.name.ends_with("_host")) {
        for pattern in ["%/%", "%?%", "%@%", "%#%"] {
            for row in ground.all(probe::alike(table.name, &[field.name], pattern, ground.organisation)).await? {
                rows += if pattern == "%/%" { row.int("total")? } else { 0 };
                more += row.int("cells_0")?;
            }
        }
    }
    Ok(Finding::none_of(more, format!("{rows} rows with a website looked at, {more} say more than its name.")))
}

/// Every erasure asked for by the staff has its line in the audit log.
pub(super) async fn deeds_noted(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let (mut looked, mut silent) = (0, 0);
    // The log ends after its term; what is older is not missed.
    let term = ground.world.now().minus(23 * 30 * GRACE);
    for row in ground.all(erasure::latest(ground.organisation, ERASURES)).await? {
        let line = ErasureRow::from_row(&row)?;
        if !STAFF.contains(&line.requested_by.as_str()) || line.created_at < term {
            continue;
        }
        looked += 1;
        let sought = Sought { object: line.id.to_string(), ..Sought::default() };
        silent += i64::from(ground.all(find(ground.organisation, &sought, 1)).await?.is_empty());
    }
    Ok(Finding::none_of(silent, format!("{looked} erasures by the staff looked up, {silent} are not in the log.")))
}

/// The run before this one was not too long ago.
pub(super) fn checks_fresh(ground: &Ground<'_>) -> Finding {
    let Some(before) = ground.before else {
        return Finding::given(true, 0, "This is the first run.");
    };
    let ago = ground.world.now().since(before);
    let hours = i64::try_from(ago.as_secs() / 3_600).unwrap_or(i64::MAX);
    Finding::given(ago <= STALE, hours, format!("The run before was {hours} hours ago."))
}

/// Keeps the list of tables honest: every table with an id and an organisation can be looked at.
#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::*;

    #[test]
    fn there_are_places_to_look_at() {
        assert!(tables().count() >= 10);
        assert!(fields(|field| field.name.ends_with("host")).count() >= 2);
    }
}
