//! Plain words of a person, in memory only.

use zeroize::Zeroizing;

/// Plain words of a person. Cannot be printed, logged or serialised by accident: whoever needs the words must say
/// [`Personal::expose`], which is easy to find in a review. Overwritten when dropped.
///
/// ```compile_fail
/// println!("{:?}", vault::Personal::new("Ada"));
/// ```
/// ```compile_fail
/// println!("{}", vault::Personal::new("Ada"));
/// ```
#[derive(Clone)]
pub struct Personal(Zeroizing<String>);

impl Personal {
    /// Takes the words over.
    pub fn new(words: impl Into<String>) -> Self {
        Self(Zeroizing::new(words.into()))
    }

    /// The words themselves.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True if there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
