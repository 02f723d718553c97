//! Reads an archive back, batch by batch, and holds it to its own tallies.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use store::Value;
use store::dump::{Shelf, schema_version};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use vault::{ArchiveKey, ArchiveReader, Head};

use super::BackupFault;
use super::shelf::{Tally, decode, encode, exactly, odd, sized};
use super::write::{ROW, SHELF, TALLIES};
use crate::Fault;

/// How many rows a batch has.
const ROWS: usize = 500;

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
    let (found, reading) = channel(8);
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
    let mut batch: (usize, Vec<Vec<Value>>) = (0, Vec::new());
    loop {
        match exactly::<1>(from)? {
            [SHELF] => {
                let (table, columns): (String, Vec<String>) =
                    serde_json::from_slice(&sized(from)?).map_err(Fault::from)?;
                let tally = Tally { table: table.clone(), ..Tally::default() };
                shelves.push((Shelf { table, columns }, tally));
            }
            [ROW] => {
                let position = u32::from_be_bytes(exactly(from)?) as usize;
                let (shelf, tally) = shelves.get_mut(position).ok_or_else(odd)?;
                let row = decode(from, shelf.columns.len())?;
                tally.add(&encode(&row));
                if batch.0 != position || batch.1.len() >= ROWS {
                    give(found, &shelves, &mut batch)?;
                    batch.0 = position;
                }
                batch.1.push(row);
            }
            [TALLIES] => {
                give(found, &shelves, &mut batch)?;
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
    shelves: &[(Shelf, Tally)],
    batch: &mut (usize, Vec<Vec<Value>>),
) -> Result<(), BackupFault> {
    let rows = std::mem::take(&mut batch.1);
    let Some((shelf, _)) = shelves.get(batch.0).filter(|_| !rows.is_empty()) else { return Ok(()) };
    let sent = found.blocking_send(Found::Rows(shelf.clone(), rows));
    sent.map_err(|_| Fault::Broken("nobody reads the archive any more".to_owned()).into())
}
