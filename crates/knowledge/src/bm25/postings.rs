//! The passages of one language: which term stands how often in which, and what that is worth to a question.

use crate::hit::Weight;
use crate::language::Language;
use crate::terms::Terms;
use crate::words::{Reader, kinship};

use super::Entry;

/// How fast repeating a word stops to count, and how much long passages pay (the usual values).
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Words of the heading and the title count as if they stood this many times more in the passage.
const HEADING_TIMES: u16 = 3;
/// So many passages have a seat for each single word of a question.
const CHAMPIONS: usize = 3;
/// So many terms that begin, or end, with an asked word are looked at.
const LONGER: usize = 64;
const ENDING: usize = 32;

/// The passages of one language.
#[derive(Default)]
pub(super) struct Postings {
    pub(super) terms: Terms,
    /// By term: passage and how often.
    lists: Vec<Vec<(u32, u16)>>,
    /// All terms in order, to find the ones that begin alike.
    forward: Vec<u32>,
    /// All terms in the order of their letters read backwards, to find the ones that end alike; only where words grow together.
    backward: Vec<u32>,
    /// By passage: its number of words, what that costs it, and its place among all.
    lengths: Vec<u32>,
    norms: Vec<f64>,
    places: Vec<u32>,
}

/// What the words of one question give to each passage.
pub(super) struct Scores {
    sums: Vec<f64>,
    /// What one word gives, while its kin are added up.
    best: Vec<f64>,
    touched: Vec<u32>,
}

impl Postings {
    pub(super) fn add(&mut self, reader: &mut Reader, entry: &Entry<'_>, place: u32) {
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
        let term = self.terms.number(stem) as usize;
        if term >= self.lists.len() {
            self.lists.resize_with(term + 1, Vec::new);
        }
        let Some(posting) = self.lists.get_mut(term) else { return };
        match posting.last_mut() {
            Some((last, count)) if *last == document => *count = count.saturating_add(times),
            _ => posting.push((document, times)),
        }
    }

    pub(super) fn finish(mut self, language: Language) -> Self {
        let total: u64 = self.lengths.iter().map(|length| u64::from(*length)).sum();
        let average = (total as f64 / self.lengths.len().max(1) as f64).max(1.0);
        self.norms = self.lengths.iter().map(|length| K1 * (1.0 - B + B * f64::from(*length) / average)).collect();
        self.forward = (0..u32::try_from(self.terms.len()).unwrap_or(u32::MAX)).collect();
        self.forward.sort_unstable_by(|a, b| self.terms.stem(*a).cmp(self.terms.stem(*b)));
        if language.compounds() {
            self.backward.clone_from(&self.forward);
            self.backward
                .sort_unstable_by(|a, b| self.terms.stem(*a).bytes().rev().cmp(self.terms.stem(*b).bytes().rev()));
        }
        self.lists.iter_mut().for_each(Vec::shrink_to_fit);
        self
    }

    /// The terms that mean the asked word, with how well they fit.
    pub(super) fn kin(&self, stem: &str, language: Language) -> Vec<(u32, f64)> {
        let mut found: Vec<(u32, f64)> = self.terms.known(stem).map(|term| (term, 1.0)).into_iter().collect();
        if stem.chars().count() < 4 {
            return found;
        }
        let begin = self.forward.partition_point(|term| self.terms.stem(*term) < stem);
        let alike = self.forward.iter().skip(begin).take_while(|term| self.terms.stem(**term).starts_with(stem));
        found.extend(
            alike
                .take(LONGER)
                .map(|term| (*term, kinship(stem, self.terms.stem(*term), language)))
                .filter(|(_, fit)| *fit > 0.0 && *fit < 1.0),
        );
        for (cut, _) in stem.char_indices().skip(4) {
            let shorter = stem.get(..cut).unwrap_or_default();
            if let Some(term) = self.terms.known(shorter) {
                found.push((term, kinship(stem, shorter, language)));
            }
        }
        if stem.chars().count() >= 5 {
            let begin =
                self.backward.partition_point(|term| self.terms.stem(*term).bytes().rev().lt(stem.bytes().rev()));
            let alike = self.backward.iter().skip(begin).take_while(|term| self.terms.stem(**term).ends_with(stem));
            let longer = alike.filter(|term| self.terms.stem(**term).len() > stem.len()).take(ENDING);
            found.extend(longer.map(|term| (*term, kinship(stem, self.terms.stem(*term), language))));
        }
        found.retain(|(_, fit)| *fit > 0.0);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.dedup_by_key(|(term, _)| *term);
        found
    }

