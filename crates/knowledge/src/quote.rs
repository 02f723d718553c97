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

use crate::hit::Hit;
use crate::language::Language;
use crate::question::Asks;
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

/// Answers the question from the hits, best first. Pure: the same question and hits give the same answer.
pub fn answer(question: &str, hits: &[Hit]) -> Answer {
    let mut marked = mark_all(question, hits);
    marked.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.hit_index, a.position).cmp(&(b.hit_index, b.position))));
    judge(Asks::of(question), &marked)
}

/// How well the best sentence of each hit answers, in the order of the hits.
pub(crate) fn promises(question: &str, hits: &[Hit]) -> Vec<f64> {
    let mut best = vec![0.0_f64; hits.len()];
    for one in mark_all(question, hits) {
        if let Some(best) = best.get_mut(one.hit_index) {
            *best = best.max(one.score);
        }
    }
    best
}

fn mark_all(question: &str, hits: &[Hit]) -> Vec<Marked> {
    let asks = Asks::of(question);
    let mut marked: Vec<Marked> = Vec::new();
    // What one passage taught about words is known for the next one of its language.
    let mut known: HashMap<Language, (Reader, Asked)> = HashMap::new();
    for (hit_index, hit) in hits.iter().enumerate() {
        let (reader, asked) = known.entry(hit.language).or_insert_with(|| {
            let mut reader = Reader::new(hit.language);
            let asked = Asked::read(question, asks, hit, &mut reader);
            (reader, asked)
        });
        if !asked.words.is_empty() {
            mark(asked, (hit_index, hit), reader, &mut marked);
        }
    }
    marked
}

fn judge(asks: Asks, marked: &[Marked]) -> Answer {
    // A sentence that holds the thing asked for goes before a better matching one that does not.
    // … unless it matches far worse: "cards are charged when the parcel leaves" names no day and answers all the same.
    let enough = marked.first().map_or(0.0, |first| first.score * NEAR_BEST);
    let holds = |one: &&Marked| one.kind && one.score >= enough && one.checks(asks).iter().all(|check| check.ok);
    let best = marked.iter().find(holds).or(marked.first());
    let checks = best.map_or_else(|| vec![Check { name: FOUND, ok: false }], |best| best.checks(asks));
    let answered = checks.iter().all(|check| check.ok);
    let quoted =
        |marked: &Marked| Quoted { text: marked.text.clone(), hit_index: marked.hit_index, score: marked.score };
    Answer {
        outcome: if answered { Outcome::Answered } else { Outcome::Abstained },
        sentences: best
            .filter(|_| answered)
            .map(|best| choose(best, marked).into_iter().map(quoted).collect())
            .unwrap_or_default(),
        considered: marked.iter().take(8).map(quoted).collect(),
        coverage: best.map_or(0.0, |best| best.coverage.min(1.0)),
        missing: best.map(|best| best.missing.clone()).unwrap_or_default(),
        checks,
    }
}

#[cfg(test)]
mod tests;
