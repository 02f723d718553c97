//! One connection: both files opened with their keys, durable, fenced against surprises.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::checkpoint::{FINISH, KEEP};
use super::folder::Folders;
use super::run::fault;
use crate::StoreError;

/// Both keys, in the form in which the cipher takes raw keys.
pub(crate) struct Keys {
    data: String,
    keyring: String,
}

impl Keys {
    pub(crate) fn new([data, keyring]: [[u8; 32]; 2]) -> Self {
        Self { data: raw(&data), keyring: raw(&keyring) }
    }
}

fn raw(key: &[u8; 32]) -> String {
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x'{digits}'")
}

/// `FULL`: a commit is on the disk when it is answered. Temporary tables stay in memory: they would not be encrypted with our key.
/// `secure_delete`: freed pages are overwritten, so an erased row is not left in a free page.
const PRAGMAS: &str = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
    PRAGMA main.synchronous = FULL; PRAGMA keyring.synchronous = FULL;
    PRAGMA main.secure_delete = ON; PRAGMA keyring.secure_delete = ON; PRAGMA cache_size = -16000;";

/// Every page bears an HMAC-SHA-256 (RFC 2104), not the SHA-512 that the cipher begins with: processors have instructions for it, and
/// what a message costs is mostly its pages. It is the default for the whole program, because an attached file takes no other.
const CIPHER: &str = "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;";

/// How long a lock of another connection is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The writer's connection; creates the files where there are none.
pub(crate) fn open(folders: &Folders, keys: &Keys) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = attach(&folders.data_file, &folders.keys_file, keys, flags)?;
    connection.execute_batch("PRAGMA main.journal_mode = WAL; PRAGMA keyring.journal_mode = WAL;").map_err(fault)?;
    connection
        .execute_batch(&format!("PRAGMA wal_autocheckpoint = {FINISH}; PRAGMA journal_size_limit = {KEEP};"))
        .map_err(fault)?;
    Ok(connection)
}

/// The connection that copies the log into the data file.
pub(crate) fn open_copier(folders: &Folders, keys: &Keys) -> Result<Connection, StoreError> {
    attach(&folders.data_file, &folders.keys_file, keys, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// A reader's connection: refuses to write.
pub(crate) fn open_reader(folders: &Folders, keys: &Keys) -> Result<Connection, StoreError> {
    open_reader_at(&folders.data_file, &folders.keys_file, keys)
}

/// The same without the lock on the folders: reading beside a running server is what the log is for.
pub(crate) fn open_reader_at(data_file: &Path, keys_file: &Path, keys: &Keys) -> Result<Connection, StoreError> {
    let connection = attach(data_file, keys_file, keys, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA query_only = ON;").map_err(fault)?;
    Ok(connection)
}

fn attach(data_file: &Path, keys_file: &Path, keys: &Keys, flags: OpenFlags) -> Result<Connection, StoreError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(data_file, flags).map_err(fault)?;
    // The cipher would write its own sentences to standard error; ours say what to do.
    let unlock = format!("PRAGMA cipher_log_level = NONE; {CIPHER} PRAGMA key = \"{}\";", keys.data);
    connection.execute_batch(&unlock).map_err(fault)?;
    demand_cipher(&connection)?;
    connection.query_row("SELECT count(*) FROM main.sqlite_schema", [], |_| Ok(())).map_err(fault)?;
    let path = keys_file.to_str().ok_or_else(|| StoreError::fault("the keys folder's name is not UTF-8"))?;
    connection.execute("ATTACH DATABASE ?1 AS keyring KEY ?2", [path, &keys.keyring]).map_err(fault)?;
    connection.query_row("SELECT count(*) FROM keyring.sqlite_schema", [], |_| Ok(())).map_err(fault)?;
    connection.execute_batch(PRAGMAS).map_err(fault)?;
    connection.busy_timeout(PATIENCE).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(512);
    Ok(connection)
}

/// A build whose SQLite has no cipher would write plain files without a word: refuse to start.
fn demand_cipher(connection: &Connection) -> Result<(), StoreError> {
    let version: Result<String, _> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0));
    match version {
        Ok(version) if !version.is_empty() => Ok(()),
        _ => Err(StoreError::fault("this build cannot encrypt its files")),
    }
}
