//! Looks at the files on disk: unreadable without the key, keys closed to others and apart from the data.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use privacy::Fault;
use privacy::promise::Finding;

use crate::config::KeySource;
use crate::state::App;

/// What an unencrypted database of this engine begins with.
const PLAIN: &[u8] = b"SQLite format 3\0";
/// How much of each file is searched for known words.
const SEARCHED: u64 = 64 * 1024 * 1024;
/// Permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

/// The database files with their logs begin like noise, and no known word is found in them.
pub(super) async fn unreadable(app: &App, known: &[String]) -> Result<Finding, Fault> {
    let Some(files) = app.desk.store.files().cloned() else {
        return Ok(Finding::given(false, 0, "There are no database files of our own."));
    };
    let known = known.to_vec();
    let looked = tokio::task::spawn_blocking(move || search(&files, &known)).await;
    let (looked, readable) = looked.map_err(|_| Fault::Broken("the search of the files was cut off".into()))??;
    let says = format!("{looked} files searched for words known to be inside, {readable} can be read.");
    Ok(Finding { holds: readable == 0 && looked >= 2, figure: readable, says })
}

fn search(files: &[PathBuf; 2], known: &[String]) -> Result<(i64, i64), Fault> {
    let (mut looked, mut readable) = (0, 0);
    for file in files {
        let mut log = file.clone().into_os_string();
        log.push("-wal");
        for path in [file.clone(), PathBuf::from(log)] {
            let bytes = match File::open(&path) {
                Ok(file) => {
                    let mut bytes = Vec::new();
                    file.take(SEARCHED).read_to_end(&mut bytes)?;
                    bytes
                }
                // The log exists only while there is something in it.
                Err(reason) if reason.kind() == ErrorKind::NotFound => continue,
                Err(reason) => return Err(reason.into()),
            };
            looked += 1;
            let found = bytes.starts_with(PLAIN) || known.iter().any(|word| holds(&bytes, word.as_bytes()));
            readable += i64::from(found);
        }
    }
    Ok((looked, readable))
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        let Some(here) = rest.get(at..) else { return false };
        if here.starts_with(word) {
            return true;
        }
        rest = here.get(1..).unwrap_or_default();
    }
    false
}

/// Only this account can read keys and folders, and no key lies inside the data folder.
pub(super) fn keys_guarded(app: &App) -> Finding {
    let mut faults = Vec::new();
    let mut looked = 0;
    let mut closed = |path: &Path, name: &str| {
        looked += 1;
        match mode(path) {
            Some(mode) if mode & OTHERS == 0 => {}
            Some(mode) => faults.push(format!("{name} has mode {mode:04o}")),
            None => faults.push(format!("{name} cannot be looked at")),
        }
    };
    let files = app.desk.store.files();
    let folders = files.map(|files| files.each_ref().map(|file| file.parent().unwrap_or(file).to_owned()));
    if let Some([data, keys]) = &folders {
        closed(data, "the data folder");
        closed(keys, "the key folder");
    }
    let key = &app.config.keys;
    if key.source == KeySource::File {
        closed(&key.file, "the master key file");
    }
    if let Some([data, keys]) = &folders {
        let inside = |path: &Path| real(path).starts_with(real(data));
        for (path, name) in [(keys.as_path(), "the key folder"), (key.file.as_path(), "the master key file")] {
            if inside(path) && (key.source == KeySource::File || name == "the key folder") {
                faults.push(format!("{name} lies inside the data folder"));
            }
        }
    }
    let list = if faults.is_empty() { String::new() } else { format!(" {}.", faults.join(", ")) };
    Finding::none_of(faults.len(), format!("{looked} files and folders looked at, {} faults.{list}", faults.len()))
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|facts| facts.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|_| 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_file_and_a_known_word_are_found() {
        let room = tempfile::tempdir().unwrap();
        let files = ["confidante.db", "keys.db"].map(|name| room.path().join(name));
        let known = ["wk_known".to_owned()];
        for file in &files {
            fs::write(file, [7u8; 64]).unwrap();
        }
        assert_eq!(search(&files, &known).unwrap(), (2, 0));
        fs::write(&files[1], b"SQLite format 3\0 and more").unwrap();
        assert_eq!(search(&files, &known).unwrap(), (2, 1), "an unencrypted file");
        fs::write(room.path().join("confidante.db-wal"), b"noise wwk_wk_known noise").unwrap();
        assert_eq!(search(&files, &known).unwrap(), (3, 2), "a word in the log");
    }
}
