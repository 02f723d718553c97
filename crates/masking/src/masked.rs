//! `Masked<T>`: the only thing that may leave for a model.

use crate::Span;

/// Text (or a prompt) without personal words. There is no way to make one from text that was not masked, except for the
/// two kinds of text that are nobody's: our own, and that of public pages.
///
/// ```compile_fail
/// let smuggled = masking::Masked { value: String::from("ada@example.org"), spans: vec![] };
/// ```
/// ```compile_fail
/// let smuggled: masking::Masked<String> = String::from("ada@example.org").into();
/// ```
/// ```compile_fail
/// let words = String::from("ada@example.org");
/// let smuggled = masking::Masked::own(words.as_str()); // not 'static
/// ```
#[derive(Clone)]
pub struct Masked<T> {
    value: T,
    spans: Vec<Span>,
}

impl<T> Masked<T> {
    pub(crate) fn new(value: T, spans: Vec<Span>) -> Self {
        Self { value, spans }
    }

    pub(crate) fn inner(&self) -> &T {
        &self.value
    }

    /// Where placeholders stand; for a prompt, all of them in reading order (offsets within their own turn).
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }
}

impl Masked<String> {
    /// Our own words, fixed when the program was built.
    pub fn own(words: &'static str) -> Self {
        Self::new(words.to_owned(), Vec::new())
    }

    /// Words of a public web page or of the organisation's own knowledge: meant for everybody, not masked.
    /// Never pass anything here that a visitor or a member of the staff has said.
    pub fn public(words: impl Into<String>) -> Self {
        Self::new(words.into(), Vec::new())
    }

    /// Several masked texts as one.
    pub fn joined(parts: impl IntoIterator<Item = Masked<String>>, between: &'static str) -> Self {
        let mut whole = String::new();
        let mut spans = Vec::new();
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                whole.push_str(between);
            }
            let shift = whole.len();
            whole.push_str(&part.value);
            spans.extend(part.spans.into_iter().map(|span| Span {
                start: span.start + shift,
                end: span.end + shift,
                ..span
            }));
        }
        Self::new(whole, spans)
    }

    /// The text as it may leave.
    pub fn as_text(&self) -> &str {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Masker, Placeholders};

    #[test]
    fn joined_texts_keep_their_spans() {
        let mut placeholders = Placeholders::new();
        let question = Masker::new().mask(&mut placeholders, "Write to ada@example.org", &[]).unwrap();
        let joined = Masked::joined([Masked::own("Question:"), question, Masked::public("Page é")], "\n");
        assert_eq!(joined.as_text(), "Question:\nWrite to [EMAIL_1]\nPage é");
        let span = joined.spans()[0];
        assert_eq!(&joined.as_text()[span.start..span.end], "[EMAIL_1]");
    }
}
