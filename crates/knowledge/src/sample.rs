//! The help pages of an invented shop in three languages, and questions whose answers we know. Only for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Chance, Clock, Moment, World};

use crate::collection::Collection;
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
    static SHOP: std::sync::OnceLock<Collection> = std::sync::OnceLock::new();
    let gathered = || {
        let mut gatherer = Collection::gather(world());
        for (language, pages) in [(Language::En, EN), (Language::De, DE), (Language::Ar, AR)] {
            pages.iter().for_each(|(title, content)| gatherer.page(language, title, None, content));
        }
        gatherer.finish()
    };
    SHOP.get_or_init(gathered).find(question, 8)
}
