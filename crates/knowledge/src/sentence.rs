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
}

/// All sentences of a passage, in order.
pub(crate) fn sentences_of(heading: &str, text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut inner: Option<String> = None;
    let mut first = true;
    for line in text.lines() {
        if let Some((_, words)) = as_heading(line) {
            inner = Some(if heading.is_empty() { words.to_owned() } else { format!("{heading} › {words}") });
            first = true;
            continue;
        }
        // The first heading covers the passage until the next one: that is the section's own.
        let above = inner.as_deref().unwrap_or(heading);
        for sentence in sentences(line) {
            found.push(Sentence { text: sentence, heading: above.to_owned(), first });
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
