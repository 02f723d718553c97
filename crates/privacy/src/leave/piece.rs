//! Pieces of an export on the disk: each sealed, each whole or not there, so that a killed export goes on where it was.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

use model::World;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use store::tenant::Place;
use vault::{ArchiveKey, ArchiveReader, ArchiveWriter};

use super::gather::Page;
use crate::Fault;
use crate::backup::BackupFault;
use crate::backup::form::{head, sized, write_sized};

/// Where the next piece of the same table begins.
#[derive(Serialize, Deserialize)]
pub(super) struct Begin {
    after: Option<String>,
    skip: Option<i64>,
    pub(super) rows: u64,
    files: u64,
}

impl Begin {
    fn of(page: &Page) -> Self {
        let (after, skip) = match &page.next {
            Some(Place::After(last)) => (Some(last.clone()), None),
            Some(Place::Skip(rows)) => (None, Some(*rows)),
            None => (None, None),
        };
        Self { after, skip, rows: page.rows.len() as u64, files: page.files.len() as u64 }
    }

    /// Where the next piece begins; nothing where this is the last of its table.
    pub(super) fn next(&self) -> Option<Place> {
        let after = self.after.clone().map(Place::After);
        after.or_else(|| self.skip.map(Place::Skip))
    }
}

/// The folder of one export.
#[derive(Clone)]
pub(super) struct Pieces {
    pub(super) folder: PathBuf,
    pub(super) key: ArchiveKey,
    pub(super) world: World,
}

impl Pieces {
    pub(super) fn path(&self, table: usize, number: usize) -> PathBuf {
        self.folder.join(format!("{table:03}-{number:06}.piece"))
    }

    /// The finished export.
    pub(super) fn whole(&self) -> PathBuf {
        self.folder.join("whole.cfd")
    }

    /// Writes a piece; it has its name only when it is whole and on the disk.
    pub(super) fn write(&self, (table, number): (usize, usize), page: &Page) -> Result<Begin, Fault> {
        let (begin, path) = (Begin::of(page), self.path(table, number));
        let part = path.with_extension("part");
        let file = BufWriter::new(File::create(&part)?);
        let mut to = ArchiveWriter::begin(file, &self.key, &self.world, head("piece", self.world.now()))?;
        write_sized(&mut to, &serde_json::to_vec(&begin)?)?;
        for row in &page.rows {
            write_sized(&mut to, &serde_json::to_vec(row)?)?;
        }
        for (path, bytes) in &page.files {
            write_sized(&mut to, path.as_bytes())?;
            write_sized(&mut to, bytes)?;
        }
        to.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(part, path)?;
        Ok(begin)
    }

    /// The begin of a piece that is there; nothing where it is not, or cannot be believed.
    pub(super) fn begin(&self, table: usize, number: usize) -> Option<Begin> {
        let (_, mut from) =
            ArchiveReader::begin(BufReader::new(File::open(self.path(table, number)).ok()?), &self.key).ok()?;
        serde_json::from_slice(&sized(&mut from).ok()?).ok()
    }

    /// A piece, read to its end.
    pub(super) fn read(&self, table: usize, number: usize) -> Result<Page, Fault> {
        let file = BufReader::new(File::open(self.path(table, number))?);
        let (_, mut from) = ArchiveReader::begin(file, &self.key).map_err(BackupFault::from)?;
        let begin: Begin = serde_json::from_slice(&sized(&mut from)?)?;
        let rows = (0..begin.rows).map(|_| Ok(serde_json::from_slice::<Map<String, Json>>(&sized(&mut from)?)?));
        let rows = rows.collect::<Result<Vec<_>, Fault>>()?;
        let mut files = Vec::new();
        for _ in 0..begin.files {
            let path =
                String::from_utf8(sized(&mut from)?).map_err(|_| Fault::Broken("a path in a piece".to_owned()))?;
            files.push((path, sized(&mut from)?));
        }
        let next = begin.next();
        Ok(Page { rows, files, next })
    }
}

impl From<BackupFault> for Fault {
    fn from(fault: BackupFault) -> Self {
        Fault::Broken(format!("archive: {fault}"))
    }
}

/// The bytes of a finished export, opened piece by piece as they are read.
pub fn unpacked(path: &Path, key: &ArchiveKey) -> Result<impl Read + Send + use<>, Fault> {
    let file = BufReader::new(File::open(path)?);
    let (_, from) = ArchiveReader::begin(file, key).map_err(BackupFault::from)?;
    Ok(from)
}
