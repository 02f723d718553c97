//! The audit log: who did what to which thing. Ids and words of the house, never contents. A line is never changed.

use model::{Actor, AuditId, Moment, OrganisationId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO audit (id, organisation, actor_kind, actor, action, object_kind, object, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    RECENT = "SELECT id, actor_kind, actor, action, object_kind, object, created_at FROM audit \
              WHERE organisation = $1 ORDER BY id DESC LIMIT $2";
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// The line's id.
    pub id: AuditId,
    /// `visitor`, `member`, `api_key` or `house`.
    pub actor_kind: String,
    /// The actor's id.
    pub actor: String,
    /// The deed.
    pub action: String,
    /// The kind of thing it was done to.
    pub object_kind: String,
    /// The thing's id.
    pub object: String,
    /// When.
    pub created_at: Moment,
}

impl AuditRow {
    /// Reads the columns of [`recent`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            actor_kind: row.text("actor_kind")?,
            actor: row.text("actor")?,
            action: row.text("action")?,
            object_kind: row.text("object_kind")?,
            object: row.text("object")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// What was done to which thing: ids and words of the house, never contents.
pub struct Act<'a> {
    /// The deed, such as `api_key.revoke`.
    pub action: &'a str,
    /// The kind of thing.
    pub object_kind: &'a str,
    /// The thing's id.
    pub object: &'a str,
}

/// Notes a deed; goes into the same work as the deed.
pub fn insert(id: AuditId, actor: &Actor, act: &Act<'_>, at: Moment) -> Statement {
    let (actor_kind, name) = actor.audit_name();
    let Act { action, object_kind, object } = *act;
    Statement::new(INSERT, params![id, actor.organisation(), actor_kind, name, action, object_kind, object, at])
}

/// The latest lines.
pub fn recent(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(RECENT, params![organisation, limit])
}
