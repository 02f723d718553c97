//! A store of one's own for each test: an encrypted folder, or a fresh database in a throw-away cluster.

use std::ops::Deref;

use model::{OrganisationId, World};
use store::organisation::{self, OrganisationRow};
use store::{EngineName, Fence, Store, StoreConfig, Work};
use tempfile::TempDir;
use vault::{Keyring, MasterKey};

use crate::cluster::{self, Database};

/// A store that disappears with the test.
pub struct TestStore {
    store: Store,
    config: StoreConfig,
    keep: Keep,
}

/// What lives as long as the store.
enum Keep {
    Folder(TempDir),
    Database(Database),
}

/// A store of one's own on each engine that this machine has. Without PostgreSQL it says so loudly,
/// and fails where `REQUIRE_POSTGRES=1` demands it.
pub async fn engines() -> Vec<TestStore> {
    let mut stores = vec![temp_store().await];
    if let Some(database) = cluster::fresh_database() {
        let config = StoreConfig::Postgres { url: database.url() };
        stores.push(open(config, Keep::Database(database)).await);
    }
    stores
}

/// A store of one's own on the embedded engine.
pub async fn temp_store() -> TestStore {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = StoreConfig::Sqlite {
        folder: folder.path().join("data"),
        keys_folder: folder.path().join("keys"),
        data_key: [0x11; 32],
        keys_key: [0x22; 32],
    };
    open(config, Keep::Folder(folder)).await
}

async fn open(config: StoreConfig, keep: Keep) -> TestStore {
    let store = Store::open(config.clone()).await.unwrap_or_else(|error| panic!("the store opens: {error}"));
    TestStore { store, config, keep }
}

impl TestStore {
    /// The store itself, to clone.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What it was opened with, to open it again after `close`.
    pub fn config(&self) -> StoreConfig {
        self.config.clone()
    }

    /// Closes the store and opens it again: whatever lived in memory only is gone.
    pub async fn reopen(&mut self) {
        self.store.close().await;
        self.store = Store::open(self.config()).await.unwrap_or_else(|error| panic!("the store opens again: {error}"));
    }

    /// The engine's name for messages of failed assertions.
    pub fn name(&self) -> &'static str {
        match self.engine() {
            EngineName::Sqlite => "SQLite",
            EngineName::Postgres => "PostgreSQL",
        }
    }

    /// The folder with the engine's own files, for tests that search the raw bytes.
    pub fn folder(&self) -> &std::path::Path {
        match &self.keep {
            Keep::Folder(folder) => folder.path(),
            Keep::Database(database) => database.folder(),
        }
    }

    /// A keyring over this store, with the test house's master key.
    pub fn keyring(&self, world: &World) -> Keyring {
        Keyring::new(MasterKey::from_bytes([0x33; 32]), world.clone(), self.store.cupboard())
    }

    /// An organisation with its key and its row.
    pub async fn found(&self, world: &World, keyring: &Keyring) -> OrganisationId {
        let id = OrganisationId::new(world);
        keyring.create_organisation(id).await.expect("a key for the organisation");
        let row = OrganisationRow {
            id,
            name: "Teestube am Markt".to_owned(),
            widget_key: format!("wk_{id}"),
            settings: "{}".to_owned(),
            created_at: world.now(),
        };
        let work = Work::new(Fence::Organisation(id)).with(organisation::insert(row));
        self.store.write(work).await.expect("the organisation is founded");
        id
    }
}

impl Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}
