//! Members of the staff: who they are (sealed), how they sign in, what they may do.

use model::{MemberId, Moment, OrganisationId, Role};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`MemberRow`].
macro_rules! columns {
    () => {
        "SELECT id, email_sealed, name_sealed, password_hash, role, disabled_at, created_at FROM member "
    };
}

crate::statements! {
    INSERT = "INSERT INTO member (id, organisation, email_sealed, email_index, name_sealed, password_hash, role, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = concat!(columns!(), "WHERE organisation = $1 AND id = $2");
    BY_EMAIL_INDEX = concat!(columns!(), "WHERE organisation = $1 AND email_index = $2");
    LIST = concat!(columns!(), "WHERE organisation = $1 ORDER BY id");
    SET_ROLE = "UPDATE member SET role = $3 WHERE organisation = $1 AND id = $2";
    SET_DISABLED = "UPDATE member SET disabled_at = $3 WHERE organisation = $1 AND id = $2";
    SET_PASSWORD = "UPDATE member SET password_hash = $3 WHERE organisation = $1 AND id = $2";
    OWNERS = "SELECT id FROM member WHERE organisation = $1 AND role = 'owner' AND disabled_at IS NULL";
}

/// A new member.
pub struct NewMember {
    /// The id.
    pub id: MemberId,
    /// The e-mail address.
    pub email: Sealed,
    /// The blind index of the normalised address.
    pub email_index: Vec<u8>,
    /// The name.
    pub name: Sealed,
    /// The argon2id hash of the password.
    pub password_hash: String,
    /// What the member may do.
    pub role: Role,
    /// When.
    pub created_at: Moment,
}

/// A member as stored. Has no `Debug`.
#[derive(Clone)]
pub struct MemberRow {
    /// The id.
    pub id: MemberId,
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
pub fn insert(organisation: OrganisationId, new: NewMember) -> Statement {
    let NewMember { id, email, email_index, name, password_hash, role, created_at } = new;
    let values = params![id, organisation, email, email_index, name, password_hash, role.word(), created_at];
    Statement::new(INSERT, values)
}

/// One member.
pub fn by_id(organisation: OrganisationId, id: MemberId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The member with this e-mail address.
pub fn by_email_index(organisation: OrganisationId, email_index: Vec<u8>) -> Statement {
    Statement::new(BY_EMAIL_INDEX, params![organisation, email_index])
}

/// Everybody, oldest first.
pub fn list(organisation: OrganisationId) -> Statement {
    Statement::new(LIST, params![organisation])
}

/// Changes what a member may do.
pub fn set_role(organisation: OrganisationId, id: MemberId, role: Role) -> Statement {
    Statement::new(SET_ROLE, params![organisation, id, role.word()]).expect(Expect::Exactly(1))
}

/// Locks a member out, or lets them in again.
pub fn set_disabled(organisation: OrganisationId, id: MemberId, disabled_at: Option<Moment>) -> Statement {
    Statement::new(SET_DISABLED, params![organisation, id, disabled_at]).expect(Expect::Exactly(1))
}

/// Replaces the password.
pub fn set_password(organisation: OrganisationId, id: MemberId, password_hash: &str) -> Statement {
    Statement::new(SET_PASSWORD, params![organisation, id, password_hash]).expect(Expect::Exactly(1))
}

/// The work stands only if an active owner is left: put it last in a work that takes rights away.
pub fn demand_owner(organisation: OrganisationId) -> Statement {
    Statement::new(OWNERS, params![organisation]).expect(Expect::AtLeast(1))
}
