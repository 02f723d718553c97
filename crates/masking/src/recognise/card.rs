//! Payment cards: 13 to 19 digits of a known kind with a valid check digit (Luhn, ISO/IEC 7812-1).

use super::{Finding, after, before, digit_runs};
use crate::Category;

/// A card has at most 19 digits, so at most as many groups.
const MOST_GROUPS: usize = 19;

pub(super) fn look(text: &str, findings: &mut Vec<Finding>) {
    for run in digit_runs(text, &[' ', '-', '.']) {
        for (first, from) in run.iter().enumerate() {
            // The longest window of whole groups counts: the number may stand beside an expiry date.
            let best = run.iter().skip(first).take(MOST_GROUPS).rev().find(|to| {
                let range = from.start..to.end;
                text.get(range.clone()).is_some_and(is_card)
                    && !before(text, range.start).is_some_and(char::is_alphanumeric)
                    && !after(text, range.end).is_some_and(char::is_alphanumeric)
            });
            if let Some(to) = best {
                findings.push(Finding::new(Category::Card, from.start..to.end));
                break;
            }
        }
    }
}

fn is_card(text: &str) -> bool {
    // Counted before anything is collected: a run may be very long.
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    if !(13..=19).contains(&count) {
        return false;
    }
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    matches!(digits.first(), Some(2..=6)) && luhn(&digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}
