//! How well each sentence of a passage answers.

use super::answer::Check;
use super::asked::{About, Asked, Fits};
use super::{COVERAGE, COVERAGE_ON_TOPIC, COVERAGE_WITH_KIND, DIRECT, PROMISE, Read, SAME_QUESTION};
use crate::language::Language;
use crate::question::Asks;
use crate::reading::Line;
use crate::shape::{counts, spelled};

/// A question whose every known word weighs less than this is about nothing in particular.
const TELLING: f64 = 0.4;

/// One candidate with its marks.
pub(super) struct Marked<'a> {
    pub(super) hit_index: usize,
    pub(super) position: usize,
    pub(super) text: &'a str,
    pub(super) language: Language,
    /// The numbers of its different words.
    pub(super) stems: Vec<u32>,
    pub(super) direct: f64,
    pub(super) coverage: f64,
    pub(super) heading: f64,
    pub(super) about: About,
    pub(super) kind: bool,
    pub(super) telling: bool,
    pub(super) score: f64,
    /// The places of the question's words that it does not speak of.
    pub(super) missing: Vec<usize>,
    pub(super) leads: bool,
}

/// What a passage's words mean to the question.
struct Passage<'a> {
    rows: Vec<Option<usize>>,
    title: Fits,
    whole: Fits,
    read: &'a Read<'a>,
}

/// What a sentence and its surroundings mean to the question.
struct Around {
    own: Fits,
    heading: Fits,
    before: Fits,
}

/// Marks every sentence of a passage, in order.
pub(super) fn mark<'a>(asked: &mut Asked, (hit_index, read): (usize, &'a Read<'a>), mut each: impl FnMut(Marked<'a>)) {
    let reading = read.reading;
    let rows = asked.rows(read.terms, &reading.terms);
    let asked = &*asked;
    let fits = |span| asked.fits(&rows, reading.list(span));
    let (title, whole) = (fits(reading.title), fits(reading.passage));
    let passage = Passage { title, whole, read, rows };
    for (position, line) in reading.lines.iter().enumerate() {
        let fits = |span| asked.fits(&passage.rows, reading.list(span));
        let around = Around { own: fits(line.order), heading: fits(line.heading), before: fits(line.before) };
        each(sentence(asked, &passage, (hit_index, position), (line, &around)));
    }
}

fn sentence<'a>(
    asked: &Asked,
    passage: &Passage<'a>,
    (hit_index, position): (usize, usize),
    (line, around): (&Line, &Around),
) -> Marked<'a> {
    let Around { own, heading, before } = around;
    let (title, kind) = (&passage.title, line.kinds.hold(asked.asks));
    let text = passage.read.text.get(line.place()).unwrap_or_default();
    let at = |fits: &Fits, word: usize| fits.get(word).copied().unwrap_or(0.0);
    // What stands around the sentence counts too, the less the farther away.
    let places = [(heading, 0.9), (before, 0.8), (title, 0.75), (&passage.whole, 0.5)];
    let near = |word: usize| places.iter().map(|(fits, share)| share * at(fits, word)).fold(0.0, f64::max);
    let itself = |word: usize| asked.own_fit(word, own, kind);
    let fit = |word: usize| itself(word).max(near(word));
    let coverage = asked.share(kind, fit);
    let direct = asked.share(kind, itself);
    // What the title says of a page, its sentences need not repeat.
    let rest = asked.share_beyond(title, |word| itself(word).max(0.8 * at(before, word)));
    let alone = asked.share(kind, |word| at(heading, word));
    // The heading asks it, or heading and title together do.
    let same = if alone > 0.0 { asked.share(kind, |word| at(heading, word).max(0.9 * at(title, word))) } else { 0.0 };
    let about = asked.about(own, heading, title);
    let on_topic = asked.share(kind, |word| at(title, word));
    let reading = passage.read.reading;
    let order = reading.list(line.order);
    let told = asked.telling(&passage.rows, order);
    let different = line.different as usize;
    // Words nobody asked for narrow what a sentence says.
    let to_the_point = match different {
        0 => 1.0,
        1 | 2 if kind => 1.0,
        _ => spoken(&told) as f64 / different as f64,
    };
    let score = weigh(direct.max(0.95 * rest), coverage, same, (line, text))
        + if kind { 0.3 } else { 0.0 }
        + 0.15 * on_topic
        + 0.15 * to_the_point
        - if about.outside > 0 && about.beyond == 0 && !(kind && about.topical > 0) { 0.25 } else { 0.0 }
        + 0.2 * asked.phrases(&told, title)
        + form(asked, line, text, || asked.defines(&passage.rows, order))
        - 0.5 * asked.other_names(&[own, heading, title, before])
        + 0.05 / (1.0 + hit_index as f64);
    let words = || asked.words.iter().enumerate();
    let mut stems: Vec<u32> =
        order.iter().filter_map(|place| reading.terms.get(usize::from(*place)).copied()).collect();
    stems.sort_unstable();
    stems.dedup();
    Marked {
        hit_index,
        position,
        text,
        language: passage.read.language,
        stems,
        direct,
        coverage,
        heading: same,
        about,
        kind,
        telling: words().any(|(word, wanted)| wanted.weight.tells >= TELLING && fit(word) >= 0.3),
        score,
        missing: words().map(|(word, _)| word).filter(|word| fit(*word) < 0.3).collect(),
        leads: text.ends_with(':'),
    }
}

/// How many different words of a sentence mean something that was asked.
fn spoken(told: &[(usize, u16, &[f64])]) -> usize {
    let mut places: Vec<u16> =
        told.iter().filter(|(_, _, row)| row.iter().any(|fit| *fit > 0.5)).map(|(_, place, _)| *place).collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// What the form of the sentence says: does it look like an answer to a question of this form?
fn form(asked: &Asked, line: &Line, text: &str, defines: impl Fn() -> bool) -> f64 {
    let (shape, looks) = (&asked.shape, line.looks);
    let words = if shape.needs_spelling() { spelled(text) } else { Vec::new() };
    let mut score = 0.0;
    if shape.figure {
        score += match &shape.counted {
            None if !shape.units.is_empty() && !words.iter().any(|word| shape.units.contains(&word.as_str())) => -0.3,
            Some(counted) if counts(&words, looks, counted) => 0.35,
            Some(_) if looks.figure => 0.05,
            None if looks.figure => 0.15,
            _ => -0.15,
        };
    }
    if shape.definition && !shape.figure {
        score += if defines() { 0.1 } else { 0.0 };
        score += if looks.tells { 0.2 } else { 0.0 };
    }
    if asked.other_figure(&words) {
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

fn weigh(direct: f64, coverage: f64, heading: f64, (line, text): (&Line, &str)) -> f64 {
    let mut score = 0.5 * direct + 0.5 * coverage;
    if heading >= SAME_QUESTION {
        // Under a heading that asks the same, the first sentence answers and need not repeat the question.
        score += if line.first { 0.25 } else { 0.1 };
    }
    if text.ends_with(['?', '؟']) {
        score -= 0.35;
    }
    if line.different < 2 && !line.digit {
        score -= 0.15;
    }
    if line.different > 50 {
        score -= 0.1;
    }
    score
}

pub(super) const FOUND: &str = "something was found";

impl Marked<'_> {
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
