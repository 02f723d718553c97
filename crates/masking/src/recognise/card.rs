//! Payment cards: 12 to 19 digits of a known issuer with a valid check digit (Luhn, ISO/IEC 7812-1).

use super::{after, before, digit_runs, is_ordered};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// A card has at most 19 digits, so at most as many groups.
const MOST_GROUPS: usize = 19;

/// "Card #5038…": the sign belongs to the card and not to an order.
const ANNOUNCED: &str =
    r"\b(?:card|karte|kreditkarte|carte|tarjeta|carta|kaart)(?: ?(?:numbers?|nummer|no|nr|num|is|#|:)\.?){0,3} ?$";

pub(super) struct Card {
    order: regex::Regex,
    announced: regex::Regex,
}

impl Card {
    pub(super) fn new() -> Self {
        Self { order: super::pattern(super::cue::ORDER), announced: super::pattern(ANNOUNCED) }
    }
}

impl Recogniser for Card {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let text = text.text();
        for run in digit_runs(text, &[' ', '-', '.']) {
            for (first, from) in run.iter().enumerate() {
                // The longest window of whole groups counts: the number may stand beside an expiry date.
                let best = run.iter().skip(first).take(MOST_GROUPS).rev().find(|to| {
                    let range = from.start..to.end;
                    text.get(range.clone()).is_some_and(|number| self.is_card(text, range.start, number))
                        && !before(text, range.start).is_some_and(char::is_alphanumeric)
                        && !after(text, range.end).is_some_and(char::is_alphanumeric)
                });
                if let Some(to) = best {
                    findings.push(Finding::new(Category::Card, from.start..to.end));
                    break;
                }
            }
        }
        Ok(())
    }
}

impl Card {
    fn is_card(&self, text: &str, start: usize, number: &str) -> bool {
        // Counted before anything is collected: a run may be very long.
        let count = number.bytes().filter(u8::is_ascii_digit).count();
        if !(12..=19).contains(&count) {
            return false;
        }
        let digits: Vec<u32> = number.chars().filter_map(|letter| letter.to_digit(10)).collect();
        // Short ones are also article numbers (EAN-13, UPC) and order numbers, one in ten with a valid check digit.
        luhn(&digits)
            && issued(&digits)
            && (count > 13 || !is_ordered(&self.order, text, start) || is_ordered(&self.announced, text, start))
    }
}

/// A first number that is given to a payment network, with a length that it uses (the networks' published ranges).
fn issued(digits: &[u32]) -> bool {
    let lead = |count: usize| digits.iter().take(count).fold(0, |lead, digit| lead * 10 + digit);
    let (two, three, four) = (lead(2), lead(3), lead(4));
    match digits.len() {
        16 => matches!(two, 35..=36 | 38..=39 | 40..=69) || matches!(four, 2200..=2720) || three == 300,
        15 => matches!(two, 34 | 37) || matches!(four, 1800 | 2131) || matches!(two, 50 | 56..=69),
        14 => matches!(three, 300..=305 | 309) || matches!(two, 36 | 38..=39 | 50 | 56..=69),
        13 => two / 10 == 4 || matches!(two, 50 | 56..=69),
        12 => matches!(two, 50 | 56..=69),
        _ => matches!(two, 35..=36 | 38..=69),
    }
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
