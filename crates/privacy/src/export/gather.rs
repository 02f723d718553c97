//! Reads and opens every row of one person that the map says is hers.

use std::collections::BTreeSet;

use datamap::{Export, Field, Table};
use model::{OrganisationId, PersonId, Refusal};
use serde_json::{Map, Value as Json};
use store::subject::{self, Owned};
use store::{Fence, Row, Store, Value};
use vault::{Keyring, Place, Sealed, SubjectKey};

use super::staff::Staff;
use crate::{Fault, plan};

/// The rows of one table.
pub(super) struct Section {
    pub(super) table: &'static Table,
    pub(super) rows: Vec<Map<String, Json>>,
}

/// A file of hers.
pub(super) struct Attachment {
    /// Its path in the zip.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// Everything.
pub(super) struct Gathered {
    pub(super) person: PersonId,
    pub(super) organisation_name: String,
    pub(super) keep_days: u32,
    pub(super) sections: Vec<Section>,
    pub(super) attachments: Vec<Attachment>,
}

/// One reader for one person.
struct Reader<'a> {
    store: &'a Store,
    organisation: OrganisationId,
    person: PersonId,
    key: SubjectKey,
    staff: Staff<'a>,
    attachments: Vec<Attachment>,
}

pub(super) async fn everything(
    keyring: &Keyring,
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Gathered, Fault> {
    let key = keyring.subject(organisation, &person.to_string()).await?;
    let staff = Staff::new(keyring, store, organisation);
    let mut reader = Reader { store, organisation, person, key, staff, attachments: Vec::new() };
    let mut sections = Vec::new();
    for (table, owned) in plan::owned() {
        sections.push(reader.table(table, owned).await?);
    }
    // Parents first: the person, then her conversations, then what was said in them.
    sections.reverse();
    if sections.first().is_none_or(|section| section.rows.is_empty()) {
        return Err(Refusal::not_found().into());
    }
    for table in datamap::TABLES {
        if table.mentions().any(|field| field.preset.export != Export::Described) {
            sections.push(reader.mentions(table).await?);
        }
    }
    let (organisation_name, keep_days) = crate::notice::facts(store, organisation).await?;
    Ok(Gathered { person, organisation_name, keep_days, sections, attachments: reader.attachments })
}

/// Leaves what she provided: the tables that hold her words or files because of a contract or of her consent, and what those
/// hang on; of their rows only what is kept on these grounds. What was inferred, noted or logged about her goes.
pub(super) fn only_provided(gathered: &mut Gathered) {
    let by_contract = |field: &Field| {
        matches!(field.preset.basis, datamap::Basis::Contract | datamap::Basis::Consent | datamap::Basis::NotPersonal)
    };
    let words = |field: &&Field| {
        by_contract(field) && (field.is_sealed() || matches!(field.preset.export, Export::File { .. }))
    };
    let holds_words = |table: &Table| table.person().is_some() && table.fields.iter().any(|field| words(&field));
    let held: BTreeSet<&str> =
        datamap::TABLES.iter().filter(|table| holds_words(table)).map(|table| table.name).collect();
    let hung_on: BTreeSet<&str> = datamap::TABLES
        .iter()
        .filter(|table| held.contains(table.name))
        .flat_map(|table| table.fields.iter().filter_map(|field| field.references))
        .collect();
    for section in &mut gathered.sections {
        let stays = section.table.person().is_some()
            && (held.contains(section.table.name) || hung_on.contains(section.table.name));
        if !stays {
            section.rows.clear();
        }
        for row in &mut section.rows {
            row.retain(|name, _| {
                let field = section.table.fields.iter().find(|field| open_name(field.name) == name);
                field.is_some_and(by_contract)
            });
        }
    }
}

/// The columns that are read with the row: not the described ones, not the bytes of files, not the tenant.
fn columns(table: &Table) -> Vec<&'static Field> {
    let read = |field: &&Field| {
        !matches!(field.preset.export, Export::Described | Export::File { .. })
            && field.references != Some(plan::TENANT)
    };
    table.fields.iter().filter(read).collect()
}

