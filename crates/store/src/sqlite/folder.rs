//! The folders of the two files, locked against a second program.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Both folders, locked until dropped. The lock dies with the program, so a crash leaves none behind.
pub(crate) struct Folders {
    pub(crate) data_file: PathBuf,
    pub(crate) keys_file: PathBuf,
    _locks: [File; 2],
}

impl Folders {
    /// Creates what is missing, for this user only, and locks.
    pub(crate) fn lock(folder: &Path, keys_folder: &Path) -> Result<Self, StoreError> {
        create(folder)?;
        create(keys_folder)?;
        let locks = [lock(&folder.join("confidante.lock"))?, lock(&keys_folder.join("keys.lock"))?];
        Ok(Self { data_file: folder.join("confidante.db"), keys_file: keys_folder.join("keys.db"), _locks: locks })
    }
}

fn create(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| unusable(folder, &error))
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| unusable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(TryLockError::Error(error)) => Err(unusable(path, &error)),
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::fault(format!("{} cannot be used: {error}", path.display())),
    }
}
