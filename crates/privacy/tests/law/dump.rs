//! Everything a thief with the files and the remaining keys could see: raw bytes on disk, and every cell, opened where it opens.

use std::collections::BTreeMap;
use std::path::Path;

use model::OrganisationId;
use store::{Fence, Statement, Store, Value};
use vault::{Keyring, Place, Sealed};

use crate::house::House;

/// Every cell of every table the engine has, as bytes; sealed ones also opened with every key that is still there.
pub async fn cells(house: &House) -> Vec<u8> {
    cells_of(&house.store, &house.keyring, house.organisation).await
}

/// The same of any store.
pub async fn cells_of(store: &Store, keyring: &Keyring, organisation: OrganisationId) -> Vec<u8> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in store.columns().await.unwrap() {
        tables.entry(table).or_default().push(column);
    }
    let mut dump = Vec::new();
    let subjects = subjects(store).await;
    for (table, columns) in tables {
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        for row in store.all(Fence::House, Statement::owned(sql, Vec::new())).await.unwrap() {
            for column in &columns {
                match row.value(column).unwrap() {
                    Value::Text(text) => dump.extend(text.as_bytes()),
                    Value::Bytes(bytes) => {
                        dump.extend(bytes);
                        if column.ends_with("_sealed") {
                            let id = row.text("id").unwrap();
                            dump.extend(open((keyring, organisation), &subjects, (&table, column, &id), bytes).await);
                        }
                    }
                    Value::Int(_) | Value::Null => {}
                }
                dump.push(0);
            }
        }
    }
    dump
}

/// Whoever has a key left.
async fn subjects(store: &Store) -> Vec<String> {
    let statement = Statement::owned("SELECT subject FROM wrapped_key".to_owned(), Vec::new());
    let rows = store.all(Fence::House, statement).await.unwrap();
    rows.iter().map(|row| row.text("subject").unwrap()).filter(|subject| subject != "organisation").collect()
}

async fn open(
    (keyring, organisation): (&Keyring, OrganisationId),
    subjects: &[String],
    (table, column, row): (&str, &str, &str),
    bytes: &[u8],
) -> Vec<u8> {
    // Places are made of the map's own names: a column that is not on the map could not be opened by the product either.
    let Some(table) = datamap::table(table) else { return Vec::new() };
    let Some(field) = table.field(column) else { return Vec::new() };
    let place = Place { organisation, table: table.name, column: field.name, row };
    for subject in subjects {
        let key = keyring.subject(organisation, subject).await.unwrap();
        if let Ok(plain) = key.open_bytes(&place, &Sealed::from_column(bytes.to_vec())) {
            return plain;
        }
    }
    Vec::new()
}

/// Every byte of every file under a folder.
pub fn files(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(files(&path));
        } else {
            bytes.extend(std::fs::read(&path).unwrap_or_default());
            bytes.push(0);
        }
    }
    bytes
}

/// [`Hay::has`], for one needle.
pub fn found(hay: &[u8], needle: &[u8]) -> bool {
    Hay::new(hay).has(needle)
}

fn forms(needle: &[u8]) -> Vec<Vec<u8>> {
    let wide = needle.iter().flat_map(|byte| [*byte, 0]).collect();
    // The middle of a base64 text does not depend on what follows, only on the offset: three alignments.
    let base64 = (0..3).map(|shift| {
        let mut padded = vec![0; shift];
        padded.extend(needle);
        let text = data_encoding::BASE64.encode(&padded).into_bytes();
        let text = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(&text).to_vec();
        text[4..text.len() - 2].to_vec()
    });
    let hex = data_encoding::HEXLOWER.encode(needle).into_bytes();
    [needle.to_vec(), wide, hex.to_ascii_uppercase(), hex].into_iter().chain(base64).collect()
}

/// A hay in which searching is fast: every byte as the letter with its number.
pub struct Hay(String);

impl Hay {
    pub fn new(bytes: &[u8]) -> Hay {
        Hay(letters(bytes))
    }

    /// Is the needle in the hay, as it is, in UTF-16, hexadecimal or base64?
    pub fn has(&self, needle: &[u8]) -> bool {
        forms(needle).iter().any(|form| !form.is_empty() && self.0.contains(&letters(form)))
    }
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

#[test]
fn the_search_finds_every_form() {
    let needle = b"marker of ada in message body_sealed";
    for form in forms(needle) {
        let hay = [b"before ".to_vec(), form, b" after".to_vec()].concat();
        assert!(found(&hay, needle));
    }
    assert!(!found(b"nothing of hers", needle));
}
