//! The built-in answerer: quotes the one to three sentences that answer a question, word for word, or says that nothing does.

mod answer;
mod asked;
mod choose;
mod mark;

pub use answer::{Answer, Check, Cited, Outcome, Quoted};

use std::collections::HashMap;

use asked::Asked;
use choose::choose;
use mark::{FOUND, Marked, mark};

use crate::hit::{Hit, Weights};
use crate::language::Language;
use crate::question::Asks;
use crate::reading::{Reading, Words};
use crate::terms::Terms;
use crate::words::Reader;

/// How much of the question's weight the best sentence and its surroundings must cover.
pub const COVERAGE: f64 = 0.6;
/// The same where the sentence holds the kind of thing that was asked for (a span of time, an amount, an address).
pub const COVERAGE_WITH_KIND: f64 = 0.42;
/// The same where besides the page is about the subject, and nothing in the question is unknown to the knowledge.
pub const COVERAGE_ON_TOPIC: f64 = 0.3;
/// How much the sentence alone must cover, where the heading does not ask the same thing.
pub const DIRECT: f64 = 0.3;
/// A sentence with a lower score than this answers nothing: on pages of any size, some sentence shares a few words with any question.
pub const PROMISE: f64 = 0.75;
/// How near to the best match a sentence must come that goes before it because it holds the kind of thing asked for.
const NEAR_BEST: f64 = 0.85;
/// From here on a heading asks what the visitor asks.
const SAME_QUESTION: f64 = 0.65;

/// A passage that was read.
pub(crate) struct Read<'a> {
    /// The language of its page.
    pub(crate) language: Language,
    /// What its words are.
    pub(crate) reading: &'a Reading,
    /// What the numbers of its words stand for.
    pub(crate) terms: &'a Terms,
    /// Its lines.
    pub(crate) text: &'a str,
}

/// Answers the question from the hits, best first. Pure: the same question and hits give the same answer.
pub fn answer(question: &str, hits: &[Hit]) -> Answer {
    let (mut terms, mut readers): (Terms, HashMap<Language, Reader>) = Default::default();
    let mut readings = Vec::with_capacity(hits.len());
    for hit in hits {
        let reader = readers.entry(hit.language).or_insert_with(|| Reader::new(hit.language));
        let words = Words { title: &hit.title, heading: &hit.heading, text: &hit.text };
        readings.push(Reading::of(&words, reader, &mut |stem: &str| Some(terms.number(stem))));
    }
    let passages: Vec<Read<'_>> = hits
        .iter()
        .zip(&readings)
        .map(|(hit, reading)| Read { language: hit.language, reading, terms: &terms, text: &hit.text })
        .collect();
    let weights = hits.first().map(|hit| hit.weights.clone()).unwrap_or_default();
    let mut marked = Vec::new();
    let asked = mark_all(question, &weights, &passages, |one| marked.push(one));
    marked.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.hit_index, a.position).cmp(&(b.hit_index, b.position))));
    judge(Asks::of(question), &marked, &asked)
}

/// How well the best sentence of each passage answers, in their order.
pub(crate) fn promises(question: &str, weights: &Weights, passages: &[Read<'_>]) -> Vec<f64> {
    let mut best = vec![0.0_f64; passages.len()];
    mark_all(question, weights, passages, |one| {
        if let Some(best) = best.get_mut(one.hit_index) {
            *best = best.max(one.score);
        }
    });
    best
}

/// Marks every sentence; gives back what was asked, by language.
fn mark_all<'a>(
    question: &str,
    weights: &Weights,
    passages: &'a [Read<'a>],
    mut each: impl FnMut(Marked<'a>),
) -> HashMap<Language, Asked> {
    let asks = Asks::of(question);
    // What one passage taught about words is known for the next one of its language.
    let mut known: HashMap<Language, Asked> = HashMap::new();
    for (hit_index, read) in passages.iter().enumerate() {
        let asked = known.entry(read.language).or_insert_with(|| Asked::read(question, asks, read.language, weights));
        if !asked.words.is_empty() {
            mark(asked, (hit_index, read), &mut each);
        }
    }
    known
}

fn judge(asks: Asks, marked: &[Marked<'_>], asked: &HashMap<Language, Asked>) -> Answer {
    // A sentence that holds the thing asked for goes before a better matching one that does not.
    // … unless it matches far worse: "cards are charged when the parcel leaves" names no day and answers all the same.
    let enough = marked.first().map_or(0.0, |first| first.score * NEAR_BEST);
    let holds = |one: &&Marked<'_>| one.kind && one.score >= enough && one.checks(asks).iter().all(|check| check.ok);
    let best = marked.iter().find(holds).or(marked.first());
    let checks = best.map_or_else(|| vec![Check { name: FOUND, ok: false }], |best| best.checks(asks));
    let answered = checks.iter().all(|check| check.ok);
    let quoted =
        |marked: &Marked<'_>| Quoted { text: marked.text.to_owned(), hit_index: marked.hit_index, score: marked.score };
    let missing = |best: &Marked<'_>| {
        let words = asked.get(&best.language).map_or(&[][..], |asked| &asked.words);
        best.missing.iter().filter_map(|place| Some(words.get(*place)?.word.folded.clone())).collect()
    };
    Answer {
        outcome: if answered { Outcome::Answered } else { Outcome::Abstained },
        sentences: best
            .filter(|_| answered)
            .map(|best| choose(best, marked).into_iter().map(quoted).collect())
            .unwrap_or_default(),
        considered: marked.iter().take(8).map(quoted).collect(),
        coverage: best.map_or(0.0, |best| best.coverage.min(1.0)),
        missing: best.map(missing).unwrap_or_default(),
        checks,
    }
}

#[cfg(test)]
mod tests;
