//! What was asked: the content words with their weights, and how well a text speaks of them.

use std::collections::{HashMap, HashSet};

use crate::hit::{Weight, Weights};
use crate::language::Language;
use crate::question::Asks;
use crate::shape::Shape;
use crate::stopwords;
use crate::terms::Terms;
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
/// So many words of a question are read.
const MOST: usize = 64;

/// Words that stand with a capital inside the question: places, brands, products. German writes all nouns so.
fn names(question: &str, language: Language) -> HashSet<String> {
    if language == Language::De {
        return HashSet::new();
    }
    let words = question.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    words.filter(|word| word.starts_with(char::is_uppercase)).map(fold).collect()
}

/// A content word of the question.
pub(super) struct Wanted {
    pub(super) word: Word,
    pub(super) weight: Weight,
    /// Neither a weak word nor a name of the kind asked for.
    subject: bool,
    /// Only names the kind of thing asked for.
    names_kind: bool,
}

/// The question's content words in the language of some passages.
pub(super) struct Asked {
    pub(super) words: Vec<Wanted>,
    pub(super) asks: Asks,
    pub(super) shape: Shape,
    /// The words in the order in which they were asked, also those that were asked twice.
    order: Vec<usize>,
    /// The names: places, brands, products, with their weights.
    named: Vec<(usize, f64)>,
    /// By term: where its row in `fits` begins, if it means anything that was asked.
    rows: HashMap<u32, Option<usize>>,
    fits: Vec<f64>,
    language: Language,
}

/// How well a list of words speaks of each asked one, from 0 to 1.
pub(super) type Fits = Vec<f64>;

