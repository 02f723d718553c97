//! How well each sentence of a passage answers.

use std::collections::HashSet;

use super::answer::Check;
use super::asked::{About, Asked, stems};
use super::{COVERAGE, COVERAGE_ON_TOPIC, COVERAGE_WITH_KIND, DIRECT, PROMISE, SAME_QUESTION};
use crate::hit::Hit;
use crate::question::Asks;
use crate::sentence::{Sentence, sentences_of};
use crate::shape::Looks;
use crate::words::{Reader, Word};

/// A question whose every known word weighs less than this is about nothing in particular.
const TELLING: f64 = 0.4;

/// One candidate with its marks.
pub(super) struct Marked {
    pub(super) hit_index: usize,
    pub(super) position: usize,
    pub(super) text: String,
    pub(super) stems: HashSet<String>,
    pub(super) direct: f64,
    pub(super) coverage: f64,
    pub(super) heading: f64,
    pub(super) about: About,
    pub(super) kind: bool,
    pub(super) telling: bool,
    pub(super) score: f64,
    pub(super) missing: Vec<String>,
    pub(super) leads: bool,
}

pub(super) fn mark(asked: &mut Asked, (hit_index, hit): (usize, &Hit), reader: &mut Reader, marked: &mut Vec<Marked>) {
    let title = stems(reader, &hit.title);
    let passage = stems(reader, &hit.text);
    let above = stems(reader, &hit.heading);
    asked.learn(title.iter().chain(&passage).chain(&above));
    let asked = &*asked;
    for (position, sentence) in sentences_of(&hit.heading, &hit.text).into_iter().enumerate() {
        let words = reader.words(&sentence.text);
        let order: Vec<String> = words.iter().filter(|word| !word.stop).map(|word| word.stem.clone()).collect();
        let own: HashSet<String> = order.iter().cloned().collect();
        let mut looks = Looks::of(&sentence.text, words.len() - order.len());
        looks.without |= Looks::of(&sentence.heading, 1).without;
        let before = stems(reader, &sentence.before);
        // Above the first heading stands the title.
        let heading = stems(reader, if sentence.heading.is_empty() { &hit.title } else { &sentence.heading });
        let kind = asked.asks.is_in(&sentence.text);
        // What stands around the sentence counts too, the less the farther away.
        let around = [(&heading, 0.9), (&before, 0.8), (&title, 0.75), (&passage, 0.5)];
        let near = |word: &Word| around.iter().map(|(words, share)| share * asked.fit(word, words)).fold(0.0, f64::max);
        let fit = |word: &Word| asked.own_fit(word, &own, kind).max(near(word));
        let coverage = asked.share(kind, fit);
        let direct = asked.share(kind, |word| asked.own_fit(word, &own, kind));
        // What the title says of a page, its sentences need not repeat.
        let rest =
            asked.share_beyond(&title, |word| asked.own_fit(word, &own, kind).max(0.8 * asked.fit(word, &before)));
        let alone = asked.share(kind, |word| asked.fit(word, &heading));
        // The heading asks it, or heading and title together do.
        let same = if alone > 0.0 {
            asked.share(kind, |word| asked.fit(word, &heading).max(0.9 * asked.fit(word, &title)))
        } else {
            0.0
        };

        let telling = asked.words.iter().any(|(word, weight)| weight.tells >= TELLING && fit(word) >= 0.3);
        let missing =
            asked.words.iter().filter(|(word, _)| fit(word) < 0.3).map(|(word, _)| word.folded.clone()).collect();
        let about = asked.about(&own, &heading, &title);
        let on_topic = asked.share(kind, |word| asked.fit(word, &title));
        let spoken = own.iter().filter(|stem| asked.speaks(stem)).count();
        // Words nobody asked for narrow what a sentence says.
        let bare = own.is_empty() || kind && own.len() <= 2;
        let to_the_point = if bare { 1.0 } else { spoken as f64 / own.len() as f64 };
        let score = weigh(direct.max(0.95 * rest), coverage, same, &sentence, own.len())
            + if kind { 0.3 } else { 0.0 }
            + 0.15 * on_topic
            + 0.15 * to_the_point
            - if about.outside > 0 && about.beyond == 0 && !(kind && about.topical > 0) { 0.25 } else { 0.0 }
            + form(asked, &looks, &order, &title)
            - 0.5 * asked.other_names(&[&own, &heading, &title, &before])
            + 0.05 / (1.0 + hit_index as f64);
        let leads = sentence.text.ends_with(':');
        marked.push(Marked {
            hit_index,
            position,
            text: sentence.text,
            stems: own,
            direct,
            coverage,
            heading: same,
            about,
            kind,
            telling,
            score,
            missing,
            leads,
        });
    }
}

