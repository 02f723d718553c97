//! The built-in answerer: quotes the one to three sentences that answer a question, word for word, or says that nothing does.

mod answer;

use std::collections::HashSet;

pub use answer::{Answer, Check, Cited, Outcome, Quoted};

use crate::hit::{Hit, Weight};
use crate::language::Language;
use crate::question::Asks;
use crate::sentence::{Sentence, sentences_of};
use crate::stopwords;
use crate::words::{Reader, Word, fold, kinship};

/// How much of the question's weight the best sentence and its surroundings must cover.
pub const COVERAGE: f64 = 0.6;
/// The same where the sentence holds the kind of thing that was asked for (a span of time, an amount, an address).
pub const COVERAGE_WITH_KIND: f64 = 0.42;
/// The same where besides the page is about the subject, and nothing in the question is unknown to the knowledge.
pub const COVERAGE_ON_TOPIC: f64 = 0.3;
/// How much the sentence alone must cover, where the heading does not ask the same thing.
pub const DIRECT: f64 = 0.3;
/// From here on a heading asks what the visitor asks.
const SAME_QUESTION: f64 = 0.65;
/// A question whose every known word weighs less than this is about nothing in particular.
const TELLING: f64 = 0.4;
/// Further sentences must come this close to the best one.
const CLOSE: f64 = 0.86;
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
/// Never more sentences than a chat bubble holds.
const MOST: usize = 3;

/// Words that stand with a capital inside the question: places, brands, products. German writes all nouns so.
fn names(question: &str, language: Language) -> HashSet<String> {
    if language == Language::De {
        return HashSet::new();
    }
    let words = question.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1);
    words.filter(|word| word.starts_with(char::is_uppercase)).map(fold).collect()
}

/// The question's content words in the language of one hit.
struct Asked {
    words: Vec<(Word, Weight)>,
    asks: Asks,
    language: Language,
}

/// How many of the question's own subjects (no weak words, no names of the kind asked for) are spoken of, and where.
#[derive(Clone, Copy)]
struct About {
    subjects: usize,
    in_sentence: usize,
    in_sentence_or_heading: usize,
    /// Spoken of in the sentence and in the title or heading: what the page is about.
    topical: usize,
    /// Not in the title, and of those how many in the sentence or its heading: "Weight" on the page "Ridge 40".
    outside: usize,
    beyond: usize,
    unknown: usize,
}

/// One candidate with its marks.
struct Marked {
    hit_index: usize,
    position: usize,
    text: String,
    stems: HashSet<String>,
    direct: f64,
    coverage: f64,
    heading: f64,
    about: About,
    kind: bool,
    telling: bool,
    score: f64,
    missing: Vec<String>,
    leads: bool,
}

/// Answers the question from the hits, best first. Pure: the same question and hits give the same answer.
pub fn answer(question: &str, hits: &[Hit]) -> Answer {
    let asks = Asks::of(question);
    let mut marked: Vec<Marked> = Vec::new();
    for (hit_index, hit) in hits.iter().enumerate() {
        let mut reader = Reader::new(hit.language);
        let asked = Asked::read(question, asks, hit, &mut reader);
        if !asked.words.is_empty() {
            mark(&asked, (hit_index, hit), &mut reader, &mut marked);
        }
    }
    marked.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.hit_index, a.position).cmp(&(b.hit_index, b.position))));
    judge(asks, &marked)
}

