//! What is learned from conversations: answers a person was asked to check, and where knowledge was taken from.

use crate::{COURSE, DEED, Field as F, Link, OWNER, PLUMBING, Table, WORDS};

pub(crate) const REVIEW: Table = Table {
    name: "review",
    rows: "reviews of answers",
    says: "An automatic answer that its reader wanted a person to check, until when, and how it ended.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the review"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("request", &PLUMBING, "The request that asks for it").to("request"),
        F::new("person", &OWNER, "Who asked").to("person").link(Link::Person),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("message", &PLUMBING, "The answer").to("message"),
        F::new("due_at", &COURSE, "A person looks at it by"),
        F::new("outcome", &COURSE, "Right, wrong or nothing for us"),
        F::new("words_sealed", &WORDS, "What the staff said about it"),
        F::new("page", &PLUMBING, "The page of knowledge it became"),
        F::new("decided_by", &DEED, "Member of the staff who decided").to("member"),
        F::new("decided_at", &COURSE, "Decided"),
        F::new("created_at", &COURSE, "Asked for"),
    ],
};

pub(crate) const LINEAGE: Table = Table {
    name: "lineage",
    rows: "origins of knowledge",
    says: "That a page of knowledge answers what somebody asked in a conversation. Gone with it, and with it what the page repeats of her words.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the origin"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("page", &PLUMBING, "The page of knowledge"),
        F::new("person", &OWNER, "Who asked").to("person").link(Link::Person),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("message", &PLUMBING, "What was asked").to("message"),
        F::new("part", &COURSE, "Whether the title repeats the question, masked"),
        F::new("created_at", &COURSE, "When"),
    ],
};
