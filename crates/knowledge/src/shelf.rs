//! The indexes of all organisations in memory: built from the store at the first question, dropped when pages change, bounded together.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{OrganisationId, PassageId};
use moka::sync::Cache;
use store::{Row, Store, StoreError, passage};

use crate::Fault;
use crate::bm25::{Builder, Entry, Index};
use crate::hit::Hit;
use crate::language::Language;
use crate::library::fence;
use crate::rank::{CANDIDATES, closest};

/// All indexes together take no more memory than this; the least used one goes first.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Pages read by one statement while an index is built.
const PAGES_AT_ONCE: i64 = 500;
/// Longer questions are cut: nobody reads a page to a shop.
const LONGEST_QUESTION: usize = 8_000;

/// The indexes in memory.
pub(crate) struct Shelves {
    indexes: Cache<OrganisationId, Arc<Index>>,
    /// Grows with every change, so that an index built from older pages is not kept.
    version: AtomicU64,
    /// One index is built at a time: two at once would only slow each other down.
    building: tokio::sync::Mutex<()>,
}

impl Default for Shelves {
    fn default() -> Self {
        let weight =
            |_: &OrganisationId, index: &Arc<Index>| u32::try_from(index.bytes() / 1024 + 1).unwrap_or(u32::MAX);
        let indexes = Cache::builder().max_capacity(MOST_BYTES / 1024).weigher(weight).build();
        Self { indexes, version: AtomicU64::new(0), building: tokio::sync::Mutex::new(()) }
    }
}

impl Shelves {
    pub(crate) fn drop_index(&self, organisation: OrganisationId) {
        self.version.fetch_add(1, Ordering::SeqCst);
        self.indexes.invalidate(&organisation);
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
        let (found, weights) = index.find(&question, CANDIDATES);
        let mut rows: HashMap<PassageId, passage::PassageRow> = HashMap::new();
        for some in found.chunks(passage::MOST_AT_ONCE) {
            let ids: Vec<PassageId> = some.iter().map(|(id, _)| *id).collect();
            for row in store.all(fence(organisation), passage::by_ids(organisation, &ids)).await? {
                let row = passage::PassageRow::from_row(&row)?;
                rows.insert(row.id, row);
            }
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
        let hits = found.into_iter().filter_map(hit).collect();
        // Reading sixty passages takes milliseconds: off the threads that serve requests.
        tokio::task::spawn_blocking(move || closest(&question, hits, k.min(passage::MOST_AT_ONCE)))
            .await
            .map_err(|_| Fault::Store(StoreError::Fault("passages could not be compared".to_owned())))
    }

    async fn index(&self, store: &Store, organisation: OrganisationId) -> Result<Arc<Index>, Fault> {
        if let Some(index) = self.indexes.get(&organisation) {
            return Ok(index);
        }
        let _building = self.building.lock().await;
        if let Some(index) = self.indexes.get(&organisation) {
            return Ok(index);
        }
        let version = self.version.load(Ordering::SeqCst);
        let index = Arc::new(read(store, organisation).await?);
        if self.version.load(Ordering::SeqCst) == version {
            self.indexes.insert(organisation, index.clone());
        }
        Ok(index)
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