    fn list(&self, term: u32) -> &[(u32, u16)] {
        self.lists.get(term as usize).map_or(&[], Vec::as_slice)
    }

    fn idf(&self, documents: usize) -> f64 {
        let (all, with) = (self.lengths.len() as f64, documents.min(self.lengths.len()) as f64);
        (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
    }

    fn documents(&self, kin: &[(u32, f64)]) -> usize {
        kin.iter().map(|(term, _)| self.list(*term).len()).sum()
    }

    /// No scores yet.
    pub(super) fn scores(&self) -> Scores {
        Scores { sums: vec![0.0; self.lengths.len()], best: vec![0.0; self.lengths.len()], touched: Vec::new() }
    }

    /// Adds what a word gives to each passage; tells the passages to which it gives most.
    pub(super) fn score(&self, kin: &[(u32, f64)], share: f64, scores: &mut Scores) -> Vec<u32> {
        let idf = self.idf(self.documents(kin));
        for (term, fit) in kin {
            let factor = share * fit * idf;
            for (document, count) in self.list(*term) {
                let at = *document as usize;
                let (Some(norm), Some(best)) = (self.norms.get(at), scores.best.get_mut(at)) else { continue };
                let count = f64::from(*count);
                if *best == 0.0 {
                    scores.touched.push(*document);
                }
                *best = best.max(factor * count * (K1 + 1.0) / (count + norm));
            }
        }
        scores.settle()
    }

    /// The `k` best passages with their scores by place, in no order.
    pub(super) fn best(&self, scores: &Scores, k: usize) -> Vec<(u32, f64)> {
        let scored = self.places.iter().zip(&scores.sums).filter(|(_, score)| **score > 0.0);
        let mut all: Vec<(u32, f64)> = scored.map(|(place, score)| (*place, *score)).collect();
        if k > 0 && all.len() > k {
            all.select_nth_unstable_by(k - 1, super::ahead);
            all.truncate(k);
        }
        all
    }

    /// A passage's place and score.
    pub(super) fn placed(&self, document: u32, scores: &Scores) -> Option<(u32, f64)> {
        Some((*self.places.get(document as usize)?, *scores.sums.get(document as usize)?))
    }

    /// What a word with this kin tells.
    pub(super) fn weigh(&self, kin: &[(u32, f64)]) -> Weight {
        let documents = self.documents(kin);
        let rarest = self.idf(1).max(f64::MIN_POSITIVE);
        // The root keeps what a shop writes about on every page ("returns") from weighing nothing in a question about it.
        Weight { tells: (self.idf(documents) / rarest).clamp(0.01, 1.0).sqrt(), known: documents > 0 }
    }

    pub(super) fn bytes(&self) -> usize {
        let lists: usize = self.lists.iter().map(|list| 24 + list.capacity() * 8).sum();
        lists + self.terms.bytes() + self.lengths.len() * 16
    }
}

impl Scores {
    /// Adds what the word gave to the sums; tells the passages to which it gave most.
    fn settle(&mut self) -> Vec<u32> {
        let mut champions: Vec<(u32, f64)> = Vec::with_capacity(CHAMPIONS + 1);
        for document in self.touched.drain(..) {
            let at = document as usize;
            let (Some(best), Some(sum)) = (self.best.get_mut(at), self.sums.get_mut(at)) else { continue };
            let one = (document, std::mem::take(best));
            *sum += one.1;
            if champions.len() < CHAMPIONS || champions.last().is_some_and(|last| super::ahead(&one, last).is_lt()) {
                let seat = champions.partition_point(|other| super::ahead(other, &one).is_lt());
                champions.insert(seat, one);
                champions.truncate(CHAMPIONS);
            }
        }
        champions.into_iter().map(|(document, _)| document).collect()
    }
}
