//! Cuts a text into the pieces of words that the model has learned: lower case, without accents, the longest known piece first.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are unknown as a whole: nobody learned them.
const LONGEST_WORD: usize = 100;

/// The pieces a model knows, and the marks around a text.
pub(super) struct WordPiece {
    pieces: HashMap<String, u32>,
    unknown: u32,
    begin: u32,
    end: u32,
}

impl WordPiece {
    /// Reads a vocabulary: one piece a line, its number is the line.
    pub(super) fn read(vocabulary: &str) -> Option<Self> {
        let pieces: HashMap<String, u32> =
            vocabulary.lines().zip(0u32..).map(|(piece, number)| (piece.to_owned(), number)).collect();
        let number = |mark: &str| pieces.get(mark).copied();
        Some(Self { unknown: number("[UNK]")?, begin: number("[CLS]")?, end: number("[SEP]")?, pieces })
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The numbers of a text's pieces with the marks around them, at most `most`.
    pub(super) fn cut(&self, text: &str, most: usize) -> Vec<u32> {
        let mut numbers = vec![self.begin];
        for word in words(text) {
            if numbers.len() >= most {
                break;
            }
            self.word(&word, &mut numbers);
        }
        numbers.truncate(most.saturating_sub(1));
        numbers.push(self.end);
        numbers
    }

    fn word(&self, word: &str, numbers: &mut Vec<u32>) {
        if word.chars().count() > LONGEST_WORD {
            numbers.push(self.unknown);
            return;
        }
        let (mut rest, mut found) = (word, Vec::new());
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).rev();
            let longest = ends.into_iter().find_map(|end| {
                let piece = rest.get(..end)?;
                let number = match found.is_empty() {
                    true => self.pieces.get(piece),
                    false => self.pieces.get(&format!("##{piece}")),
                };
                number.map(|number| (*number, end))
            });
            let Some((number, end)) = longest else {
                numbers.push(self.unknown);
                return;
            };
            found.push(number);
            rest = rest.get(end..).unwrap_or_default();
        }
        numbers.extend(found);
    }
}

/// Words and single marks, in small letters without accents.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.to_lowercase().nfd().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_whitespace() || letter.is_control() {
            words.push(std::mem::take(&mut word));
        } else if letter.is_alphanumeric() && !is_ideograph(letter) {
            word.push(letter);
        } else {
            words.push(std::mem::take(&mut word));
            words.push(letter.to_string());
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Letters of scripts that write no spaces; each is a word.
fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2FA1F | 0xF900..=0xFAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fall_into_known_pieces() {
        let known = WordPiece::read("[PAD]\n[UNK]\n[CLS]\n[SEP]\nre\n##turn\n##s\n!\ncafe").unwrap();
        assert_eq!(known.cut("Returns! Café xyz", 16), [2, 4, 5, 6, 7, 8, 1, 3]);
        assert_eq!(known.cut("returns returns returns", 4), [2, 4, 5, 3]);
        assert_eq!(known.cut("", 4), [2, 3]);
        assert!(WordPiece::read("nothing").is_none());
    }
}
