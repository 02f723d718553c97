//! The sentences of a passage with the heading each one stands under.

use crate::chunk::{as_heading, sentences};

/// A sentence, a list item or a table row, word for word as it stands in the passage.
pub(crate) struct Sentence<'a> {
    /// Word for word.
    pub(crate) text: &'a str,
    /// The heading within the passage that it stands under, if there is one.
    pub(crate) inner: Option<&'a str>,
    /// The first one under its heading.
    pub(crate) first: bool,
    /// The term that the lines just above define or describe.
    pub(crate) term: Option<&'a str>,
    /// So many sentences just before it tell what it is about.
    pub(crate) earlier: usize,
}

/// So many sentences before it in the same paragraph tell what a sentence is about.
const NEIGHBOURS: usize = 2;
/// A term stands for the paragraphs below it, but not for ever.
const REACH: usize = 3;

/// The term that is being defined ("shared_buffers (integer):" or "Weight: 300 g").
#[derive(Default)]
struct Term<'a> {
    words: Option<&'a str>,
    lines: usize,
}

impl<'a> Term<'a> {
    fn read(&mut self, line: &'a str) {
        let item = line.starts_with("- ");
        let lead = line.trim_start_matches("- ").split_once(':').map(|(lead, _)| lead.trim());
        let short = |lead: &&str| (1..=8).contains(&lead.split_whitespace().count()) && !lead.contains(". ");
        match lead.filter(short) {
            // The lead of a row of a table names the row and nothing after it.
            Some(_) if item => self.words = None,
            Some(lead) => (self.words, self.lines) = (Some(lead), 0),
            None if self.lines >= REACH => self.words = None,
            None => self.lines += 1,
        }
    }
}

/// All sentences of a passage, in order.
pub(crate) fn sentences_of(text: &str) -> Vec<Sentence<'_>> {
    let mut found: Vec<Sentence<'_>> = Vec::new();
    let mut inner: Option<&str> = None;
    let mut first = true;
    let mut term = Term::default();
    for line in text.lines() {
        if let Some((_, words)) = as_heading(line) {
            inner = Some(words);
            first = true;
            term = Term::default();
            continue;
        }
        term.read(line);
        for (position, sentence) in sentences(line).into_iter().enumerate() {
            let earlier = position.min(NEIGHBOURS);
            found.push(Sentence { text: sentence, inner, first, term: term.words, earlier });
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
        let found = sentences_of("You have sixty days. We pay.\n## Delivery\n- Austria: € 4.90");
        let seen: Vec<_> = found.iter().map(|one| (one.text, one.inner, one.first)).collect();
        assert_eq!(
            seen,
            [
                ("You have sixty days.", None, true),
                ("We pay.", None, false),
                ("Austria: € 4.90", Some("Delivery"), true)
            ]
        );
        assert_eq!(found.iter().map(|one| one.earlier).collect::<Vec<_>>(), [0, 1, 0]);
    }
}
