//! An index of one organisation's passages in memory: BM25 over stems, one shelf per language, the same order every time.

mod postings;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{self, AtomicBool};
use std::sync::{Arc, OnceLock};

use model::PassageId;

use crate::encoder::Vectors;
use crate::hit::Weights;
use crate::language::Language;
use crate::question::Asks;
use crate::quote::{Read, promises};
use crate::rank;
use crate::reading::{Reading, Words};
use crate::shape::Shape;
use crate::words::{Reader, Word};
use postings::Postings;

/// What a hint counts beside a word of the question.
const HINT: f64 = 0.3;

/// What is indexed of a passage.
pub struct Entry<'a> {
    /// The passage.
    pub passage: PassageId,
    /// The language of its page.
    pub language: Language,
    /// The title of its page.
    pub title: &'a str,
    /// The headings above it.
    pub heading: &'a str,
    /// Its lines.
    pub text: &'a str,
}

/// A passage with its words, for the second look.
struct Kept {
    id: PassageId,
    language: Language,
    title: Arc<str>,
    heading: Box<str>,
    text: Box<str>,
    /// Read at the first question that comes near it, or before, in the background.
    reading: OnceLock<Reading>,
}

/// The index of one organisation.
#[derive(Default)]
pub struct Index {
    passages: Vec<Kept>,
    shelves: Vec<(Language, Postings)>,
    places: HashMap<PassageId, u32>,
    /// The meanings of the passages, once all are known.
    meanings: OnceLock<Arc<Vectors>>,
    /// The pages have changed, and nobody will ask this index again.
    retired: AtomicBool,
}

/// Collects passages, one by one.
#[derive(Default)]
pub struct Builder {
    passages: Vec<Kept>,
    shelves: HashMap<Language, (Postings, Reader)>,
}

impl Builder {
    /// Adds a passage; the order of adding breaks ties.
    pub fn add(&mut self, entry: &Entry<'_>) {
        let place = u32::try_from(self.passages.len()).unwrap_or(u32::MAX);
        // The passages of a page follow each other and share its title.
        let title = match self.passages.last() {
            Some(last) if *last.title == *entry.title => last.title.clone(),
            _ => entry.title.into(),
        };
        self.passages.push(Kept {
            id: entry.passage,
            language: entry.language,
            title,
            heading: entry.heading.into(),
            text: entry.text.into(),
            reading: OnceLock::new(),
        });
        let (postings, reader) =
            self.shelves.entry(entry.language).or_insert_with(|| (Postings::default(), Reader::new(entry.language)));
        postings.add(reader, entry, place);
    }

    /// The finished index.
    pub fn build(self) -> Index {
        let finished =
            |(language, (postings, _)): (Language, (Postings, Reader))| (language, postings.finish(language));
        let mut shelves: Vec<_> = self.shelves.into_iter().map(finished).collect();
        shelves.sort_by_key(|(language, _)| *language);
        let places = self.passages.iter().map(|kept| kept.id).zip(0..).collect();
        Index { passages: self.passages, shelves, places, ..Index::default() }
    }
}

