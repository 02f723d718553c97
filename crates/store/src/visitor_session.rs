//! Visitors' browsers. Only the hash of a session's token is stored.

use model::{ConversationId, Moment, OrganisationId, PersonId, VisitorSessionId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO visitor_session (id, organisation, person, token_hash, conversation, created_at, expires_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_TOKEN = "SELECT id, organisation, person, conversation, created_at, expires_at FROM visitor_session WHERE token_hash = $1";
    HASHES_BY_PERSON = "SELECT token_hash FROM visitor_session WHERE organisation = $1 AND person = $2";
    RENEW = "UPDATE visitor_session SET expires_at = $3 WHERE organisation = $1 AND id = $2";
}

/// A browser in which a chat begins.
pub struct NewVisitorSession {
    /// The session's id.
    pub id: VisitorSessionId,
    /// The visitor.
    pub person: PersonId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The hash of the token that the browser keeps.
    pub token_hash: Vec<u8>,
    /// When.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
}

/// A visitor's session, good or expired: the caller tells the two apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorSessionRow {
    /// The session's id.
    pub id: VisitorSessionId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// The visitor.
    pub person: PersonId,
    /// The conversation.
    pub conversation: ConversationId,
    /// When it began.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
}

impl VisitorSessionRow {
    /// Reads the columns of [`by_token`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            person: row.id("person")?,
            conversation: row.id("conversation")?,
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// Begins a session.
pub fn insert(organisation: OrganisationId, new: NewVisitorSession) -> Statement {
    let NewVisitorSession { id, person, conversation, token_hash, created_at, expires_at } = new;
    Statement::new(INSERT, params![id, organisation, person, token_hash, conversation, created_at, expires_at])
}

/// The session behind a token. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash])
}

/// The hashes of a person's tokens.
pub fn hashes_by_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(HASHES_BY_PERSON, params![organisation, person])
}

/// Lets a session live longer.
pub fn renew(organisation: OrganisationId, id: VisitorSessionId, expires_at: Moment) -> Statement {
    Statement::new(RENEW, params![organisation, id, expires_at]).expect(Expect::Exactly(1))
}
