//! A question that leans on the one before it, made whole: "And for shoes?" after "How long may I keep a shirt?".
//!
//! By code and on purpose timid: only what shows by its form that it leans is changed, so that a new subject stays a new subject.

mod cues;

use crate::language::Language;
use crate::question::Asks;
use crate::stopwords;
use crate::words::fold;

/// A question with fewer words of its own than this can lean on the one before by a word such as "it".
const FEW: usize = 3;
/// What follows "and" or "what about" is no more than a few words, or it is a question of its own.
const FRAGMENT: usize = 6;
/// So many words of the question before are carried over.
const CARRIED: usize = 6;

/// The question as it is to be searched for and answered; `before` is the one before it, made whole itself.
pub fn whole(question: &str, before: Option<&str>) -> String {
    let Some(before) = before.filter(|before| !before.trim().is_empty()) else { return question.to_owned() };
    let language = Language::of_text(&format!("{before} {question}"));
    let (asked, earlier) = (Said::read(question, language), Said::read(before, language));
    let made = match asked.leaning() {
        Leaning::None => None,
        Leaning::Fragment(from) => asked.fragment(from).map(|fragment| earlier.with(fragment)),
        Leaning::Subject => earlier.subject().map(|subject| format!("{} {subject}", question.trim())),
    };
    made.unwrap_or_else(|| question.to_owned())
}

/// Whether a text is about something that a later question could lean on: "thanks!" is not.
pub fn has_subject(text: &str) -> bool {
    Said::read(text, Language::of_text(text)).subject().is_some()
}

/// How a question leans on the one before.
enum Leaning {
    None,
    /// What begins at this word takes the place of something in the question before.
    Fragment(usize),
    /// It speaks of what the question before was about.
    Subject,
}

/// A word as it was written, and folded without the marks around it.
#[derive(Clone)]
struct Word<'a> {
    raw: &'a str,
    folded: String,
}

/// The words of a question.
struct Said<'a> {
    words: Vec<Word<'a>>,
    language: Language,
    asks: Asks,
}

/// A few words that stand for something in the question before: "for shoes".
struct Fragment {
    /// The word that ties it ("to", "for"), folded; none in "and buckles?".
    tie: Option<String>,
    /// As written, the tie included.
    whole: String,
    /// As written, without the tie and marks at its end.
    bare: String,
}

fn is_mark(letter: char) -> bool {
    !letter.is_alphanumeric()
}

impl<'a> Said<'a> {
    fn read(text: &'a str, language: Language) -> Said<'a> {
        let word = |raw: &'a str| Word { raw, folded: fold(raw.trim_matches(is_mark)) };
        let words = text.split_whitespace().map(word).filter(|word| !word.folded.is_empty()).collect();
        Said { words, language, asks: Asks::of(text) }
    }

    fn folded(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.folded.as_str())
    }

    /// Carries meaning, whatever it means.
    fn is_content(&self, at: usize) -> bool {
        let folded = self.folded(at);
        let grammar = self.language.is_stop_word(folded) || cues::is_small(folded);
        !folded.is_empty() && !grammar && !stopwords::is_weak(folded)
    }

    /// How many words the beginning takes that only ties this question to the one before: "and", "what about", "und was ist mit".
    fn opening(&self) -> usize {
        let begins = |cue: &&&str| {
            let cue: Vec<&str> = cue.split(' ').collect();
            cue.len() < self.words.len() && cue.iter().enumerate().all(|(at, word)| self.folded(at) == *word)
        };
        let longest = cues::OPENINGS.iter().filter(begins).map(|cue| cue.split(' ').count()).max();
        longest.unwrap_or(0)
    }

    fn leaning(&self) -> Leaning {
        let opening = self.opening();
        let rest = self.words.len() - opening;
        let asks_itself = (opening..self.words.len()).take(2).any(|at| cues::begins_question(self.folded(at)));
        let tied = self.tie(opening).is_some() || self.joined(opening);
        if rest > 0 && rest <= FRAGMENT && !asks_itself && (opening > 0 || tied) {
            return Leaning::Fragment(opening);
        }
        let content = (0..self.words.len()).filter(|at| self.is_content(*at)).count();
        let own = (0..self.words.len()).filter(|at| self.is_content(*at) && !self.asks.is_named_by(self.folded(*at)));
        let greets = self.words.first().is_some_and(|word| cues::GREETINGS.contains(&word.folded.as_str()));
        if content == 0 && asks_itself && !greets {
            return Leaning::Subject;
        }
        match self.points_back() && own.count() < FEW {
            true => Leaning::Subject,
            false => Leaning::None,
        }
    }

    /// Whether a word such as "it" or "davon" stands for something said before, and not for nothing ("is it possible to …").
    fn points_back(&self) -> bool {
        (0..self.words.len()).any(|at| {
            let folded = self.folded(at);
            let last = at + 1 == self.words.len();
            let back = cues::BACK.contains(&folded) || last && cues::BACK_AT_THE_END.contains(&folded);
            let before = at.checked_sub(1).map_or("", |before| self.folded(before));
            let (first, second) = (self.folded(at + 1), self.folded(at + 2));
            let empty = cues::EMPTY.iter().any(|(word, befores)| *word == folded && befores.contains(&before))
                || cues::EMPTY_AFTER.contains(&first)
                || second == "to" && cues::EMPTY_WITH_TO.contains(&first);
            back && !empty
        })
    }

