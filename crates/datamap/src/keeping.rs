//! The books of retention: legal holds, and when the last round went through.

use crate::{DEED, Field as F, HOLD, Link, OWNER, PLUMBING, Table};

pub(crate) const LEGAL_HOLD: Table = Table {
    name: "legal_hold",
    rows: "legal holds",
    says: "That something of a person's must be kept although its period is over, why and until when.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the hold"),
        F::new("organisation", &PLUMBING, "Whose customer").to("organisation"),
        F::new("person", &OWNER, "Whose data").to("person").link(Link::Person),
        F::new("conversation", &PLUMBING, "Only this conversation, or everything").to("conversation"),
        F::new("reason", &HOLD, "Why: a code"),
        F::new("placed_by", &DEED, "Member of the staff who placed it").to("member"),
        F::new("placed_at", &HOLD, "Since"),
        F::new("ends_at", &HOLD, "Until"),
        F::new("lifted_at", &HOLD, "Lifted or ended"),
    ],
};

pub(crate) const RETENTION_RUN: Table = Table {
    name: "retention_run",
    rows: "marks of retention rounds",
    says: "When the last round of retention began and ended, and how many rows it purged.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("began_at", &PLUMBING, "Begun"),
        F::new("finished_at", &PLUMBING, "Ended"),
        F::new("purged", &PLUMBING, "Rows purged since the account began"),
    ],
};