/// Higher scores go first; of equal ones the one that was added first.
fn ahead(a: &(u32, f64), b: &(u32, f64)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

impl Index {
    /// The `k` best passages with their scores, and what each word of the question weighs.
    pub fn find(&self, question: &str, k: usize) -> (Vec<(PassageId, f64)>, Arc<Weights>) {
        let mut all: Vec<(u32, f64)> = Vec::new();
        let mut weights = Weights::default();
        let mut champions: Vec<(u32, f64)> = Vec::new();
        let hints = format!("{} {}", Asks::of(question).hints(), Shape::of(question).hints());
        for (language, postings) in &self.shelves {
            let mut scores = postings.scores();
            let mut reader = Reader::new(*language);
            let mut best: Vec<u32> = Vec::new();
            for word in content_words(&mut reader, question) {
                let kin = postings.kin(&word.stem, *language);
                weights.0.insert((*language, word.folded), postings.weigh(&kin));
                best.extend(postings.score(&kin, 1.0, &mut scores));
            }
            for hint in content_words(&mut reader, &hints) {
                postings.score(&postings.kin(&hint.stem, *language), HINT, &mut scores);
            }
            all.extend(postings.best(&scores, k));
            champions.extend(best.into_iter().filter_map(|document| postings.placed(document, &scores)));
        }
        all.sort_by(ahead);
        all.truncate(k);
        // The best passages for each single word have a seat too: a rare word must not keep out the page about a common one.
        champions.sort_by(ahead);
        champions.dedup();
        champions.retain(|one| !all.contains(one));
        champions.truncate(k / 2);
        all.truncate(k.saturating_sub(champions.len()));
        all.extend(champions);
        let id = |(place, score): (u32, f64)| Some((self.passages.get(place as usize)?.id, score));
        (all.into_iter().filter_map(id).collect(), Arc::new(weights))
    }

    /// The `k` of the found passages that are closest to the question, best first, with the scores they were found with;
    /// `sentence` is how much the best sentence of each counts.
    pub(crate) fn closest(
        &self,
        question: &str,
        found: &[(PassageId, f64)],
        (weights, sentence): (&Weights, f64),
        k: usize,
    ) -> Vec<(PassageId, f64)> {
        let mut readers: HashMap<Language, Reader> = HashMap::new();
        let mut reads = Vec::with_capacity(found.len());
        let mut known = Vec::with_capacity(found.len());
        for (id, score) in found {
            let Some(kept) = self.places.get(id).and_then(|place| self.passages.get(*place as usize)) else { continue };
            let Some(read) = self.read(kept, &mut readers) else { continue };
            reads.push(read);
            known.push((*id, *score));
        }
        let promises = promises(question, weights, &reads);
        rank::order(known, &promises, sentence, k)
    }

    fn read<'a>(&'a self, kept: &'a Kept, readers: &mut HashMap<Language, Reader>) -> Option<Read<'a>> {
        let place = self.shelves.binary_search_by_key(&kept.language, |(language, _)| *language).ok()?;
        let (_, postings) = self.shelves.get(place)?;
        let reading = kept.reading.get_or_init(|| {
            let reader = readers.entry(kept.language).or_insert_with(|| Reader::new(kept.language));
            let words = Words { title: &kept.title, heading: &kept.heading, text: &kept.text };
            Reading::of(&words, reader, &mut |stem: &str| postings.terms.known(stem))
        });
        Some(Read { language: kept.language, reading, terms: &postings.terms, text: &kept.text })
    }

    /// Reads these passages before anybody asks.
    pub(crate) fn read_ahead(&self, places: Range<usize>) {
        let mut readers = HashMap::new();
        for kept in self.passages.iter().take(places.end).skip(places.start) {
            self.read(kept, &mut readers);
        }
    }

    /// Says that the pages have changed: what still works on this index in the background may stop.
    pub(crate) fn retire(&self) {
        self.retired.store(true, atomic::Ordering::Relaxed);
    }

    pub(crate) fn is_retired(&self) -> bool {
        self.retired.load(atomic::Ordering::Relaxed)
    }

    /// Takes the meanings of all its passages.
    pub(crate) fn understand(&self, vectors: Arc<Vectors>) {
        let _ = self.meanings.set(vectors);
    }

    pub(crate) fn meanings(&self) -> Option<&Vectors> {
        self.meanings.get().map(AsRef::as_ref)
    }

    /// Every passage with its words, in the order of adding.
    pub(crate) fn words(&self) -> impl Iterator<Item = (PassageId, Words<'_>)> {
        self.passages
            .iter()
            .map(|kept| (kept.id, Words { title: &kept.title, heading: &kept.heading, text: &kept.text }))
    }

    /// How many passages are indexed.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// Whether nothing is indexed.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// About how many bytes of memory this takes once every passage is read.
    pub fn bytes(&self) -> usize {
        let kept = |kept: &Kept| 160 + kept.heading.len() + kept.text.len() + Reading::bytes(kept.text.len());
        self.passages.iter().map(kept).sum::<usize>()
            + self.shelves.iter().map(|(_, postings)| postings.bytes()).sum::<usize>()
    }
}

/// The words of a question that carry meaning, each stem once, in a fixed order so that sums come out the same.
fn content_words(reader: &mut Reader, question: &str) -> Vec<Word> {
    let mut words = reader.words(question);
    words.retain(|word| !word.stop);
    words.truncate(64);
    words.sort_by(|a, b| (&a.stem, &a.folded).cmp(&(&b.stem, &b.folded)));
    words.dedup_by(|a, b| a.stem == b.stem);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn index(texts: &[(Language, &str, &str)]) -> (Index, Vec<PassageId>) {
        let mut builder = Builder::default();
        let mut ids = Vec::new();
        for (language, heading, text) in texts {
            let passage = PassageId::new(&sample::world());
            builder.add(&Entry { passage, language: *language, title: "", heading, text });
            ids.push(passage);
        }
        (builder.build(), ids)
    }

    #[test]
    fn rare_words_headings_and_word_forms_decide() {
        let (index, ids) = index(&[
            (Language::En, "Delivery", "We deliver to Austria within two days. Orders leave our house daily."),
            (Language::En, "Returns", "Send it back within sixty days of the order."),
            (Language::De, "Rückgabefrist", "Sie haben sechzig Tage Zeit."),
        ]);
        assert_eq!(index.find("returning an order", 3).0[0].0, ids[1]);
        assert_eq!(index.find("delivery to Austria", 3).0[0].0, ids[0]);
        assert_eq!(index.find("Wie lange ist die Rückgabe möglich?", 1).0[0].0, ids[2]);
        assert!(index.find("the of and", 3).0.is_empty());
        assert!(index.find("zebra", 3).0.is_empty());
    }

    #[test]
    fn the_order_is_the_same_every_time() {
        let texts: Vec<_> = (0..50).map(|_| (Language::En, "", "Equal words here.")).collect();
        let (index, ids) = index(&texts);
        for _ in 0..5 {
            let found: Vec<_> = index.find("equal", 10).0.into_iter().map(|(id, _)| id).collect();
            assert_eq!(found, ids[..10]);
        }
    }

    #[test]
    fn weights_tell_common_from_rare_and_unknown() {
        let mut texts: Vec<_> = (0..20).map(|_| (Language::En, "", "Shoes are here.")).collect();
        texts.push((Language::En, "", "Shoes with laces."));
        let (index, _) = index(&texts);
        let weights = index.find("shoes laces unicorn", 3).1;
        assert!(weights.of(Language::En, "shoes").tells < 0.3);
        assert!(weights.of(Language::En, "laces").tells > 0.9);
        assert!(!weights.of(Language::En, "unicorn").known);
    }
}
