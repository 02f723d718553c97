//! Deletes one person's rows by the map: first what mentions them, then they themselves, children before parents.

use std::collections::BTreeMap;

use datamap::Erasure;
use model::{OrganisationId, PersonId};
use store::subject::Owned;
use store::{Fence, Store, Work, subject};

use crate::{Fault, plan};

/// How many rows one statement deletes, so that nobody else waits long.
const BATCH: i64 = 500;
/// How many ids one statement names.
const AT_ONCE: usize = 400;

pub(super) async fn exists(store: &Store, organisation: OrganisationId, person: PersonId) -> Result<bool, Fault> {
    let Some((_, owned)) = plan::owned().last() else { return Ok(false) };
    let row = store.one(Fence::Organisation(organisation), subject::count(owned, None, organisation, person)).await?;
    Ok(row.map(|row| row.int("many")).transpose()?.unwrap_or(0) > 0)
}

/// How many rows there are of each kind.
pub(super) async fn counted(
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<BTreeMap<String, u64>, Fault> {
    let mut counts = BTreeMap::new();
    for (table, owned) in plan::owned() {
        let statement = subject::count(owned, None, organisation, person);
        let row = store.one(Fence::Organisation(organisation), statement).await?;
        let many = row.map(|row| row.int("many")).transpose()?.unwrap_or(0);
        if many > 0 {
            counts.insert(table.rows.to_owned(), u64::try_from(many).unwrap_or(0));
        }
    }
    Ok(counts)
}

/// Unlinks or deletes what mentions her or anything of hers, as the map says of each column. `names` are ids noted earlier:
/// they find mentions that were written after the rows they name had gone.
pub(super) async fn unmention(
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
    names: &[String],
) -> Result<(), Fault> {
    let mut work = Work::new(Fence::Organisation(organisation));
    for (_, field, at) in plan::mentions() {
        for (_, owned) in plan::owned() {
            work = work.extend(match field.preset.erasure {
                Erasure::Replace(word) => Some(subject::replace(at, owned, word, organisation, person)),
                Erasure::DeleteRow => Some(subject::delete_mentioning(at, owned, organisation, person)),
                // Keys are the vault's to destroy; what stays, stays.
                Erasure::Shred | Erasure::ClearLast | Erasure::Stays => None,
            });
        }
        for some in names.chunks(AT_ONCE) {
            work = work.extend(match field.preset.erasure {
                Erasure::Replace(word) => Some(subject::replace_named(at, some, word, organisation)),
                Erasure::DeleteRow => Some(subject::delete_named(at, some, organisation)),
                Erasure::Shred | Erasure::ClearLast | Erasure::Stays => None,
            });
        }
    }
    store.write(work).await?;
    Ok(())
}

/// Deletes one batch of her rows from one table; answers how many went, zero when nothing of hers is left in it.
pub(super) async fn delete_some(
    store: &Store,
    of: Owned,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<u64, Fault> {
    let delete = subject::delete(of, BATCH, organisation, person);
    let done = store.write(Work::new(Fence::Organisation(organisation)).with(delete)).await?;
    Ok(done.first().map_or(0, |done| done.changed))
}
