//! IP addresses, version 4 and 6, and hardware addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{after, before};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

pub(super) struct Ip;

impl Recogniser for Ip {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        look(text.text(), findings);
        Ok(())
    }
}

fn look(text: &str, findings: &mut Vec<Finding>) {
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
    if run.len() == 17 && !beside_letters && is_hardware(run) {
        findings.push(Finding::new(Category::Ip, from..to));
        return;
    }
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
        if trimmed.parse::<Ipv4Addr>().is_ok() && !is_version(text, at + lead) {
            findings.push(Finding::new(Category::Ip, at + lead..at + lead + trimmed.len()));
        }
        at += part.len() + 1;
    }
}

/// `v1.2.3.4` and "version 1.2.3.4" are no machines.
fn is_version(text: &str, at: usize) -> bool {
    let lead = text.get(..at).unwrap_or_default().trim_end_matches([' ', '.', ':']);
    ["version", "release", "firmware"].iter().any(|word| lead.ends_with(word)) || before(text, at) == Some('v')
}

/// Six pairs of hexadecimal digits.
fn is_hardware(run: &str) -> bool {
    run.split(':').count() == 6 && run.split(':').all(|pair| pair.len() == 2)
}
