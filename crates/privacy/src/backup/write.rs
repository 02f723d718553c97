//! Writes a picture of the tables into an archive on the disk.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use model::World;
use store::StoreConfig;
use store::dump::{LONGEST_CELL, Piece, Shelf, is_unfinished_at, picture};
use tokio::sync::mpsc::Receiver;
use vault::{ArchiveKey, ArchiveWriter, Head};

use super::BackupFault;
use super::shelf::{Tally, encode, write_sized};
use crate::Fault;

/// The bytes before a row, before the names of a shelf, and before the tallies.
pub(super) const ROW: u8 = b'R';
pub(super) const SHELF: u8 = b'S';
pub(super) const TALLIES: u8 = b'T';

/// Writes the shelves of one moment to `path`, under another name until it is whole and on the disk. Answers with what
/// was written, for the trial.
pub(super) async fn write(
    config: &StoreConfig,
    shelves: Vec<Shelf>,
    (key, world): (&ArchiveKey, &World),
    head: Head,
    path: &Path,
) -> Result<Vec<Tally>, BackupFault> {
    // The copy of half the keys would take the place of the whole one.
    if is_unfinished_at(config).await? {
        return Err(BackupFault::Unfinished);
    }
    let pieces = picture(config, shelves.clone()).await?;
    let (key, world, path) = (key.clone(), world.clone(), path.to_owned());
    let writing = tokio::task::spawn_blocking(move || {
        let part = path.with_extension("part");
        let file = File::create(&part)?;
        let mut archive = ArchiveWriter::begin(BufWriter::with_capacity(1 << 20, file), &key, &world, head)?;
        let tallies = put(&mut archive, &shelves, pieces)?;
        let file = archive.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&part, &path)?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(tallies)
    });
    writing.await.map_err(|_| Fault::Broken("writing a backup was interrupted".to_owned()))?
}

pub(super) fn put(
    to: &mut impl Write,
    shelves: &[Shelf],
    mut pieces: Receiver<Piece>,
) -> Result<Vec<Tally>, BackupFault> {
    let mut tallies: Vec<Tally> = Vec::new();
    for shelf in shelves {
        to.write_all(&[SHELF])?;
        let names = serde_json::to_vec(&(&shelf.table, &shelf.columns)).map_err(Fault::from)?;
        write_sized(to, &names)?;
        tallies.push(Tally::of(shelf));
    }
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Rows(position, rows)) => {
                let Some(tally) = tallies.get_mut(position) else { continue };
                for row in rows {
                    // Only an earlier version let such a cell in. What could not be read back is not written.
                    if row.iter().any(|cell| cell.bytes() > LONGEST_CELL) {
                        return Err(BackupFault::Long(tally.table.clone()));
                    }
                    let bytes = encode(&row);
                    tally.add(&bytes);
                    to.write_all(&[ROW])?;
                    to.write_all(&u32::try_from(position).unwrap_or(u32::MAX).to_be_bytes())?;
                    to.write_all(&bytes)?;
                }
            }
            Some(Piece::End) => break,
            Some(Piece::Broken(error)) => return Err(error.into()),
            None => return Err(Fault::Broken("the tables could not be read to their end".to_owned()).into()),
        }
    }
    to.write_all(&[TALLIES])?;
    write_sized(to, &serde_json::to_vec(&tallies).map_err(Fault::from)?)?;
    Ok(tallies)
}
