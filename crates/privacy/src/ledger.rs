//! Remembers that somebody was erased without remembering who, and keeps a restored backup from bringing her back.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::hmac;
use model::{OrganisationId, PersonId};
use store::{Fence, Store, Work, erasure, subject};
use vault::Keyring;

use crate::erase::Eraser;
use crate::{Fault, plan};

/// How many people are compared with the ledger at once.
const PAGE: i64 = 1_000;

/// The keyed fingerprint of a person's id: this installation can compute it from an id, nobody can compute the id from it.
pub(crate) fn mac(keyring: &Keyring, organisation: OrganisationId, person: PersonId) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &keyring.derive("erasure ledger"));
    let mut context = hmac::Context::with_key(&key);
    context.update(&organisation.bytes());
    context.update(&person.bytes());
    context.sign().as_ref().to_vec()
}

/// Whether this person was erased here: then nothing brings her back, not even her own archive.
pub async fn was_erased(
    store: &Store,
    keyring: &Keyring,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<bool, Fault> {
    let erased = ledger(store).await?;
    Ok(erased.get(&organisation).is_some_and(|marks| marks.contains(&mac(keyring, organisation, person))))
}

/// What a start of the server found to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Erasures that were under way and are done now.
    pub resumed: usize,
    /// Erasures that were under way and cannot be done now; their jobs go on trying.
    pub waiting: usize,
    /// People who had been erased and came back with a restored backup.
    pub returned: usize,
}

/// To be run before the first request is answered: takes up what was under way and erases again whoever the ledger knows. Only the
/// second may stop a start: that somebody asked and still waits is no reason to serve nobody else.
pub async fn replay(eraser: &Eraser) -> Result<Replayed, Fault> {
    let mut replayed = Replayed::default();
    for row in eraser.store.all(Fence::House, erasure::unfinished()).await? {
        let line = erasure::ErasureRow::from_row(&row)?;
        match eraser.run(line.id).await {
            Ok(()) => replayed.resumed += 1,
            Err(fault) => {
                tracing::error!(%fault, "an erasure did not go on");
                let job = crate::erase::enqueue(&eraser.counter().world, line.organisation, line.id);
                eraser.store.write(Work::new(Fence::Organisation(line.organisation)).with(job)).await?;
                replayed.waiting += 1;
            }
        }
    }
    for (organisation, erased) in ledger(&eraser.store).await? {
        for person in people(&eraser.store, organisation).await? {
            if erased.contains(&mac(&eraser.keyring, organisation, person)) {
                let again = crate::erase::request(&eraser.counter(), organisation, person, "house").await?;
                eraser.run(again).await?;
                replayed.returned += 1;
            }
        }
    }
    Ok(replayed)
}

pub(crate) async fn ledger(store: &Store) -> Result<BTreeMap<OrganisationId, BTreeSet<Vec<u8>>>, Fault> {
    let mut ledger: BTreeMap<OrganisationId, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for row in store.all(Fence::House, erasure::done()).await? {
        ledger.entry(row.id("organisation")?).or_default().insert(row.bytes("subject_mac")?);
    }
    Ok(ledger)
}

pub(crate) async fn people(store: &Store, organisation: OrganisationId) -> Result<Vec<PersonId>, Fault> {
    // The person's own table is the last of the plan: everything else hangs on it.
    let Some((_, owned)) = plan::owned().last() else { return Ok(Vec::new()) };
    let (mut people, mut after) = (Vec::new(), String::new());
    loop {
        let page = subject::ids_after(owned, &after, PAGE, organisation);
        let rows = store.all(Fence::Organisation(organisation), page).await?;
        let Some(last) = rows.last() else { return Ok(people) };
        after = last.text("id")?;
        for row in &rows {
            people.push(row.id("id")?);
        }
    }
}

/// People whom the ledger knows and whom any table that belongs to people still names. A second look, by another way than the
/// replay's: through the column that ties each row to its owner.
pub async fn survivors(store: &Store, keyring: &Keyring) -> Result<usize, Fault> {
    let ledger = ledger(store).await?;
    let mut found = BTreeSet::new();
    for (_, owned) in plan::owned() {
        for row in store.all(Fence::House, store::dump::owners(owned)).await? {
            let (organisation, Some(person)) = (row.id("organisation")?, row.maybe_id("owner")?) else { continue };
            let erased =
                ledger.get(&organisation).is_some_and(|macs| macs.contains(&mac(keyring, organisation, person)));
            if erased {
                found.insert((organisation, person));
            }
        }
    }
    Ok(found.len())
}
