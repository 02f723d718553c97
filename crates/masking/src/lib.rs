//! Finds personal words in text, replaces them by placeholders, and puts them back. [`Masked`] can be made only here,
//! and only `Masked` may leave for a model: the type is the rule. When masking fails there is no `Masked`, so there is
//! no call. No I/O.

mod category;
mod folded;
mod gazetteer;
mod masked;
mod masker;
mod placeholders;
mod prompt;
mod recognise;
mod recogniser;
mod restorer;
mod rules;
mod suspicion;

pub use category::{Category, Known, Span};
pub use masked::Masked;
pub use masker::{MaskFault, Masker};
pub use placeholders::Placeholders;
pub use prompt::{Prompt, PromptRole, Turn};
pub use recogniser::{Finding, Looked, Recogniser};
pub use restorer::Restorer;
pub use rules::{Effect, LONGEST_RULE, MOST_RULES, RuleFault, Rules};
pub use suspicion::{SUSPICIOUS, suspicion};

/// The longest text that is masked, in bytes. Longer ones are refused rather than looked at in part.
pub const LONGEST_TEXT: usize = 256 * 1024;
