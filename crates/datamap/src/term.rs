//! The retention classes: what ends, counted from what, after how long, and what the law says about it.
//!
//! A table that is not named here belongs to a class by its map: what is tied to a person goes with the conversation, the rest
//! stays as long as the organisation.

use crate::{TABLES, Table};

/// From when a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// From the last thing that happened in the conversation.
    LastActivity,
    /// The moment in this column is the end itself.
    Ends(&'static str),
    /// From the moment in this column.
    Since(&'static str),
    /// From the end of the organisation's account.
    Contract,
}

/// What happens at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The row is deleted.
    Row,
    /// The row stays as evidence, this column is emptied.
    Clear(&'static str),
    /// Key and rows of the person or of the conversation go.
    Conversation,
    /// Another duty of the house sees to it.
    Elsewhere,
}

/// One class.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Its name in the API.
    pub class: &'static str,
    /// What it is, for the table on the screen.
    pub says: &'static str,
    /// The table whose rows it is.
    pub table: &'static str,
    /// Only rows that have this word in this column.
    pub only: Option<(&'static str, &'static str)>,
    /// From when it counts.
    pub anchor: Anchor,
    /// For how many days, where nobody chose another number; 0 is at once.
    pub days: u32,
    /// The least and the greatest number of days that may be chosen; the same where there is no choice.
    pub bounds: (u32, u32),
    /// What happens at the end.
    pub end: End,
    /// A legal hold or a restriction keeps it beyond its end.
    pub held: bool,
    /// Where the period comes from.
    pub law: &'static str,
}

/// The presets offered for conversations, in days; the last is as long as the subscription.
pub const PRESETS: [u32; 6] = [7, 30, 90, 180, 365, SUBSCRIPTION];

/// The number of days that stands for “as long as the subscription”: a hundred years, ended by the end of the account.
pub const SUBSCRIPTION: u32 = 36_500;

/// 24 months, in days: a day more rather than a day less.
const TWO_YEARS: u32 = 731;

const fn fixed(class: &'static str, table: &'static str, anchor: Anchor, days: u32) -> Term {
    Term {
        class,
        says: "",
        table,
        only: None,
        anchor,
        days,
        bounds: (days, days),
        end: End::Row,
        held: false,
        law: "Art. 5(1)(e) GDPR",
    }
}

/// Every class, the busiest first.
pub const TERMS: &[Term] = &[
    Term {
        says: "Conversations with everything in them, and the person when she has no other",
        bounds: (1, SUBSCRIPTION),
        end: End::Conversation,
        held: true,
        ..fixed("conversation", "conversation", Anchor::LastActivity, 90)
    },
    Term {
        says: "Conversations deleted by the staff: unreadable at once, gone within the hour, promised within 30 days",
        end: End::Conversation,
        held: true,
        ..fixed("deleted_conversation", "conversation", Anchor::Since("deleted_at"), 0)
    },
    Term {
        says: "The exact words that left for a recipient; the record that they left stays with the conversation",
        bounds: (1, 30),
        end: End::Clear("content_sealed"),
        held: true,
        ..fixed("disclosure_text", "disclosure", Anchor::Since("created_at"), 30)
    },
    Term {
        says: "Keys of visitors' browser tabs",
        law: "Art. 5(1)(c) GDPR",
        ..fixed("visitor_session", "visitor_session", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Sign-ins of the staff",
        law: "Art. 32 GDPR",
        ..fixed("session", "session", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Open invitations of the staff",
        law: "Art. 32 GDPR",
        ..fixed("invitation", "invitation", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Archives made for requests",
        law: "Art. 12(3) GDPR",
        ..fixed("request_file", "request_file", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Records of requests: six facts, no words; 24 months after the request ended",
        end: End::Elsewhere,
        law: "11 CCR 7101; Art. 5(2) GDPR",
        ..fixed("request", "request", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Fingerprints of codes that nobody used in time",
        end: End::Clear("code_index"),
        law: "Art. 5(1)(c) GDPR",
        ..fixed("request_code", "request", Anchor::Ends("code_until"), 0)
    },
    Term {
        says: "Through which agent a request came: 60 days after the request ended",
        law: "Data Rights Protocol 1.0, 3.02",
        ..fixed("agent_request", "agent_request", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Fingerprints of signed messages of agents, until the message itself expires",
        law: "Art. 32 GDPR",
        ..fixed("used_signature", "used_signature", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "Pieces of work that were given up: ids, no words",
        only: Some(("state", "failed")),
        bounds: (1, 90),
        ..fixed("failed_work", "job", Anchor::Since("run_at"), 30)
    },
    Term {
        says: "Findings of the promise ledger: counts, nobody's data",
        law: "Art. 5(2) GDPR",
        ..fixed("proof", "proof", Anchor::Since("checked_at"), TWO_YEARS)
    },
    Term {
        says: "What members of the staff vouch for, after it ended",
        law: "Art. 5(2) GDPR",
        ..fixed("attestation", "attestation", Anchor::Since("valid_until"), TWO_YEARS)
    },
    Term {
        says: "The audit log: ids and verbs, no words; 24 months, cut behind a signed mark",
        end: End::Elsewhere,
        law: "Art. 5(2) GDPR",
        ..fixed("audit", "audit", Anchor::Since("created_at"), TWO_YEARS)
    },
    Term {
        says: "Exports of the whole organisation: 7 days, file and record",
        end: End::Elsewhere,
        law: "Art. 5(1)(c) GDPR",
        ..fixed("organisation_export", "tenant_export", Anchor::Ends("expires_at"), 0)
    },
    Term {
        says: "The ledger of erasures: keyed fingerprints, nobody's names; as long as the account and two years",
        end: End::Elsewhere,
        law: "Art. 17 GDPR",
        ..fixed("erased_ids", "erasure", Anchor::Contract, TWO_YEARS)
    },
    Term {
        says: "Pages of the website: until refreshed or removed; then while a conversation from that time may cite them, at the latest with the account",
        end: End::Elsewhere,
        law: "contract",
        ..fixed("website", "page", Anchor::Contract, 0)
    },
    Term {
        says: "The account: its life and two years for the itemised legal record",
        end: End::Elsewhere,
        law: "contract; tax law",
        ..fixed("account", "organisation", Anchor::Contract, TWO_YEARS)
    },
];

/// The class with this name.
pub fn term(class: &str) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.class == class)
}

/// The class to which a table's rows belong.
pub fn class_of(table: &Table) -> &'static str {
    let named = TERMS.iter().rev().find(|term| term.table == table.name && !matches!(term.end, End::Clear(_)));
    match named {
        Some(term) if term.only.is_none() => named_class(term),
        _ if table.person().is_some() => "conversation",
        _ => "account",
    }
}

/// A conversation is of its own class whether it was deleted or not.
fn named_class(term: &'static Term) -> &'static str {
    if matches!(term.end, End::Conversation) { "conversation" } else { term.class }
}

/// Whether every class names a table and columns that exist.
pub fn terms_fit_the_map() -> Result<(), &'static str> {
    for term in TERMS {
        let Some(table) = TABLES.iter().find(|table| table.name == term.table) else { return Err(term.class) };
        let columns = match (term.anchor, term.end) {
            (Anchor::Ends(column) | Anchor::Since(column), End::Clear(text)) => vec![column, text],
            (Anchor::Ends(column) | Anchor::Since(column), _) => vec![column],
            _ => Vec::new(),
        };
        let only = term.only.map(|(column, _)| column);
        if columns.into_iter().chain(only).any(|column| table.field(column).is_none()) {
            return Err(term.class);
        }
    }
    Ok(())
}
