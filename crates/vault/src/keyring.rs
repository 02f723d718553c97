//! The keyring: hands out expanded keys, makes new ones, and destroys them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use model::{OrganisationId, World};
use moka::sync::Cache;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::envelope::{EnvelopeKey, Suite};
use crate::organisation_key::wrapped_place;
use crate::{Cupboard, CupboardError, MasterKey, OrganisationKey, SealError, Signer, SubjectKey};

/// How many people's keys stay expanded in memory.
const WARM_SUBJECTS: u64 = 20_000;
/// How many organisations' keys stay expanded in memory.
const WARM_ORGANISATIONS: u64 = 1_000;
/// How long a key may stay warm: the bound within which a key that was destroyed through another machine is forgotten here.
const WARM_FOR: Duration = Duration::from_secs(60);
/// The name under which an organisation's own key lies in the cupboard; no person's id looks like it.
const ORGANISATION: &str = "organisation";

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// There is none: never made, or destroyed.
    #[error("there is no such key")]
    Absent,
    /// There is one, but it does not open under the key above it: another master key, or damaged.
    #[error("the key does not open: wrong master key, or damaged")]
    Broken,
    /// The cupboard failed.
    #[error(transparent)]
    Cupboard(#[from] CupboardError),
}

impl From<SealError> for KeyError {
    fn from(_: SealError) -> Self {
        KeyError::Broken
    }
}

/// All keys of the installation. Cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

struct Inner {
    cupboard: Arc<dyn Cupboard>,
    world: World,
    master: MasterKey,
    wrapping: EnvelopeKey,
    signer: Signer,
    organisations: Cache<OrganisationId, OrganisationKey>,
    subjects: Cache<(OrganisationId, String), SubjectKey>,
    /// Counts destructions, so that a key fetched before one is not kept warm after it.
    destroyed: AtomicU64,
}

impl Keyring {
    /// The keys under `master` whose wrapped forms lie in `cupboard`.
    pub fn new(master: MasterKey, world: World, cupboard: Arc<dyn Cupboard>) -> Self {
        let wrapping_key = Zeroizing::new(master.derive("wrap organisation keys"));
        Self(Arc::new(Inner {
            cupboard,
            wrapping: EnvelopeKey::new(Suite::GcmSiv, &wrapping_key),
            signer: Signer::new(&master),
            master,
            organisations: Cache::builder().max_capacity(WARM_ORGANISATIONS).time_to_live(WARM_FOR).build(),
            subjects: Cache::builder().max_capacity(WARM_SUBJECTS).time_to_live(WARM_FOR).build(),
            destroyed: AtomicU64::new(0),
            world,
        }))
    }

    /// Makes the key of a new organisation.
    pub async fn create_organisation(&self, organisation: OrganisationId) -> Result<(), KeyError> {
        let key = Zeroizing::new(self.0.world.random::<32>());
        let place = wrapped_place(organisation, ORGANISATION);
        let wrapped = self.0.wrapping.seal(self.0.world.random(), &place, key.as_slice())?;
        Ok(self.0.cupboard.keep(organisation, ORGANISATION, wrapped).await?)
    }

    /// The key of an organisation.
    pub async fn organisation(&self, organisation: OrganisationId) -> Result<OrganisationKey, KeyError> {
        if let Some(key) = self.0.organisations.get(&organisation) {
            return Ok(key);
        }
        let before = self.0.destroyed.load(Ordering::SeqCst);
        let wrapped = self.0.cupboard.fetch(organisation, ORGANISATION).await?.ok_or(KeyError::Absent)?;
        let plain = self.0.wrapping.open(&wrapped_place(organisation, ORGANISATION), &wrapped)?;
        let plain: Zeroizing<[u8; 32]> = Zeroizing::new(plain.as_slice().try_into().map_err(|_| KeyError::Broken)?);
        let key = OrganisationKey::new(&plain, self.0.world.clone());
        self.0.organisations.insert(organisation, key.clone());
        if self.0.destroyed.load(Ordering::SeqCst) != before {
            self.0.organisations.invalidate(&organisation);
        }
        Ok(key)
    }

    /// Makes the key of a new subject: a person's or a member's id.
    pub async fn create(&self, organisation: OrganisationId, subject: &str) -> Result<SubjectKey, KeyError> {
        let above = self.organisation(organisation).await?;
        let plain = Zeroizing::new(self.0.world.random::<32>());
        let wrapped = above.wrap(organisation, subject, &plain)?;
        self.0.cupboard.keep(organisation, subject, wrapped).await?;
        // Not kept warm yet: whoever comes next fetches it, so that only one way leads into the cache.
        Ok(SubjectKey::new(&plain, self.0.world.clone()))
    }

    /// The key of a subject.
    pub async fn subject(&self, organisation: OrganisationId, subject: &str) -> Result<SubjectKey, KeyError> {
        let name = (organisation, subject.to_owned());
        if let Some(key) = self.0.subjects.get(&name) {
            return Ok(key);
        }
        let above = self.organisation(organisation).await?;
        let before = self.0.destroyed.load(Ordering::SeqCst);
        let wrapped = self.0.cupboard.fetch(organisation, subject).await?.ok_or(KeyError::Absent)?;
        let plain = above.unwrap(organisation, subject, &wrapped)?;
        let key = SubjectKey::new(&plain, self.0.world.clone());
        self.0.subjects.insert(name.clone(), key.clone());
        // A destruction between fetch and insert would otherwise leave the key warm.
        if self.0.destroyed.load(Ordering::SeqCst) != before {
            self.0.subjects.invalidate(&name);
        }
        Ok(key)
    }

    /// Destroys the key of a subject: everything sealed with it is unreadable from now on, wherever copies lie.
    /// True if there was one.
    pub async fn shred(&self, organisation: OrganisationId, subject: &str) -> Result<bool, KeyError> {
        let outcome = self.0.cupboard.destroy(organisation, subject).await;
        self.forget(organisation, subject);
        Ok(outcome?)
    }

    /// Drops the expanded key from memory, as when another machine destroyed it.
    pub fn forget(&self, organisation: OrganisationId, subject: &str) {
        self.0.destroyed.fetch_add(1, Ordering::SeqCst);
        self.0.subjects.invalidate(&(organisation, subject.to_owned()));
        if subject == ORGANISATION {
            self.0.organisations.invalidate(&organisation);
        }
    }

    /// The installation's signature.
    pub fn signer(&self) -> &Signer {
        &self.0.signer
    }

    /// What seals and opens this installation's archives.
    pub fn archive_key(&self) -> crate::ArchiveKey {
        crate::ArchiveKey::new(&self.0.master)
    }

    /// A key for one purpose of the whole installation, such as the erasure ledger's marks.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        self.0.master.derive(label)
    }
}
