//! How alike two questions are: the words with a meaning that they share, compared as the index compares them.

use std::collections::{BTreeSet, HashMap};

use crate::language::Language;
use crate::stopwords::is_weak;
use crate::words::Reader;

/// Questions that share one word of this many are about the same thing: half of all they say.
const ALIKE: usize = 2;
/// So many words say what a question is about.
const ENOUGH: usize = 2;
/// So many words in a row are a quotation.
const QUOTED: usize = 4;

/// Compares questions; remembers the readers of the languages it has met.
#[derive(Default)]
pub struct Likeness {
    readers: HashMap<&'static str, Reader>,
}

/// A question as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gist(BTreeSet<String>);

impl Likeness {
    /// The words of a question that carry its meaning; all of them where none does. The language is the reader's: a few words
    /// are too few to tell it, and two questions can only be compared in one.
    pub fn gist(&mut self, language: Language, question: &str) -> Gist {
        let reader = self.readers.entry(language.tag()).or_insert_with(|| Reader::new(language));
        let (mut strong, mut every) = (BTreeSet::new(), BTreeSet::new());
        reader.read(question, |word| {
            if !word.stop && !is_weak(&word.folded) {
                strong.insert(word.stem.clone());
            }
            every.insert(word.stem.clone());
        });
        Gist(if strong.is_empty() { every } else { strong })
    }
}

impl Gist {
    /// Whether both ask about the same thing: they share half of all they say, or the shorter one says nothing else.
    pub fn like(&self, other: &Gist) -> bool {
        let shared = self.0.intersection(&other.0).count();
        let all = self.0.union(&other.0).count();
        let shorter = self.0.len().min(other.0.len());
        shared > 0 && (shared * ALIKE >= all || shared >= ENOUGH && shared == shorter)
    }
}

/// Whether `text` repeats several words of `source` in a row, or all of a shorter one.
pub fn repeats(text: &str, source: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (text, source) = (words(text), words(source));
    let long = QUOTED.min(source.len());
    long > 0 && source.windows(long).any(|some| text.windows(long).any(|other| some == other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        let language = if one.contains("ihr") { Language::De } else { Language::En };
        let mut likeness = Likeness::default();
        likeness.gist(language, one).like(&likeness.gist(language, other))
    }

    #[test]
    fn questions_about_the_same_thing_are_alike_in_other_words_around_it() {
        assert!(alike("Do you offer gift wrapping?", "Is gift wrapping available for my order?"));
        assert!(alike("Bietet ihr Geschenkverpackung an?", "Gibt es eine Geschenkverpackung?"));
        assert!(!alike("Do you offer gift wrapping?", "Do you offer gift cards by post?"));
        let aunt = "It is the birthday of my aunt in Bergen on Sunday, could you wrap a gift?";
        assert!(alike(aunt, "Do you offer gift wrapping?"), "with a story around it");
        assert!(!alike("Do you repair zips?", "How much is shipping?"));
        assert!(!alike("???", "!!!"), "nothing is like nothing");
    }

    #[test]
    fn several_words_in_a_row_are_a_quotation() {
        let asked = "My aunt Odalys wants to know: do you repair old zips?";
        assert!(repeats("Do you repair old zips?", asked));
        assert!(!repeats("Repair of zips", asked));
        assert!(repeats("Gift wrap?", "gift wrap"), "all of a short one");
        assert!(!repeats("", asked) && !repeats("Zips", ""));
    }
}
