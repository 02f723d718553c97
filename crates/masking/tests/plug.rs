//! A recogniser that is plugged in: its findings are masked like all others, and when it fails nothing is masked at all.

use std::sync::Arc;

use masking::{Category, Finding, Looked, MaskFault, Masker, Placeholders, Recogniser};

/// Stands for an optional recogniser that was trained elsewhere.
struct Trained;

impl Recogniser for Trained {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        if text.text().contains("broken") {
            return Err(MaskFault::Failed);
        }
        let nicknames = text.text().match_indices("skipper");
        findings.extend(nicknames.map(|(at, word)| Finding::new(Category::Name, at..at + word.len())));
        Ok(())
    }
}

#[test]
fn a_plugged_recogniser_finds_more_and_one_that_fails_closes_the_door() {
    let masker = Masker::new().with(Arc::new(Trained));
    let mask = |text: &str| masker.mask(&mut Placeholders::new(), text, &[]);
    let masked = mask("Ask the Skipper, ada@example.org").unwrap();
    assert_eq!(masked.as_text(), "Ask the [NAME_1], [EMAIL_1]");
    assert_eq!(mask("The zip is broken, ada@example.org").err(), Some(MaskFault::Failed));
    assert!(Masker::new().mask(&mut Placeholders::new(), "The zip is broken", &[]).is_ok());
}
