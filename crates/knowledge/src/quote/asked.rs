//! What was asked: the content words with their weights, and how well a text speaks of them.

use std::collections::{HashMap, HashSet};

use crate::hit::{Hit, Weight};
use crate::language::Language;
use crate::question::Asks;
use crate::shape::{Looks, Shape};
use crate::stopwords;
use crate::words::{Reader, Word, fold, kinship};

/// What a word weighs that people only put around what they ask.
const WEAK: f64 = 0.2;
/// A word that the knowledge has elsewhere narrows the question; missing it costs less than missing one nobody wrote about.
const NARROWS: f64 = 0.6;
/// The same where the sentence does not hold the kind of thing that was asked for.
const NARROWS_LESS: f64 = 0.85;
/// How much more a name weighs than another word.
const NAME: f64 = 1.4;
/// How well a sentence that holds the thing asked for covers the word that only names it.
const NAMED: f64 = 0.8;
/// Two words of the question that stand this close in a sentence belong together.
const CLOSE_BY: usize = 2;

/// Words that stand with a capital inside the question: places, brands, products. German writes all nouns so.
fn names(question: &str, language: Language) -> HashSet<String> {
    if language == Language::De {
        return HashSet::new();
    }
    let words = question.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    words.filter(|word| word.starts_with(char::is_uppercase)).map(fold).collect()
}

/// The question's content words in the language of one hit.
pub(super) struct Asked {
    pub(super) words: Vec<(Word, Weight)>,
    pub(super) asks: Asks,
    pub(super) shape: Shape,
    /// The words in the order in which they were asked, also those that were asked twice.
    order: Vec<String>,
    /// The stems of names: places, brands, products.
    named: Vec<(String, f64)>,
    learned: HashSet<String>,
    /// By asked stem: the words of the passages that mean it, and how well.
    kin: HashMap<String, Vec<(String, f64)>>,
    language: Language,
}

/// How many of the question's own subjects (no weak words, no names of the kind asked for) are spoken of, and where.
#[derive(Clone, Copy)]
pub(super) struct About {
    pub(super) subjects: usize,
    pub(super) in_sentence: usize,
    pub(super) in_sentence_or_heading: usize,
    /// Spoken of in the sentence and in the title or heading: what the page is about.
    pub(super) topical: usize,
    /// Not in the title, and of those how many in the sentence or its heading: "Weight" on the page "Ridge 40".
    pub(super) outside: usize,
    pub(super) beyond: usize,
    pub(super) unknown: usize,
}

impl Asked {
    pub(super) fn read(question: &str, asks: Asks, hit: &Hit, reader: &mut Reader) -> Asked {
        let names = names(question, hit.language);
        let mut words: Vec<(Word, Weight)> = Vec::new();
        let (mut order, mut named): (Vec<String>, Vec<(String, f64)>) = (Vec::new(), Vec::new());
        for word in reader.words(question) {
            if !word.stop && order.len() < 64 {
                order.push(word.stem.clone());
                if names.contains(&word.folded) {
                    named.push((word.stem.clone(), hit.weights.of(hit.language, &word.folded).tells));
                }
            }
            if !word.stop && words.len() < 64 && !words.iter().any(|(known, _)| known.stem == word.stem) {
                let mut weight = hit.weights.of(hit.language, &word.folded);
                if stopwords::is_weak(&word.folded) {
                    weight.tells = weight.tells.min(WEAK);
                } else if names.contains(&word.folded) {
                    weight.tells *= NAME;
                }
                words.push((word, weight));
            }
        }
        Asked {
            words,
            asks,
            shape: Shape::of(question),
            order,
            named,
            learned: HashSet::new(),
            kin: HashMap::new(),
            language: hit.language,
        }
    }

