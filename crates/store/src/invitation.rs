//! Open invitations to join the staff. Only the hash of the link's token is stored.

use model::{InvitationId, MemberId, Moment, OrganisationId, Role};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO invitation (id, organisation, role, token_hash, invited_by, created_at, expires_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_TOKEN = "SELECT id, organisation, role, created_at, expires_at FROM invitation \
              WHERE token_hash = $1";
    OPEN = "SELECT id, organisation, role, created_at, expires_at FROM invitation \
              WHERE organisation = $1 AND expires_at > $2 ORDER BY id";
    TAKE = "DELETE FROM invitation WHERE organisation = $1 AND id = $2";
    SWEEP = "DELETE FROM invitation WHERE organisation = $1 AND expires_at <= $2";
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Its id.
    pub id: InvitationId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What the new member will be allowed to do.
    pub role: Role,
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
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// Invites somebody; `by` invites, the link holds what `token_hash` was made from.
pub fn insert(new: &InvitationRow, by: MemberId, token_hash: Vec<u8>) -> Statement {
    let InvitationRow { id, organisation, role, created_at, expires_at } = new;
    Statement::new(INSERT, params![id, organisation, role.word(), token_hash, by, *created_at, *expires_at])
}

/// The invitation behind a link, good or expired. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash])
}

/// The ones that are still good.
pub fn open(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(OPEN, params![organisation, now])
}

/// Uses an invitation up, or takes it back: one of two who try at once fails.
pub fn take(organisation: OrganisationId, id: InvitationId) -> Statement {
    Statement::new(TAKE, params![organisation, id]).expect(Expect::Exactly(1))
}

/// Forgets invitations that have expired.
pub fn sweep(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(SWEEP, params![organisation, now])
}
