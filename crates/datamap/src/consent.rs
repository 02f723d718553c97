//! The consent book: wordings, decisions, and what was answered before the chat.

use crate::{CONSENTED, CONTENT, COURSE, DECISION, Field as F, Link, OWNER, PLUMBING, Table, WORDS};

pub(crate) const CONSENT_TEXT: Table = Table {
    name: "consent_text",
    rows: "wordings of consents",
    says: "What people are asked to consent to, word for word. Another wording is another version; none is changed.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the wording"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("purpose", &CONTENT, "What for: a word of the organisation's"),
        F::new("version", &CONTENT, "Version of the purpose's wording"),
        F::new("language", &CONTENT, "Language"),
        F::new("body", &CONTENT, "The words, exactly as they are shown"),
        F::new("body_hash", &CONTENT, "Fingerprint of the words"),
        F::new("created_at", &PLUMBING, "Published"),
        F::new("retired_at", &PLUMBING, "Nobody is asked with it any more since"),
    ],
};

pub(crate) const CONSENT: Table = Table {
    name: "consent",
    rows: "decisions about consents",
    says: "What a person agreed to, refused or withdrew: one line a decision, only ever added to. A consent lapses after 180 days.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the decision"),
        F::new("organisation", &PLUMBING, "Whom it was told").to("organisation"),
        F::new("person", &OWNER, "Who decided").to("person").link(Link::Person),
        F::new("purpose", &DECISION, "About what"),
        F::new("seq", &PLUMBING, "The how-manieth decision about it"),
        F::new("wording", &PLUMBING, "The wording that was shown").to("consent_text"),
        F::new("wording_hash", &DECISION, "Fingerprint of that wording"),
        F::new("state", &DECISION, "Given, refused, withdrawn or lapsed"),
        F::new("shown_in", &DECISION, "Where it was shown"),
        F::new("act", &DECISION, "What was done: a box ticked, a button pressed, a request filed, its time over"),
        F::new("language", &DECISION, "Language in which it was shown"),
        F::new("gpc", &DECISION, "The browser sent Global Privacy Control"),
        F::new("dnt", &DECISION, "The browser sent Do Not Track"),
        F::new("decided_at", &DECISION, "When"),
    ],
};

pub(crate) const SURVEY_ANSWER: Table = Table {
    name: "survey_answer",
    rows: "answers before the chat",
    says: "What a person answered before the chat. What rests on a consent goes when the consent is withdrawn.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the answer"),
        F::new("organisation", &PLUMBING, "Who asked").to("organisation"),
        F::new("person", &OWNER, "Who answered").to("person").link(Link::Person),
        F::new("field", &PLUMBING, "Which question"),
        F::new("question", &COURSE, "The question, as it was asked"),
        F::new("purpose", &COURSE, "The purpose of the consent it rests on"),
        F::new("consent", &PLUMBING, "The decision it rests on").to("consent"),
        F::new("asked_sealed", &WORDS, "The answer, where no consent is needed"),
        F::new("consented_sealed", &CONSENTED, "The answer, where it rests on a consent"),
        F::new("created_at", &COURSE, "When"),
    ],
};
