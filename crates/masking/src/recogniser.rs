//! What a recogniser is: something that looks at a folded text and says where personal words stand.

use std::ops::Range;

use crate::folded::Folded;
use crate::{Category, MaskFault};

/// A place in the folded text.
pub struct Finding {
    /// What stands there.
    pub category: Category,
    /// Where, in bytes of [`Looked::text`].
    pub range: Range<usize>,
}

impl Finding {
    /// A finding.
    pub fn new(category: Category, range: Range<usize>) -> Self {
        Self { category, range }
    }
}

/// A text as recognisers see it: lower case, without accents, invisible characters and look-alikes; what was found in an
/// earlier round is blanked with U+0001. Not printable, it is personal.
pub struct Looked<'a> {
    folded: &'a Folded,
}

impl<'a> Looked<'a> {
    pub(crate) fn new(folded: &'a Folded) -> Self {
        Self { folded }
    }

    /// The folded text.
    pub fn text(&self) -> &'a str {
        self.folded.text()
    }

    /// `true` if the text has no capital at all: then small letters mean nothing.
    pub fn is_small(&self) -> bool {
        self.folded.is_small()
    }

    /// `true` if the letter at this byte was written as a capital.
    pub fn is_upper(&self, at: usize) -> bool {
        self.folded.is_upper(at)
    }

    /// `true` if every letter of the range was written as a capital.
    pub fn all_upper(&self, range: &Range<usize>) -> bool {
        let letters = self.text().get(range.clone()).unwrap_or_default().char_indices();
        letters.filter(|(_, letter)| letter.is_alphabetic()).all(|(at, _)| self.is_upper(range.start + at))
    }
}

/// Finds one kind of personal words, or several. The built-in ones, an organisation's own rules and what is plugged in with
/// [`crate::Masker::with`] (a neural one, say) are all of this kind. Time must grow with the length of the text, not faster.
pub trait Recogniser: Send + Sync {
    /// Adds what it finds; findings may overlap. A recogniser that fails stops the masking, and with it the call.
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault>;
}
