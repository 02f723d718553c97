//! Archives made for a request, sealed with the requester's key, until they are fetched or their time is over.

use model::{Moment, OrganisationId, PersonId, RequestFileId, RequestId, RequestStepId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO request_file (id, organisation, request, person, step, bytes, content_hash, content_sealed, created_at, expires_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_REQUEST = "SELECT id, person, step, bytes, content_hash, created_at, expires_at FROM request_file \
              WHERE organisation = $1 AND request = $2 ORDER BY id";
    CONTENT = "SELECT content_sealed FROM request_file WHERE organisation = $1 AND id = $2 AND expires_at > $3";
    DELETE = "DELETE FROM request_file WHERE organisation = $1 AND request = $2";
    DELETE_EXPIRED = "DELETE FROM request_file WHERE organisation = $1 AND expires_at <= $2";
}

/// An archive, without its bytes.
#[derive(Clone)]
pub struct FileRow {
    /// Its id.
    pub id: RequestFileId,
    /// Whose key opens it.
    pub person: PersonId,
    /// The step that made it.
    pub step: RequestStepId,
    /// Its size.
    pub bytes: i64,
    /// SHA-256.
    pub hash: Vec<u8>,
    /// Made.
    pub created_at: Moment,
    /// Gone by itself.
    pub expires_at: Moment,
}

impl FileRow {
    /// Reads the columns of [`of_request`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            person: row.id("person")?,
            step: row.id("step")?,
            bytes: row.int("bytes")?,
            hash: row.bytes("content_hash")?,
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// Keeps an archive. A step makes one: a second is refused.
pub fn insert(organisation: OrganisationId, request: RequestId, new: FileRow, content: Sealed) -> Statement {
    let FileRow { id, person, step, bytes, hash, created_at, expires_at } = new;
    let params = params![id, organisation, request, person, step, bytes, hash, content, created_at, expires_at];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// The archives of a request.
pub fn of_request(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(OF_REQUEST, params![organisation, request])
}

/// The bytes of one, while they are kept: `content_sealed`.
pub fn content(organisation: OrganisationId, id: RequestFileId, now: Moment) -> Statement {
    Statement::new(CONTENT, params![organisation, id, now])
}

/// Deletes the archives of a request whose record goes.
pub fn delete(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(DELETE, params![organisation, request])
}

/// Deletes the archives whose time is over.
pub fn delete_expired(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(DELETE_EXPIRED, params![organisation, now])
}
