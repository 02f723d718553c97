//! Tells an answer while it is being written: only sentences that were checked, restored for the person they are for.

use knowledge::Hit;
use masking::Placeholders;

use super::super::trace::{Supported, Withheld};
use super::super::{Composed, built_in};
use super::ground::{Ground, Verdict};
use super::neutral::plain;
use super::prompt::{ASK_BACK, NO_ANSWER, PERSON};
use super::sentence::Sentences;
use crate::body::Citation;
use crate::live::{Draft, Silenced};

/// The most sentences of an answer.
const MOST: usize = 8;
/// A model that says this much that nothing supports is not listened to any longer.
const MOST_WITHHELD: usize = 20;
/// The most bytes of an answer as it is shown.
const LONGEST: usize = 3_000;
/// The most bytes that are read of a model that does not stop.
const READ: usize = 24_000;

/// What the model wants besides answering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Wish {
    /// To answer.
    #[default]
    Answer,
    /// To say that the passages do not answer.
    NotKnown,
    /// To ask which of these passages is meant.
    AskBack(Vec<usize>),
    /// To offer a person.
    Person,
}

/// An answer under way.
pub(super) struct Telling<'a> {
    draft: &'a Draft,
    placeholders: &'a Placeholders,
    known: Vec<String>,
    sentences: Sentences,
    read: usize,
    /// What was shown, restored.
    pub(super) shown: String,
    pub(super) citations: Vec<Citation>,
    pub(super) supported: Vec<Supported>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) wish: Wish,
    /// The places of the passages that support something.
    pub(super) kept: Vec<usize>,
}

/// Why no more words are wanted.
pub(super) enum Enough {
    /// The answer is as long as it may be.
    Full,
    /// A person took over.
    Silenced,
}

impl From<Silenced> for Enough {
    fn from(_: Silenced) -> Self {
        Enough::Silenced
    }
}

impl<'a> Telling<'a> {
    pub(super) fn new(draft: &'a Draft, placeholders: &'a Placeholders) -> Self {
        Self {
            draft,
            placeholders,
            known: placeholders.list().into_iter().map(|(placeholder, _)| placeholder).collect(),
            sentences: Sentences::default(),
            read: 0,
            shown: String::new(),
            citations: Vec::new(),
            supported: Vec::new(),
            withheld: Vec::new(),
            wish: Wish::Answer,
            kept: Vec::new(),
        }
    }

    /// Takes the model's next words.
    pub(super) fn take(&mut self, words: &str, ground: &Ground, hits: &[Hit]) -> Result<(), Enough> {
        self.read += words.len();
        for sentence in self.sentences.push(words) {
            self.sentence(&sentence, ground, hits)?;
        }
        if self.read > READ || self.sentences.overflows() {
            self.withheld.push(Withheld { text: String::new(), reason: "goes on without an end".to_owned() });
            return Err(Enough::Full);
        }
        Ok(())
    }

    /// The model has stopped: what is left is the last sentence.
    pub(super) fn finish(&mut self, ground: &Ground, hits: &[Hit]) -> Result<(), Enough> {
        match std::mem::take(&mut self.sentences).finish() {
            Some(last) => self.sentence(&last, ground, hits),
            None => Ok(()),
        }
    }

    fn sentence(&mut self, sentence: &str, ground: &Ground, hits: &[Hit]) -> Result<(), Enough> {
        if let Some(wish) = wish(sentence, ground.len()) {
            if self.shown.is_empty() {
                self.wish = wish;
                return Err(Enough::Full);
            }
            return Ok(());
        }
        if self.supported.len() >= MOST || self.shown.len() > LONGEST || self.withheld.len() >= MOST_WITHHELD {
            return Err(Enough::Full);
        }
        let (bare, cited) = citations(&plain(sentence));
        let verdict = match () {
            () if self.strange_placeholder(&bare) => Verdict::Withheld("has a placeholder that stands for nothing"),
            () if self.supported.iter().any(|told| told.text == bare) => Verdict::Withheld("was said before"),
            () => ground.judge(&bare, &cited),
        };
        let (hit, score) = match verdict {
            Verdict::Supported { hit, score } => (hit, score),
            Verdict::Withheld(reason) => {
                let text = bare.chars().take(300).collect();
                self.withheld.push(Withheld { text, reason: reason.to_owned() });
                return Ok(());
            }
        };
        let Some(found) = hits.get(hit) else { return Ok(()) };
        let n = built_in::cite(&mut self.citations, found, &quote(found));
        let between = if self.shown.is_empty() { "" } else { " " };
        let words = format!("{between}{}", cited_as(&self.placeholders.restore(&bare), n));
        self.draft.push(&words)?;
        self.shown.push_str(&words);
        self.supported.push(Supported { text: bare, passage_n: Some(hit + 1), score });
        self.kept.push(hit);
        Ok(())
    }

