//! What a member of the staff vouches for, until when: promises that no check can see from inside the server.

use model::{AttestationId, MemberId, Moment, OrganisationId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO attestation (id, organisation, promise, member, statement, made_at, valid_until) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LATEST = "SELECT id, promise, member, statement, made_at, valid_until FROM attestation WHERE organisation = $1 AND id IN \
              (SELECT max(id) FROM attestation WHERE organisation = $1 GROUP BY promise) ORDER BY promise";
}

/// One statement of one member about one promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationRow {
    /// Its id.
    pub id: AttestationId,
    /// Which promise.
    pub promise: String,
    /// Who vouches.
    pub member: MemberId,
    /// What was looked at to be sure, in the member's words about the house, not about people.
    pub statement: String,
    /// Since when.
    pub made_at: Moment,
    /// Until when; afterwards the promise is withdrawn.
    pub valid_until: Moment,
}

impl AttestationRow {
    /// Reads the columns of [`latest`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            promise: row.text("promise")?,
            member: row.id("member")?,
            statement: row.text("statement")?,
            made_at: row.moment("made_at")?,
            valid_until: row.moment("valid_until")?,
        })
    }
}

/// Notes a statement; the latest about a promise counts.
pub fn insert(organisation: OrganisationId, new: AttestationRow) -> Statement {
    let AttestationRow { id, promise, member, statement, made_at, valid_until } = new;
    Statement::new(INSERT, params![id, organisation, promise, member, statement, made_at, valid_until])
}

/// The last statement about every promise.
pub fn latest(organisation: OrganisationId) -> Statement {
    Statement::new(LATEST, params![organisation])
}
