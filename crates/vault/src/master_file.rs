//! Where the master key comes from: a file of its own outside the data folder, or a command's output.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use model::World;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::MasterKey;

/// Why there is no master key. Never contains the key or a part of it.
#[derive(Debug, Error)]
pub enum MasterKeyError {
    /// A character that is no hexadecimal digit, or an odd number of them.
    #[error("the master key is not made of hexadecimal digits")]
    NotHex,
    /// Not 64 digits.
    #[error("the master key has {0} hexadecimal digits, it must have 64")]
    Length(usize),
    /// Nothing but zeros.
    #[error("the master key is all zeros")]
    Zero,
    /// The file is wrong inside.
    #[error("the master key file {path} is not usable: {reason}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Box<MasterKeyError>,
    },
    /// Others on this machine may read the file.
    #[error("the master key file {path} can be read by others (mode {mode:04o}); run: chmod 600 {path}")]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file cannot be read or written.
    #[error("the master key file {path} cannot be used: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        reason: std::io::Error,
    },
    /// The command failed or said nothing.
    #[error("the command for the master key failed: {0}")]
    Command(String),
}

impl MasterKey {
    /// Loads the key from `path`, or creates it there for its owner's eyes only. The boolean says that it is new: the
    /// operator should hear that this file must be kept, apart from the data and its backups.
    pub fn load_or_create(path: &Path, world: &World) -> Result<(Self, bool), MasterKeyError> {
        match Self::load(path) {
            Err(MasterKeyError::File { reason, .. }) if reason.kind() == ErrorKind::NotFound => {}
            loaded => return loaded.map(|key| (key, false)),
        }
        let key = Self::generate(world);
        match create(path, &key) {
            Ok(()) => Ok((key, true)),
            // Somebody else created it in this moment: theirs counts.
            Err(reason) if reason.kind() == ErrorKind::AlreadyExists => Self::load(path).map(|key| (key, false)),
            Err(reason) => Err(MasterKeyError::File { path: path.to_path_buf(), reason }),
        }
    }

    /// Loads the key from `path`, which only its owner may be able to read.
    pub fn load(path: &Path) -> Result<Self, MasterKeyError> {
        let failed = |reason| MasterKeyError::File { path: path.to_path_buf(), reason };
        let file = fs::File::open(path).map_err(failed)?;
        only_for_its_owner(path, &file)?;
        let mut text = Zeroizing::new(String::new());
        // A key is 65 bytes; whatever is much longer is another file that was named by mistake.
        file.take(1024).read_to_string(&mut text).map_err(failed)?;
        Self::from_hex(&text)
            .map_err(|reason| MasterKeyError::Content { path: path.to_path_buf(), reason: Box::new(reason) })
    }

    /// Takes the key from what `command` prints, for a password store or a hardware module. Run by the shell.
    pub fn from_command(command: &str) -> Result<Self, MasterKeyError> {
        let output = Command::new("sh")
            .args(["-c", command])
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|reason| MasterKeyError::Command(reason.to_string()))?;
        let printed = Zeroizing::new(output.stdout);
        if !output.status.success() {
            return Err(MasterKeyError::Command(output.status.to_string()));
        }
        let text = std::str::from_utf8(&printed).map_err(|_| MasterKeyError::NotHex)?;
        Self::from_hex(text)
    }
}

fn create(path: &Path, key: &MasterKey) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // For its owner only, like the key itself: the wrapped keys will lie beside it.
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let text = Zeroizing::new(format!("{}\n", key.to_hex().as_str()));
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // The name must survive a power cut too: without the key the data is lost.
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(unix)]
fn only_for_its_owner(path: &Path, file: &fs::File) -> Result<(), MasterKeyError> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |reason| MasterKeyError::File { path: path.to_path_buf(), reason };
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(MasterKeyError::TooOpen { path: path.to_path_buf(), mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_for_its_owner(_: &Path, _: &fs::File) -> Result<(), MasterKeyError> {
    Ok(())
}
