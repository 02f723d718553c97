//! The indexes of all organisations in memory: built from the store at the first question, dropped when pages change, bounded together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::{OrganisationId, PassageId};
use moka::sync::Cache;
use store::{Row, Store, StoreError, passage};

use crate::Fault;
use crate::bm25::{Builder, Entry, Index};
use crate::hit::Hit;
use crate::language::Language;
use crate::library::fence;
use crate::meanings::Meanings;
use crate::search::{Mix, search};

/// All indexes together take no more memory than this; the least used one goes first.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Pages read by one statement while an index is built.
const PAGES_AT_ONCE: i64 = 500;
/// Passages read in one go in the background.
const READ_AHEAD: usize = 100;
/// Longer questions are cut: nobody reads a page to a shop.
const LONGEST_QUESTION: usize = 8_000;

/// The indexes in memory.
pub(crate) struct Shelves {
    indexes: Cache<OrganisationId, Arc<Index>>,
    /// By organisation: grows with every change of its pages, so that an index built from older ones is not kept.
    versions: Mutex<HashMap<OrganisationId, u64>>,
    /// One index is built at a time: two at once would only slow each other down.
    building: tokio::sync::Mutex<()>,
    /// What makes vectors of passages, where an encoder is configured.
    pub(crate) meanings: Arc<Meanings>,
}

impl Default for Shelves {
    fn default() -> Self {
        let weight =
            |_: &OrganisationId, index: &Arc<Index>| u32::try_from(index.bytes() / 1024 + 1).unwrap_or(u32::MAX);
        let indexes = Cache::builder().max_capacity(MOST_BYTES / 1024).weigher(weight).build();
        let building = tokio::sync::Mutex::new(());
        Self { indexes, versions: Mutex::default(), building, meanings: Arc::default() }
    }
}

impl Shelves {
    pub(crate) fn drop_index(&self, organisation: OrganisationId) {
        *self.versions.lock().unwrap_or_else(PoisonError::into_inner).entry(organisation).or_default() += 1;
        self.retire(organisation);
    }

    fn retire(&self, organisation: OrganisationId) {
        if let Some(index) = self.indexes.remove(&organisation) {
            index.retire();
        }
    }

    /// Grows with every change of the organisation's pages.
    pub(crate) fn version(&self, organisation: OrganisationId) -> u64 {
        self.versions.lock().unwrap_or_else(PoisonError::into_inner).get(&organisation).copied().unwrap_or(0)
    }

    pub(crate) async fn find(
        &self,
        store: &Store,
        organisation: OrganisationId,
        question: &str,
        k: usize,
    ) -> Result<Vec<Hit>, Fault> {
        let question: String = question.chars().take(LONGEST_QUESTION).collect();
        let index = self.index(store, organisation).await?;
        let (meanings, k) = (self.meanings.clone(), k.min(passage::MOST_AT_ONCE));
        // Milliseconds of work: off the threads that serve requests.
        let searched = move || search(&index, meanings.encoder().map(AsRef::as_ref), (&question, k), Mix::default());
        let (found, weights) = tokio::task::spawn_blocking(searched)
            .await
            .map_err(|_| Fault::Store(StoreError::Fault("passages could not be compared".to_owned())))?;
        let ids: Vec<PassageId> = found.iter().map(|(id, _)| *id).collect();
        let mut rows: HashMap<PassageId, passage::PassageRow> = HashMap::new();
        for row in store.all(fence(organisation), passage::by_ids(organisation, &ids)).await? {
            let row = passage::PassageRow::from_row(&row)?;
            rows.insert(row.id, row);
        }
        let hit = |(id, score): (PassageId, f64)| {
            let row = rows.remove(&id)?;
            Some(Hit {
                passage_id: id,
                page_id: row.page,
                snapshot_id: row.snapshot,
                title: row.title,
                url: row.url,
                heading: row.heading,
                text: row.content,
                score,
                fetched_at: row.fetched_at,
                language: row.language.as_deref().map_or(Language::Other, Language::of_tag),
                weights: weights.clone(),
            })
        };
        Ok(found.into_iter().filter_map(hit).collect())
    }

    /// The organisation's index, built if it has to be.
    pub(crate) async fn index(&self, store: &Store, organisation: OrganisationId) -> Result<Arc<Index>, Fault> {
        if let Some(index) = self.indexes.get(&organisation) {
            return Ok(index);
        }
        let _building = self.building.lock().await;
        if let Some(index) = self.indexes.get(&organisation) {
            return Ok(index);
        }
        let version = self.version(organisation);
        let index = Arc::new(read(store, organisation).await?);
        self.indexes.insert(organisation, index.clone());
        // Looked at after it was put there: a change meanwhile either finds it or is seen here.
        if self.version(organisation) == version {
            tokio::spawn(ahead(index.clone()));
            self.meanings.make_later(organisation, &index);
        } else {
            self.retire(organisation);
        }
        Ok(index)
    }
}

/// Reads what will be asked for, in pieces so short that a server that stops need not wait for them.
async fn ahead(index: Arc<Index>) {
    let mut from = 0;
    while from < index.len() && !index.is_retired() {
        let piece = index.clone();
        if tokio::task::spawn_blocking(move || piece.read_ahead(from..from + READ_AHEAD)).await.is_err() {
            return;
        }
        from += READ_AHEAD;
    }
}

/// Reads all passages in force, some pages at a time, off the threads that serve requests.
async fn read(store: &Store, organisation: OrganisationId) -> Result<Index, Fault> {
    let mut builder = Builder::default();
    let mut after = String::new();
    loop {
        let pages =
            store.all(fence(organisation), passage::pages_in_force(organisation, &after, PAGES_AT_ONCE)).await?;
        let Some(last) = pages.last() else { break };
        let up_to = last.text("id")?;
        let rows = store.all(fence(organisation), passage::in_force(organisation, &after, &up_to)).await?;
        builder = tokio::task::spawn_blocking(move || add(builder, &rows))
            .await
            .map_err(|_| Fault::Store(StoreError::Fault("an index could not be built".to_owned())))??;
        after = up_to;
    }
    Ok(builder.build())
}

fn add(mut builder: Builder, rows: &[Row]) -> Result<Builder, StoreError> {
    for row in rows {
        let language = row.maybe_text("language")?.map_or(Language::Other, |tag| Language::of_tag(&tag));
        let (title, heading, text) = (row.text("title")?, row.text("heading")?, row.text("content")?);
        builder.add(&Entry { passage: row.id("id")?, language, title: &title, heading: &heading, text: &text });
    }
    Ok(builder)
}
