//! Signed-in staff browsers. Only the hash of a session's token is stored.

use model::{MemberId, Moment, OrganisationId, Role, SessionId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO session (id, organisation, member, token_hash, created_at, expires_at, last_seen_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $5)";
    BY_TOKEN = "SELECT s.id, s.organisation, s.member, m.role, s.created_at, s.expires_at, s.last_seen_at FROM session s \
              JOIN member m ON m.organisation = s.organisation AND m.id = s.member \
              WHERE s.token_hash = $1 AND m.disabled_at IS NULL";
    SEEN = "UPDATE session SET last_seen_at = $3 WHERE organisation = $1 AND id = $2";
    END = "DELETE FROM session WHERE organisation = $1 AND id = $2";
    END_OF_MEMBER = "DELETE FROM session WHERE organisation = $1 AND member = $2";
    OLDEST = "SELECT min(s.created_at) AS oldest, coalesce(sum(CASE WHEN m.disabled_at IS NULL THEN 0 ELSE 1 END), 0) AS locked \
              FROM session s JOIN member m ON m.organisation = s.organisation AND m.id = s.member WHERE s.organisation = $1";
    SWEEP = "DELETE FROM session WHERE organisation = $1 AND (expires_at <= $2 OR last_seen_at <= $3)";
}

/// A browser that signs in.
pub struct NewSession {
    /// The session's id.
    pub id: SessionId,
    /// Who signed in.
    pub member: MemberId,
    /// The hash of the token in the cookie.
    pub token_hash: Vec<u8>,
    /// When.
    pub at: Moment,
    /// Until when at most.
    pub expires_at: Moment,
}

/// A session, with what its member may do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The session's id.
    pub id: SessionId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// Who is signed in.
    pub member: MemberId,
    /// What the member may do.
    pub role: Role,
    /// When the member signed in.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
    /// When it was last used.
    pub last_seen_at: Moment,
}

impl SessionRow {
    /// Reads the columns of [`by_token`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            member: row.id("member")?,
            role: row.id("role")?,
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
            last_seen_at: row.moment("last_seen_at")?,
        })
    }
}

/// Signs a browser in.
pub fn insert(organisation: OrganisationId, new: NewSession) -> Statement {
    let NewSession { id, member, token_hash, at, expires_at } = new;
    Statement::new(INSERT, params![id, organisation, member, token_hash, at, expires_at])
}

/// The session behind a token, unless its member is locked out; the caller looks at the times. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash])
}

/// Notes that a session was used.
pub fn seen(organisation: OrganisationId, id: SessionId, now: Moment) -> Statement {
    Statement::new(SEEN, params![organisation, id, now])
}

/// Signs a browser out.
pub fn end(organisation: OrganisationId, id: SessionId) -> Statement {
    Statement::new(END, params![organisation, id])
}

/// Signs a member out everywhere.
pub fn end_of_member(organisation: OrganisationId, member: MemberId) -> Statement {
    Statement::new(END_OF_MEMBER, params![organisation, member])
}

/// Forgets sessions that have expired, or were not used since `idle_since`.
pub fn sweep(organisation: OrganisationId, now: Moment, idle_since: Moment) -> Statement {
    Statement::new(SWEEP, params![organisation, now, idle_since])
}

/// The oldest sign-in (`oldest`, empty where there is none) and how many are of locked accounts (`locked`).
pub fn oldest(organisation: OrganisationId) -> Statement {
    Statement::new(OLDEST, params![organisation])
}
