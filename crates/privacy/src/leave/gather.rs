//! Reads an organisation's rows page by page and opens what is sealed in them.

use std::collections::BTreeMap;

use datamap::{Export, Field, Link, Table};
use model::{OrganisationId, Refusal};
use serde_json::{Map, Value as Json};
use store::dump::Batch;
use store::tenant::{self, Holding, Place as At};
use store::{Fence, Row, Store, Value};
use vault::{KeyError, Keyring, Place, Sealed, SubjectKey};

use crate::Fault;

/// How many rows are read at once: how heavy they are is known only then.
const STEP: usize = 50;

/// A page, opened.
pub(super) struct Page {
    pub(super) rows: Vec<Map<String, Json>>,
    /// Files whose bytes are a column: path and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Where the next page begins; nothing where this is the last.
    pub(super) next: Option<At>,
}

/// Reads one organisation.
pub(super) struct Gatherer<'a> {
    pub(super) keyring: &'a Keyring,
    pub(super) store: &'a Store,
    pub(super) organisation: OrganisationId,
    /// How many rows a page has; it ends earlier where they are heavy.
    pub(super) most: usize,
    keys: BTreeMap<String, Option<SubjectKey>>,
}

/// The columns that are handed over: not those that are described, which would be keys to rooms or say nothing to anybody.
pub(super) fn printed(table: &'static Table) -> Vec<&'static Field> {
    table.fields.iter().filter(|field| field.preset.export != Export::Described).collect()
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(keyring: &'a Keyring, store: &'a Store, organisation: OrganisationId) -> Self {
        Self { keyring, store, organisation, most: Batch::ROWS, keys: BTreeMap::new() }
    }

    pub(super) async fn page(&mut self, table: &'static Table, of: Holding, at: &At) -> Result<Page, Fault> {
        let fields = printed(table);
        let mut columns: Vec<&str> = fields.iter().filter(|field| !is_file(field)).map(|field| field.name).collect();
        // What opens a row must be read with it, printed or not.
        let owner = owner(table);
        for needed in owner.into_iter().chain(of.key) {
            if !columns.contains(&needed) {
                columns.push(needed);
            }
        }
        let mut page = Page { rows: Vec::new(), files: Vec::new(), next: Some(at.clone()) };
        let mut bytes = 0;
        while let Some(mut at) = page.next.take() {
            // Where rows have no key, each look would sort all of them again.
            let step = if of.key.is_some() { self.most.min(STEP) } else { self.most };
            let look = tenant::page(of, &columns, self.organisation, &at, i64::try_from(step).unwrap_or(i64::MAX));
            let read = self.store.all(Fence::Organisation(self.organisation), look).await?;
            for row in &read {
                let before = page.files.len();
                page.rows.push(self.record(table, &fields, row, &mut page.files).await?);
                at = following(of, &at, row)?;
                bytes += columns.iter().filter_map(|column| row.value(column).ok()).map(Value::bytes).sum::<usize>();
                bytes += page.files.iter().skip(before).map(|(_, bytes)| bytes.len()).sum::<usize>();
                if page.rows.len() >= self.most || bytes >= Batch::BYTES {
                    page.next = Some(at);
                    return Ok(page);
                }
            }
            page.next = (read.len() >= step).then_some(at);
        }
        Ok(page)
    }

    async fn record(
        &mut self,
        table: &'static Table,
        fields: &[&'static Field],
        row: &Row,
        files: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<Map<String, Json>, Fault> {
        let mut record = Map::new();
        let subject = match owner(table) {
            Some(owner) => row.maybe_text(owner)?,
            None => None,
        };
        for field in fields {
            let value = if is_file(field) {
                self.file(table, field, (row, subject.as_deref()), files).await?
            } else {
                match row.value(field.name)? {
                    Value::Null => Json::Null,
                    Value::Int(number) => (*number).into(),
                    Value::Text(text) => text.as_str().into(),
                    Value::Bytes(bytes) if field.is_sealed() => {
                        let opened = self.open(table, field, (row, subject.as_deref()), bytes).await?;
                        opened.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Json::Null, Json::from)
                    }
                    Value::Bytes(bytes) => data_encoding::HEXLOWER.encode(bytes).into(),
                }
            };
            record.insert(name_of(field), value);
        }
        Ok(record)
    }

    async fn file(
        &mut self,
        table: &'static Table,
        field: &'static Field,
        (row, subject): (&Row, Option<&str>),
        files: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<Json, Fault> {
        let id = row.text("id")?;
        let cell = store::subject::card(table.name, &[field.name], self.organisation, &id);
        let cell = self.store.one(Fence::Organisation(self.organisation), cell).await?;
        let bytes = cell.ok_or_else(Refusal::not_found)?.bytes(field.name)?;
        let Some(bytes) = self.open(table, field, (row, subject), &bytes).await? else { return Ok(Json::Null) };
        let path = format!("files/{id}");
        files.push((path.clone(), bytes));
        Ok(path.into())
    }

    /// Nothing where the person was erased a moment ago: her row is about to go.
    async fn open(
        &mut self,
        table: &'static Table,
        field: &'static Field,
        (row, subject): (&Row, Option<&str>),
        bytes: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let id = row.text("id")?;
        let place = Place { organisation: self.organisation, table: table.name, column: field.name, row: &id };
        let sealed = Sealed::from_column(bytes.to_vec());
        let Some(subject) = subject else {
            let key = self.keyring.organisation(self.organisation).await?;
            return Ok(Some(key.open(&place, &sealed)?.expose().as_bytes().to_vec()));
        };
        if !self.keys.contains_key(subject) {
            let key = match self.keyring.subject(self.organisation, subject).await {
                Ok(key) => Some(key),
                Err(KeyError::Absent) => None,
                Err(error) => return Err(error.into()),
            };
            // One page, a few people: what was opened for another page is fetched again.
            if self.keys.len() > 1_000 {
                self.keys.clear();
            }
            self.keys.insert(subject.to_owned(), key);
        }
        match self.keys.get(subject).and_then(Option::as_ref) {
            Some(key) => Ok(Some(key.open_bytes(&place, &sealed)?)),
            None => Ok(None),
        }
    }
}

/// Where it goes on after a row.
fn following(of: Holding, at: &At, row: &Row) -> Result<At, Fault> {
    Ok(match (of.key, at) {
        (Some(key), _) => At::After(row.text(key)?),
        (None, At::Skip(rows)) => At::Skip(rows + 1),
        (None, At::After(_)) => At::Skip(1),
    })
}

pub(super) fn is_file(field: &Field) -> bool {
    matches!(field.preset.export, Export::File { .. })
}

/// The column with the id of whoever's key opens the row.
fn owner(table: &'static Table) -> Option<&'static str> {
    table.fields.iter().find(|field| matches!(field.link, Link::Person | Link::Member)).map(|field| field.name)
}

/// What was sealed in the database is open here.
pub(super) fn name_of(field: &Field) -> String {
    field.name.strip_suffix("_sealed").unwrap_or(field.name).to_owned()
}