    /// Notes which of these words mean an asked one: each word is compared once, however often it stands in the passages.
    pub(super) fn learn<'a>(&mut self, words: impl Iterator<Item = &'a String>) {
        for word in words {
            if !self.learned.insert(word.clone()) {
                continue;
            }
            for (asked, _) in &self.words {
                let fit = kinship(&asked.stem, word, self.language);
                if fit > 0.0 {
                    self.kin.entry(asked.stem.clone()).or_default().push((word.clone(), fit));
                }
            }
        }
    }

    /// How well these words speak of the asked one.
    pub(super) fn fit(&self, asked: &Word, words: &HashSet<String>) -> f64 {
        let kin = self.kin.get(&asked.stem).map_or(&[][..], Vec::as_slice);
        kin.iter().filter(|(word, _)| words.contains(word)).map(|(_, fit)| *fit).fold(0.0, f64::max)
    }

    /// Whether this word means one of the asked ones.
    pub(super) fn speaks(&self, word: &str) -> bool {
        self.kin.values().any(|kin| kin.iter().any(|(known, fit)| known == word && *fit > 0.5))
    }

    /// The share that is covered of what is not in the title; nothing, where the title says it all.
    pub(super) fn share_beyond(&self, title: &HashSet<String>, fit: impl Fn(&Word) -> f64) -> f64 {
        let beyond = |word: &Word| self.fit(word, title) < 0.9;
        if !self.words.iter().any(|(word, _)| beyond(word)) {
            return 0.0;
        }
        let (mut covered, mut total) = (0.0, 0.0);
        for (word, weight) in self.words.iter().filter(|(word, _)| beyond(word)) {
            covered += weight.tells * fit(word);
            total += weight.tells;
        }
        covered / total.max(f64::MIN_POSITIVE)
    }

    /// The share of the question's weight that is covered, given how well each word is.
    pub(super) fn share(&self, kind: bool, fit: impl Fn(&Word) -> f64) -> f64 {
        let narrows = if kind { NARROWS } else { NARROWS_LESS };
        let (mut covered, mut total) = (0.0, 0.0);
        for (word, weight) in &self.words {
            let fit = fit(word);
            covered += weight.tells * fit;
            let missed = (1.0 - fit) * if weight.known { narrows } else { 1.0 };
            total += weight.tells * (fit + missed);
        }
        covered / total.max(f64::MIN_POSITIVE)
    }

    /// The weight of the pairs of words that stand side by side in the question and in the sentence, of all such pairs.
    pub(super) fn phrases(&self, sentence: &[String], title: &HashSet<String>) -> f64 {
        let places = |stem: &String| {
            let kin = self.kin.get(stem).map_or(&[][..], Vec::as_slice);
            let is_it = |word: &String| kin.iter().any(|(known, fit)| known == word && *fit > 0.5);
            sentence.iter().enumerate().filter_map(|(at, word)| is_it(word).then_some(at)).collect::<Vec<usize>>()
        };
        let tells = |stem: &String| {
            self.words.iter().find(|(word, _)| word.stem == *stem).map_or(0.0, |(_, weight)| weight.tells)
        };
        let (mut found, mut all) = (0.0, 0.0);
        for (a, b) in self.order.iter().zip(self.order.iter().skip(1)).filter(|(a, b)| a != b) {
            let weight = tells(a).min(tells(b));
            let (near_a, near_b) = (places(a), places(b));
            let together = near_a.iter().any(|x| near_b.iter().any(|y| x != y && x.abs_diff(*y) <= CLOSE_BY));
            let titled = title.contains(a) && title.contains(b);
            all += weight;
            found += if together || titled { weight } else { 0.0 };
        }
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// The share of the names in the question that neither the sentence nor what stands above it speaks of.
    pub(super) fn other_names(&self, near: &[&HashSet<String>]) -> f64 {
        let spoken = |name: &String| near.iter().any(|words| words.contains(name));
        let all: f64 = self.named.iter().map(|(_, tells)| tells).sum();
        let missing: f64 = self.named.iter().filter(|(name, _)| !spoken(name)).map(|(_, tells)| tells).sum();
        if all > 0.0 { missing / all } else { 0.0 }
    }

    /// Which of several figures was asked for, and the sentence does not say that it speaks of that one.
    pub(super) fn other_figure(&self, looks: &Looks) -> bool {
        self.shape.which.iter().any(|which| !looks.has(which))
    }

    /// Whether the sentence begins with what was asked about, as a definition does.
    pub(super) fn defines(&self, sentence: &[String]) -> bool {
        let begin: HashSet<String> = sentence.iter().take(self.words.len() + 2).cloned().collect();
        self.share(false, |word| self.fit(word, &begin)) >= 0.75
    }

    pub(super) fn about(&self, own: &HashSet<String>, heading: &HashSet<String>, title: &HashSet<String>) -> About {
        let mut about = About {
            subjects: 0,
            in_sentence: 0,
            in_sentence_or_heading: 0,
            topical: 0,
            outside: 0,
            beyond: 0,
            unknown: 0,
        };
        for (word, weight) in self
            .words
            .iter()
            .filter(|(word, _)| !stopwords::is_weak(&word.folded) && !self.asks.is_named_by(&word.folded))
        {
            let is_in = |words| self.fit(word, words) > 0.5;
            let (inside, above, named) = (is_in(own), is_in(heading), is_in(title));
            about.subjects += 1;
            about.in_sentence += usize::from(inside);
            about.in_sentence_or_heading += usize::from(inside || above || named);
            about.topical += usize::from(inside && (above || named));
            about.outside += usize::from(!named);
            about.beyond += usize::from(!named && (inside || above));
            about.unknown += usize::from(!weight.known);
        }
        about
    }

    /// How well a sentence itself speaks of a word.
    pub(super) fn own_fit(&self, word: &Word, own: &HashSet<String>, kind: bool) -> f64 {
        let named = if kind && self.asks.is_named_by(&word.folded) { NAMED } else { 0.0 };
        self.fit(word, own).max(named)
    }
}

pub(super) fn stems(reader: &mut Reader, text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    reader.read(text, |word| {
        if !word.stop {
            found.insert(word.stem.clone());
        }
    });
    found
}
