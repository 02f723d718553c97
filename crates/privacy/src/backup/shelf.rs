//! Which tables go into which backup, and the form of a row in the file.

use std::io::{self, Read, Write};

use aws_lc_rs::digest::{SHA256, digest};
use datamap::{TABLES, Table};
use serde::{Deserialize, Serialize};
use store::Value;
use store::dump::{LONGEST_CELL, Shelf, kept_with_the_keys};

/// The mark of the schema belongs to the store it lies in.
const SCHEMA_MARK: &str = "meta";

/// Parents before children, so that rows can be put back in this order.
pub(super) fn of_data() -> Vec<Shelf> {
    let kept = kept_with_the_keys();
    let data = TABLES.iter().rev().filter(|table| !kept.contains(&table.name) && table.name != SCHEMA_MARK);
    data.map(shelf).collect()
}

/// The ledger first: the keys are put back under its eyes.
pub(super) fn of_keys() -> Vec<Shelf> {
    let kept = kept_with_the_keys();
    let mut tables: Vec<&Table> = TABLES.iter().filter(|table| kept.contains(&table.name)).collect();
    tables.sort_by_key(|table| table.fields.iter().any(|field| field.preset.name == datamap::KEY.name));
    tables.into_iter().map(shelf).collect()
}

fn shelf(table: &Table) -> Shelf {
    Shelf { table: table.name.to_owned(), columns: table.fields.iter().map(|field| field.name.to_owned()).collect() }
}

/// How many rows of a table, and a fingerprint of all of them in whatever order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) table: String,
    pub(super) rows: u64,
    /// The sum of the rows' hashes: an accident changes it. Against intent the archive has its seals.
    pub(super) sum: [u64; 4],
}

impl Tally {
    /// Of a table, before any row was seen.
    pub(super) fn of(shelf: &Shelf) -> Self {
        Self { table: shelf.table.clone(), ..Self::default() }
    }

    pub(super) fn add(&mut self, row: &[u8]) {
        self.rows += 1;
        let hash = digest(&SHA256, row);
        for (sum, part) in self.sum.iter_mut().zip(hash.as_ref().chunks(8)) {
            *sum = sum.wrapping_add(u64::from_be_bytes(part.try_into().unwrap_or_default()));
        }
    }
}

/// A row as bytes.
pub(super) fn encode(row: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    let sized = |bytes: &mut Vec<u8>, tag: u8, cell: &[u8]| {
        bytes.push(tag);
        bytes.extend(u32::try_from(cell.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(cell);
    };
    for cell in row {
        match cell {
            Value::Null => bytes.push(0),
            Value::Int(number) => {
                bytes.push(1);
                bytes.extend(number.to_be_bytes());
            }
            Value::Text(text) => sized(&mut bytes, 2, text.as_bytes()),
            Value::Bytes(cell) => sized(&mut bytes, 3, cell),
        }
    }
    bytes
}

/// A row of so many cells.
pub(super) fn decode(from: &mut impl Read, cells: usize) -> io::Result<Vec<Value>> {
    (0..cells).map(|_| cell(from)).collect()
}

fn cell(from: &mut impl Read) -> io::Result<Value> {
    let [tag] = exactly::<1>(from)?;
    Ok(match tag {
        0 => Value::Null,
        1 => Value::Int(i64::from_be_bytes(exactly(from)?)),
        2 => Value::Text(String::from_utf8(sized(from)?).map_err(|_| odd())?),
        3 => Value::Bytes(sized(from)?),
        _ => return Err(odd()),
    })
}

pub(super) fn exactly<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0u8; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn sized(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = u32::from_be_bytes(exactly(from)?) as usize;
    if length > LONGEST_CELL {
        return Err(odd());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Writes no more than [`sized`] reads.
pub(crate) fn write_sized(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() > LONGEST_CELL {
        return Err(io::Error::other("a part of an archive would be too long to be read back"));
    }
    to.write_all(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes())?;
    to.write_all(bytes)
}

/// Sealed correctly, but not in a form that this program knows.
pub(super) fn odd() -> io::Error {
    io::Error::other(vault::ArchiveError::Foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives() {
        let row = vec![Value::Null, Value::Int(-7), "Grüße".into(), Value::Bytes(vec![0, 255])];
        let bytes = encode(&row);
        assert!(decode(&mut bytes.as_slice(), 4).unwrap() == row);
        assert!(decode(&mut bytes.get(..bytes.len() - 1).unwrap(), 4).is_err());
    }

    #[test]
    fn keys_and_data_share_no_table_and_leave_none_out() {
        let names = |shelves: Vec<Shelf>| shelves.into_iter().map(|shelf| shelf.table).collect::<Vec<_>>();
        let (data, keys) = (names(of_data()), names(of_keys()));
        assert!(data.iter().all(|table| !keys.contains(table)));
        assert_eq!(data.len() + keys.len() + 1, TABLES.len(), "all but the mark of the schema");
        assert_eq!(keys.last().map(String::as_str), Some("wrapped_key"), "the ledger comes before the keys");
    }
}
