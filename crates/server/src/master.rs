//! Where the master key comes from at the start, and the two rules that keep data and key from being lost or found together.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use model::World;
use vault::{MasterKey, MasterKeyError};

use crate::config::{Config, Engine, KeySource, Keys, Storage};
use crate::stop::{Exit, Stop};

/// The file whose existence says that there is data already.
const DATABASE: &str = "confidante.db";

/// The master key, as the configuration says.
pub fn key(config: &Config, world: &World) -> Result<MasterKey, Stop> {
    let keys = &config.keys;
    match keys.source {
        KeySource::File => from_file(keys, &config.storage, world),
        KeySource::Env => {
            let text = std::env::var(&keys.env).map_err(|_| {
                Stop::new(Exit::WrongKey, format!("The environment variable {} holds no master key.", keys.env))
            })?;
            Ok(MasterKey::from_hex(&text)?)
        }
        KeySource::Command => Ok(MasterKey::from_command(&keys.command)?),
    }
}

/// The master key that exists: none is made, for whatever reads what is there already.
pub fn existing(config: &Config) -> Result<MasterKey, Stop> {
    match config.keys.source {
        KeySource::File => Ok(MasterKey::load(&config.keys.file)?),
        KeySource::Env | KeySource::Command => key(config, &crate::world::real()),
    }
}

fn from_file(keys: &Keys, storage: &Storage, world: &World) -> Result<MasterKey, Stop> {
    let embedded = storage.engine == Engine::Sqlite;
    if embedded && real(&keys.file).starts_with(real(&storage.folder)) {
        let (file, folder) = (keys.file.display(), storage.folder.display());
        return Err(Stop::config(format!(
            "keys.file {file} lies inside storage.folder {folder}: whoever takes the data would take its key along. Put the key file elsewhere."
        )));
    }
    if embedded && storage.folder.join(DATABASE).exists() {
        return of_old_data(keys, storage);
    }
    let (key, new) = MasterKey::load_or_create(&keys.file, world)?;
    if new {
        tracing::warn!(
            file = %keys.file.display(),
            "a new master key was created; keep a copy of it apart from the data: without it the data is lost"
        );
    }
    Ok(key)
}

/// Data that exists is opened with the key that exists: a fresh key over old data would only hide that the old one is lost.
fn of_old_data(keys: &Keys, storage: &Storage) -> Result<MasterKey, Stop> {
    MasterKey::load(&keys.file).map_err(|error| match error {
        MasterKeyError::File { reason, .. } if reason.kind() == ErrorKind::NotFound => Stop::new(
            Exit::WrongKey,
            format!(
                "{} holds data, but its master key file {} is missing. Put the key file back; no new key was created and nothing was changed.",
                storage.folder.display(),
                keys.file.display()
            ),
        ),
        other => other.into(),
    })
}

/// The path without links and dots, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.components().fold(PathBuf::new(), |mut real, part| {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
        }
        real.canonicalize().unwrap_or(real)
    })
}
