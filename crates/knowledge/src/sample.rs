//! The help pages of an invented shop in three languages, and questions whose answers we know. Only for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Chance, Clock, Moment, PageId, PassageId, SnapshotId, World};

use crate::bm25::{Builder, Entry};
use crate::chunk::cut;
use crate::hit::Hit;
use crate::language::Language;

struct Counting(AtomicU64);

impl Clock for Counting {
    fn now(&self) -> Moment {
        Moment::from_millis(1_760_000_000_000)
    }
}

impl Chance for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(next).for_each(|(byte, count)| *byte = count);
    }
}

/// A world that stands still and counts instead of rolling dice.
pub(crate) fn world() -> World {
    static NEXT: std::sync::OnceLock<Arc<Counting>> = std::sync::OnceLock::new();
    let counting = NEXT.get_or_init(|| Arc::new(Counting(AtomicU64::new(1)))).clone();
    World { clock: counting.clone(), chance: counting }
}

const EN: &[(&str, &str)] = &[
    ("Returns and refunds", include_str!("../tests/corpus/en-returns.txt")),
    ("Shipping", include_str!("../tests/corpus/en-shipping.txt")),
    ("Size guide", include_str!("../tests/corpus/en-sizes.txt")),
    ("Warranty and repairs", include_str!("../tests/corpus/en-warranty.txt")),
    ("Contact and payment", include_str!("../tests/corpus/en-contact.txt")),
    ("The Ridge 40 backpack", include_str!("../tests/corpus/en-backpack.txt")),
];
const DE: &[(&str, &str)] = &[
    ("Rückgabe", include_str!("../tests/corpus/de-rueckgabe.txt")),
    ("Versand und Zahlung", include_str!("../tests/corpus/de-versand.txt")),
];
const AR: &[(&str, &str)] = &[("الشحن والإرجاع", include_str!("../tests/corpus/ar-shop.txt"))];

/// Searches the sample shop as the library would.
pub(crate) fn find(question: &str) -> Vec<Hit> {
    let mut builder = Builder::default();
    let mut hits = Vec::new();
    for (language, pages) in [(Language::En, EN), (Language::De, DE), (Language::Ar, AR)] {
        for (title, content) in pages {
            let (page_id, snapshot_id) = (PageId::new(&world()), SnapshotId::new(&world()));
            for piece in cut(title, content) {
                let passage_id = PassageId::new(&world());
                builder.add(&Entry {
                    passage: passage_id,
                    language,
                    title,
                    heading: &piece.heading,
                    text: &piece.text,
                });
                hits.push(Hit {
                    passage_id,
                    page_id,
                    snapshot_id,
                    title: (*title).to_owned(),
                    url: None,
                    heading: piece.heading,
                    text: piece.text,
                    score: 0.0,
                    fetched_at: Moment::default(),
                    language,
                    weights: Arc::default(),
                });
            }
        }
    }
    let (found, weights) = builder.build().find(question, 8);
    let hit = |(passage, score): (PassageId, f64)| {
        let hit = hits.iter().find(|hit| hit.passage_id == passage)?;
        Some(Hit { score, weights: weights.clone(), ..hit.clone() })
    };
    found.into_iter().filter_map(hit).collect()
}
