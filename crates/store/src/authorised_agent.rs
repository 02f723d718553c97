//! Authorised agents: companies that may ask for people, each with the key that verifies what it signs. Of its token only the
//! hash is stored.

use model::{AuthorisedAgentId, MemberId, Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`AgentRow`].
macro_rules! columns {
    () => {
        "SELECT id, organisation, network_id, name, verify_key, callback, token_at, created_at FROM authorised_agent "
    };
}

crate::statements! {
    INSERT = "INSERT INTO authorised_agent (id, organisation, network_id, name, verify_key, callback, created_by, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVERY = concat!(columns!(), "WHERE organisation = $1 AND revoked_at IS NULL ORDER BY id");
    BY_ID = concat!(columns!(), "WHERE organisation = $1 AND id = $2 AND revoked_at IS NULL");
    BY_NAME = concat!(columns!(), "WHERE organisation = $1 AND network_id = $2 AND revoked_at IS NULL");
    BY_TOKEN = concat!(columns!(), "WHERE token_hash = $1 AND revoked_at IS NULL");
    // The token before it is good for nothing any more.
    CONNECT = "UPDATE authorised_agent SET token_hash = $3, token_at = $4 WHERE organisation = $1 AND id = $2 AND revoked_at IS NULL";
    REVOKE = "UPDATE authorised_agent SET revoked_at = $3, token_hash = NULL WHERE organisation = $1 AND id = $2 \
              AND revoked_at IS NULL";
}

/// An agent that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Its id here.
    pub id: AuthorisedAgentId,
    /// At whose desk.
    pub organisation: OrganisationId,
    /// What its network calls it.
    pub agent: String,
    /// What people call it.
    pub name: String,
    /// The Ed25519 key that verifies what it signs.
    pub verify_key: Vec<u8>,
    /// The one host it may be told things at; empty where it is told nothing.
    pub callback: String,
    /// When it last got a token.
    pub token_at: Option<Moment>,
    /// When it was registered.
    pub created_at: Moment,
}

impl AgentRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            agent: row.text("network_id")?,
            name: row.text("name")?,
            verify_key: row.bytes("verify_key")?,
            callback: row.text("callback")?,
            token_at: row.maybe_moment("token_at")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Registers an agent; `by` does it.
pub fn insert(new: &AgentRow, by: MemberId) -> Statement {
    let AgentRow { id, organisation, agent, name, verify_key, callback, created_at, .. } = new;
    Statement::new(INSERT, params![id, organisation, agent, name, verify_key.clone(), callback, by, *created_at])
}

/// The agents that are registered.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// One agent, unless it was revoked.
pub fn by_id(organisation: OrganisationId, id: AuthorisedAgentId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The agent with this name, unless it was revoked.
pub fn by_name(organisation: OrganisationId, agent: &str) -> Statement {
    Statement::new(BY_NAME, params![organisation, agent])
}

/// The agent behind a token, unless it was revoked. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash])
}

/// Gives the agent a token.
pub fn connect(organisation: OrganisationId, id: AuthorisedAgentId, token_hash: Vec<u8>, at: Moment) -> Statement {
    Statement::new(CONNECT, params![organisation, id, token_hash, at]).expect(Expect::Exactly(1))
}

/// Revokes an agent and its token for good.
pub fn revoke(organisation: OrganisationId, id: AuthorisedAgentId, at: Moment) -> Statement {
    Statement::new(REVOKE, params![organisation, id, at]).expect(Expect::Exactly(1))
}
