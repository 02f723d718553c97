//! Everything in the tables, as one consistent picture, row by row: what a backup is written from and restored into.
//!
//! A picture of the rows rather than of the file: it is the same for both engines, so a backup of either can be tried out,
//! and restored, on either; and it holds what is in the tables and nothing else, no freed page, no log. The price is that
//! restoring builds the indexes again.

use tokio::sync::mpsc::{Receiver, channel};

use crate::{EngineName, Fence, Statement, Store, StoreConfig, StoreError, Value, Work};
use crate::{postgres, sqlite};

/// A table and its columns, in the order in which rows are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
}

impl Shelf {
    /// The rows as they lie, in no order: sorting would cost more than reading.
    pub(crate) fn query(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.table)
    }

    /// How a row is put back.
    pub fn insert(&self, row: Vec<Value>) -> Statement {
        let numbers: Vec<String> = (1..=self.columns.len()).map(|number| format!("${number}")).collect();
        let (table, columns, numbers) = (&self.table, self.columns.join(", "), numbers.join(", "));
        Statement::owned(format!("INSERT INTO {table} ({columns}) VALUES ({numbers})"), row)
    }
}

/// A piece of the picture.
pub enum Piece {
    /// Rows of the shelf with this position.
    Rows(usize, Vec<Vec<Value>>),
    /// Everything was given.
    End,
    /// The picture could not be finished.
    Broken(StoreError),
}

/// No cell is longer: the store refuses it, so whatever is in it fits into a backup and can be read back on either engine
/// (of which the smaller one holds a thousand million bytes in a row).
pub const LONGEST_CELL: usize = 512 * 1024 * 1024;

/// Rows on their way: handed on as soon as there are many of them or they are heavy, so that nobody has to hold more than that
/// and one row, however large the files are that people sent.
#[derive(Default)]
pub struct Batch {
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl Batch {
    /// At most so many rows.
    pub const ROWS: usize = 500;
    /// Full with so many bytes of cells.
    pub const BYTES: usize = 4 * 1024 * 1024;

    /// Lays a row in. Answers with all of them where there are enough, and is empty again.
    #[must_use]
    pub fn add(&mut self, row: Vec<Value>) -> Option<Vec<Vec<Value>>> {
        self.bytes += row.iter().map(Value::bytes).sum::<usize>();
        self.rows.push(row);
        let full = self.rows.len() >= Self::ROWS || self.bytes >= Self::BYTES;
        full.then(|| self.rest()).flatten()
    }

    /// What is left at the end, if there is anything.
    pub fn rest(&mut self) -> Option<Vec<Vec<Value>>> {
        let rows = std::mem::take(self).rows;
        (!rows.is_empty()).then_some(rows)
    }
}

/// Begins to read the shelves of one moment; a server may go on writing meanwhile, and does not wait. Needs no open store:
/// the command line reads beside a running server.
pub async fn picture(config: &StoreConfig, shelves: Vec<Shelf>) -> Result<Receiver<Piece>, StoreError> {
    // One piece waits while one is read and one is used.
    let (pieces, reading) = channel(1);
    match config.clone() {
        StoreConfig::Sqlite { folder, keys_folder, data_key, keys_key } => {
            std::thread::spawn(move || sqlite::picture(&folder, &keys_folder, [data_key, keys_key], &shelves, &pieces));
        }
        StoreConfig::Postgres { url } => {
            tokio::spawn(async move {
                if let Err(error) = postgres::picture(&url, &shelves, &pieces).await {
                    // Whoever stopped listening does not want to hear of it.
                    let _ = pieces.send(Piece::Broken(error)).await;
                }
            });
        }
    }
    Ok(reading)
}

/// Puts rows back, all of them or none. Behind the house's fence: they may be of many organisations.
pub async fn put_back(store: &Store, shelf: &Shelf, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    let work = rows.into_iter().fold(Work::new(Fence::House), |work, row| work.with(shelf.insert(row)));
    store.write(work).await.map(|_| ())
}

/// The tables that are kept apart with the keys: never part of a picture of the data.
pub fn kept_with_the_keys() -> Vec<&'static str> {
    let begins = crate::schema::KEYRING.split("CREATE TABLE keyring.").skip(1);
    begins.filter_map(|rest| rest.split([' ', '(']).next()).collect()
}

