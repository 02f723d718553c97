//! E-mail addresses.

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// A local part, the sign (perhaps with a space or in brackets), and a host with a top-level domain or an address literal.
const PATTERN: &str = concat!(
    r"[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+ ?(?:@|[\[(] ?at ?[\])]) ?",
    r"(?:(?:[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.| ?[\[(] ?dot ?[\])] ?))+[\p{L}][\p{L}\p{N}-]+",
    r"|\[[0-9a-f:.]{3,45}\])"
);

/// Written out: `ada at example dot org`. Only well-known ends, because "at" and "dot" are words.
const SPOKEN: &str = concat!(
    r"\b[a-z0-9][a-z0-9._+-]*(?: (?:dot|punkt|point|punto) [a-z0-9._+-]+)* (?:at|arobase|arroba|chiocciola|apenstaartje) ",
    r"[a-z0-9-]+(?: ?(?:dot|punkt|point|punto) ?(?:com|org|net|info|io|eu|de|uk|co|fr|es|it|nl|at|ch|be|us))+\b"
);

pub(super) struct Email {
    written: Regex,
    spoken: Regex,
}

impl Email {
    pub(super) fn new() -> Self {
        Self { written: pattern(PATTERN), spoken: pattern(SPOKEN) }
    }
}

impl Recogniser for Email {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let found = self.written.find_iter(text.text()).chain(self.spoken.find_iter(text.text()));
        findings.extend(found.map(|found| Finding::new(Category::Email, found.range())));
        Ok(())
    }
}
