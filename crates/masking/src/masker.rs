//! The masker: looks, replaces, and looks again until nothing is found.

use std::sync::Arc;

use thiserror::Error;

use crate::folded::Folded;
use crate::recognise::{known, pieces};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, Known, LONGEST_TEXT, Masked, Placeholders, Rules, Span};

/// After so many rounds that still find something, the text is considered hostile.
const MOST_ROUNDS: usize = 8;

/// Why there is no masked text. No text, no model call: a person is asked instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MaskFault {
    /// Longer than [`LONGEST_TEXT`].
    #[error("the text is too long to be masked")]
    TooLong,
    /// Something known about the person is too long or too odd to look for.
    #[error("a known value cannot be looked for")]
    Known,
    /// Personal words were still found after the last round.
    #[error("the text still held personal words after masking")]
    Unsettled,
    /// A recogniser could not do its work.
    #[error("a recogniser failed")]
    Failed,
}

/// Finds personal words and replaces them. Cheap to clone.
#[derive(Clone)]
pub struct Masker {
    recognisers: Arc<[Arc<dyn Recogniser>]>,
    rules: Option<Arc<Rules>>,
}

impl Default for Masker {
    fn default() -> Self {
        Self::new()
    }
}

impl Masker {
    /// The masker with all built-in recognisers. Compiling them takes a while: keep it.
    pub fn new() -> Self {
        Self { recognisers: pieces().into(), rules: None }
    }

    /// The same masker with an organisation's own rules.
    #[must_use]
    pub fn with_rules(&self, rules: Arc<Rules>) -> Self {
        Self { rules: Some(rules.clone()), ..self.with(rules) }
    }

    /// The same masker with one more recogniser, such as an optional one that is plugged in.
    #[must_use]
    pub fn with(&self, recogniser: Arc<dyn Recogniser>) -> Self {
        let recognisers = self.recognisers.iter().cloned().chain([recogniser]).collect();
        Self { recognisers, rules: self.rules.clone() }
    }

    /// Masks `text`: every recognised value and everything `known` becomes a placeholder of this conversation.
    pub fn mask(
        &self,
        placeholders: &mut Placeholders,
        text: &str,
        known: &[Known],
    ) -> Result<Masked<String>, MaskFault> {
        let found = self.find(text, known)?;
        Ok(replaced(placeholders, text, &found))
    }

    /// Where personal words stand in `text`, in reading order and in bytes, as [`Masker::mask`] would replace them.
    pub fn find(&self, text: &str, known: &[Known]) -> Result<Vec<Span>, MaskFault> {
        if text.len() > LONGEST_TEXT {
            return Err(MaskFault::TooLong);
        }
        let mut folded = Folded::new(text);
        let known = known::ready(known)?;
        let mut found: Vec<Span> = Vec::new();
        for round in 0.. {
            let findings = merged(self.look(&Looked::new(&folded), &known)?);
            if findings.is_empty() {
                break;
            }
            if round == MOST_ROUNDS {
                return Err(MaskFault::Unsettled);
            }
            for finding in &findings {
                let original = folded.original(&finding.range);
                found.push(Span { category: finding.category, start: original.start, end: original.end });
            }
            folded.blank(findings.into_iter().map(|finding| finding.range));
        }
        found.sort_by_key(|span| span.start);
        Ok(found)
    }

    fn look(&self, text: &Looked<'_>, known: &[known::KnownValue]) -> Result<Vec<Finding>, MaskFault> {
        let mut findings = Vec::new();
        for recogniser in self.recognisers.iter() {
            recogniser.look(text, &mut findings)?;
        }
        if let Some(rules) = &self.rules {
            let words = |finding: &Finding| text.text().get(finding.range.clone()).unwrap_or_default();
            findings.retain(|finding| finding.category != Category::Name || !rules.keeps(words(finding)));
        }
        for value in known {
            value.look(text.text(), &mut findings);
        }
        Ok(findings)
    }
}

/// Findings that overlap become one, so that nothing looks out at the side; the first category in rank names it.
fn merged(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| !finding.range.is_empty());
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        match merged.last_mut() {
            Some(last) if finding.range.start < last.range.end => {
                // Of two equal ones the later recogniser is the more particular one, and the organisation's rules come last.
                let wider = finding.range.len() >= last.range.len();
                last.range.end = last.range.end.max(finding.range.end);
                if wider {
                    last.category = finding.category;
                }
            }
            _ => merged.push(finding),
        }
    }
    merged
}

fn replaced(placeholders: &mut Placeholders, text: &str, found: &[Span]) -> Masked<String> {
    let mut masked = String::with_capacity(text.len());
    let mut spans = Vec::with_capacity(found.len());
    let mut kept_until = 0;
    for Span { category, start, end } in found {
        // Two findings may share one original character (a ligature): the first one has it.
        let range = *(start.max(&kept_until))..*end;
        let (Some(before), Some(value)) = (text.get(kept_until..range.start), text.get(range.clone())) else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        masked.push_str(before);
        let start = masked.len();
        masked.push_str(&placeholders.give(*category, value));
        spans.push(Span { category: *category, start, end: masked.len() });
        kept_until = range.end;
    }
    masked.push_str(text.get(kept_until..).unwrap_or_default());
    Masked::new(masked, spans)
}
