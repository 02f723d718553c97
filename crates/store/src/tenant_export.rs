//! Exports of whole organisations: how far each is, and until when its file lies ready.

use model::{Moment, OrganisationId, TenantExportId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO tenant_export (id, organisation, state, done_tables, total_tables, rows_written, created_at, expires_at) \
              VALUES ($1, $2, 'running', 0, $3, 0, $4, $5)";
    BY_ID = "SELECT id, state, done_tables, total_tables, rows_written, bytes, created_at, finished_at, expires_at \
              FROM tenant_export WHERE organisation = $1 AND id = $2";
    LATEST = "SELECT id, state, done_tables, total_tables, rows_written, bytes, created_at, finished_at, expires_at \
              FROM tenant_export WHERE organisation = $1 ORDER BY id DESC LIMIT $2";
    SAVE = "UPDATE tenant_export SET done_tables = $3, rows_written = $4 WHERE organisation = $1 AND id = $2";
    FINISH = "UPDATE tenant_export SET state = 'done', done_tables = total_tables, rows_written = $3, bytes = $4, finished_at = $5 \
              WHERE organisation = $1 AND id = $2";
    FORGET = "DELETE FROM tenant_export WHERE organisation = $1 AND id = $2";
}

/// One export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantExportRow {
    /// Its id.
    pub id: TenantExportId,
    /// `running` or `done`.
    pub state: String,
    /// Tables that are written.
    pub done_tables: i64,
    /// Tables in all.
    pub total_tables: i64,
    /// Rows that are written.
    pub rows_written: i64,
    /// The size of the finished file.
    pub bytes: Option<i64>,
    /// Asked.
    pub created_at: Moment,
    /// Done.
    pub finished_at: Option<Moment>,
    /// When the file goes.
    pub expires_at: Moment,
}

impl TenantExportRow {
    /// Reads the columns of every `SELECT` here.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            state: row.text("state")?,
            done_tables: row.int("done_tables")?,
            total_tables: row.int("total_tables")?,
            rows_written: row.int("rows_written")?,
            bytes: row.maybe_int("bytes")?,
            created_at: row.moment("created_at")?,
            finished_at: row.maybe_moment("finished_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// A new one, running.
pub fn insert(organisation: OrganisationId, id: TenantExportId, tables: i64, [at, until]: [Moment; 2]) -> Statement {
    Statement::new(INSERT, params![id, organisation, tables, at, until])
}

/// One.
pub fn by_id(organisation: OrganisationId, id: TenantExportId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The newest.
pub fn latest(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(LATEST, params![organisation, limit])
}

/// Notes how far it is.
pub fn save(organisation: OrganisationId, id: TenantExportId, [tables, rows]: [i64; 2]) -> Statement {
    Statement::new(SAVE, params![organisation, id, tables, rows])
}

/// It lies ready.
pub fn finish(organisation: OrganisationId, id: TenantExportId, [rows, bytes]: [i64; 2], at: Moment) -> Statement {
    Statement::new(FINISH, params![organisation, id, rows, bytes, at])
}

/// Its time is over.
pub fn forget(organisation: OrganisationId, id: TenantExportId) -> Statement {
    Statement::new(FORGET, params![organisation, id])
}
