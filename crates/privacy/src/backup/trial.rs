//! Tries a backup out: restores it into a scratch store, asks the engine whether it is sound, and counts what came back.

use std::path::Path;

use model::World;
use store::dump::{self, Piece, Shelf, picture};
use store::{Store, StoreConfig};
use vault::ArchiveKey;

use super::BackupFault;
use super::read::{Found, read};
use super::shelf::{Tally, encode};

/// Puts every row of the archive into `store` and answers with the archive's own tallies.
pub(super) async fn load(store: &Store, path: &Path, key: &ArchiveKey) -> Result<Vec<Tally>, BackupFault> {
    let mut found = read(path, key)?;
    loop {
        match found.recv().await {
            Some(Found::Rows(shelf, rows)) => dump::put_back(store, &shelf, rows).await?,
            Some(Found::Whole(tallies)) => return Ok(tallies),
            Some(Found::Broken(fault)) => return Err(fault),
            None => return Err(vault::ArchiveError::Truncated.into()),
        }
    }
}

/// Reads the archive to its end without putting anything anywhere.
pub(super) async fn look(path: &Path, key: &ArchiveKey) -> Result<Vec<Tally>, BackupFault> {
    let mut found = read(path, key)?;
    loop {
        match found.recv().await {
            Some(Found::Rows(..)) => {}
            Some(Found::Whole(tallies)) => return Ok(tallies),
            Some(Found::Broken(fault)) => return Err(fault),
            None => return Err(vault::ArchiveError::Truncated.into()),
        }
    }
}

/// What lies in a store, tallied like the archive.
pub(super) async fn tally(config: &StoreConfig, shelves: Vec<Shelf>) -> Result<Vec<Tally>, BackupFault> {
    let mut tallies: Vec<Tally> = shelves.iter().map(Tally::of).collect();
    let mut pieces = picture(config, shelves).await?;
    loop {
        match pieces.recv().await {
            Some(Piece::Rows(position, rows)) => {
                let Some(tally) = tallies.get_mut(position) else { continue };
                rows.iter().for_each(|row| tally.add(&encode(row)));
            }
            Some(Piece::End) => return Ok(tallies),
            Some(Piece::Broken(error)) => return Err(error.into()),
            None => return Err(BackupFault::Trial("it could not be read to its end".to_owned())),
        }
    }
}

/// Restores the data archive into `scratch` (embedded, under keys of the moment) and compares. The scratch is removed.
pub(super) async fn trial(
    path: &Path,
    (key, world): (&ArchiveKey, &World),
    shelves: Vec<Shelf>,
    scratch: &Path,
) -> Result<(), BackupFault> {
    drop(std::fs::remove_dir_all(scratch));
    let config = StoreConfig::Sqlite {
        folder: scratch.join("data"),
        keys_folder: scratch.join("keys"),
        data_key: world.random(),
        keys_key: world.random(),
    };
    let outcome = tried(path, key, shelves, &config).await;
    drop(std::fs::remove_dir_all(scratch));
    outcome
}

async fn tried(path: &Path, key: &ArchiveKey, shelves: Vec<Shelf>, config: &StoreConfig) -> Result<(), BackupFault> {
    let store = Store::open(config.clone()).await?;
    let outcome = async {
        let written = load(&store, path, key).await?;
        let there = tally(config, shelves).await?;
        if let Some((put, _)) = written.iter().zip(&there).find(|(put, back)| put != back) {
            return Err(BackupFault::Trial(format!("{} differs", put.table)));
        }
        match dump::integrity(&store).await? {
            Some(what) => Err(BackupFault::Trial(what)),
            None => Ok(()),
        }
    };
    let outcome = outcome.await;
    store.close().await;
    outcome
}