fn names(fields: &[&'static Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.name).collect()
}

/// The name of a column as the person reads it: what was sealed in the database is open here.
pub(super) fn open_name(column: &'static str) -> &'static str {
    column.strip_suffix("_sealed").unwrap_or(column)
}

impl Reader<'_> {
    async fn table(&mut self, table: &'static Table, owned: Owned) -> Result<Section, Fault> {
        let fields = columns(table);
        let statement = subject::select(owned, &names(&fields), self.organisation, self.person);
        let mut rows = Vec::new();
        for row in self.store.all(Fence::Organisation(self.organisation), statement).await? {
            let mut record = self.record(table, &fields, &row).await?;
            for field in table.fields {
                if let Export::File { name } = field.preset.export {
                    let path = self.attachment(table, owned, (field, name), &row).await?;
                    record.insert(open_name(field.name).to_owned(), path.into());
                }
            }
            rows.push(record);
        }
        Ok(Section { table, rows })
    }

    /// Rows of shared tables that mention anything of hers, each once.
    async fn mentions(&mut self, table: &'static Table) -> Result<Section, Fault> {
        let fields = columns(table);
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for (at, _, mention) in plan::mentions().filter(|(at, _, _)| at.name == table.name) {
            for (_, owned) in plan::owned() {
                let statement = subject::mentioned(mention, owned, &names(&fields), self.organisation, self.person);
                for row in self.store.all(Fence::Organisation(self.organisation), statement).await? {
                    if seen.insert(row.text("id")?) {
                        rows.push(self.record(at, &fields, &row).await?);
                    }
                }
            }
        }
        rows.sort_by_key(|row| row.get("id").map(ToString::to_string));
        Ok(Section { table, rows })
    }

    async fn record(
        &mut self,
        table: &'static Table,
        fields: &[&'static Field],
        row: &Row,
    ) -> Result<Map<String, Json>, Fault> {
        let mut record = Map::new();
        for field in fields {
            let value = match row.value(field.name)? {
                Value::Null => Json::Null,
                Value::Int(number) => (*number).into(),
                Value::Text(text) => match self.staff.card(text).await? {
                    Some(card) => card,
                    None => text.as_str().into(),
                },
                // A text whose own time is over leaves an empty envelope behind.
                Value::Bytes(bytes) if field.is_sealed() && bytes.is_empty() => Json::Null,
                Value::Bytes(bytes) if field.is_sealed() => {
                    let sealed = Sealed::from_column(bytes.clone());
                    let words = self.key.open(&self.place(table, field, &row.text("id")?), &sealed)?;
                    opened(field, words.expose())
                }
                Value::Bytes(bytes) => data_encoding::HEXLOWER.encode(bytes).into(),
            };
            record.insert(open_name(field.name).to_owned(), value);
        }
        Ok(record)
    }

    async fn attachment(
        &mut self,
        table: &'static Table,
        owned: Owned,
        (field, name): (&'static Field, &'static str),
        row: &Row,
    ) -> Result<String, Fault> {
        let id = row.text("id")?;
        let statement = subject::cell(owned, field.name, self.organisation, self.person, &id);
        let fence = Fence::Organisation(self.organisation);
        let cell = self.store.one(fence, statement).await?.ok_or_else(Refusal::not_found)?;
        let sealed = Sealed::from_column(cell.bytes(field.name)?);
        let bytes = self.key.open_bytes(&self.place(table, field, &id), &sealed)?;
        let label = table.field(name).filter(|label| label.is_sealed());
        let label = match label {
            Some(label) => {
                let sealed = Sealed::from_column(row.bytes(name)?);
                self.key.open(&self.place(table, label, &id), &sealed)?.expose().to_owned()
            }
            None => row.text(name)?,
        };
        let path = format!("files/{id}-{}", harmless(&label));
        self.attachments.push(Attachment { path: path.clone(), bytes });
        Ok(path)
    }

    fn place<'b>(&self, table: &'static Table, field: &'static Field, row: &'b str) -> Place<'b> {
        Place { organisation: self.organisation, table: table.name, column: field.name, row }
    }
}

/// A trace is JSON: as such it can be read by a program. Anything else is a text, whatever it looks like.
fn opened(field: &Field, words: &str) -> Json {
    let tree = (field.preset.name == datamap::TRACE.name).then(|| serde_json::from_str(words));
    match tree {
        Some(Ok(tree)) => tree,
        _ => words.into(),
    }
}

/// A file name that stays in its folder on every system.
fn harmless(name: &str) -> String {
    let keep = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = name.chars().map(|letter| if keep(letter) { letter } else { '_' }).take(80).collect();
    name.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_file_name_cannot_leave_its_folder() {
        assert_eq!(harmless("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(harmless("Rechnung Größe 4.pdf"), "Rechnung_Größe_4.pdf");
        assert_eq!(harmless(r"C:\a<b>|c"), "C__a_b__c");
    }
}
