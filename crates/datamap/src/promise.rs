//! What proves our promises: the findings of the checks, and what a member of the staff vouches for. Neither is about a visitor.

use crate::{ACCOUNT, CONTENT, Field as F, PLUMBING, PROOF, Table};

pub(crate) const PROOF_TABLE: Table = Table {
    name: "proof",
    rows: "findings of the promise ledger",
    says: "One finding of one check of the promise ledger: holds or fails, a figure, a time.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the finding"),
        F::new("organisation", &PLUMBING, "Whose promise").to("organisation"),
        F::new("examined", &PROOF, "Which check"),
        F::new("holds", &PROOF, "Whether it holds"),
        F::new("figure", &PROOF, "What was counted"),
        F::new("says", &PROOF, "What was seen: counts, no words of anybody"),
        F::new("checked_at", &PROOF, "When"),
    ],
};

pub(crate) const ATTESTATION: Table = Table {
    name: "attestation",
    rows: "attested promises",
    says: "A promise no check can see, for which a member of the staff vouches until a date.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the statement"),
        F::new("organisation", &PLUMBING, "Whose promise").to("organisation"),
        F::new("promise", &PROOF, "Which promise"),
        F::new("member", &ACCOUNT, "Member who vouches").to("member"),
        F::new("statement", &CONTENT, "What was looked at to be sure"),
        F::new("made_at", &PROOF, "Since when"),
        F::new("valid_until", &PROOF, "Until when"),
    ],
};
