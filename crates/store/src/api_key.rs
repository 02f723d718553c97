//! Keys for the public API. Only a key's hash is stored.

use model::{ApiKeyId, MemberId, Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO api_key (id, organisation, name, token_hash, scopes, created_by, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_TOKEN = "SELECT id, organisation, name, scopes, created_at, last_used_at FROM api_key \
              WHERE token_hash = $1 AND revoked_at IS NULL";
    EVERY = "SELECT id, organisation, name, scopes, created_at, last_used_at FROM api_key \
              WHERE organisation = $1 AND revoked_at IS NULL ORDER BY id";
    USED = "UPDATE api_key SET last_used_at = $3 WHERE organisation = $1 AND id = $2";
    REVOKE = "UPDATE api_key SET revoked_at = $3 WHERE organisation = $1 AND id = $2 AND revoked_at IS NULL";
}

/// A key that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// Its id.
    pub id: ApiKeyId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What the staff calls it.
    pub name: String,
    /// The words of its scopes, separated by spaces.
    pub scopes: String,
    /// When.
    pub created_at: Moment,
    /// When it was last used.
    pub last_used_at: Option<Moment>,
}

impl ApiKeyRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            name: row.text("name")?,
            scopes: row.text("scopes")?,
            created_at: row.moment("created_at")?,
            last_used_at: row.maybe_moment("last_used_at")?,
        })
    }
}

/// Makes a key; `by` makes it, `token_hash` is all that is kept of its secret.
pub fn insert(new: &ApiKeyRow, by: MemberId, token_hash: Vec<u8>) -> Statement {
    let ApiKeyRow { id, organisation, name, scopes, created_at, .. } = new;
    Statement::new(INSERT, params![id, organisation, name, token_hash, scopes, by, *created_at])
}

/// The key behind a token, unless it was revoked. Behind the house's fence.
pub fn by_token(token_hash: Vec<u8>) -> Statement {
    Statement::new(BY_TOKEN, params![token_hash])
}

/// The keys that are good.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// Notes that a key was used.
pub fn used(organisation: OrganisationId, id: ApiKeyId, now: Moment) -> Statement {
    Statement::new(USED, params![organisation, id, now])
}

/// Revokes a key for good.
pub fn revoke(organisation: OrganisationId, id: ApiKeyId, now: Moment) -> Statement {
    Statement::new(REVOKE, params![organisation, id, now]).expect(Expect::Exactly(1))
}
