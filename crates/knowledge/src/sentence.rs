//! The sentences of a passage with the heading each one stands under.

use crate::chunk::{as_heading, sentences};

/// A sentence, a list item or a table row.
pub(crate) struct Sentence {
    /// Word for word.
    pub(crate) text: String,
    /// The headings above it.
    pub(crate) heading: String,
    /// The first one under its heading.
    pub(crate) first: bool,
    /// What the lines just above say it is about: the term of a definition, the sentences before it in its paragraph.
    pub(crate) before: String,
}

/// So many sentences before it in the same paragraph tell what a sentence is about.
const NEIGHBOURS: usize = 2;
/// A term stands for the paragraphs below it, but not for ever.
const REACH: usize = 3;

/// The term that is being defined ("shared_buffers (integer):" or "Weight: 300 g").
#[derive(Default)]
struct Term {
    words: Option<String>,
    lines: usize,
}

impl Term {
    fn read(&mut self, line: &str) {
        let item = line.starts_with("- ");
        let lead = line.trim_start_matches("- ").split_once(':').map(|(lead, _)| lead.trim());
        let short = |lead: &&str| (1..=8).contains(&lead.split_whitespace().count()) && !lead.contains(". ");
        match lead.filter(short) {
            // The lead of a row of a table names the row and nothing after it.
            Some(_) if item => self.words = None,
            Some(lead) => (self.words, self.lines) = (Some(lead.to_owned()), 0),
            None if self.lines >= REACH => self.words = None,
            None => self.lines += 1,
        }
    }
}

/// All sentences of a passage, in order.
pub(crate) fn sentences_of(heading: &str, text: &str) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut inner: Option<String> = None;
    let mut first = true;
    let mut term = Term::default();
    for line in text.lines() {
        if let Some((_, words)) = as_heading(line) {
            inner = Some(if heading.is_empty() { words.to_owned() } else { format!("{heading} › {words}") });
            first = true;
            term = Term::default();
            continue;
        }
        // The first heading covers the passage until the next one: that is the section's own.
        let above = inner.as_deref().unwrap_or(heading);
        term.read(line);
        let mut earlier: Vec<String> = Vec::new();
        for sentence in sentences(line) {
            let near = earlier.iter().rev().take(NEIGHBOURS).map(String::as_str);
            let before = term.words.iter().map(String::as_str).chain(near).collect::<Vec<_>>().join(" ");
            earlier.push(sentence.clone());
            found.push(Sentence { text: sentence, heading: above.to_owned(), first, before });
            first = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_knows_its_heading() {
        let found = sentences_of("Help › Returns", "You have sixty days. We pay.\n## Delivery\n- Austria: € 4.90");
        let seen: Vec<_> = found.iter().map(|one| (one.text.as_str(), one.heading.as_str(), one.first)).collect();
        assert_eq!(
            seen,
            [
                ("You have sixty days.", "Help › Returns", true),
                ("We pay.", "Help › Returns", false),
                ("Austria: € 4.90", "Help › Returns › Delivery", true)
            ]
        );
    }
}
