//! Open invitations to join the staff. Only the hash of the link's token is stored.

use model::{InvitationId, MemberId, Moment, OrganisationId, Role};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO invitation (id, organisation, role, token_hash, invited_by, created_at, expires_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_TOKEN = "SELECT id, organisation, role, invited_by, created_at, expires_at FROM invitation \
              WHERE token_hash = $1 AND expires_at > $2";
    LIST = "SELECT id, organisation, role, invited_by, created_at, expires_at FROM invitation \
              WHERE organisation = $1 AND expires_at > $2 ORDER BY id";
    REMOVE = "DELETE FROM invitation WHERE organisation = $1 AND id = $2";
    REMOVE_EXPIRED = "DELETE FROM invitation WHERE expires_at <= $1";
}

/// A new invitation.
pub struct NewInvitation {
    /// Its id.
    pub id: InvitationId,
    /// What the new member will be allowed to do.
    pub role: Role,
    /// The hash of the token in the link.
    pub token_hash: Vec<u8>,
    /// Who invites.
    pub invited_by: MemberId,
    /// When.
    pub created_at: Moment,
    /// Until when the link is good.
    pub expires_at: Moment,
}

/// An open invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id.
    pub id: InvitationId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What the new member will be allowed to do.
    pub role: Role,
    /// Who invites.
    pub invited_by: MemberId,
    /// When.
    pub created_at: Moment,
    /// Until when the link is good.
    pub expires_at: Moment,
}

impl InvitationRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            role: row.id("role")?,
            invited_by: row.id("invited_by")?,
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// Invites somebody.
pub fn insert(organisation: OrganisationId, new: NewInvitation) -> Statement {
    let NewInvitation { id, role, token_hash, invited_by, created_at, expires_at } = new;
    Statement::new(INSERT, params![id, organisation, role.word(), token_hash, invited_by, created_at, expires_at])
}

/// The open invitation behind a link. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>, now: Moment) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash, now])
}

/// The open ones.
pub fn list(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(LIST, params![organisation, now])
}

/// Uses an invitation up, or takes it back: one of two who try at once fails.
pub fn remove(organisation: OrganisationId, id: InvitationId) -> Statement {
    Statement::new(REMOVE, params![organisation, id]).expect(Expect::Exactly(1))
}

/// Forgets invitations that have expired. Behind the house's fence.
pub fn remove_expired(now: Moment) -> Statement {
    Statement::new(REMOVE_EXPIRED, params![now])
}
