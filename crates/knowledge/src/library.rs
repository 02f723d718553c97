//! The library: one per house. Holds the indexes, tells the progress of crawls, and is where every other floor asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jobs::{Bell, Reconciler};
use model::{CrawlId, OrganisationId, World};
use outside::door::Door;
use store::{Fence, Store};
use tokio::sync::broadcast;

use crate::Fault;
use crate::crawl::{Crawler, Manner, Progress};
use crate::encoder::Encoder;
use crate::hit::Hit;
use crate::shelf::Shelves;

/// Pages that have not changed for so long rest.
const REST: Duration = Duration::from_millis(1_500);
/// Slow listeners lose the oldest news of a crawl; the next one carries everything.
const NEWS: usize = 256;

/// The library. Cheap to clone; all clones share their indexes.
#[derive(Clone)]
pub struct Library {
    pub(crate) room: Arc<Room>,
}

/// What all clones share.
pub(crate) struct Room {
    pub(crate) store: Store,
    pub(crate) world: World,
    pub(crate) door: Door,
    pub(crate) shelves: Shelves,
    pub(crate) manner: OnceLock<Manner>,
    pub(crate) bell: OnceLock<Bell>,
    pub(crate) news: broadcast::Sender<(OrganisationId, Progress)>,
    live: Mutex<HashMap<CrawlId, Live>>,
}

/// What only the process that crawls knows.
#[derive(Clone, Default)]
pub(crate) struct Live {
    pub(crate) rate_per_s: f64,
    pub(crate) now_url: Option<String>,
}

impl Room {
    pub(crate) fn live(&self, crawl: CrawlId) -> Option<Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).get(&crawl).cloned()
    }

    /// Notes how a crawl goes, or that it does not any more.
    pub(crate) fn note_live(&self, crawl: CrawlId, live: Option<Live>) {
        let mut all = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        match live {
            Some(live) => all.insert(crawl, live),
            None => all.remove(&crawl),
        };
    }
}

impl Library {
    /// A library over this store, which crawls through this door.
    pub fn new(store: Store, world: World, door: Door) -> Self {
        let (news, _) = broadcast::channel(NEWS);
        let shelves = Shelves::default();
        Self {
            room: Arc::new(Room {
                store,
                world,
                door,
                shelves,
                manner: OnceLock::new(),
                bell: OnceLock::new(),
                news,
                live: Mutex::default(),
            }),
        }
    }

    /// Crawls in this manner instead of the usual one; counts only once, before the first crawl.
    #[must_use]
    pub fn with_manner(self, manner: Manner) -> Self {
        let _ = self.room.manner.set(manner);
        self
    }

    /// Finds by meaning too, with this encoder; counts only once, before the first search. Until an organisation's passages
    /// are encoded, in the background, they are found by their words alone.
    #[must_use]
    pub fn with_encoder(self, encoder: Arc<dyn Encoder>) -> Self {
        self.room.shelves.meanings.with(encoder);
        self
    }

    /// Rings this bell when a crawl is to begin; without one, the runner finds it within seconds.
    pub fn ring_with(&self, bell: Bell) {
        let _ = self.room.bell.set(bell);
    }

    /// What the job runner must be able to do for this library.
    pub fn reconcilers(&self) -> Vec<Arc<dyn Reconciler>> {
        vec![Arc::new(Crawler::new(self.clone()))]
    }

    /// The `k` passages (at most twelve) that fit the question best, best first.
    pub async fn find(&self, organisation: OrganisationId, question: &str, k: usize) -> Result<Vec<Hit>, Fault> {
        self.room.shelves.find(&self.room.store, organisation, question, k).await
    }

    /// Says that the organisation's pages have changed: the next search reads them anew.
    pub fn changed(&self, organisation: OrganisationId) {
        self.room.shelves.drop_index(organisation);
        if self.room.shelves.meanings.encoder().is_some() {
            self.prepare(organisation);
        }
    }

    /// Builds the organisation's index in the background as soon as its pages rest, so that the first question need not wait.
    pub fn prepare(&self, organisation: OrganisationId) {
        let (room, version) = (self.room.clone(), self.room.shelves.version(organisation));
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            tokio::time::sleep(REST).await;
            // A later change will have its own turn.
            let rests = room.shelves.version(organisation) == version;
            if rests && room.shelves.index(&room.store, organisation).await.is_err() {
                tracing::warn!("the index of an organisation's pages could not be built ahead");
            }
        });
    }

    /// Whether the organisation's passages are found by meaning too, as its pages are now.
    pub async fn understands(&self, organisation: OrganisationId) -> Result<bool, Fault> {
        Ok(self.room.shelves.index(&self.room.store, organisation).await?.meanings().is_some())
    }

    /// News of all crawls, at most about five a second each.
    pub fn progress(&self) -> broadcast::Receiver<(OrganisationId, Progress)> {
        self.room.news.subscribe()
    }
}

pub(crate) fn fence(organisation: OrganisationId) -> Fence {
    Fence::Organisation(organisation)
}
