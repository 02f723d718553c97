//! Reads an archive back, batch by batch, and holds it to its own tallies.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use store::Value;
use store::dump::{Batch, Shelf, schema_version};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use vault::{ArchiveKey, ArchiveReader, Head};

use super::BackupFault;
use super::shelf::{Tally, decode, encode, exactly, odd, sized};
use super::write::{ROW, SHELF, TALLIES};
use crate::Fault;

/// What comes out of an archive.
pub(super) enum Found {
    /// Rows of one shelf.
    Rows(Shelf, Vec<Vec<Value>>),
    /// It was whole, and every tally fits.
    Whole(Vec<Tally>),
    /// It was not.
    Broken(BackupFault),
}

/// Checks whose archive it is and what it holds; nothing else is read.
pub(super) fn head(path: &Path, key: &ArchiveKey, wanted: &'static str) -> Result<Head, BackupFault> {
    let (head, _) = ArchiveReader::begin(BufReader::new(File::open(path)?), key)?;
    if head.kind != wanted {
        return Err(BackupFault::Kind { found: head.kind, wanted });
    }
    if head.schema > schema_version() {
        return Err(vault::ArchiveError::Newer.into());
    }
    if head.schema < schema_version() {
        return Err(BackupFault::Schema(head.schema));
    }
    Ok(head)
}

/// Reads it to its end on a thread of its own.
pub(super) fn read(path: &Path, key: &ArchiveKey) -> Result<Receiver<Found>, BackupFault> {
    let file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let (_, mut archive) = ArchiveReader::begin(file, key)?;
    let (found, reading) = channel(1);
    std::thread::spawn(move || {
        let last = match all(&mut archive, &found) {
            Ok(tallies) => Found::Whole(tallies),
            Err(fault) => Found::Broken(fault),
        };
        // Whoever stopped listening does not want to hear of it.
        let _ = found.blocking_send(last);
    });
    Ok(reading)
}

fn all(from: &mut impl Read, found: &Sender<Found>) -> Result<Vec<Tally>, BackupFault> {
    let mut shelves: Vec<(Shelf, Tally)> = Vec::new();
    let (mut filling, mut batch) = (0, Batch::default());
    loop {
        match exactly::<1>(from)? {
            [SHELF] => {
                let (table, columns): (String, Vec<String>) =
                    serde_json::from_slice(&sized(from)?).map_err(Fault::from)?;
                let shelf = Shelf { table, columns };
                let tally = Tally::of(&shelf);
                shelves.push((shelf, tally));
            }
            [ROW] => {
                let position = u32::from_be_bytes(exactly(from)?) as usize;
                let (shelf, tally) = shelves.get_mut(position).ok_or_else(odd)?;
                let row = decode(from, shelf.columns.len())?;
                tally.add(&encode(&row));
                if filling != position {
                    give(found, shelves.get(filling), batch.rest())?;
                    filling = position;
                }
                give(found, shelves.get(position), batch.add(row))?;
            }
            [TALLIES] => {
                give(found, shelves.get(filling), batch.rest())?;
                let written: Vec<Tally> = serde_json::from_slice(&sized(from)?).map_err(Fault::from)?;
                let read: Vec<Tally> = shelves.into_iter().map(|(_, tally)| tally).collect();
                // Only the end of the archive proves that nothing is missing.
                if from.read(&mut [0])? != 0 || written != read {
                    return Err(odd().into());
                }
                return Ok(read);
            }
            _ => return Err(odd().into()),
        }
    }
}

fn give(
    found: &Sender<Found>,
    shelf: Option<&(Shelf, Tally)>,
    rows: Option<Vec<Vec<Value>>>,
) -> Result<(), BackupFault> {
    let Some(((shelf, _), rows)) = shelf.zip(rows) else { return Ok(()) };
    let sent = found.blocking_send(Found::Rows(shelf.clone(), rows));
    sent.map_err(|_| Fault::Broken("nobody reads the archive any more".to_owned()).into())
}

#[cfg(test)]
mod tests {
    use store::dump::{LONGEST_CELL, Piece};

    use super::super::write::put;
    use super::*;

    /// An archive of one table with these rows, without its seals.
    fn written(rows: Vec<Vec<Value>>) -> Result<Vec<u8>, BackupFault> {
        let shelf = Shelf { table: "file".to_owned(), columns: vec!["content_sealed".to_owned()] };
        let (pieces, reading) = channel(2);
        pieces.try_send(Piece::Rows(0, rows)).unwrap_or_default();
        pieces.try_send(Piece::End).unwrap_or_default();
        let mut bytes = Vec::new();
        put(&mut bytes, &[shelf], reading).map(|_| bytes)
    }

    #[test]
    fn heavy_rows_are_read_in_small_batches() {
        let heavy = vec![vec![Value::Bytes(vec![7; 1_500_000])]; 7];
        let bytes = written(heavy).unwrap();
        let (found, mut reading) = channel(20);
        all(&mut bytes.as_slice(), &found).unwrap();
        drop(found);
        let mut batches = Vec::new();
        while let Ok(Found::Rows(_, rows)) = reading.try_recv() {
            batches.push(rows.len());
        }
        assert_eq!(batches, [3, 3, 1]);
    }

    #[test]
    fn what_could_not_be_read_back_is_not_written() {
        let long = vec![0; LONGEST_CELL + 1];
        assert!(super::super::shelf::write_sized(&mut std::io::sink(), &long).is_err());
        let refused = written(vec![vec![Value::Bytes(long)]]);
        assert!(matches!(refused, Err(BackupFault::Long(table)) if table == "file"));
    }
}
