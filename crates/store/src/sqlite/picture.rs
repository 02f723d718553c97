//! One consistent picture of the tables, read over a connection of its own beside the running writer.

use std::path::Path;

use rusqlite::Connection;
use tokio::sync::mpsc::Sender;

use super::connection::{Keys, open_reader_at};
use super::run::{fault, value};
use crate::dump::{Batch, Piece, Shelf};
use crate::{StoreError, Value};

/// Reads in one transaction: the log keeps its pages until the last row is given.
pub(crate) fn picture(
    folder: &Path,
    keys_folder: &Path,
    keys: [[u8; 32]; 2],
    shelves: &[Shelf],
    pieces: &Sender<Piece>,
) {
    let outcome = open_reader_at(&folder.join("confidante.db"), &keys_folder.join("keys.db"), &Keys::new(keys))
        .and_then(|connection| read(&connection, shelves, pieces));
    let last = outcome.map_or_else(Piece::Broken, |()| Piece::End);
    // Whoever stopped listening does not want to hear of it.
    let _ = pieces.blocking_send(last);
}

fn read(connection: &Connection, shelves: &[Shelf], pieces: &Sender<Piece>) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN").map_err(fault)?;
    for (position, shelf) in shelves.iter().enumerate() {
        let mut prepared = connection.prepare(&shelf.query()).map_err(fault)?;
        let mut rows = prepared.query([]).map_err(fault)?;
        let mut batch = Batch::default();
        while let Some(row) = rows.next().map_err(fault)? {
            let cells = (0..shelf.columns.len()).map(|index| value(row.get_ref(index).map_err(fault)?));
            if let Some(rows) = batch.add(cells.collect::<Result<_, _>>()?) {
                send(pieces, position, rows)?;
            }
        }
        if let Some(rows) = batch.rest() {
            send(pieces, position, rows)?;
        }
    }
    connection.execute_batch("COMMIT").map_err(fault)
}

fn send(pieces: &Sender<Piece>, position: usize, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    pieces.blocking_send(Piece::Rows(position, rows)).map_err(|_| StoreError::Closed)
}
