//! The zip of a whole organisation: for every table a JSON and a CSV file, the files people sent, and what is not printed.

use std::fs::{self, File};
use std::io::{BufWriter, Write};

use datamap::{Export, TABLES, Table};
use model::{Moment, OrganisationId};
use serde_json::{Map, Value as Json, json};
use vault::ArchiveWriter;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::export::FORMAT;
use super::gather::{name_of, printed};
use super::piece::Pieces;
use crate::Fault;
use crate::backup::form::head;
use crate::export::cell;

/// Puts the pieces together, sealed as a whole; how many rows and bytes.
pub(super) fn pack(
    pieces: &Pieces,
    tables: &[&'static Table],
    organisation: OrganisationId,
    now: Moment,
) -> Result<[i64; 2], Fault> {
    let part = pieces.whole().with_extension("part");
    let file = BufWriter::new(File::create(&part)?);
    let sealed = ArchiveWriter::begin(file, &pieces.key, &pieces.world, head("organisation", now))?;
    let mut zip = ZipWriter::new_stream(sealed);
    let (mut counts, mut rows) = (Map::new(), 0);
    for (position, table) in tables.iter().enumerate() {
        let many = one(&mut zip, pieces, position, table)?;
        counts.insert(table.name.to_owned(), many.into());
        rows += many;
    }
    let about = json!({
        "format": FORMAT, "organisation": organisation, "created_at": now, "rows": counts, "not_printed": described(),
    });
    zip.start_file("about.json", SimpleFileOptions::default())?;
    zip.write_all(&serde_json::to_vec_pretty(&about)?)?;
    let sealed = zip.finish()?.into_inner();
    sealed.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(&part, pieces.whole())?;
    let bytes = fs::metadata(pieces.whole())?.len();
    Ok([rows, i64::try_from(bytes).unwrap_or(i64::MAX)])
}

fn one<W: Write + std::io::Seek>(
    zip: &mut ZipWriter<W>,
    pieces: &Pieces,
    position: usize,
    table: &'static Table,
) -> Result<i64, Fault> {
    zip.start_file(format!("json/{}.json", table.name), SimpleFileOptions::default())?;
    let mut many = 0;
    zip.write_all(b"[")?;
    each(pieces, position, |page| {
        for row in &page.rows {
            zip.write_all(if many == 0 { b"\n" } else { b",\n" })?;
            zip.write_all(&serde_json::to_vec(row)?)?;
            many += 1;
        }
        Ok(())
    })?;
    zip.write_all(b"\n]\n")?;
    zip.start_file(format!("csv/{}.csv", table.name), SimpleFileOptions::default())?;
    let names: Vec<String> = printed(table).into_iter().map(name_of).collect();
    let mut csv = csv::Writer::from_writer(&mut *zip);
    csv.write_record(&names)?;
    each(pieces, position, |page| {
        for row in &page.rows {
            csv.write_record(names.iter().map(|name| cell(row.get(name).unwrap_or(&Json::Null))))?;
        }
        Ok(())
    })?;
    csv.flush()?;
    drop(csv);
    each(pieces, position, |page| {
        for (path, bytes) in &page.files {
            zip.start_file(path.as_str(), SimpleFileOptions::default())?;
            zip.write_all(bytes)?;
        }
        Ok(())
    })?;
    Ok(many)
}

/// Every piece of a table, in order.
fn each(
    pieces: &Pieces,
    table: usize,
    mut with: impl FnMut(&super::gather::Page) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for number in 0.. {
        let page = pieces.read(table, number)?;
        with(&page)?;
        if page.next.is_none() {
            break;
        }
    }
    Ok(())
}

/// What is held but not handed over, and what it is.
fn described() -> Vec<Json> {
    let fields = TABLES.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    let fields = fields.filter(|(_, field)| field.preset.export == Export::Described);
    fields.map(|(table, field)| json!({ "table": table.name, "column": field.name, "says": field.says })).collect()
}
