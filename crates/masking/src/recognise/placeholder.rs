//! Texts that look like one of our placeholders: whoever writes `[EMAIL_1]` must not read what we keep under that name.

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

pub(super) struct Placeholder(Regex);

impl Placeholder {
    pub(super) fn new() -> Self {
        let words = Category::ALL.map(|category| category.placeholder_word().to_lowercase()).join("|");
        // As wide as what the restorer takes for a placeholder, altered ones included.
        Self(pattern(&format!(r"\[[ \\]*(?:{words})[ _\\-]*[0-9]+(?:[ _\\-]+[0-9]+)?[ \\]*\]")))
    }
}

impl Recogniser for Placeholder {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        findings.extend(self.0.find_iter(text.text()).map(|found| Finding::new(Category::Text, found.range())));
        Ok(())
    }
}