    /// The word at this place, if it ties a fragment to something: "for", "nach".
    fn tie(&self, at: usize) -> Option<String> {
        let folded = self.folded(at);
        (at + 1 < self.words.len() && cues::TIES.contains(&folded)).then(|| folded.to_owned())
    }

    /// Arabic joins "and", "for" and the noun into one word.
    fn joined(&self, at: usize) -> bool {
        self.language == Language::Ar && self.words.len() <= 2 && cues::unjoined(self.folded(at)).is_some()
    }

    fn fragment(&self, from: usize) -> Option<Fragment> {
        let tie = self.tie(from);
        let written = |from: usize| {
            let words: Vec<&str> = self.words.iter().skip(from).map(|word| word.raw).collect();
            words.join(" ").trim_end_matches(is_mark).to_owned()
        };
        let mut fragment = Fragment { whole: written(from), bare: written(from + usize::from(tie.is_some())), tie };
        if from == 0
            && self.language == Language::Ar
            && let Some((tie, bare)) = cues::unjoined(self.folded(from))
        {
            let rest = written(from + 1);
            let bare = [bare.as_str(), rest.as_str()].join(" ").trim().to_owned();
            let whole = written(from).trim_start_matches('و').to_owned();
            fragment = Fragment { tie: tie.map(str::to_owned), whole, bare };
        }
        (!fragment.bare.is_empty()).then_some(fragment)
    }

    /// This question with the fragment in the place of what it stands for; behind it, where no such place shows.
    fn with(&self, fragment: Fragment) -> String {
        let place = match fragment.tie.as_deref() {
            Some(tie) => self.tied(tie).map(|(from, to)| (from + 1, to)).or_else(|| {
                // "To Norway" is no object: it takes the place of nothing but another "to …".
                (!cues::PLACES.contains(&tie)).then(|| self.object()).flatten()
            }),
            None => self.object(),
        };
        let raw = |range: std::ops::Range<usize>| {
            self.words.get(range).unwrap_or_default().iter().map(|word| word.raw).collect::<Vec<_>>()
        };
        let Some((from, to)) = place else {
            let all = raw(0..self.words.len()).join(" ");
            return format!("{} {}?", all.trim_end_matches(is_mark), fragment.whole);
        };
        let mut words = raw(0..from);
        words.push(&fragment.bare);
        words.extend(raw(to..self.words.len()));
        format!("{}?", words.join(" ").trim_end_matches(is_mark))
    }

    /// Where the words tied by this one stand: "to the United States".
    fn tied(&self, tie: &str) -> Option<(usize, usize)> {
        // "Have to return" ties no place.
        let names_something = |at: &usize| self.folded(*at) == tie && self.is_thing(self.noun(*at + 1));
        let at = (0..self.words.len()).rev().find(names_something)?;
        let mut to = self.noun(at + 1) + 1;
        while self.is_capital(to) && self.is_capital(to - 1) {
            to += 1;
        }
        Some((at, to))
    }

    /// Behind articles.
    fn noun(&self, mut at: usize) -> usize {
        while cues::ARTICLES.contains(&self.folded(at)) {
            at += 1;
        }
        at
    }

    fn is_thing(&self, at: usize) -> bool {
        let after_to = at.checked_sub(1).is_some_and(|before| self.folded(before) == "to");
        self.is_content(at) && (!after_to || self.is_capital(at))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.raw.starts_with(char::is_uppercase))
    }

    /// The last thing this question is about, with its article: "a shirt" in "how long may I keep a shirt?".
    fn object(&self) -> Option<(usize, usize)> {
        let is_object = |at: &usize| {
            let before = at.checked_sub(1).map_or("", |before| self.folded(before));
            let placed = match self.language {
                // Nouns have capitals; verbs stand at the end.
                Language::De => *at > 0 && self.is_capital(*at),
                _ => {
                    let article = cues::ARTICLES.contains(&before) || cues::TIES.contains(&before) && before != "to";
                    article || *at > 0 && self.is_content(*at - 1)
                }
            };
            placed && self.is_content(*at) && !self.asks.is_named_by(self.folded(*at))
        };
        let at = (0..self.words.len()).rev().find(is_object)?;
        let article = at.checked_sub(1).filter(|before| cues::ARTICLES.contains(&self.folded(*before)));
        Some((article.unwrap_or(at), at + 1))
    }

    /// What the question was about, in its own words.
    fn subject(&self) -> Option<String> {
        let tells = |at: &usize| self.is_content(*at) && !self.asks.is_named_by(self.folded(*at));
        let words: Vec<&str> = (0..self.words.len())
            .filter(tells)
            .filter_map(|at| self.words.get(at))
            .map(|word| word.raw.trim_matches(is_mark))
            .take(CARRIED)
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests;
