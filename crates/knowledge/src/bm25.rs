//! An index of one organisation's passages in memory: BM25 over stems, one shelf per language, the same order every time.

use std::collections::HashMap;
use std::sync::Arc;

use model::PassageId;

use crate::hit::{Weight, Weights};
use crate::language::Language;
use crate::question::Asks;
use crate::shape::Shape;
use crate::words::{Reader, Word, kinship};

/// How fast repeating a word stops to count, and how much long passages pay (the usual values).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Words of the heading and the title count as if they stood this many times more in the passage.
const HEADING_TIMES: u16 = 3;
/// So many passages have a seat for each single word of a question.
const CHAMPIONS: usize = 3;
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

/// The passages of one language.
#[derive(Default)]
struct Shelf {
    terms: HashMap<String, u32>,
    /// By term: passage and how often.
    postings: Vec<Vec<(u32, u16)>>,
    /// All terms in order, to find the ones that begin alike.
    sorted: Vec<(String, u32)>,
    /// By passage: its number of words and its place among all.
    lengths: Vec<u32>,
    places: Vec<u32>,
    average: f64,
}

/// The index of one organisation.
#[derive(Default)]
pub struct Index {
    passages: Vec<PassageId>,
    shelves: Vec<(Language, Shelf)>,
}

/// Collects passages, one by one.
#[derive(Default)]
pub struct Builder {
    passages: Vec<PassageId>,
    shelves: HashMap<Language, (Shelf, Reader)>,
}

impl Default for Reader {
    fn default() -> Self {
        Reader::new(Language::Other)
    }
}

impl Builder {
    /// Adds a passage; the order of adding breaks ties.
    pub fn add(&mut self, entry: &Entry<'_>) {
        let place = u32::try_from(self.passages.len()).unwrap_or(u32::MAX);
        self.passages.push(entry.passage);
        let (shelf, reader) =
            self.shelves.entry(entry.language).or_insert_with(|| (Shelf::default(), Reader::new(entry.language)));
        shelf.add(reader, entry, place);
    }

    /// The finished index.
    pub fn build(self) -> Index {
        let mut shelves: Vec<_> =
            self.shelves.into_iter().map(|(language, (shelf, _))| (language, shelf.finish())).collect();
        shelves.sort_by_key(|(language, _)| *language);
        Index { passages: self.passages, shelves }
    }
}

impl Shelf {
    fn add(&mut self, reader: &mut Reader, entry: &Entry<'_>, place: u32) {
        let document = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        let mut length = 0u32;
        for (text, times) in [(entry.text, 1), (entry.heading, HEADING_TIMES), (entry.title, HEADING_TIMES)] {
            reader.read(text, |word| {
                if !word.stop {
                    length += 1;
                    self.count(&word.stem, document, times);
                }
            });
        }
        self.lengths.push(length);
        self.places.push(place);
    }

    fn count(&mut self, stem: &str, document: u32, times: u16) {
        let term = match self.terms.get(stem) {
            Some(term) => *term,
            None => {
                let term = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
                self.terms.insert(stem.to_owned(), term);
                self.postings.push(Vec::new());
                term
            }
        };
        let Some(posting) = self.postings.get_mut(term as usize) else { return };
        match posting.last_mut() {
            Some((last, count)) if *last == document => *count = count.saturating_add(times),
            _ => posting.push((document, times)),
        }
    }

    fn finish(mut self) -> Self {
        let total: u64 = self.lengths.iter().map(|length| u64::from(*length)).sum();
        self.average = (total as f64 / self.lengths.len().max(1) as f64).max(1.0);
        self.sorted = self.terms.iter().map(|(stem, term)| (stem.clone(), *term)).collect();
        self.sorted.sort();
        self.postings.iter_mut().for_each(Vec::shrink_to_fit);
        self
    }

    /// The terms that mean the asked word, with how well they fit.
    fn kin(&self, stem: &str, language: Language) -> Vec<(u32, f64)> {
        let mut found: Vec<(u32, f64)> = self.terms.get(stem).map(|term| (*term, 1.0)).into_iter().collect();
        if stem.chars().count() < 4 {
            return found;
        }
        let begin = self.sorted.partition_point(|(term, _)| term.as_str() < stem);
        let longer = self.sorted.iter().skip(begin).take_while(|(term, _)| term.starts_with(stem)).take(64);
        found.extend(
            longer
                .map(|(term, number)| (*number, kinship(stem, term, language)))
                .filter(|(_, fit)| *fit > 0.0 && *fit < 1.0),
        );
        for (cut, _) in stem.char_indices().skip(4) {
            let shorter = stem.get(..cut).unwrap_or_default();
            if let Some(term) = self.terms.get(shorter) {
                found.push((*term, kinship(stem, shorter, language)));
            }
        }
        if language.compounds() && stem.chars().count() >= 5 {
            let ends = self.sorted.iter().filter(|(term, _)| term.len() > stem.len() && term.ends_with(stem)).take(32);
            found.extend(ends.map(|(term, number)| (*number, kinship(stem, term, language))));
        }
        found.retain(|(_, fit)| *fit > 0.0);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.dedup_by_key(|(term, _)| *term);
        found
    }

