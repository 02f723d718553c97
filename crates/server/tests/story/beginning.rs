//! Beginning over folders on the disk: old data wants its old key, and the key never lies beside the data.

use std::fs;
use std::path::Path;

use model::World;
use server::config::Config;
use server::stop::Exit;
use server::{Running, start};

fn world(seed: u64) -> World {
    testkit::seeded_world(seed).0
}

fn config(folder: &Path) -> Config {
    let mut config = Config::default();
    config.server.listen = ([127, 0, 0, 1], 0).into();
    config.storage.folder = folder.join("data");
    config.storage.keys_folder = folder.join("keys");
    config.keys.file = folder.join("keys/master.key");
    config
}

async fn stopped(config: Config, seed: u64) -> (Exit, String) {
    match start(config, world(seed)).await {
        Ok(_) => panic!("it must not start"),
        Err(stop) => (stop.exit, stop.sentence),
    }
}

async fn started(config: Config, seed: u64) -> Running {
    start(config, world(seed)).await.unwrap_or_else(|stop| panic!("{}", stop.sentence))
}

#[tokio::test]
async fn old_data_is_never_given_a_new_key() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path());
    started(config.clone(), 1).await.stop().await;
    let key = fs::read(&config.keys.file).unwrap();
    fs::remove_file(&config.keys.file).unwrap();
    let (exit, sentence) = stopped(config.clone(), 2).await;
    assert_eq!(exit, Exit::WrongKey);
    assert!(sentence.contains("is missing") && sentence.contains("nothing was changed"), "{sentence}");
    assert!(!config.keys.file.exists(), "no new key was created");

    // Another key that looks well does not open it either, and damages nothing.
    let other = tempfile::tempdir().unwrap();
    let mut wrong = config.clone();
    wrong.keys.file = other.path().join("master.key");
    vault::MasterKey::load_or_create(&wrong.keys.file, &world(3)).unwrap();
    assert_eq!(stopped(wrong, 3).await.0, Exit::WrongKey);

    vault::MasterKey::load_or_create(&config.keys.file, &world(4)).unwrap();
    fs::write(&config.keys.file, key).unwrap();
    started(config, 5).await.stop().await;
}

#[tokio::test]
async fn a_key_beside_the_data_is_refused_before_anything_is_created() {
    let folder = tempfile::tempdir().unwrap();
    for inside in ["data/master.key", "data/deeper/master.key", "keys/../data/master.key", "link/master.key"] {
        let mut config = config(folder.path());
        if inside.starts_with("link") {
            fs::create_dir_all(&config.storage.folder).unwrap();
            std::os::unix::fs::symlink(&config.storage.folder, folder.path().join("link")).unwrap();
        }
        config.keys.file = folder.path().join(inside);
        let (exit, sentence) = stopped(config.clone(), 1).await;
        assert_eq!(exit, Exit::Config, "{inside}");
        assert!(sentence.contains("inside storage.folder"), "{sentence}");
        assert!(!config.keys.file.exists() && !config.storage.folder.join("confidante.db").exists(), "{inside}");
    }
}

#[tokio::test]
async fn a_second_server_over_the_same_folders_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path());
    let first = started(config.clone(), 1).await;
    let (exit, sentence) = stopped(config, 2).await;
    assert_eq!(exit, Exit::Locked);
    assert!(sentence.contains("Another process"), "{sentence}");
    first.stop().await;
}
