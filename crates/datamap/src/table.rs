//! The list of all tables, children before their parents: the order in which rows can be deleted.

use crate::{
    Table, agent, company, consent, conversation, house, keeping, mask_rule, person, promise, provider, request,
    review, staff, test_set,
};

/// Every table of both engines, each before the ones it points at.
pub const TABLES: &[Table] = &[
    house::DEPARTURE,
    house::AUDIT_CHECKPOINT,
    house::ERASURE,
    house::WRAPPED_KEY,
    house::META,
    house::TENANT_EXPORT,
    house::JOB,
    house::AUDIT,
    agent::USED_SIGNATURE,
    agent::AGENT_REQUEST_TABLE,
    agent::AUTHORISED_AGENT,
    review::LINEAGE,
    review::REVIEW,
    request::REQUEST_FILE,
    request::REQUEST_WORDS_TABLE,
    request::REQUEST_STEP,
    request::REQUESTS,
    keeping::RETENTION_RUN,
    keeping::LEGAL_HOLD,
    consent::SURVEY_ANSWER,
    consent::CONSENT,
    conversation::DISCLOSURE,
    conversation::ANSWER,
    conversation::FILE,
    conversation::CONVERSATION_WORD,
    conversation::MESSAGE,
    person::VISITOR_SESSION,
    conversation::CONVERSATION,
    person::PERSON,
    consent::CONSENT_TEXT,
    promise::PROOF_TABLE,
    promise::ATTESTATION,
    staff::SESSION,
    staff::INVITATION,
    staff::API_KEY,
    staff::MEMBER,
    company::PASSAGE,
    company::SNAPSHOT,
    company::PAGE,
    company::CRAWL_URL,
    company::CRAWL,
    company::SOURCE,
    test_set::TEST_RUN,
    test_set::TEST_SET,
    provider::PROVIDER,
    mask_rule::MASK_RULE,
    provider::SPENDING,
    provider::SPENDING_LIMIT,
    company::SIGHTING,
    company::ORGANISATION,
];

/// The table with this name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
