//! Numbers written out: "zero one five one two three four": seven or more digit words in a row are a number to call or to
//! pay with, and nobody orders in that form.

use super::before;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Words for a digit in the languages claimed, folded; "double" and "triple" stand between them.
const WORDS: &[&str] = &[
    "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple", "plus",
    "null", "eins", "zwei", "zwo", "drei", "vier", "funf", "fuenf", "sechs", "sieben", "acht", "neun", "un", "deux",
    "trois", "quatre", "cinq", "sept", "huit", "neuf", "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis",
    "siete", "ocho", "nueve", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "nul", "een", "twee",
    "drie", "vijf", "zes", "zeven", "negen",
];
/// From how many on.
const FEWEST: usize = 7;

pub(super) struct Spelled;

impl Recogniser for Spelled {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let text = text.text();
        let (mut start, mut end, mut count) = (0, 0, 0);
        let mut at = 0;
        for word in text.split([' ', ',', '-', '.', '\n']) {
            let digit = WORDS.contains(&word);
            match (digit, count) {
                (true, 0) => (start, end, count) = (at, at + word.len(), 1),
                (true, _) => (end, count) = (at + word.len(), count + 1),
                (false, _) if word.is_empty() => {}
                (false, _) => {
                    note(text, start, end, count, findings);
                    count = 0;
                }
            }
            at += word.len() + 1;
        }
        note(text, start, end, count, findings);
        Ok(())
    }
}

fn note(text: &str, start: usize, end: usize, count: usize, findings: &mut Vec<Finding>) {
    if count >= FEWEST && !before(text, start).is_some_and(char::is_alphanumeric) {
        findings.push(Finding::new(Category::Phone, start..end));
    }
}
