//! IP addresses, version 4 and 6.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Finding, after, before};
use crate::Category;

pub(super) fn look(text: &str, findings: &mut Vec<Finding>) {
    let mut start = None;
    for (position, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let belongs = letter.is_ascii_hexdigit() || letter == ':' || letter == '.';
        match (belongs, start) {
            (true, None) => start = Some(position),
            (false, Some(from)) => {
                start = None;
                look_at(text, from, position, findings);
            }
            _ => {}
        }
    }
}

/// A run of hexadecimal digits, colons and dots: an address with punctuation around it, or none.
fn look_at(text: &str, from: usize, to: usize, findings: &mut Vec<Finding>) {
    let Some(run) = text.get(from..to) else { return };
    let beside_letters =
        before(text, from).is_some_and(char::is_alphabetic) || after(text, to).is_some_and(char::is_alphabetic);
    if run.matches(':').count() >= 2 && !beside_letters {
        let end = run.trim_end_matches('.').len();
        for end in [end, run.trim_end_matches([':', '.']).len()] {
            if run
                .get(..end)
                .and_then(|text| text.parse::<Ipv6Addr>().ok())
                .is_some_and(|found| !found.is_unspecified())
            {
                findings.push(Finding::new(Category::Ip, from..from + end));
                return;
            }
        }
    }
    // Version 4 with something around it, such as a port or a sentence's end.
    let mut at = from;
    for part in run.split(|letter: char| letter != '.' && !letter.is_ascii_digit()) {
        let trimmed = part.trim_matches('.');
        let lead = part.len() - part.trim_start_matches('.').len();
        if trimmed.parse::<Ipv4Addr>().is_ok() {
            findings.push(Finding::new(Category::Ip, at + lead..at + lead + trimmed.len()));
        }
        at += part.len() + 1;
    }
}
