//! Packs what was gathered into one zip, with a list of fingerprints of everything in it.

use std::io::{Cursor, Write};

use aws_lc_rs::digest::{SHA256, digest};
use datamap::{Export, TABLES, Who};
use model::Moment;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::gather::{Gathered, Section, open_name};
use super::item::Item;
use super::{FORMAT, page, schema};
use crate::Fault;

/// The zip under construction.
struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    fingerprints: Map<String, Json>,
}

impl Archive {
    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.zip.start_file(path, SimpleFileOptions::default())?;
        self.zip.write_all(bytes)?;
        let fingerprint = data_encoding::HEXLOWER.encode(digest(&SHA256, bytes).as_ref());
        self.fingerprints.insert(path.to_owned(), fingerprint.into());
        Ok(())
    }
}

pub(super) fn pack(
    gathered: &Gathered,
    items: &[Item],
    papers: &[(&'static str, Vec<u8>)],
    now: Moment,
) -> Result<Vec<u8>, Fault> {
    let mut archive = Archive { zip: ZipWriter::new(Cursor::new(Vec::new())), fingerprints: Map::new() };
    archive.add("index.html", page::page(gathered, items, now).as_bytes())?;
    archive.add("data.json", &serde_json::to_vec_pretty(&document(gathered, items, now))?)?;
    archive.add("export.schema.json", &serde_json::to_vec_pretty(&schema())?)?;
    for section in gathered.sections.iter().filter(|section| !section.rows.is_empty()) {
        archive.add(&format!("csv/{}.csv", section.table.name), &csv(section)?)?;
    }
    for file in &gathered.attachments {
        archive.add(&file.path, &file.bytes)?;
    }
    for (name, paper) in papers {
        archive.add(name, paper)?;
    }
    let manifest = json!({ "format": FORMAT, "sha256": archive.fingerprints });
    archive.add("manifest.json", &serde_json::to_vec_pretty(&manifest)?)?;
    Ok(archive.zip.finish()?.into_inner())
}

/// `data.json`.
fn document(gathered: &Gathered, items: &[Item], now: Moment) -> Json {
    let tables: Map<String, Json> = gathered
        .sections
        .iter()
        .map(|section| {
            let rows: Vec<Json> = section.rows.iter().cloned().map(Json::Object).collect();
            (section.table.name.to_owned(), json!({ "says": section.table.says, "rows": rows }))
        })
        .collect();
    json!({
        "format": FORMAT,
        "created_at": now,
        "organisation": { "name": gathered.organisation_name },
        "person": gathered.person,
        "about": items,
        "tables": tables,
        "described": described(),
    })
}

/// Something that is held but not printed.
#[derive(Serialize)]
pub(super) struct Described {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    pub(super) says: &'static str,
}

/// What we hold but do not print, and what it is.
pub(super) fn described() -> Vec<Described> {
    let hers = |table: &&datamap::Table| table.person().is_some() || table.mentions().next().is_some();
    let tables = TABLES.iter().rev().filter(hers);
    let fields = tables.flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    fields
        .filter(|(_, field)| field.preset.export == Export::Described && field.preset.who == Who::Visitor)
        .map(|(table, field)| Described { table: table.name, column: field.name, says: field.says })
        .collect()
}

/// One table as CSV (RFC 4180, UTF-8).
fn csv(section: &Section) -> Result<Vec<u8>, Fault> {
    let columns: Vec<&str> = section.table.fields.iter().map(|field| open_name(field.name)).collect();
    let present = |column: &&str| section.rows.iter().any(|row| row.contains_key(*column));
    let columns: Vec<&str> = columns.into_iter().filter(present).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns)?;
    for row in &section.rows {
        writer.write_record(columns.iter().map(|column| cell(row.get(*column).unwrap_or(&Json::Null))))?;
    }
    writer.into_inner().map_err(|_| Fault::Broken("csv: not flushed".to_owned()))
}

/// A cell. A spreadsheet must not take somebody's words for a formula.
pub(crate) fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Json::String(text) => text.clone(),
        other => match other.get("name").and_then(Json::as_str) {
            Some(name) => cell(&name.into()),
            None => other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_takes_no_words_for_a_formula() {
        for words in ["=1+1", "+49 30", "-2", "@SUM(A1)", "\tx"] {
            assert_eq!(cell(&words.into()), format!("'{words}"));
        }
        assert_eq!(cell(&(-2).into()), "-2", "a number stays one");
        assert_eq!(cell(&json!({ "name": "Ada", "role": "agent" })), "Ada");
    }
}
