//! People: what a customer told us about herself, sealed with her own key.

use model::{Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`PersonRow`].
macro_rules! columns {
    () => {
        "SELECT id, name_sealed, email_sealed, locale, created_at, last_seen_at FROM person "
    };
}

crate::statements! {
    INSERT = "INSERT INTO person (id, organisation, locale, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)";
    BY_ID = concat!(columns!(), "WHERE organisation = $1 AND id = $2");
    BY_EMAIL_INDEX = concat!(columns!(), "WHERE organisation = $1 AND email_index = $2 ORDER BY id DESC LIMIT 100");
    // `zxx`, no language at all, is the mark of the planted people of retention: nobody meets them.
    RECENT = concat!(columns!(), "WHERE organisation = $1 AND locale <> 'zxx' ORDER BY id DESC LIMIT $2");
    ADDRESSED = "SELECT id, email_sealed, email_index FROM person WHERE organisation = $1 AND email_sealed IS NOT NULL \
              AND restricted_at IS NULL ORDER BY id DESC LIMIT $2";
    SET_CONTACT = "UPDATE person SET name_sealed = $3, email_sealed = $4, email_index = $5 WHERE organisation = $1 AND id = $2";
    // What is restricted (Art. 18) is kept, however long nobody comes; so is whoever still waits for an answer to a request.
    QUIET_SINCE = "SELECT p.id FROM person p WHERE p.organisation = $1 AND p.last_seen_at < $2 AND p.restricted_at IS NULL \
              AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = p.organisation AND h.person = p.id AND h.lifted_at IS NULL) \
              AND NOT EXISTS (SELECT 1 FROM request r WHERE r.organisation = p.organisation AND r.person = p.id AND r.closed_at IS NULL) \
              AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.organisation = p.organisation AND c.person = p.id \
              AND (c.last_activity_at >= $2 OR c.restricted_at IS NOT NULL)) ORDER BY p.id LIMIT $3";
    SURVEYED_AT = "SELECT surveyed_at FROM person WHERE organisation = $1 AND id = $2";
    SURVEYED = "UPDATE person SET surveyed_at = COALESCE(surveyed_at, $3) WHERE organisation = $1 AND id = $2";
    SEEN = "UPDATE person SET last_seen_at = $3 WHERE organisation = $1 AND id = $2";
}

/// A person as stored. Has no `Debug`.
#[derive(Clone)]
pub struct PersonRow {
    /// Her id.
    pub id: PersonId,
    /// Her name, if she gave it.
    pub name: Option<Sealed>,
    /// Her e-mail address, if she gave it.
    pub email: Option<Sealed>,
    /// The tag of her language.
    pub locale: String,
    /// When she first started a chat.
    pub created_at: Moment,
    /// When she was last here.
    pub last_seen_at: Moment,
}

impl PersonRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            name: row.maybe_sealed("name_sealed")?,
            email: row.maybe_sealed("email_sealed")?,
            locale: row.text("locale")?,
            created_at: row.moment("created_at")?,
            last_seen_at: row.moment("last_seen_at")?,
        })
    }
}

/// A person of whom nothing is known yet but her language.
pub fn insert(organisation: OrganisationId, id: PersonId, locale: &str, at: Moment) -> Statement {
    Statement::new(INSERT, params![id, organisation, locale, at])
}

/// One person.
pub fn by_id(organisation: OrganisationId, id: PersonId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The people who gave this e-mail address, the latest first.
pub fn by_email_index(organisation: OrganisationId, email_index: Vec<u8>) -> Statement {
    Statement::new(BY_EMAIL_INDEX, params![organisation, email_index])
}

/// The latest people.
pub fn recent(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(RECENT, params![organisation, limit])
}

/// Replaces name and address; `None` removes.
pub fn set_contact(
    organisation: OrganisationId,
    id: PersonId,
    name: Option<Sealed>,
    email: Option<Sealed>,
    email_index: Option<Vec<u8>>,
) -> Statement {
    Statement::new(SET_CONTACT, params![organisation, id, name, email, email_index]).expect(Expect::Exactly(1))
}

/// Notes that she was here.
pub fn seen(organisation: OrganisationId, id: PersonId, at: Moment) -> Statement {
    Statement::new(SEEN, params![organisation, id, at])
}

/// When the questions before the chat were answered or passed over (`surveyed_at`).
pub fn surveyed_at(organisation: OrganisationId, id: PersonId) -> Statement {
    Statement::new(SURVEYED_AT, params![organisation, id])
}

/// Notes that the questions before the chat were answered or passed over.
pub fn surveyed(organisation: OrganisationId, id: PersonId, at: Moment) -> Statement {
    Statement::new(SURVEYED, params![organisation, id, at]).expect(Expect::Exactly(1))
}

/// People who were not here, and in whose conversations nothing happened, since this moment.
pub fn quiet_since(organisation: OrganisationId, since: Moment, limit: i64) -> Statement {
    Statement::new(QUIET_SINCE, params![organisation, since, limit])
}

/// The latest people with an e-mail address: `id`, `email_sealed`, `email_index`.
pub fn addressed(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(ADDRESSED, params![organisation, limit])
}
