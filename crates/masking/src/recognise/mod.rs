//! The recognisers: each looks at the folded text and says where personal words stand.

mod address;
mod birth;
mod card;
mod cue;
mod email;
mod iban;
mod ip;
pub(crate) mod known;
mod name;
mod national;
mod phone;
mod placeholder;
mod plate;
mod secret;
mod spelled;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use crate::recogniser::Recogniser;

/// All built-in recognisers, compiled once.
pub(crate) fn pieces() -> Vec<Arc<dyn Recogniser>> {
    vec![
        Arc::new(placeholder::Placeholder::new()),
        Arc::new(email::Email::new()),
        Arc::new(iban::Iban::new()),
        Arc::new(card::Card::new()),
        Arc::new(ip::Ip),
        Arc::new(phone::Phone::new()),
        Arc::new(spelled::Spelled),
        Arc::new(national::National::new()),
        Arc::new(birth::Birth::new()),
        Arc::new(plate::Plate::new()),
        Arc::new(secret::Secret::new()),
        Arc::new(address::Address::new()),
        Arc::new(name::Name::new()),
    ]
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

/// True if a word such as "order" stands right before `start`.
pub(crate) fn is_ordered(order: &Regex, text: &str, start: usize) -> bool {
    let Some(lead) = text.get(..start) else { return false };
    let from = lead.char_indices().rev().nth(47).map_or(0, |(at, _)| at);
    lead.get(from..).is_some_and(|lead| order.is_match(lead))
}
