//! Puts the words back while the answer still streams, also where the model altered a placeholder: its case, its spaces, or
//! Markdown's backslashes.

use crate::{Category, Placeholders};

/// No placeholder is longer, altered ones included.
const LONGEST: usize = 48;

/// Restores a text that arrives in pieces; holds back only what may be the beginning of a placeholder.
pub struct Restorer {
    placeholders: Placeholders,
    held: String,
}

/// What the text behind a bracket is.
enum Look {
    /// A whole placeholder of this many bytes (perhaps nobody's).
    Whole(usize),
    /// May become one.
    Beginning,
    /// Never.
    Other,
}

impl Restorer {
    pub(crate) fn new(placeholders: Placeholders) -> Self {
        Self { placeholders, held: String::new() }
    }

    /// Takes the next piece and gives what is certain.
    pub fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        let text = std::mem::take(&mut self.held);
        let mut certain = String::with_capacity(text.len());
        let mut done = 0;
        while let Some(rest) = text.get(done..) {
            let (before, from_bracket) = rest.split_at(rest.find(['[', '\\']).unwrap_or(rest.len()));
            certain.push_str(before);
            let length = match look(from_bracket) {
                _ if from_bracket.is_empty() => break,
                Look::Beginning => {
                    self.held = from_bracket.to_owned();
                    break;
                }
                Look::Whole(length) => length,
                Look::Other => 1,
            };
            let token = from_bracket.get(..length).unwrap_or_default();
            certain.push_str(self.value(token).unwrap_or(token));
            done += before.len() + length;
        }
        certain
    }

    /// The end: what was held back is no placeholder.
    pub fn finish(mut self) -> String {
        std::mem::take(&mut self.held)
    }

    /// What a placeholder, altered or not, stands for.
    fn value(&self, token: &str) -> Option<&str> {
        self.placeholders.value(token).or_else(|| {
            let inner = token.trim_matches(['\\', '[', ']']);
            let mut parts = inner.split(['_', ' ', '-', '\\']).filter(|part| !part.is_empty());
            let (word, numbers) = (parts.next()?, parts.collect::<Vec<_>>());
            self.placeholders.value(&format!("[{}_{}]", word.to_ascii_uppercase(), numbers.join("_")))
        })
    }
}

/// `[WORD_1]` or `[WORD_1_2]`, and what models make of it: `[word 1]`, `[ WORD_1 ]`, `\[WORD\_1\]`. A backslash before the
/// bracket belongs to it only if there is one before the closing bracket too.
fn look(text: &str) -> Look {
    let escaped = text.starts_with('\\');
    let Some(inner) = text.strip_prefix('\\').unwrap_or(text).strip_prefix('[') else {
        return if text == "\\" { Look::Beginning } else { Look::Other };
    };
    let lead = text.len() - inner.len();
    let limit = inner.char_indices().nth(LONGEST).map_or(inner.len(), |(at, _)| at);
    let window = inner.get(..limit).unwrap_or_default();
    let Some(end) = window.find(']') else {
        return if limit == inner.len() && may_become(window) { Look::Beginning } else { Look::Other };
    };
    let body = window.get(..end).unwrap_or_default();
    match body.strip_suffix('\\') {
        Some(body) if escaped && is_placeholder(body) => Look::Whole(lead + end + 1),
        None if !escaped && is_placeholder(body) => Look::Whole(lead + end + 1),
        _ => Look::Other,
    }
}

/// A category's word, one or two numbers, and nothing but separators between and around them.
fn is_placeholder(body: &str) -> bool {
    let (letters, rest) = word_of(body);
    let mut numbers = rest.split(['_', ' ', '-', '\\']).filter(|part| !part.is_empty());
    let known = Category::ALL.iter().any(|category| category.placeholder_word().eq_ignore_ascii_case(letters));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    known && numbers.next().is_some_and(digits) && numbers.next().is_none_or(digits) && numbers.next().is_none()
}

/// What has come of a bracket's inside may still become a placeholder.
fn may_become(body: &str) -> bool {
    let (letters, rest) = word_of(body);
    let begins = |category: &Category| {
        let word = category.placeholder_word();
        let head = word.get(..letters.len()).is_some_and(|head| head.eq_ignore_ascii_case(letters));
        head && (rest.is_empty() || word.len() == letters.len())
    };
    let ends = rest.bytes().all(|byte| byte.is_ascii_digit() || b"_ -\\".contains(&byte));
    ends && Category::ALL.iter().any(begins)
}

/// The letters at the beginning, after spaces and backslashes, and what follows them.
fn word_of(body: &str) -> (&str, &str) {
    let body = body.trim_start_matches([' ', '\\']);
    body.split_at(body.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(body.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Category;

    fn conversation() -> Placeholders {
        let mut placeholders = Placeholders::new();
        placeholders.give(Category::Email, "ada@x.org");
        placeholders.give(Category::Name, "Ada");
        placeholders
    }

    #[test]
    fn however_the_tokens_are_cut_the_words_come_back() {
        let placeholders = conversation();
        let text = "Dear [NAME_1] [1], ä [[EMAIL_1]] [NAME_9] [NAME_1_2] [EMAIL_ and [";
        let whole = "Dear Ada [1], ä [ada@x.org] [NAME_9] [NAME_1_2] [EMAIL_ and [";
        let letters: Vec<char> = text.chars().collect();
        for width in 1..=letters.len() {
            let mut restorer = placeholders.restorer();
            let mut got = String::new();
            for piece in letters.chunks(width) {
                got.push_str(&restorer.push(&piece.iter().collect::<String>()));
            }
            got.push_str(&restorer.finish());
            assert_eq!(got, whole, "pieces of {width}");
        }
    }

    #[test]
    fn an_altered_placeholder_is_still_one() {
        let placeholders = conversation();
        for altered in [
            "[email_1]",
            "[Email 1]",
            "[ EMAIL_1 ]",
            "[EMAIL-1]",
            "\\[EMAIL\\_1\\]",
            "[EMAIL\\_1]",
            "**[EMAIL_1]**",
            "`[EMAIL_1]`",
        ] {
            let mut restorer = placeholders.restorer();
            let mut got: String = altered.chars().map(|letter| restorer.push(&letter.to_string())).collect();
            got.push_str(&restorer.finish());
            assert_eq!(got.trim_matches(['*', '`']), "ada@x.org", "{altered}");
        }
        assert_eq!(
            placeholders.restore("[Size 1] [NAME] \\[see] [EMAIL_1\\] [EMAIL_x]"),
            "[Size 1] [NAME] \\[see] [EMAIL_1\\] [EMAIL_x]"
        );
    }

    #[test]
    fn only_a_possible_beginning_is_held_back() {
        let mut restorer = conversation().restorer();
        assert_eq!(restorer.push("See [1] and [EMAIL"), "See [1] and ");
        assert_eq!(restorer.push("S] are"), "[EMAILS] are");
        assert_eq!(restorer.push(&format!("[{}", "A".repeat(100))).len(), 101, "an endless word is not held forever");
    }
}
