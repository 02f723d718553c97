//! E-mail addresses.

use regex::Regex;

use super::Finding;
use crate::Category;

/// A local part, the sign (perhaps with a space or in brackets), and a host with a top-level domain or an address literal.
pub(super) const PATTERN: &str = concat!(
    r"[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+ ?(?:@|[\[(] ?at ?[\])]) ?",
    r"(?:(?:[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.| ?[\[(] ?dot ?[\])] ?))+[\p{L}][\p{L}\p{N}-]+",
    r"|\[[0-9a-f:.]{3,45}\])"
);

pub(super) fn look(pattern: &Regex, text: &str, findings: &mut Vec<Finding>) {
    findings.extend(pattern.find_iter(text).map(|found| Finding::new(Category::Email, found.range())));
}
