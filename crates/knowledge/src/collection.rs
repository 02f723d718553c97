//! Pages in memory, searched as the library searches the store: for measures and tests, which have no store.

use std::collections::HashMap;
use std::sync::Arc;

use model::{PageId, PassageId, SnapshotId, World};

use crate::bm25::{Builder, Entry, Index};
use crate::chunk::cut;
use crate::encoder::Encoder;
use crate::hit::Hit;
use crate::language::Language;
use crate::meanings::vectors_of;
use crate::search::{Mix, search};

/// Pages that were cut and indexed.
pub struct Collection {
    index: Index,
    encoder: Option<Arc<dyn Encoder>>,
    passages: Vec<Hit>,
    places: HashMap<PassageId, usize>,
}

/// Takes pages one by one.
pub struct Gatherer {
    world: World,
    builder: Builder,
    passages: Vec<Hit>,
}

impl Collection {
    /// An empty collection; the world deals the ids.
    pub fn gather(world: World) -> Gatherer {
        Gatherer { world, builder: Builder::default(), passages: Vec::new() }
    }

    /// The `k` passages that fit best, best first.
    pub fn find(&self, question: &str, k: usize) -> Vec<Hit> {
        self.find_by(question, k, Mix::default())
    }

    /// The same with other weights than the house's.
    pub fn find_by(&self, question: &str, k: usize, mix: Mix) -> Vec<Hit> {
        let (found, weights) = search(&self.index, self.encoder.as_deref(), (question, k), mix);
        let hit = |(passage, score): (PassageId, f64)| {
            Some(Hit { score, weights: weights.clone(), ..self.passage(passage)?.clone() })
        };
        found.into_iter().filter_map(hit).collect()
    }

    /// Finds by meaning too from now on. Takes tens of milliseconds a passage.
    pub fn understand(&mut self, encoder: Arc<dyn Encoder>) {
        self.index.understand(Arc::new(vectors_of(&self.index, encoder.as_ref(), None)));
        self.encoder = Some(encoder);
    }

    /// The passages found by their meaning alone, with their scores, best first; none without an encoder.
    pub fn by_meaning(&self, question: &str, k: usize) -> Vec<(PassageId, f64)> {
        let both = self.encoder.as_ref().zip(self.index.meanings());
        both.map(|(encoder, vectors)| vectors.nearest(&encoder.encode(question), k)).unwrap_or_default()
    }

    /// The passages found by their words alone, with their scores, best first.
    pub fn by_words(&self, question: &str, k: usize) -> Vec<(PassageId, f64)> {
        self.index.find(question, k).0
    }

    /// One passage.
    pub fn passage(&self, id: PassageId) -> Option<&Hit> {
        self.places.get(&id).and_then(|place| self.passages.get(*place))
    }

    /// All passages, in the order they were cut.
    pub fn passages(&self) -> &[Hit] {
        &self.passages
    }
}

impl Gatherer {
    /// Cuts a page and indexes its passages; `url` comes back with them.
    pub fn page(&mut self, language: Language, title: &str, url: Option<&str>, content: &str) {
        let (page_id, snapshot_id) = (PageId::new(&self.world), SnapshotId::new(&self.world));
        for piece in cut(title, content) {
            let passage_id = PassageId::new(&self.world);
            let (heading, text) = (piece.heading, piece.text);
            self.builder.add(&Entry { passage: passage_id, language, title, heading: &heading, text: &text });
            self.passages.push(Hit {
                passage_id,
                page_id,
                snapshot_id,
                title: title.to_owned(),
                url: url.map(str::to_owned),
                heading,
                text,
                score: 0.0,
                fetched_at: self.world.now(),
                language,
                weights: Default::default(),
            });
        }
    }

    /// The finished collection.
    pub fn finish(self) -> Collection {
        let places = self.passages.iter().enumerate().map(|(place, hit)| (hit.passage_id, place)).collect();
        Collection { index: self.builder.build(), encoder: None, passages: self.passages, places }
    }
}
