//! Puts the words back while the answer still streams.

use crate::Placeholders;

/// No placeholder is longer: `[EMAIL_` and two numbers.
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
            let (before, from_bracket) = rest.split_at(rest.find('[').unwrap_or(rest.len()));
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
            certain.push_str(self.placeholders.value(token).unwrap_or(token));
            done += before.len() + length;
        }
        certain
    }

    /// The end: what was held back is no placeholder.
    pub fn finish(mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

/// `[WORD_1]` or `[WORD_1_2]`, looked at from its bracket on.
fn look(text: &str) -> Look {
    let mut letters = 0;
    let mut digits = 0;
    let mut numbers = 0;
    for (position, letter) in text.char_indices().skip(1).take(LONGEST) {
        match letter {
            'A'..='Z' if numbers == 0 => letters += 1,
            '_' if numbers == 0 && letters > 0 => numbers = 1,
            '0'..='9' if numbers > 0 => digits += 1,
            '_' if numbers == 1 && digits > 0 => (numbers, digits) = (2, 0),
            ']' if digits > 0 => return Look::Whole(position + 1),
            _ => return Look::Other,
        }
    }
    if text.len() > LONGEST { Look::Other } else { Look::Beginning }
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
    fn only_a_possible_beginning_is_held_back() {
        let mut restorer = conversation().restorer();
        assert_eq!(restorer.push("See [1] and [EMAIL"), "See [1] and ");
        assert_eq!(restorer.push("S] are"), "[EMAILS] are");
        assert_eq!(restorer.push(&format!("[{}", "A".repeat(100))).len(), 101, "an endless word is not held forever");
    }
}
