//! Restores a backup into an empty store, and serves nothing before the ledger of erasures was replayed over it.

use std::path::PathBuf;
use std::sync::Arc;

use model::{Actor, ErasureId, Moment, OrganisationId, PersonId, World};
use store::audit::Act;
use store::dump::{self, Restore, count, mark};
use store::{Fence, Store, StoreConfig, Work};
use vault::{ArchiveKey, BoxFuture, Head, Keyring, MasterKey};

use super::keys::keys;
use super::read::head;
use super::shelf::of_data;
use super::trial::{load, tally};
use super::{BackupFault, Depot, reach};
use crate::erase::{Counter, Eraser, Farewell};
use crate::{audit, ledger};

/// What is restored from where.
pub struct Sources {
    /// The backup of the data.
    pub data: PathBuf,
    /// The copy of the keys, where keys.db is lost too.
    pub keys: Option<PathBuf>,
}

/// What a restore did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Of which moment the data is: whatever was written after it is lost.
    pub of: Moment,
    /// Rows put back.
    pub rows: u64,
    /// People in the backup who had been erased since, erased again.
    pub erased_again: usize,
    /// Organisations whose audit log lost its newest lines and says so now.
    pub shorter_logs: usize,
}

/// Restores. Killed anywhere, the store stays marked as unfinished: it is not served, and restoring again begins anew.
pub async fn restore(
    sources: &Sources,
    config: &StoreConfig,
    (master, world): (&MasterKey, &World),
    progress: &(dyn Fn(&'static str) + Sync),
) -> Result<Restored, BackupFault> {
    let key = ArchiveKey::new(master);
    // Everything that can be refused is refused before anything is touched.
    let data = head(&sources.data, &key, "data")?;
    if let Some(keys) = &sources.keys {
        head(keys, &key, "keys")?;
    }
    progress("reading the archive");
    super::trial::look(&sources.data, &key).await?;
    let store = Store::open(config.clone()).await?;
    let outcome = filled(&store, sources, (config, &key), (master, world), (&data, progress)).await;
    let outcome = outcome.map(|done| Restored { of: data.created_at, ..done });
    store.close().await;
    outcome
}

async fn filled(
    store: &Store,
    sources: &Sources,
    (config, key): (&StoreConfig, &ArchiveKey),
    (master, world): (&MasterKey, &World),
    (head, progress): (&Head, &(dyn Fn(&'static str) + Sync)),
) -> Result<Restored, BackupFault> {
    empty(store).await?;
    let keyring = Keyring::new(master.clone(), world.clone(), store.cupboard());
    progress("restoring the keys");
    keys((store, config), &keyring, (sources.keys.as_deref(), key)).await?;
    reach::demand(config, head).await?;
    progress("restoring the data");
    let put = load(store, &sources.data, key).await?;
    let rows = put.iter().map(|tally| tally.rows).sum();
    if tally(config, of_data()).await? != put {
        return Err(BackupFault::Trial("what lies in the store differs".to_owned()));
    }
    progress("replaying the ledger of erasures");
    let counter = Counter { store: store.clone(), keyring: keyring.clone(), world: world.clone() };
    crate::leave::replay(&crate::leave::Departer::new(counter.clone())).await?;
    let replayed = ledger::replay(&Eraser::new(counter, Arc::new(Nobody))).await?;
    if replayed.waiting > 0 {
        return Err(BackupFault::Waiting(replayed.waiting));
    }
    progress("looking for whoever was erased");
    match ledger::survivors(store, &keyring).await? {
        0 => {}
        many => return Err(BackupFault::Survivors(many)),
    }
    let shorter_logs = told(store, &keyring, world).await?;
    mark(store, Restore::Whole).await?;
    let of = world.now();
    Ok(Restored { of, rows, erased_again: replayed.returned + replayed.resumed, shorter_logs })
}

/// Only an empty store, or one in which a restore was begun before, may be filled.
async fn empty(store: &Store) -> Result<(), BackupFault> {
    let begun = dump::is_unfinished(store).await?;
    for shelf in of_data().iter().rev() {
        if begun {
            dump::clear(store, &shelf.table).await?;
        } else if count(store, &shelf.table).await? > 0 {
            return Err(BackupFault::Occupied);
        }
    }
    // The mark of one that was begun says whether its keys are whole: it stays.
    if begun { Ok(()) } else { Ok(mark(store, Restore::Data).await?) }
}

/// Every organisation's log says that its data came back from a backup, and how much of the log itself is missing.
async fn told(store: &Store, keyring: &Keyring, world: &World) -> Result<usize, BackupFault> {
    let mut shorter = 0;
    for row in store.all(Fence::House, store::organisation::every()).await? {
        let organisation: OrganisationId = row.id("id")?;
        if audit::restored(keyring, store, world, organisation).await? {
            shorter += 1;
        }
        let act = Act {
            action: "backup.restore",
            reason: "house_duty",
            object_kind: "organisation",
            object: &organisation.to_string(),
            request: "",
        };
        let line = store::audit::insert(world, &Actor::House { organisation }, &act);
        store.write(Work::new(Fence::Organisation(organisation)).with(line)).await?;
        audit::mark(keyring, store, world, organisation).await?;
    }
    Ok(shorter)
}

/// Nobody has a stream open while a store is restored.
struct Nobody;

impl Farewell for Nobody {
    fn close<'a>(&'a self, _: OrganisationId, _: PersonId, _: ErasureId) -> BoxFuture<'a, ()> {
        Box::pin(std::future::ready(()))
    }
}

impl Depot {
    /// Where a backup of this depot lies.
    pub fn path(&self, made: &super::Made) -> PathBuf {
        self.folder.join(&made.name)
    }
}
