//! The recognisers: each looks at the folded text and says where personal words stand.

mod card;
mod email;
mod iban;
mod ip;
mod known;
mod phone;
#[cfg(test)]
mod tests;

use std::ops::Range;

use regex::Regex;

pub(crate) use known::KnownValue;

use crate::{Category, Known, MaskFault};

/// A place in the folded text.
pub(crate) struct Finding {
    pub(crate) category: Category,
    pub(crate) range: Range<usize>,
}

impl Finding {
    pub(crate) fn new(category: Category, range: Range<usize>) -> Self {
        Self { category, range }
    }
}

/// All recognisers, compiled once.
#[derive(Clone)]
pub(crate) struct Recognisers {
    lookalike: Regex,
    email: Regex,
    iban: Regex,
    phone: phone::PhonePatterns,
}

impl Recognisers {
    pub(crate) fn new() -> Self {
        Self {
            lookalike: pattern(r"\[[a-z]+_[0-9]+(?:_[0-9]+)?\]"),
            email: pattern(email::PATTERN),
            iban: pattern(iban::PATTERN),
            phone: phone::PhonePatterns::new(),
        }
    }

    /// Makes the person's known values ready to be looked for.
    pub(crate) fn known(&self, known: &[Known]) -> Result<Vec<KnownValue>, MaskFault> {
        let mut values = Vec::new();
        for one in known {
            values.extend(KnownValue::of(one)?);
        }
        Ok(values)
    }

    /// Everything found in `text`; findings may overlap.
    pub(crate) fn look(&self, text: &str, known: &[KnownValue]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for found in self.lookalike.find_iter(text) {
            findings.push(Finding::new(Category::Text, found.range()));
        }
        email::look(&self.email, text, &mut findings);
        iban::look(&self.iban, text, &mut findings);
        card::look(text, &mut findings);
        ip::look(text, &mut findings);
        self.phone.look(text, &mut findings);
        for value in known {
            value.look(text, &mut findings);
        }
        findings
    }
}

#[expect(clippy::expect_used, reason = "the patterns are constants that the tests compile")]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a recogniser's pattern is valid")
}

/// The character before `position`.
pub(crate) fn before(text: &str, position: usize) -> Option<char> {
    text.get(..position).and_then(|text| text.chars().next_back())
}

/// The character from `position` on.
pub(crate) fn after(text: &str, position: usize) -> Option<char> {
    text.get(position..).and_then(|text| text.chars().next())
}

/// The runs of digits in `text` with one or two separators between their groups, each as the ranges of its groups.
pub(crate) fn digit_runs(text: &str, separators: &[char]) -> Vec<Vec<Range<usize>>> {
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    let mut group: Option<Range<usize>> = None;
    let mut gap = usize::MAX;
    for (position, letter) in text.char_indices().chain([(text.len(), '\0')]) {
        if letter.is_ascii_digit() {
            match &mut group {
                Some(range) => range.end = position + 1,
                None => {
                    if gap > 2 {
                        runs.push(Vec::new());
                    }
                    group = Some(position..position + 1);
                }
            }
            continue;
        }
        if let Some(range) = group.take() {
            gap = 0;
            if let Some(run) = runs.last_mut() {
                run.push(range);
            }
        }
        gap = if separators.contains(&letter) { gap.saturating_add(1) } else { usize::MAX };
    }
    runs
}