/// What the form of the sentence says: does it look like an answer to a question of this form?
fn form(asked: &Asked, looks: &Looks, order: &[String], title: &HashSet<String>) -> f64 {
    let shape = &asked.shape;
    let mut score = 0.2 * asked.phrases(order, title);
    if shape.figure {
        score += match &shape.counted {
            None if !shape.units.is_empty() && shape.units.iter().all(|unit| !looks.is_word(unit)) => -0.3,
            Some(counted) if looks.counts(counted) => 0.35,
            Some(_) if looks.figure => 0.05,
            None if looks.figure => 0.15,
            _ => -0.15,
        };
    }
    if shape.definition && !shape.figure {
        score += if asked.defines(order) { 0.1 } else { 0.0 };
        score += if looks.tells { 0.2 } else { 0.0 };
    }
    if asked.other_figure(looks) {
        score -= 0.2;
    }
    if shape.way && looks.doing {
        score += 0.06;
    }
    if shape.without && looks.without {
        score += 0.12;
    }
    if looks.formal {
        score -= 0.25;
    }
    score
}

fn weigh(direct: f64, coverage: f64, heading: f64, sentence: &Sentence, words: usize) -> f64 {
    let mut score = 0.5 * direct + 0.5 * coverage;
    if heading >= SAME_QUESTION {
        // Under a heading that asks the same, the first sentence answers and need not repeat the question.
        score += if sentence.first { 0.25 } else { 0.1 };
    }
    if sentence.text.ends_with(['?', '؟']) {
        score -= 0.35;
    }
    if words < 2 && !sentence.text.bytes().any(|byte| byte.is_ascii_digit()) {
        score -= 0.15;
    }
    if words > 50 {
        score -= 0.1;
    }
    score
}

pub(super) const FOUND: &str = "something was found";

impl Marked {
    pub(super) fn checks(&self, asks: Asks) -> Vec<Check> {
        let on_topic = self.kind && self.about.topical > 0 && self.about.unknown == 0;
        let needed = match (on_topic, self.kind) {
            (true, _) => COVERAGE_ON_TOPIC,
            (false, true) => COVERAGE_WITH_KIND,
            (false, false) => COVERAGE,
        };
        let enough = self.coverage >= needed;
        let about = self.about.subjects == 0 && self.kind || self.about.in_sentence_or_heading > 0;
        let mut checks = vec![
            Check { name: FOUND, ok: true },
            Check { name: "the question's words are covered", ok: enough },
            Check {
                name: "a sentence speaks of it itself",
                ok: self.direct >= DIRECT || self.heading >= SAME_QUESTION,
            },
            Check { name: "it is about the question's subject", ok: about },
            Check { name: "more than common words match", ok: self.telling },
            Check { name: "it looks like an answer to the question", ok: self.score >= PROMISE },
        ];
        if asks != Asks::Anything {
            // Without the span of time, the amount or the address that was asked for, the words must agree all the better.
            let about = &self.about;
            let fits = self.kind || about.subjects >= 2 && (about.in_sentence == about.subjects || self.heading >= 0.9);
            checks.push(Check { name: "it holds the kind of thing asked for", ok: fits });
        }
        checks
    }
}
