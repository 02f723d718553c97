//! The copy of the keys and the ledger: one, apart from the data, written anew inside every erasure.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{OrganisationId, PersonId, World};
use store::StoreConfig;
use tokio::sync::Mutex;
use vault::{ArchiveKey, BoxFuture};

use super::depot::{head, private, stamp};
use super::shelf::of_keys;
use super::trial::look;
use super::{BackupFault, Offsite, reach, write};
use crate::erase::Forgetful;

/// The copy. Cheap to clone.
#[derive(Clone)]
pub struct KeyCopy(Arc<Inner>);

struct Inner {
    store: StoreConfig,
    key: ArchiveKey,
    world: World,
    folder: PathBuf,
    offsite: Option<Box<dyn Offsite>>,
    /// How many have asked, and up to whom the last copy reaches.
    asked: AtomicU64,
    written: Mutex<u64>,
}

impl KeyCopy {
    /// A copy in `folder`, which must not be where the backups of the data lie.
    pub fn new(
        store: StoreConfig,
        (key, world): (ArchiveKey, World),
        folder: PathBuf,
        offsite: Option<Box<dyn Offsite>>,
    ) -> Self {
        let (asked, written) = (AtomicU64::new(0), Mutex::new(0));
        Self(Arc::new(Inner { store, key, world, folder, offsite, asked, written }))
    }

    /// Writes the copy anew and removes every older one. Who asks while another copy is being written waits for the next
    /// one, together with everybody else who waits: a thousand erasures do not write a thousand copies.
    pub async fn renew(&self) -> Result<(), BackupFault> {
        let mine = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut written = self.0.written.lock().await;
        if *written >= mine {
            return Ok(());
        }
        let reached = self.0.asked.load(Ordering::SeqCst);
        self.write().await?;
        *written = reached;
        Ok(())
    }

    async fn write(&self) -> Result<(), BackupFault> {
        let Inner { store, key, world, folder, offsite, .. } = &*self.0;
        private(folder)?;
        let name = format!("keys-{}.cfd", stamp(world.now()));
        let path = folder.join(&name);
        let head = reach::noted(store, head("keys", world.now())).await?;
        let put = write::write(store, of_keys(), (key, world), head, &path).await?;
        if look(&path, key).await? != put {
            return Err(BackupFault::Trial("the copy of the keys differs".to_owned()));
        }
        if let Some(offsite) = offsite {
            offsite.put(&name, &path).await.map_err(BackupFault::Offsite)?;
            for old in offsite.names().await.map_err(BackupFault::Offsite)?.iter().filter(|old| **old != name) {
                offsite.delete(old).await.map_err(BackupFault::Offsite)?;
            }
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let old = entry.file_name().to_string_lossy().into_owned();
            if old.starts_with("keys-") && old != name {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// The newest copy, if there is one.
    pub fn newest(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(&self.0.folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "cfd")).max()
    }
}

/// An erasure goes on only when the copy no longer holds the key.
impl Forgetful for KeyCopy {
    fn name(&self) -> &'static str {
        "key copy"
    }

    fn forget<'a>(&'a self, _: OrganisationId, _: PersonId) -> BoxFuture<'a, Result<(), crate::Fault>> {
        Box::pin(async move {
            self.renew().await.map_err(|fault| crate::Fault::Broken(format!("the copy of the keys: {fault}")))
        })
    }
}