impl Asked {
    fn read(question: &str, asks: Asks, hit: &Hit, reader: &mut Reader) -> Asked {
        let names = names(question, hit.language);
        let mut words: Vec<(Word, Weight)> = Vec::new();
        for word in reader.words(question) {
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
        Asked { words, asks, language: hit.language }
    }

    /// How well these words speak of the asked one.
    fn fit(&self, asked: &Word, words: &HashSet<String>) -> f64 {
        if words.contains(&asked.stem) {
            return 1.0;
        }
        words.iter().map(|word| kinship(&asked.stem, word, self.language)).fold(0.0, f64::max)
    }

    /// The share of the question's weight that is covered, given how well each word is.
    fn share(&self, kind: bool, fit: impl Fn(&Word) -> f64) -> f64 {
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

    fn about(&self, own: &HashSet<String>, heading: &HashSet<String>, title: &HashSet<String>) -> About {
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
    fn own_fit(&self, word: &Word, own: &HashSet<String>, kind: bool) -> f64 {
        let named = if kind && self.asks.is_named_by(&word.folded) { NAMED } else { 0.0 };
        self.fit(word, own).max(named)
    }
}

fn stems(reader: &mut Reader, text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    reader.read(text, |word| {
        if !word.stop {
            found.insert(word.stem.clone());
        }
    });
    found
}

fn mark(asked: &Asked, (hit_index, hit): (usize, &Hit), reader: &mut Reader, marked: &mut Vec<Marked>) {
    let title = stems(reader, &hit.title);
    let passage = stems(reader, &hit.text);
    for (position, sentence) in sentences_of(&hit.heading, &hit.text).into_iter().enumerate() {
        let own = stems(reader, &sentence.text);
        // Above the first heading stands the title.
        let heading = stems(reader, if sentence.heading.is_empty() { &hit.title } else { &sentence.heading });
        let kind = asked.asks.is_in(&sentence.text);
        // What stands around the sentence counts too, the less the farther away.
        let around = [(&heading, 0.9), (&title, 0.75), (&passage, 0.5)];
        let near = |word: &Word| around.iter().map(|(words, share)| share * asked.fit(word, words)).fold(0.0, f64::max);
        let fit = |word: &Word| asked.own_fit(word, &own, kind).max(near(word));
        let coverage = asked.share(kind, fit);
        let direct = asked.share(kind, |word| asked.own_fit(word, &own, kind));
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
        let spoken = own
            .iter()
            .filter(|stem| asked.words.iter().any(|(word, _)| asked.fit(word, &HashSet::from([(*stem).clone()])) > 0.5))
            .count();
        // Words nobody asked for narrow what a sentence says.
        let bare = own.is_empty() || kind && own.len() <= 2;
        let to_the_point = if bare { 1.0 } else { spoken as f64 / own.len() as f64 };
        let score = weigh(direct, coverage, same, &sentence, own.len())
            + if kind { 0.3 } else { 0.0 }
            + 0.15 * on_topic
            + 0.15 * to_the_point
            - if about.outside > 0 && about.beyond == 0 && !(kind && about.topical > 0) { 0.25 } else { 0.0 }
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

fn judge(asks: Asks, marked: &[Marked]) -> Answer {
    // A sentence that holds the thing asked for goes before a better matching one that does not.
    let best = marked.iter().find(|one| one.kind && one.checks(asks).iter().all(|check| check.ok)).or(marked.first());
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

const FOUND: &str = "something was found";

impl Marked {
    fn checks(&self, asks: Asks) -> Vec<Check> {
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

/// The best sentence, those that come close and say something else, and what a sentence that ends in a colon leads to.
fn choose<'a>(best: &'a Marked, marked: &'a [Marked]) -> Vec<&'a Marked> {
    let mut chosen = vec![best];
    let follow = |after: &Marked, by: usize| {
        marked.iter().find(|next| {
            next.hit_index == after.hit_index
                && next.position == after.position + by
                && !next.text.ends_with(['?', '؟'])
        })
    };
    if best.leads {
        chosen.extend((1..MOST).map_while(|by| follow(best, by)));
    } else if best.heading >= SAME_QUESTION && best.direct < SAME_QUESTION {
        chosen.extend(follow(best, 1).filter(|next| next.heading >= SAME_QUESTION && next.direct > 0.0));
    }
    for next in marked.iter().take(12) {
        let good =
            next.score >= best.score * CLOSE && next.coverage >= COVERAGE && next.direct >= DIRECT && !next.leads;
        let as_near = next.kind >= best.kind
            && next.about.in_sentence >= best.about.in_sentence
            && next.about.beyond >= best.about.beyond;
        if chosen.len() < MOST && good && as_near && chosen.iter().all(|other| says_more(next, other)) {
            chosen.push(next);
        }
    }
    // The best first: whoever reads one sentence has read the answer.
    chosen
}

fn says_more(next: &Marked, other: &Marked) -> bool {
    let shared = next.stems.intersection(&other.stems).count();
    let fewer = next.stems.len().min(other.stems.len()).max(1);
    (next.hit_index, next.position) != (other.hit_index, other.position) && shared as f64 / (fewer as f64) < 0.7
}

#[cfg(test)]
mod tests;
