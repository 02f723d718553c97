//! Brings the files' schema to this program's version, or refuses.

use rusqlite::{Connection, OptionalExtension};

use super::run::fault;
use super::statistics::believe;
use crate::StoreError;
use crate::schema::{DATA, KEYRING, SQLITE, VERSION};

/// Creates the tables in new files; refuses newer ones, and data whose keys file is gone.
pub(crate) fn migrate(connection: &Connection) -> Result<(), StoreError> {
    let keyring = has_table(connection, "keyring", "wrapped_key")?;
    if !has_table(connection, "main", "meta")? {
        // The keyring first: data without a keyring would look like a lost keys file after a crash in between.
        if !keyring {
            in_transaction(connection, || run(connection, &SQLITE.speak(KEYRING)))?;
        }
        let script: String = DATA.iter().map(|part| SQLITE.speak(part)).collect();
        return in_transaction(connection, || {
            run(connection, &format!("{script} INSERT INTO meta (version) VALUES ({VERSION});"))?;
            believe(connection)
        });
    }
    let version: i64 = connection.query_row("SELECT version FROM meta", [], |row| row.get(0)).map_err(fault)?;
    if version > VERSION {
        return Err(StoreError::Newer);
    }
    if !keyring {
        return Err(StoreError::fault("keys.db is missing or empty while there is data: put the keys file back"));
    }
    Ok(())
}

fn has_table(connection: &Connection, file: &str, table: &str) -> Result<bool, StoreError> {
    let query = format!("SELECT 1 FROM {file}.sqlite_schema WHERE type = 'table' AND name = ?1");
    connection.query_row(&query, [table], |_| Ok(())).optional().map(|found| found.is_some()).map_err(fault)
}

fn run(connection: &Connection, script: &str) -> Result<(), StoreError> {
    connection.execute_batch(script).map_err(fault)
}

/// All of it or, after a crash too, nothing; and one flush for all.
fn in_transaction(connection: &Connection, work: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    run(connection, "BEGIN IMMEDIATE")?;
    let outcome = work().and_then(|()| run(connection, "COMMIT"));
    if outcome.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    outcome
}
