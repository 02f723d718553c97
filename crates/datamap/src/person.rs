//! A visitor or customer, and her browser tab.

use crate::{COURSE, EMAIL, EXPIRING_OWNER, Field as F, LOOKUP, Link, NAME, OWNER, PLUMBING, TICKET, Table, WISH};

pub(crate) const PERSON: Table = Table {
    name: "person",
    rows: "contact details",
    says: "A visitor or customer.",
    fields: &[
        F::new("id", &OWNER, "Random id of the person").link(Link::Person),
        F::new("organisation", &PLUMBING, "Whose customer").to("organisation"),
        F::new("name_sealed", &NAME, "Name, if told"),
        F::new("email_sealed", &EMAIL, "E-mail address, if told"),
        F::new("email_index", &LOOKUP, "Keyed fingerprint of the address"),
        F::new("locale", &COURSE, "Language"),
        F::new("created_at", &COURSE, "First seen"),
        F::new("last_seen_at", &COURSE, "Last seen"),
        F::new("surveyed_at", &COURSE, "The questions before the chat were answered or passed over"),
        F::new("ai_off_at", &WISH, "Without the assistant since"),
        F::new("ai_off_reasons", &WISH, "Why: opted out, under age or not asked yet, specially protected matters"),
        F::new("restricted_at", &WISH, "Restricted since (Art. 18)"),
        F::new("restricted_ground", &WISH, "Ground of the restriction"),
        F::new("lift_told_at", &WISH, "Told that the restriction ends"),
    ],
};

pub(crate) const VISITOR_SESSION: Table = Table {
    name: "visitor_session",
    rows: "browser sessions",
    says: "A browser tab that may read and write one conversation.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the session"),
        F::new("organisation", &PLUMBING, "Whose visitor").to("organisation"),
        F::new("person", &EXPIRING_OWNER, "Whose tab").to("person").link(Link::Person),
        F::new("token_hash", &TICKET, "Fingerprint of the tab's token"),
        F::new("conversation", &PLUMBING, "The conversation").to("conversation"),
        F::new("created_at", &COURSE, "Begun"),
        F::new("expires_at", &COURSE, "Ends by itself"),
    ],
};