    /// A word in the form of a placeholder that none of this conversation's is.
    fn strange_placeholder(&self, sentence: &str) -> bool {
        let known = self.known.iter().fold(sentence.to_owned(), |text, placeholder| text.replace(placeholder, " "));
        let words = known.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        words.into_iter().any(|word| {
            let digits = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
            digits.len() < word.len()
                && digits.ends_with('_')
                && digits.chars().any(|letter| letter.is_ascii_alphabetic())
        })
    }
}

/// The sign that the model gives instead of an answer, if this is one.
fn wish(sentence: &str, passages: usize) -> Option<Wish> {
    let (bare, mut cited) = citations(sentence.trim());
    let word = bare.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
    match word {
        NO_ANSWER => Some(Wish::NotKnown),
        PERSON => Some(Wish::Person),
        ASK_BACK => {
            cited.retain(|place| *place < passages);
            cited.dedup();
            cited.truncate(3);
            Some(if cited.is_empty() { Wish::NotKnown } else { Wish::AskBack(cited) })
        }
        _ => None,
    }
}

/// The sentence without its citations, and the places they name.
fn citations(sentence: &str) -> (String, Vec<usize>) {
    let mut bare = String::with_capacity(sentence.len());
    let mut cited = Vec::new();
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        bare.push_str(before);
        let inside = from.get(1..).and_then(|inside| inside.split_once(']'));
        let numbers: Option<Vec<usize>> =
            inside.and_then(|(inside, _)| inside.split(',').map(|one| one.trim().parse().ok()).collect());
        match (numbers, inside) {
            (Some(numbers), Some((_, behind))) => {
                cited.extend(numbers.into_iter().filter_map(|n: usize| n.checked_sub(1)));
                rest = behind;
            }
            _ => {
                bare.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    bare.push_str(rest);
    let tidy = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    (tidy.replace(" .", ".").replace(" ,", ",").replace(" !", "!").replace(" ?", "?"), cited)
}

/// The sentence with its citation, in front of the mark that ends it.
fn cited_as(sentence: &str, n: usize) -> String {
    let words = sentence.trim_end_matches(['.', '!', '?', '…', '。', '؟']);
    let mark = sentence.get(words.len()..).unwrap_or_default();
    format!("{} [{n}]{mark}", words.trim_end())
}

/// How much of a passage is shown behind a citation, in characters.
const QUOTED: usize = 320;

fn quote(hit: &Hit) -> String {
    hit.text.chars().take(QUOTED).collect()
}

/// Everything that was told goes into the account and into the message.
pub(super) fn into_composed(telling: Telling<'_>, mut composed: Composed) -> Composed {
    for read in &mut composed.trace.passages {
        read.kept = telling.kept.iter().any(|place| place + 1 == read.n);
    }
    composed.trace.sentences = telling.supported;
    composed.trace.withheld = telling.withheld;
    composed.text = telling.shown;
    composed.citations = telling.citations;
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_taken_off_and_counted_from_nought() {
        assert_eq!(citations("Sixty days [2]."), ("Sixty days.".to_owned(), vec![1]));
        assert_eq!(
            citations("Free [1, 3][2] of charge [x] [EMAIL_1] ["),
            ("Free of charge [x] [EMAIL_1] [".to_owned(), vec![0, 2, 1])
        );
        assert_eq!(citations("[0] [99999999999999999999]").1, Vec::<usize>::new());
    }

    #[test]
    fn signs_are_understood_alone_only() {
        assert_eq!(wish("NO_ANSWER.", 3), Some(Wish::NotKnown));
        assert_eq!(wish("ASK_BACK [1] [3] [9]", 3), Some(Wish::AskBack(vec![0, 2])));
        assert_eq!(wish("ASK_BACK [9]", 3), Some(Wish::NotKnown));
        assert_eq!(wish("PERSON", 3), Some(Wish::Person));
        assert_eq!(wish("Every PERSON may return shoes [1].", 3), None);
    }
}
