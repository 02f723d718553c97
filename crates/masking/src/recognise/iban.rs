//! Bank accounts: IBANs with a valid check number (mod 97, ISO 13616).

use regex::Regex;

use super::{after, before, pattern};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Country, check digits, and more letters and digits than any country has, with single separators.
const PATTERN: &str = r"[a-z]{2}[ -]?[0-9]{2}(?:[ -]?[a-z0-9]){11,30}";
/// The shortest (Norway) and the longest an IBAN may be.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

pub(super) struct Iban(Regex);

impl Iban {
    pub(super) fn new() -> Self {
        Self(pattern(PATTERN))
    }
}

impl Recogniser for Iban {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        look(&self.0, text.text(), findings);
        Ok(())
    }
}

fn look(pattern: &Regex, text: &str, findings: &mut Vec<Finding>) {
    let mut from = 0;
    while let Some(found) = pattern.find_at(text, from) {
        let whole = found.as_str();
        let alone = !before(text, found.start()).is_some_and(char::is_alphanumeric);
        let length = if alone { valid_length(text, found.start(), whole) } else { None };
        match length {
            Some(length) => {
                findings.push(Finding::new(Category::Iban, found.start()..found.start() + length));
                from = found.start() + length;
            }
            None => from = found.start() + 1,
        }
    }
}

/// How many bytes from the start make a valid IBAN that ends where a word ends; the pattern may have taken words behind it.
fn valid_length(text: &str, start: usize, whole: &str) -> Option<usize> {
    let ends = whole.char_indices().filter(|(_, letter)| letter.is_ascii_alphanumeric()).map(|(at, _)| at + 1);
    ends.rev().find(|end| {
        !after(text, start + end).is_some_and(char::is_alphanumeric) && whole.get(..*end).is_some_and(is_iban)
    })
}

fn is_iban(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    if !LENGTHS.contains(&signs.len()) {
        return false;
    }
    let (head, tail) = signs.split_at(4);
    let remainder = tail.iter().chain(head).try_fold(0u32, |remainder, sign| {
        let value = sign.to_digit(36)?;
        let shift = if value > 9 { 100 } else { 10 };
        Some((remainder * shift + value) % 97)
    });
    remainder == Some(1)
}
