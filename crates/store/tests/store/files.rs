//! The embedded engine's files: encrypted whole, locked, and safe from wrong keys, lost halves and full disks.

use std::path::Path;

use store::{Store, StoreConfig, StoreError};
use testkit::temp_store;

use crate::scene::Scene;

fn with_keys(config: StoreConfig, data: u8, keys: u8) -> StoreConfig {
    match config {
        StoreConfig::Sqlite { folder, keys_folder, .. } => {
            StoreConfig::Sqlite { folder, keys_folder, data_key: [data; 32], keys_key: [keys; 32] }
        }
        other => other,
    }
}

fn all_bytes(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { bytes.extend(all_bytes(&path)) } else { bytes.extend(std::fs::read(&path).unwrap()) }
    }
    bytes
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[tokio::test]
async fn nothing_in_any_file_can_be_read_without_the_key() {
    let store = temp_store().await;
    let scene = Scene::set(&store).await;
    scene.write(&store, vec![scene.rename("Teeladen Zwetschgenröster")]).await.unwrap();
    let organisation = scene.organisation;
    store.cupboard().keep(organisation, "per_plainly_readable", vec![7; 60]).await.unwrap();
    let open = all_bytes(store.folder());
    store.close().await;
    let closed = all_bytes(store.folder());
    assert!(open.len() > 100_000, "the log was looked at too");
    for bytes in [open, closed] {
        for needle in
            ["Zwetschgen", "per_plainly_readable", "CREATE TABLE", "SQLite format 3", &organisation.to_string()]
        {
            assert!(!contains(&bytes, needle), "{needle} lies open in a file");
        }
    }
}

#[tokio::test]
async fn a_second_program_is_kept_out() {
    let store = temp_store().await;
    assert_eq!(Store::open(store.config()).await.err(), Some(StoreError::Locked));
    store.close().await;
    Store::open(store.config()).await.unwrap().close().await;
}

#[tokio::test]
async fn a_wrong_key_opens_nothing_and_damages_nothing() {
    let store = temp_store().await;
    let scene = Scene::set(&store).await;
    store.close().await;
    for (data, keys) in [(0x99, 0x22), (0x11, 0x99)] {
        let wrong = with_keys(store.config(), data, keys);
        assert_eq!(Store::open(wrong).await.err(), Some(StoreError::WrongKey));
    }
    let again = Store::open(store.config()).await.unwrap();
    assert_eq!(scene.name(&again).await, "Teestube am Markt");
    again.close().await;
}

#[tokio::test]
async fn data_without_its_keys_file_is_not_opened() {
    let store = temp_store().await;
    Scene::set(&store).await;
    store.close().await;
    let keys = store.folder().join("keys").join("keys.db");
    let saved = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    let opened = Store::open(store.config()).await;
    assert!(matches!(opened.err(), Some(StoreError::Fault(sentence)) if sentence.contains("put the keys file back")));
    std::fs::write(&keys, saved).unwrap();
    Store::open(store.config()).await.unwrap().close().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_as_such_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("confidante.db");
    std::fs::write(&path, b"my diary, not a database").unwrap();
    let config = StoreConfig::Sqlite {
        folder: folder.path().to_owned(),
        keys_folder: folder.path().to_owned(),
        data_key: [1; 32],
        keys_key: [2; 32],
    };
    assert_eq!(Store::open(config).await.err(), Some(StoreError::WrongKey));
    assert_eq!(std::fs::read(&path).unwrap(), b"my diary, not a database");
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file_any_more() {
    let store = temp_store().await;
    let scene = Scene::set(&store).await;
    store.cupboard().keep(scene.organisation, "per_1", vec![7; 60]).await.unwrap();
    store.cupboard().destroy(scene.organisation, "per_1").await.unwrap();
    let log = store.folder().join("keys").join("keys.db-wal");
    assert_eq!(std::fs::metadata(log).unwrap().len(), 0, "the log that held the key was emptied");
}

#[cfg(unix)]
#[tokio::test]
async fn the_folders_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let store = temp_store().await;
    for folder in ["data", "keys"] {
        let mode = std::fs::metadata(store.folder().join(folder)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{folder} is open to others");
    }
    store.close().await;
}
