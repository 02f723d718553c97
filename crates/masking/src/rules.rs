//! An organisation's own rules: words its staff found that were missed, and words that are masked and should not be.
//!
//! A rule is written without a query language: letters and digits stand for themselves, `#` for a digit, `?` for a letter, `*`
//! for one or more letters, digits or hyphens. Matching is linear in the text whatever the rule says.

use std::collections::HashSet;

use regex::Regex;
use thiserror::Error;

use crate::folded::folded_value;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// The longest rule, in bytes.
pub const LONGEST_RULE: usize = 200;
/// How many rules an organisation may have.
pub const MOST_RULES: usize = 200;
/// A rule must name at least so many letters or digits (`#` and `?` count): a shorter one would mask half the language.
const FEWEST_SIGNS: usize = 3;

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// What it names is masked, as this category.
    Mask(Category),
    /// What it names is no name of a person: a brand, a product. Numbers, addresses and secrets are masked all the same.
    Keep,
}

/// Why a rule is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RuleFault {
    /// Empty, or so short that it would hit everywhere.
    #[error("the rule needs at least three letters or digits")]
    TooShort,
    /// Longer than [`LONGEST_RULE`].
    #[error("the rule is too long")]
    TooLong,
    /// More than [`MOST_RULES`].
    #[error("there are too many rules")]
    TooMany,
}

/// Rules, compiled.
pub struct Rules {
    masking: Vec<(Regex, Category)>,
    kept: HashSet<String>,
}

impl Rules {
    /// Compiles rules; the first one that is refused is told.
    pub fn compile<'a>(rules: impl IntoIterator<Item = (&'a str, Effect)>) -> Result<Self, RuleFault> {
        let (mut masking, mut kept) = (Vec::new(), HashSet::new());
        for (count, (text, effect)) in rules.into_iter().enumerate() {
            if count == MOST_RULES {
                return Err(RuleFault::TooMany);
            }
            match effect {
                Effect::Mask(category) => masking.push((compiled(text)?, category)),
                Effect::Keep => {
                    let words = folded_value(text);
                    kept.extend(
                        words
                            .split(|sign: char| !sign.is_alphabetic())
                            .filter(|word| !word.is_empty())
                            .map(str::to_owned),
                    );
                }
            }
        }
        Ok(Self { masking, kept })
    }

    /// `true` if every word of a name is kept by a rule.
    pub(crate) fn keeps(&self, name: &str) -> bool {
        let mut words = name.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
        words.peek().is_some() && words.all(|word| self.kept.contains(word))
    }
}

impl Recogniser for Rules {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        for (pattern, category) in &self.masking {
            findings.extend(pattern.find_iter(text.text()).map(|found| Finding::new(*category, found.range())));
        }
        Ok(())
    }
}

/// A rule as a pattern over folded text: anything but letters, digits and the three signs stands for whatever separates.
fn compiled(text: &str) -> Result<Regex, RuleFault> {
    if text.len() > LONGEST_RULE {
        return Err(RuleFault::TooLong);
    }
    let folded = folded_value(text.trim());
    let mut pattern = String::from(r"\b");
    let mut signs = 0;
    let mut separated = false;
    for sign in folded.chars() {
        if !sign.is_alphanumeric() && !"#?*".contains(sign) {
            separated = true;
            continue;
        }
        if separated && signs > 0 {
            pattern.push_str(r"[^\p{L}\p{N}\x01]{0,3}");
        }
        separated = false;
        match sign {
            '#' => pattern.push_str("[0-9]"),
            '?' => pattern.push_str(r"\p{L}"),
            '*' => pattern.push_str(r"[\p{L}\p{N}-]{1,64}"),
            sign => pattern.push_str(&regex::escape(&sign.to_string())),
        }
        signs += usize::from(sign != '*');
    }
    pattern.push_str(r"\b");
    if signs < FEWEST_SIGNS || !folded.chars().any(|sign| sign.is_alphanumeric() || sign == '#') {
        return Err(RuleFault::TooShort);
    }
    // The pattern is built from literals and three classes: it always compiles within this limit.
    regex::RegexBuilder::new(&pattern).size_limit(4 << 20).build().map_err(|_| RuleFault::TooLong)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Masker, Placeholders};

    fn masked(rules: &[(&str, Effect)], text: &str) -> String {
        let rules = Arc::new(Rules::compile(rules.iter().copied()).unwrap());
        let masker = Masker::new().with_rules(rules);
        masker.mask(&mut Placeholders::new(), text, &[]).unwrap().as_text().to_owned()
    }

    #[test]
    fn a_rule_masks_what_it_names_however_it_is_written() {
        let member = [("KD-####-??", Effect::Mask(Category::Rule))];
        assert_eq!(masked(&member, "my card kd 1234 ab, or KD‑1234‑AB"), "my card [PRIVATE_1], or [PRIVATE_2]");
        assert_eq!(masked(&member, "KD-123-AB and XKD-1234-AB stay"), "KD-123-AB and XKD-1234-AB stay");
        let word = [("fern hollow*", Effect::Mask(Category::Address))];
        assert_eq!(masked(&word, "send it to Fern Hollowgate please"), "send it to [ADDRESS_1] please");
    }

    #[test]
    fn a_rule_cannot_be_a_query_language() {
        let dots = [("a.c+(d)", Effect::Mask(Category::Rule))];
        assert_eq!(masked(&dots, "abcd a.c d"), "abcd [PRIVATE_1]");
        for (rule, fault) in [
            ("", RuleFault::TooShort),
            ("**", RuleFault::TooShort),
            ("ab", RuleFault::TooShort),
            ("???", RuleFault::TooShort),
        ] {
            assert_eq!(Rules::compile([(rule, Effect::Mask(Category::Rule))]).err(), Some(fault), "{rule}");
        }
        let long = "x".repeat(LONGEST_RULE + 1);
        assert_eq!(Rules::compile([(long.as_str(), Effect::Mask(Category::Rule))]).err(), Some(RuleFault::TooLong));
        let many = vec![("abc", Effect::Mask(Category::Rule)); MOST_RULES + 1];
        assert_eq!(Rules::compile(many).err(), Some(RuleFault::TooMany));
    }

    #[test]
    fn a_brand_is_kept_and_a_number_is_not() {
        let text = "I love Katarina boots, Katarina Berger, katarina@example.org";
        let keep = [("Katarina", Effect::Keep)];
        assert_eq!(masked(&keep, "Does Katarina fit wide feet?"), "Does Katarina fit wide feet?");
        assert_eq!(masked(&[], "Does Katarina fit wide feet?"), "Does [NAME_1] fit wide feet?");
        assert_eq!(masked(&keep, text), "I love Katarina boots, [NAME_1], [EMAIL_1]");
    }
}
