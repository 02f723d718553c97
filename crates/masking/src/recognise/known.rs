//! What is known about the person: her name and its parts, her address, her number, wherever and however written.

use super::{after, before, digit_runs};
use crate::folded::folded_value;
use crate::recogniser::Finding;
use crate::{Category, Known, MaskFault};

/// A known value longer than this is no name or address; looking for it would cost too much.
const LONGEST: usize = 512;
/// Words that are part of many names and of most sentences; alone they say nothing about anybody.
const PARTICLES: [&str; 34] = [
    "von", "van", "de", "der", "den", "des", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "el", "al",
    "bin", "ibn", "bint", "zu", "zum", "und", "and", "mr", "mrs", "ms", "dr", "prof", "herr", "frau", "st", "y", "ال",
];
/// Mailboxes that many share.
const SHARED_MAILBOXES: [&str; 12] =
    ["info", "mail", "email", "office", "contact", "kontakt", "support", "hello", "sales", "shop", "admin", "team"];

/// A known value made ready.
pub(crate) enum KnownValue {
    /// Words in this order, whatever separates them.
    Words { category: Category, parts: Vec<String> },
    /// Digits, compared from their end: the country and the trunk zero may be missing.
    Digits(String),
}

/// Makes the person's known values ready to be looked for.
pub(crate) fn ready(known: &[Known]) -> Result<Vec<KnownValue>, MaskFault> {
    let mut values = Vec::new();
    for one in known {
        values.extend(KnownValue::of(one)?);
    }
    Ok(values)
}

impl KnownValue {
    /// The forms in which a known value is looked for.
    pub(crate) fn of(known: &Known) -> Result<Vec<KnownValue>, MaskFault> {
        if known.value.len() > LONGEST {
            return Err(MaskFault::Known);
        }
        let folded = folded_value(&known.value);
        let parts: Vec<&str> =
            folded.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let mut values = Vec::new();
        if parts.is_empty() {
            return Ok(values);
        }
        values.push(Self::words(known.kind, &parts));
        match known.kind {
            Category::Name => {
                for part in &parts {
                    if part.chars().nth(1).is_some() && !PARTICLES.contains(part) {
                        values.push(Self::words(Category::Name, &[part]));
                    }
                }
            }
            Category::Email => {
                let local = folded.split('@').next().unwrap_or_default().trim();
                let words: Vec<&str> =
                    local.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
                if local.chars().count() >= 4 && !SHARED_MAILBOXES.contains(&local) {
                    values.push(Self::words(Category::Email, &words));
                }
            }
            Category::Phone => values.push(Self::Digits(significant(&folded))),
            _ => {}
        }
        Ok(values)
    }

    fn words(category: Category, parts: &[&str]) -> Self {
        Self::Words { category, parts: parts.iter().map(|part| (*part).to_owned()).collect() }
    }

    pub(crate) fn look(&self, text: &str, findings: &mut Vec<Finding>) {
        match self {
            Self::Words { category, parts } => {
                let Some((first, others)) = parts.split_first() else { return };
                for (start, found) in text.match_indices(first.as_str()) {
                    match end_of(text, start + found.len(), others) {
                        Some(end) if is_word(text, start, end) => findings.push(Finding::new(*category, start..end)),
                        _ => {}
                    }
                }
            }
            Self::Digits(known) => look_for_digits(text, known, findings),
        }
    }
}

/// Where the words end that follow each other from `position` on: written together, or with a space, a line break, a dot
/// or a hyphen between them, they are the same name.
fn end_of(text: &str, position: usize, parts: &[String]) -> Option<usize> {
    let mut rest = text.get(position..)?;
    for part in parts {
        let gap: usize = rest.chars().take(3).take_while(|sign| is_separator(*sign)).map(char::len_utf8).sum();
        rest = rest.get(gap..)?.strip_prefix(part.as_str())?;
    }
    Some(text.len() - rest.len())
}

fn is_separator(sign: char) -> bool {
    !sign.is_alphanumeric() && sign != '\u{1}'
}

/// The digits that identify a number: without plus, country zeros and trunk zero.
fn significant(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

/// Runs of digits that are the known number, with or without country.
fn look_for_digits(text: &str, known: &str, findings: &mut Vec<Finding>) {
    for run in digit_runs(text, &[' ', '-', '.', '/', '(', ')']) {
        let mut from = 0;
        while let Some(first) = run.get(from) {
            // Beyond 20 digits no window can be a telephone number.
            let ends = run.iter().skip(from).take(20);
            let best = ends
                .rev()
                .find(|last| text.get(first.start..last.end).is_some_and(|digits| same(&significant(digits), known)));
            if let Some(last) = best {
                let plus = usize::from(before(text, first.start) == Some('+'));
                findings.push(Finding::new(Category::Phone, first.start - plus..last.end));
                from += run.iter().skip(from).take_while(|group| group.start <= last.start).count();
            } else {
                from += 1;
            }
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    if one.len().min(other.len()) < 7 {
        return !one.is_empty() && one == other;
    }
    one.len() < 20 && (one.ends_with(other) || other.ends_with(one))
}

/// True if the range is a word of its own, as far as its script shows where words end.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let first = after(text, start).unwrap_or(' ');
    let last = before(text, end).unwrap_or(' ');
    let long = text.get(start..end).is_some_and(|found| found.chars().count() > 2);
    let opens = !before(text, start).is_some_and(char::is_alphabetic) || unspaced(first) || (long && is_arabic(first));
    let mut behind = text.get(end..).unwrap_or_default().chars();
    let closes = match behind.next() {
        // A possessive or a plural: "Adas", "the Smiths".
        Some('s') if long => !behind.next().is_some_and(char::is_alphabetic),
        Some(letter) => !letter.is_alphabetic() || unspaced(last),
        None => true,
    };
    opens && closes
}

/// Scripts that write no space between words, and Hangul, where endings stick to names.
fn unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{20000}'..='\u{2ffff}')
}

/// In Arabic script "and", "to" and "the" are written onto the word that follows.
fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}
