//! Backups: what was lost comes back, who was erased does not, and what is not a sound backup of ours is refused.

use std::fs;
use std::path::{Path, PathBuf};

use privacy::backup::{BackupFault, Depot, KeyCopy, LONGEST_DAYS, Made, Sources, restore};
use store::{EngineName, Store, StoreConfig};
use vault::{ArchiveError, ArchiveKey, MasterKey};

use crate::dump::{Hay, cells_of, files};
use crate::house::House;
use crate::plant::{Planted, plant};

/// The master key of every test house.
pub fn master() -> MasterKey {
    MasterKey::from_bytes([0x33; 32])
}

pub fn key() -> ArchiveKey {
    ArchiveKey::new(&master())
}

pub fn silent(_: &'static str) {}

pub struct Yard {
    pub room: tempfile::TempDir,
    pub depot: Depot,
    pub copy: KeyCopy,
}

/// A depot and a copy of the keys beside a house.
pub fn yard(house: &House) -> Yard {
    let room = tempfile::tempdir().unwrap();
    let depot = Depot {
        store: house.config(),
        key: key(),
        world: house.world.clone(),
        folder: room.path().join("backups"),
        keep_days: 30,
        offsite: None,
    };
    let copy = KeyCopy::new(house.config(), (key(), house.world.clone()), room.path().join("keys"), None);
    Yard { room, depot, copy }
}

impl Yard {
    pub async fn make(&self) -> (Made, PathBuf) {
        let made = self.depot.make(&silent).await.unwrap();
        let path = self.depot.path(&made);
        (made, path)
    }

    /// A new, empty, embedded place, with the keys of `house` where it is embedded too.
    pub fn empty(&self, name: &str) -> StoreConfig {
        StoreConfig::Sqlite {
            folder: self.room.path().join(name).join("data"),
            keys_folder: self.room.path().join(name).join("keys"),
            data_key: [0x44; 32],
            keys_key: [0x55; 32],
        }
    }

    pub async fn restore(
        &self,
        file: &Path,
        to: &StoreConfig,
        world: &model::World,
    ) -> Result<privacy::backup::Restored, BackupFault> {
        let sources = Sources { data: file.to_owned(), keys: self.copy.newest() };
        restore(&sources, to, (&master(), world), &silent).await
    }
}

/// Everything she had, opened with the keys that are there.
pub async fn seen(config: &StoreConfig, house: &House) -> Hay {
    let store = Store::open(config.clone()).await.unwrap();
    assert!(!store::dump::is_unfinished(&store).await.unwrap(), "only a finished restore is looked at");
    let keyring = vault::Keyring::new(master(), house.world.clone(), store.cupboard());
    let hay = Hay::new(&cells_of(&store, &keyring, house.organisation).await);
    store.close().await;
    hay
}

pub fn there(hay: &Hay, who: &Planted) -> Vec<bool> {
    who.markers.iter().map(|marker| hay.has(&marker.needle)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_store_comes_back_whole_from_either_engine() {
    for house in House::both().await {
        let yard = yard(&house);
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let (made, file) = yard.make().await;
        assert!(made.rows > 20 && made.verified_at >= made.created_at && made.bytes > 0);
        yard.copy.renew().await.unwrap();
        let place = yard.empty("new");
        let restored = yard.restore(&file, &place, &house.world).await.unwrap();
        assert_eq!((restored.of, restored.rows, restored.erased_again), (made.created_at, made.rows, 0));
        let hay = seen(&place, &house).await;
        for who in [&ada, &bob] {
            assert!(there(&hay, who).iter().all(|found| *found), "every field of hers, opened");
        }
    }
}

/// The drill: write, back up, erase somebody, lose everything, restore.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_erased_after_the_backup_does_not_come_back() {
    for house in House::both().await {
        let yard = yard(&house);
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let (_, file) = yard.make().await;
        yard.copy.renew().await.unwrap();
        let before = yard.copy.newest().unwrap();
        house.clock.advance(std::time::Duration::from_secs(1));
        house.erase_telling(ada.person, yard.copy.clone()).await;
        assert_ne!(yard.copy.newest().unwrap(), before, "the copy was written anew inside the erasure");
        assert!(!before.exists(), "no older copy of her key is left");
        let place = yard.empty("after");
        let restored = yard.restore(&file, &place, &house.world).await.unwrap();
        assert_eq!(restored.erased_again, 1);
        let hay = seen(&place, &house).await;
        assert!(there(&hay, &ada).iter().all(|found| !found), "nothing of hers");
        assert!(!hay.has(ada.person.to_string().as_bytes()) && !hay.has(&ada.key_id));
        assert!(there(&hay, &bob).iter().all(|found| *found), "all of his");
        let disk = Hay::new(&files(yard.room.path()));
        for marker in ada.markers.iter().chain(&bob.markers) {
            assert!(!disk.has(&marker.needle), "{}.{} can be read in a backup", marker.table, marker.column);
        }
    }
}

/// Somebody puts an old copy of the keys back by hand: her key would be in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_copy_of_the_keys_is_refused_or_harmless() {
    let house = House::embedded().await;
    let yard = yard(&house);
    let ada = plant(&house, "ada").await;
    yard.copy.renew().await.unwrap();
    let old = yard.room.path().join("old.cfd");
    fs::copy(yard.copy.newest().unwrap(), &old).unwrap();
    house.erase(ada.person).await;
    let (_, file) = yard.make().await;
    let sources = Sources { data: file, keys: Some(old) };
    let outcome = restore(&sources, &yard.empty("new"), (&master(), &house.world), &silent).await;
    assert!(matches!(outcome, Err(BackupFault::OldLedger { here: 0, then: 1 })));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_bad_file_gets_one_clear_refusal_and_nothing_is_touched() {
    let house = House::embedded().await;
    let yard = yard(&house);
    plant(&house, "ada").await;
    let (_, file) = yard.make().await;
    yard.copy.renew().await.unwrap();
    let whole = fs::read(&file).unwrap();
    let bad = yard.room.path().join("bad.cfd");
    let place = yard.empty("new");
    let flip = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let newer = {
        let at = whole.windows(11).position(|window| window == b"\"version\":1").unwrap() + 10;
        let mut bytes = whole.clone();
        bytes[at] = b'7';
        bytes
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cut", whole[..whole.len() - 40].to_vec(), "changed or is damaged"),
        ("one bit", flip(whole.len() - 100), "changed or is damaged"),
        ("head", flip(30), "archive"),
        ("newer", newer, "newer version"),
        ("no archive", b"PK\x03\x04 a zip, surely".to_vec(), "no archive of Confidante"),
        ("empty", Vec::new(), "no archive of Confidante"),
    ];
    for (name, bytes, says) in cases {
        fs::write(&bad, bytes).unwrap();
        let fault = yard.restore(&bad, &place, &house.world).await.unwrap_err();
        assert!(fault.to_string().contains(says), "{name}: {fault}");
        assert!(!yard.room.path().join("new").exists(), "{name}: nothing was created");
    }
    let stranger = MasterKey::from_bytes([0x34; 32]);
    let sources = Sources { data: file.clone(), keys: None };
    let fault = restore(&sources, &place, (&stranger, &house.world), &silent).await.unwrap_err();
    assert!(matches!(fault, BackupFault::Archive(ArchiveError::AnotherInstallation)), "{fault}");
    let keys = yard.copy.newest().unwrap();
    let fault = yard.restore(&keys, &place, &house.world).await.unwrap_err();
    assert!(fault.to_string().contains("holds keys, not data"), "{fault}");
    let fault = restore(&sources, &yard.empty("keyless"), (&master(), &house.world), &silent).await.unwrap_err();
    assert!(matches!(fault, BackupFault::NoKeys), "{fault}");
    yard.restore(&file, &place, &house.world).await.unwrap();
    let fault = yard.restore(&file, &place, &house.world).await.unwrap_err();
    assert!(matches!(fault, BackupFault::Occupied), "{fault}");
    assert!(there(&seen(&place, &house).await, &plant(&house, "bob").await).iter().all(|found| !found));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_restore_is_not_served_and_begins_again() {
    let house = House::embedded().await;
    let yard = yard(&house);
    let ada = plant(&house, "ada").await;
    let (_, file) = yard.make().await;
    yard.copy.renew().await.unwrap();
    let place = yard.empty("new");
    // As after a kill in the middle: marked, and half of it there.
    let store = Store::open(place.clone()).await.unwrap();
    store::dump::mark(&store, store::dump::Restore::Data).await.unwrap();
    assert!(store::dump::is_unfinished(&store).await.unwrap(), "a server that starts here refuses");
    store.close().await;
    let damaged = yard.room.path().join("damaged.cfd");
    fs::write(&damaged, &fs::read(&file).unwrap()[..300]).unwrap();
    assert!(yard.restore(&damaged, &place, &house.world).await.is_err());
    yard.restore(&file, &place, &house.world).await.unwrap();
    assert!(there(&seen(&place, &house).await, &ada).iter().all(|found| *found));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_are_gone_after_their_time_and_leftovers_are_not_believed() {
    let house = House::embedded().await;
    let yard = yard(&house);
    let (first, path) = yard.make().await;
    // What a kill leaves: a part, an archive that nobody tried out, a scratch store.
    fs::write(yard.depot.folder.join("data-20270101T000000000Z.part"), b"half").unwrap();
    fs::write(yard.depot.folder.join("data-20270101T000000001Z.cfd"), b"whole?").unwrap();
    fs::create_dir_all(yard.depot.folder.join("trial/data")).unwrap();
    assert_eq!(yard.depot.made().unwrap(), vec![first.clone()], "only what was tried out is a backup");
    house.clock.advance(std::time::Duration::from_secs(1));
    let (second, _) = yard.make().await;
    let names: Vec<_> = fs::read_dir(&yard.depot.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 5, "two backups, their notes and the lock: {names:?}");
    assert_eq!(yard.depot.made().unwrap(), vec![second, first]);
    house.clock.advance(privacy::holdings::days(LONGEST_DAYS) - std::time::Duration::from_secs(60));
    yard.depot.age_out().await.unwrap();
    assert!(path.exists(), "not before its time");
    house.clock.advance(std::time::Duration::from_secs(120));
    yard.depot.age_out().await.unwrap();
    assert!(!path.exists() && yard.depot.made().unwrap().is_empty(), "on the 30th day, whatever else there is");
    let endless = Depot { keep_days: 4_000, ..yard.depot };
    let made = endless.make(&silent).await.unwrap();
    house.clock.advance(privacy::holdings::days(LONGEST_DAYS));
    endless.age_out().await.unwrap();
    assert!(!endless.path(&made).exists(), "no setting keeps them longer");
}

/// After a restore the audit log is shorter than its last checkpoint, and says so instead of looking broken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_log_of_a_restored_store_tells_of_its_gap() {
    let house = House::embedded().await;
    let yard = yard(&house);
    plant(&house, "ada").await;
    privacy::audit::mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    let (_, file) = yard.make().await;
    house.clock.advance(std::time::Duration::from_secs(1));
    plant(&house, "bob").await;
    privacy::audit::mark(&house.keyring, &house.store, &house.world, house.organisation).await.unwrap();
    yard.copy.renew().await.unwrap();
    let place = yard.empty("new");
    assert_eq!(yard.restore(&file, &place, &house.world).await.unwrap().shorter_logs, 1);
    let store = Store::open(place).await.unwrap();
    let keyring = vault::Keyring::new(master(), house.world.clone(), store.cupboard());
    let verdict = privacy::audit::walk(&keyring, &store, &house.world, house.organisation).await.unwrap();
    assert_eq!(verdict.flaw, None);
    let lines = store.all(
        store::Fence::Organisation(house.organisation),
        store::audit::find(
            house.organisation,
            &store::audit::Sought { action: "backup.restore".to_owned(), ..Default::default() },
            9,
        ),
    );
    assert_eq!(lines.await.unwrap().len(), 1, "it is in the log");
    assert_eq!(store.engine(), EngineName::Sqlite);
}
