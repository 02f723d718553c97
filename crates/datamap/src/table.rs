//! The list of all tables, children before their parents: the order in which rows can be deleted.

use crate::{Table, company, conversation, house, person, staff};

/// Every table of both engines, each before the ones it points at.
pub const TABLES: &[Table] = &[
    house::ERASURE,
    house::WRAPPED_KEY,
    house::META,
    house::JOB,
    house::AUDIT,
    conversation::DISCLOSURE,
    conversation::ANSWER,
    conversation::FILE,
    conversation::MESSAGE_WORD,
    conversation::MESSAGE,
    person::VISITOR_SESSION,
    conversation::CONVERSATION,
    person::PERSON,
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
    company::SIGHTING,
    company::ORGANISATION,
];

/// The table with this name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
