//! Authorised agents and what they asked: companies, signed messages, the way back. The request itself is a request like any other.

use crate::{ACCOUNT, ACCOUNT_SECRET, AGENT_REQUEST, CONTENT, FLEETING, Field as F, PLUMBING, SECRET, Table};

pub(crate) const AUTHORISED_AGENT: Table = Table {
    name: "authorised_agent",
    rows: "authorised agents",
    says: "A company that may ask for people by the Data Rights Protocol, with the key that verifies what it signs.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the agent here"),
        F::new("organisation", &PLUMBING, "At whose desk").to("organisation"),
        F::new("network_id", &CONTENT, "What its network calls it"),
        F::new("name", &CONTENT, "Name of the company"),
        F::new("verify_key", &CONTENT, "Public key that verifies what it signs"),
        F::new("callback", &CONTENT, "The one host at which it is told how a request stands"),
        F::new("token_hash", &ACCOUNT_SECRET, "Fingerprint of its token"),
        F::new("token_at", &PLUMBING, "When it got that token"),
        F::new("created_by", &ACCOUNT, "Member who registered it").to("member"),
        F::new("created_at", &PLUMBING, "Registered"),
        F::new("revoked_at", &PLUMBING, "Revoked"),
    ],
};

pub(crate) const AGENT_REQUEST_TABLE: Table = Table {
    name: "agent_request",
    rows: "requests by agents",
    says: "Through which agent a request came and what the agent was told; gone 60 days after the request ended.",
    fields: &[
        F::new("id", &PLUMBING, "The UUID under which the agent knows the request"),
        F::new("organisation", &PLUMBING, "Where").to("organisation"),
        F::new("request", &PLUMBING, "The request").to("request"),
        F::new("asked_by", &AGENT_REQUEST, "By which agent").to("authorised_agent"),
        F::new("exercise", &AGENT_REQUEST, "Which right of the protocol"),
        F::new(
            "reference",
            &AGENT_REQUEST,
            "The agent's own number for it: letters, digits and a few signs, no address",
        ),
        F::new("callback_sealed", &SECRET, "Where the agent is told how it stands"),
        F::new("told", &PLUMBING, "What it was told last"),
        F::new("created_at", &PLUMBING, "When"),
        F::new("expires_at", &PLUMBING, "Deleted by itself"),
    ],
};

pub(crate) const USED_SIGNATURE: Table = Table {
    name: "used_signature",
    rows: "signed messages that were heard",
    says: "That a signed message of an agent was heard, so that its copy is not; until the message itself expires.",
    fields: &[
        F::new("id", &FLEETING, "Keyed fingerprint of the message"),
        F::new("organisation", &PLUMBING, "Where").to("organisation"),
        F::new("expires_at", &PLUMBING, "When the message itself is no longer valid"),
    ],
};
