//! What an authorised agent asked: beside the request, what the agent calls it and what it was told last.

use model::{AuthorisedAgentId, Moment, OrganisationId, RequestId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO agent_request (id, organisation, request, asked_by, exercise, reference, callback_sealed, told, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)";
    BY_REQUEST = "SELECT id, request, asked_by, reference, callback_sealed, told FROM agent_request \
              WHERE organisation = $1 AND request = $2";
    TOLD = "UPDATE agent_request SET told = $3 WHERE organisation = $1 AND request = $2";
    CLOSE = "UPDATE agent_request SET expires_at = $3 WHERE organisation = $1 AND request = $2 AND expires_at IS NULL";
    DELETE = "DELETE FROM agent_request WHERE organisation = $1 AND request = $2";
}

/// What an agent asked.
pub struct AgentRequestRow {
    /// The UUID under which the agent knows it.
    pub id: String,
    /// The request.
    pub request: RequestId,
    /// By which agent.
    pub agent: AuthorisedAgentId,
    /// The agent's own number for it.
    pub reference: Option<String>,
    /// Where the agent wants to be told, sealed with the organisation's key; empty where it is not told.
    pub callback: Sealed,
    /// What it was told last.
    pub told: String,
}

impl AgentRequestRow {
    /// Reads the columns of [`by_request`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.text("id")?,
            request: row.id("request")?,
            agent: row.id("asked_by")?,
            reference: row.maybe_text("reference")?,
            callback: row.sealed("callback_sealed")?,
            told: row.text("told")?,
        })
    }
}

/// Notes through which agent a request came, and as which right of the protocol.
pub fn insert(organisation: OrganisationId, new: AgentRequestRow, exercise: &str, at: Moment) -> Statement {
    let AgentRequestRow { id, request, agent, reference, callback, .. } = new;
    let params = params![id, organisation, request, agent, exercise, reference, callback, at];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// What an agent asked with this request, if an agent did.
pub fn by_request(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(BY_REQUEST, params![organisation, request])
}

/// Notes what the agent was told.
pub fn told(organisation: OrganisationId, request: RequestId, what: &str) -> Statement {
    Statement::new(TOLD, params![organisation, request, what])
}

/// The request is over: until when the agent can still read how it ended.
pub fn close(organisation: OrganisationId, request: RequestId, until: Moment) -> Statement {
    Statement::new(CLOSE, params![organisation, request, until])
}

/// Deletes it, before the request itself goes.
pub fn delete(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(DELETE, params![organisation, request])
}
