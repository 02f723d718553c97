//! Members of the staff: who they are (sealed), how they sign in, what they may do.

use model::{MemberId, Moment, OrganisationId, Role};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`MemberRow`].
macro_rules! columns {
    () => {
        "SELECT id, organisation, email_sealed, name_sealed, password_hash, role, disabled_at, created_at FROM member "
    };
}

/// Whether an active owner is left besides member `$2`.
macro_rules! another_owner {
    () => {
        "EXISTS (SELECT 1 FROM member AS other WHERE other.organisation = $1 AND other.id <> $2 \
         AND other.role = 'owner' AND other.disabled_at IS NULL)"
    };
}

crate::statements! {
    INSERT = "INSERT INTO member (id, organisation, email_sealed, email_index, name_sealed, password_hash, role, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = concat!(columns!(), "WHERE organisation = $1 AND id = $2");
    BY_EMAIL = concat!(columns!(), "WHERE organisation = $1 AND email_index = $2");
    EVERY = concat!(columns!(), "WHERE organisation = $1 ORDER BY id");
    SET_ROLE = concat!("UPDATE member SET role = $4 WHERE organisation = $1 AND id = $2 AND role = $3 AND ($3 <> 'owner' OR ",
              another_owner!(), ")");
    SET_DISABLED = concat!("UPDATE member SET disabled_at = $3 WHERE organisation = $1 AND id = $2 \
              AND (CAST($3 AS BIGINT) IS NULL OR role <> 'owner' OR ", another_owner!(), ")");
    OWNER_ANYWHERE = "SELECT id FROM member WHERE role = 'owner' LIMIT 1";
}

/// A member as stored. Has no `Debug`.
#[derive(Clone)]
pub struct MemberRow {
    /// The id.
    pub id: MemberId,
    /// The employer.
    pub organisation: OrganisationId,
    /// The e-mail address.
    pub email: Sealed,
    /// The name.
    pub name: Sealed,
    /// The argon2id hash of the password.
    pub password_hash: String,
    /// What the member may do.
    pub role: Role,
    /// Since when the member may not sign in.
    pub disabled_at: Option<Moment>,
    /// Since when.
    pub created_at: Moment,
}

impl MemberRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            email: row.sealed("email_sealed")?,
            name: row.sealed("name_sealed")?,
            password_hash: row.text("password_hash")?,
            role: row.id("role")?,
            disabled_at: row.maybe_moment("disabled_at")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Takes a member on; [`StoreError::Unique`] where the address is taken.
pub fn insert(new: MemberRow, email_index: Vec<u8>) -> Statement {
    let MemberRow { id, organisation, email, name, password_hash, role, created_at, .. } = new;
    let values = params![id, organisation, email, email_index, name, password_hash, role.word(), created_at];
    Statement::new(INSERT, values)
}

/// One member.
pub fn by_id(organisation: OrganisationId, id: MemberId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The member with this e-mail address.
pub fn by_email(organisation: OrganisationId, email_index: Vec<u8>) -> Statement {
    Statement::new(BY_EMAIL, params![organisation, email_index])
}

/// Everybody, the oldest member first.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// Changes what a member may do, if it is still `from` and an active owner is left.
pub fn set_role(organisation: OrganisationId, id: MemberId, from: Role, to: Role) -> Statement {
    Statement::new(SET_ROLE, params![organisation, id, from.word(), to.word()]).expect(Expect::Exactly(1))
}

/// Locks a member out, if an active owner is left, or lets them in again.
pub fn set_disabled(organisation: OrganisationId, id: MemberId, disabled_at: Option<Moment>) -> Statement {
    Statement::new(SET_DISABLED, params![organisation, id, disabled_at]).expect(Expect::Exactly(1))
}

/// One owner of any organisation: there is none before the first run is done. Behind the house's fence.
pub fn owner_anywhere() -> Statement {
    Statement::new(OWNER_ANYWHERE, params![])
}
