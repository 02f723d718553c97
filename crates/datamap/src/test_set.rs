//! Questions by which the staff tries the assistant out, and how it fared: the organisation's own words, nobody's.

use crate::{CONTENT, Field as F, PLUMBING, Table};

pub(crate) const TEST_SET: Table = Table {
    name: "test_set",
    rows: "test sets",
    says: "Questions of the staff by which the assistant is tried out. Whatever is personal in them is masked before they are kept.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the set"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("name", &CONTENT, "Name"),
        F::new("cases", &CONTENT, "Questions and what is expected of the answers, masked"),
        F::new("created_at", &PLUMBING, "Added"),
        F::new("updated_at", &PLUMBING, "Changed"),
    ],
};

pub(crate) const TEST_RUN: Table = Table {
    name: "test_run",
    rows: "runs of test sets",
    says: "How the assistant answered the questions of a test set, by one answerer; the last ten are kept.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the run"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("test_set", &PLUMBING, "Which set").to("test_set"),
        F::new("answerer", &PLUMBING, "Who answered: the built-in answerer, the current order, or one provider"),
        F::new("label", &CONTENT, "What that was called"),
        F::new("state", &PLUMBING, "Running, done or stopped"),
        F::new("done", &PLUMBING, "Questions answered"),
        F::new("total", &PLUMBING, "Questions"),
        F::new("cases", &CONTENT, "The questions as they were, masked"),
        F::new("results", &CONTENT, "The answers and what they cite"),
        F::new("created_at", &PLUMBING, "Begun"),
        F::new("finished_at", &PLUMBING, "Ended"),
    ],
};
