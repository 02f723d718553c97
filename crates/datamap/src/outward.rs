//! Who outside this server may receive something, and only through the one door.

/// Somebody outside.
#[derive(Clone, Copy, Debug)]
pub struct Recipient {
    /// Who.
    pub name: &'static str,
    /// When anything reaches them.
    pub when: &'static str,
    /// What reaches them.
    pub what: &'static str,
    /// What for, as a Fideslang data use.
    pub purpose: &'static str,
    /// Where they are.
    pub country: &'static str,
    /// Can it be about a visitor?
    pub of_visitors: bool,
}

/// Everybody. A fresh installation has none of the first kind: the built-in answerer sends nothing anywhere.
pub const RECIPIENTS: &[Recipient] = &[
    Recipient {
        name: "the language model the operator has configured",
        when: "only if the operator or the organisation configures one; otherwise nobody",
        what: "the question and the conversation with names, addresses, numbers and other recognised details replaced by placeholders, and passages of the organisation's public website",
        purpose: "essential.service.operations.support",
        country: "as configured and shown in the notice",
        of_visitors: true,
    },
    Recipient {
        name: "the mail relay the operator has configured",
        when: "only if the operator configures one, and only when a person has asked for one of her rights",
        what: "her address and the letter to her: a code, an acknowledgement, an answer; never an archive. Notices to recipients of her data, which do not name her",
        purpose: "essential.legal_obligation",
        country: "as configured and shown in the notice",
        of_visitors: true,
    },
    Recipient {
        name: "the authorised agent through whom a person asks",
        when: "only if the organisation has registered one, and only when a person asks through it",
        what: "how her request stands, and links that open with a code sent to her own address; nothing that is held about her",
        purpose: "essential.legal_obligation",
        country: "where the agent she has chosen is",
        of_visitors: true,
    },
    Recipient {
        name: "websites the organisation names as its sources",
        when: "when their pages are read",
        what: "the address of the page; nothing about anybody",
        purpose: "essential.service",
        country: "where the website is",
        of_visitors: false,
    },
    Recipient {
        name: "the bucket the operator has configured for backups",
        when: "only if the operator configures one, after each backup",
        what: "sealed archives; the keys that open them stay here or in another bucket",
        purpose: "essential.service.operations",
        country: "as configured",
        of_visitors: true,
    },
];
