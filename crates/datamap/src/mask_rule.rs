//! The organisation's own rules for masking.

use crate::{CONTENT, Field as F, PLUMBING, SECRET, Table};

pub(crate) const MASK_RULE: Table = Table {
    name: "mask_rule",
    rows: "rules for masking",
    says: "What the organisation's staff adds to the masker: patterns that are masked, and brands that are no people.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the rule"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("text_sealed", &SECRET, "What the rule names"),
        F::new("effect", &CONTENT, "Whether that is masked or kept"),
        F::new("category", &CONTENT, "As what it is masked"),
        F::new("created_at", &PLUMBING, "Added"),
    ],
};