/// Empties a table, for a restore that begins again. Behind the house's fence.
pub async fn clear(store: &Store, table: &str) -> Result<(), StoreError> {
    let delete = Statement::owned(format!("DELETE FROM {table}"), Vec::new());
    store.write(Work::new(Fence::House).with(delete)).await.map(|_| ())
}

/// How many rows a table has. Behind the house's fence.
pub async fn count(store: &Store, table: &str) -> Result<i64, StoreError> {
    let count = Statement::owned(format!("SELECT count(*) AS many FROM {table}"), Vec::new());
    store.one(Fence::House, count).await?.map_or(Ok(0), |row| row.int("many"))
}

/// Every person's id that a column of a table holds (`organisation`, `owner`). Behind the house's fence.
pub fn owners(of: crate::subject::Owned) -> Statement {
    let crate::subject::Owned { table, owner, .. } = of;
    Statement::owned(format!("SELECT DISTINCT organisation, {owner} AS owner FROM {table}"), Vec::new())
}

/// The version of the schema that this program writes.
pub fn schema_version() -> i64 {
    crate::schema::VERSION
}

/// What the engine itself thinks of its files; one sentence where something is wrong.
pub async fn integrity(store: &Store) -> Result<Option<String>, StoreError> {
    if store.engine() == EngineName::Postgres {
        return Ok(None);
    }
    for check in ["PRAGMA main.integrity_check", "PRAGMA main.foreign_key_check"] {
        let rows = store.all(Fence::House, Statement::new(check, Vec::new())).await?;
        match rows.first() {
            Some(row) if check.ends_with("integrity_check") && row.text("integrity_check")? == "ok" => {}
            Some(_) => return Ok(Some(format!("{check} found something"))),
            None => {}
        }
    }
    Ok(None)
}

/// How far a restore is: it stands in the place of the schema's version, and nothing is served before it is [`Restore::Whole`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restore {
    /// None was begun, or it was finished.
    Whole,
    /// What lies in the tables is half of it; the keys are as they should be.
    Data,
    /// The keyring was empty when it began, so what lies there now is half of it too.
    Keys,
}

impl Restore {
    fn version(self) -> i64 {
        match self {
            Restore::Whole => schema_version(),
            Restore::Data => -1,
            Restore::Keys => -2,
        }
    }
}

/// Notes how far a restore is.
pub async fn mark(store: &Store, how_far: Restore) -> Result<(), StoreError> {
    let mark = Statement::new("UPDATE meta SET version = $1", vec![how_far.version().into()]);
    store.write(Work::new(Fence::House).with(mark)).await.map(|_| ())
}

/// How far a restore was when it was last heard of.
pub async fn how_far(store: &Store) -> Result<Restore, StoreError> {
    let row = store.one(Fence::House, Statement::new("SELECT version FROM meta", Vec::new())).await?;
    let version = row.map(|row| row.int("version")).transpose()?;
    let begun = [Restore::Data, Restore::Keys].into_iter().find(|begun| version == Some(begun.version()));
    Ok(begun.unwrap_or(Restore::Whole))
}

/// Whether a restore was begun here and not finished.
pub async fn is_unfinished(store: &Store) -> Result<bool, StoreError> {
    Ok(how_far(store).await? != Restore::Whole)
}

/// The same of a place that somebody else may have opened.
pub async fn is_unfinished_at(config: &StoreConfig) -> Result<bool, StoreError> {
    let shelf = Shelf { table: "meta".to_owned(), columns: vec!["version".to_owned()] };
    let mut pieces = picture(config, vec![shelf]).await?;
    let mut begun = false;
    loop {
        match pieces.recv().await {
            Some(Piece::Rows(_, rows)) => {
                begun |= rows.iter().flatten().any(|cell| matches!(cell, Value::Int(version) if *version < 0));
            }
            Some(Piece::End) => return Ok(begun),
            Some(Piece::Broken(error)) => return Err(error),
            None => return Err(StoreError::Closed),
        }
    }
}

/// Whether people's keys are here and the data they belong to is not: it was lost, and is to be restored. A lone key of an
/// organisation is what a crash leaves in the moment of its founding, and belongs to nobody.
pub async fn is_lost(store: &Store) -> Result<bool, StoreError> {
    Ok(count(store, "organisation").await? == 0 && count(store, "wrapped_key").await? > 1)
}