    fn idf(&self, documents: usize) -> f64 {
        let (all, with) = (self.lengths.len() as f64, documents.min(self.lengths.len()) as f64);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn documents(&self, kin: &[(u32, f64)]) -> usize {
        kin.iter().filter_map(|(term, _)| self.postings.get(*term as usize)).map(Vec::len).sum()
    }

    /// Adds what a word gives to each passage; tells the passages to which it gives most.
    fn score(&self, kin: &[(u32, f64)], share: f64, scores: &mut HashMap<u32, f64>) -> Vec<u32> {
        let idf = self.idf(self.documents(kin));
        let mut best: HashMap<u32, f64> = HashMap::new();
        for (term, fit) in kin {
            for (document, count) in self.postings.get(*term as usize).into_iter().flatten() {
                let length = self.lengths.get(*document as usize).copied().unwrap_or(0);
                let count = f64::from(*count);
                let norm = K1 * (1.0 - B + B * f64::from(length) / self.average);
                let score = share * fit * idf * count * (K1 + 1.0) / (count + norm);
                let slot = best.entry(*document).or_insert(0.0);
                *slot = slot.max(score);
            }
        }
        let mut champions: Vec<(u32, f64)> = best.iter().map(|(document, score)| (*document, *score)).collect();
        champions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (document, score) in best {
            *scores.entry(document).or_insert(0.0) += score;
        }
        champions.iter().take(CHAMPIONS).map(|(document, _)| *document).collect()
    }

    fn weigh(&self, documents: usize) -> Weight {
        let rarest = self.idf(1).max(f64::MIN_POSITIVE);
        // The root keeps what a shop writes about on every page ("returns") from weighing nothing in a question about it.
        Weight { tells: (self.idf(documents) / rarest).clamp(0.01, 1.0).sqrt(), known: documents > 0 }
    }
}

impl Index {
    /// The `k` best passages with their scores, and what each word of the question weighs.
    pub fn find(&self, question: &str, k: usize) -> (Vec<(PassageId, f64)>, Arc<Weights>) {
        let mut all: Vec<(u32, f64)> = Vec::new();
        let mut weights = Weights::default();
        let mut champions: Vec<u32> = Vec::new();
        for (language, shelf) in &self.shelves {
            let mut scores: HashMap<u32, f64> = HashMap::new();
            let mut reader = Reader::new(*language);
            for word in content_words(&mut reader, question) {
                let kin = shelf.kin(&word.stem, *language);
                weights.0.insert((*language, word.folded), shelf.weigh(shelf.documents(&kin)));
                let best = shelf.score(&kin, 1.0, &mut scores);
                champions.extend(best.iter().filter_map(|document| shelf.places.get(*document as usize)));
            }
            let shape = Shape::of(question);
            for hint in content_words(&mut reader, &format!("{} {}", Asks::of(question).hints(), shape.hints())) {
                shelf.score(&shelf.kin(&hint.stem, *language), HINT, &mut scores);
            }
            all.extend(
                scores.into_iter().filter_map(|(document, score)| Some((*shelf.places.get(document as usize)?, score))),
            );
        }
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut rest = all.split_off(k.min(all.len()));
        // The best passages for each single word have a seat too: a rare word must not keep out the page about a common one.
        rest.retain(|(place, _)| champions.contains(place));
        rest.truncate(k / 2);
        all.truncate(k.saturating_sub(rest.len()));
        all.extend(rest);
        let hits =
            all.into_iter().filter_map(|(place, score)| Some((*self.passages.get(place as usize)?, score))).collect();
        (hits, Arc::new(weights))
    }

    /// How many passages are indexed.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// Whether nothing is indexed.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// About how many bytes of memory this takes.
    pub fn bytes(&self) -> usize {
        let shelf = |shelf: &Shelf| {
            let postings: usize = shelf.postings.iter().map(|posting| 24 + posting.capacity() * 8).sum();
            let terms: usize = shelf.sorted.iter().map(|(stem, _)| 2 * stem.len() + 80).sum();
            postings + terms + shelf.lengths.len() * 8
        };
        self.passages.len() * 16 + self.shelves.iter().map(|(_, found)| shelf(found)).sum::<usize>()
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
