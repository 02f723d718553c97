//! Names: words that announce one ("my name is", "Mr", "Dear"), and capitalised words of which the lists say that somebody
//! is called so, with what stands beside them.

mod again;
mod announced;
mod beside;
mod everyday;
mod run;
mod token;

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

pub(super) struct Name {
    strong: Regex,
    title: Regex,
    greeting: Regex,
    weak: Regex,
}

impl Name {
    pub(super) fn new() -> Self {
        Self {
            strong: pattern(announced::STRONG),
            title: pattern(announced::TITLE),
            greeting: pattern(announced::GREETING),
            weak: pattern(announced::WEAK),
        }
    }
}

impl Recogniser for Name {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let tokens = token::tokens(text);
        let style = token::Style::of(&tokens);
        let strong = announced::ends(&self.strong, text.text());
        let title = announced::ends(&self.title, text.text());
        let greeting = announced::ends(&self.greeting, text.text());
        let weak = announced::ends(&self.weak, text.text());
        let cue = |place: usize| announced::before(&strong, &title, &greeting, &weak, place);
        let mut names = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let taken = run::taken(&tokens, at, style, &cue);
            names.extend(taken.name);
            at += taken.length.max(1);
        }
        again::add(text, &tokens, &mut names);
        findings.extend(names.into_iter().map(|range| Finding::new(Category::Name, range)));
        Ok(())
    }
}
