//! The embedded engine: one writer thread, a few readers, two encrypted files.

mod checkpoint;
mod connection;
mod folder;
mod migrate;
mod picture;
mod readers;
mod run;
mod statistics;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use crate::errand::{Errands, Logs};
use crate::{Done, Statement, StoreError, Work};

use connection::Keys;
use folder::Folders;
pub(crate) use picture::picture;
use readers::Readers;

/// Readers beside the one writer: they wait for the disk, not for each other.
const READERS: usize = 4;
/// How often, and after which pauses, the logs are tried to be emptied while somebody still reads them.
const TRIES: usize = 60;
const PAUSE: Duration = Duration::from_millis(250);

/// The open engine.
pub(crate) struct Sqlite {
    // In this order: with the letter box gone the writer ends by itself, and only then is it waited for.
    writer: Errands,
    _ended: writer::Ended,
    readers: Arc<Readers>,
    files: [std::path::PathBuf; 2],
}

impl Sqlite {
    pub(crate) async fn open(
        folder: std::path::PathBuf,
        keys_folder: std::path::PathBuf,
        keys: [[u8; 32]; 2],
    ) -> Result<Self, StoreError> {
        let opening = tokio::task::spawn_blocking(move || Self::open_now(&folder, &keys_folder, &Keys::new(keys)));
        opening.await.map_err(|_| StoreError::fault("opening the database was interrupted"))?
    }

    fn open_now(folder: &std::path::Path, keys_folder: &std::path::Path, keys: &Keys) -> Result<Self, StoreError> {
        let folders = Folders::lock(folder, keys_folder)?;
        let writing = connection::open(&folders, keys)?;
        migrate::migrate(&writing)?;
        let checkpoints = checkpoint::start(connection::open_copier(&folders, keys)?)?;
        let mut reading = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            reading.push(connection::open_reader(&folders, keys)?);
        }
        let files = [folders.data_file.clone(), folders.keys_file.clone()];
        let (writer, ended) = writer::start(writing, folders, checkpoints)?;
        Ok(Self { writer, _ended: ended, readers: Readers::new(reading), files })
    }

    /// The file of the tables and the file of the keys.
    pub(crate) fn files(&self) -> &[std::path::PathBuf; 2] {
        &self.files
    }

    pub(crate) async fn write(&self, work: Work) -> Result<Vec<Done>, StoreError> {
        self.writer.write(work).await
    }

    pub(crate) async fn read(&self, statement: Statement) -> Result<Done, StoreError> {
        self.readers.read(statement).await
    }

    pub(crate) async fn check(&self, sql: &str) -> Result<(), StoreError> {
        self.readers.check(sql.to_owned()).await
    }

    /// Tried for some seconds, with pauses in which others write: a reader may take its time.
    pub(crate) async fn settle(&self, logs: Logs) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            match self.writer.settle(logs).await {
                Err(StoreError::Busy) => tokio::time::sleep(PAUSE).await,
                outcome => return outcome,
            }
        }
        Err(StoreError::Busy)
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Every table and column of both files.
pub(crate) const COLUMNS: &str = "SELECT m.name AS holder, c.name AS field FROM main.sqlite_schema AS m \
    JOIN pragma_table_info(m.name, 'main') AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' \
    UNION ALL SELECT m.name, c.name FROM keyring.sqlite_schema AS m \
    JOIN pragma_table_info(m.name, 'keyring') AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2";