/// How many of the question's own subjects (no weak words, no names of the kind asked for) are spoken of, and where.
#[derive(Clone, Copy, Default)]
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
    pub(super) fn read(question: &str, asks: Asks, language: Language, weights: &Weights) -> Asked {
        let names = names(question, language);
        let mut words: Vec<Wanted> = Vec::new();
        let (mut order, mut named): (Vec<usize>, Vec<(usize, f64)>) = (Vec::new(), Vec::new());
        for word in Reader::new(language).words(question).into_iter().filter(|word| !word.stop).take(MOST) {
            let is_name = names.contains(&word.folded);
            let mut weight = weights.of(language, &word.folded);
            let place = words.iter().position(|known| known.word.stem == word.stem).unwrap_or(words.len());
            order.push(place);
            if is_name {
                named.push((place, weight.tells));
            }
            if place == words.len() {
                let weak = stopwords::is_weak(&word.folded);
                if weak {
                    weight.tells = weight.tells.min(WEAK);
                } else if is_name {
                    weight.tells *= NAME;
                }
                let names_kind = asks.is_named_by(&word.folded);
                words.push(Wanted { word, weight, subject: !weak && !names_kind, names_kind });
            }
        }
        let shape = Shape::of(question);
        Asked { words, asks, shape, order, named, rows: HashMap::new(), fits: Vec::new(), language }
    }

    /// Where the rows of a passage's terms begin: each term is compared once, however often it stands in the passages.
    pub(super) fn rows(&mut self, terms: &Terms, numbers: &[u32]) -> Vec<Option<usize>> {
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            if let Some(row) = self.rows.get(number) {
                found.push(*row);
                continue;
            }
            let stem = terms.stem(*number);
            let begin = self.fits.len();
            self.fits.extend(self.words.iter().map(|wanted| kinship(&wanted.word.stem, stem, self.language)));
            let row = self.fits.iter().skip(begin).any(|fit| *fit > 0.0).then_some(begin);
            if row.is_none() {
                self.fits.truncate(begin);
            }
            self.rows.insert(*number, row);
            found.push(row);
        }
        found
    }

    /// How well the term of this row speaks of each asked word.
    pub(super) fn row(&self, begin: usize) -> &[f64] {
        self.fits.get(begin..begin + self.words.len()).unwrap_or_default()
    }

    /// The words of a list that mean something asked, with their places in it.
    pub(super) fn telling<'a>(&'a self, rows: &[Option<usize>], list: &[u16]) -> Vec<(usize, u16, &'a [f64])> {
        let row = |place: u16| rows.get(usize::from(place)).copied().flatten();
        let told = list.iter().enumerate().filter_map(|(at, place)| Some((at, *place, self.row(row(*place)?))));
        told.collect()
    }

    /// How well a list of words speaks of each asked one.
    pub(super) fn fits(&self, rows: &[Option<usize>], list: &[u16]) -> Fits {
        let mut best = vec![0.0_f64; self.words.len()];
        for place in list {
            let Some(begin) = rows.get(usize::from(*place)).copied().flatten() else { continue };
            best.iter_mut().zip(self.row(begin)).for_each(|(best, fit)| *best = best.max(*fit));
        }
        best
    }

    /// The share that is covered of what is not in the title; nothing, where the title says it all.
    pub(super) fn share_beyond(&self, title: &[f64], fit: impl Fn(usize) -> f64) -> f64 {
        let (mut covered, mut total, mut beyond) = (0.0, 0.0, false);
        for (at, (wanted, _)) in self.words.iter().zip(title).enumerate().filter(|(_, (_, fit))| **fit < 0.9) {
            covered += wanted.weight.tells * fit(at);
            total += wanted.weight.tells;
            beyond = true;
        }
        if beyond { covered / total.max(f64::MIN_POSITIVE) } else { 0.0 }
    }

    /// The share of the question's weight that is covered, given how well each word is.
    pub(super) fn share(&self, kind: bool, fit: impl Fn(usize) -> f64) -> f64 {
        let narrows = if kind { NARROWS } else { NARROWS_LESS };
        let (mut covered, mut total) = (0.0, 0.0);
        for (at, wanted) in self.words.iter().enumerate() {
            let fit = fit(at);
            covered += wanted.weight.tells * fit;
            let missed = (1.0 - fit) * if wanted.weight.known { narrows } else { 1.0 };
            total += wanted.weight.tells * (fit + missed);
        }
        covered / total.max(f64::MIN_POSITIVE)
    }

    /// The weight of the pairs of words that stand side by side in the question and in the sentence, of all such pairs.
    pub(super) fn phrases(&self, told: &[(usize, u16, &[f64])], title: &[f64]) -> f64 {
        let tells = |word: usize| self.words.get(word).map_or(0.0, |wanted| wanted.weight.tells);
        let means = |row: &[f64], word: usize| row.get(word).is_some_and(|fit| *fit > 0.5);
        let (mut found, mut all) = (0.0, 0.0);
        for (a, b) in self.order.iter().zip(self.order.iter().skip(1)).filter(|(a, b)| a != b) {
            let weight = tells(*a).min(tells(*b));
            let close = |x: usize| {
                let near = |(y, _, row): &(usize, u16, &[f64])| x != *y && x.abs_diff(*y) <= CLOSE_BY && means(row, *b);
                told.iter().any(near)
            };
            let together = told.iter().any(|(x, _, row)| means(row, *a) && close(*x));
            all += weight;
            found += if together || is_in(title, *a) && is_in(title, *b) { weight } else { 0.0 };
        }
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// The share of the names in the question that neither the sentence nor what stands above it speaks of.
    pub(super) fn other_names(&self, near: &[&Fits]) -> f64 {
        let spoken = |name: usize| near.iter().any(|fits| is_in(fits, name));
        let all: f64 = self.named.iter().map(|(_, tells)| tells).sum();
        let missing: f64 = self.named.iter().filter(|(name, _)| !spoken(*name)).map(|(_, tells)| tells).sum();
        if all > 0.0 { missing / all } else { 0.0 }
    }

    /// Which of several figures was asked for, and the sentence does not say that it speaks of that one.
    pub(super) fn other_figure(&self, spelled: &[String]) -> bool {
        self.shape.which.iter().any(|which| !spelled.iter().any(|word| word.starts_with(which.as_str())))
    }

    /// Whether the sentence begins with what was asked about, as a definition does.
    pub(super) fn defines(&self, rows: &[Option<usize>], order: &[u16]) -> bool {
        let begin = self.fits(rows, order.get(..self.words.len() + 2).unwrap_or(order));
        self.share(false, |word| begin.get(word).copied().unwrap_or(0.0)) >= 0.75
    }

    pub(super) fn about(&self, own: &[f64], heading: &[f64], title: &[f64]) -> About {
        let mut about = About::default();
        let places = own.iter().zip(heading).zip(title);
        for (wanted, ((own, heading), title)) in self.words.iter().zip(places).filter(|(wanted, _)| wanted.subject) {
            let (inside, above, named) = (*own > 0.5, *heading > 0.5, *title > 0.5);
            about.subjects += 1;
            about.in_sentence += usize::from(inside);
            about.in_sentence_or_heading += usize::from(inside || above || named);
            about.topical += usize::from(inside && (above || named));
            about.outside += usize::from(!named);
            about.beyond += usize::from(!named && (inside || above));
            about.unknown += usize::from(!wanted.weight.known);
        }
        about
    }

    /// How well a sentence itself speaks of a word.
    pub(super) fn own_fit(&self, word: usize, own: &[f64], kind: bool) -> f64 {
        let named = kind && self.words.get(word).is_some_and(|wanted| wanted.names_kind);
        own.get(word).copied().unwrap_or(0.0).max(if named { NAMED } else { 0.0 })
    }
}

/// Whether the very word is there, and not only one akin to it.
fn is_in(fits: &[f64], word: usize) -> bool {
    fits.get(word).is_some_and(|fit| *fit >= 1.0)
}
