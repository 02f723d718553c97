//! Passages: the pieces of snapshots that are found and cited.

use model::{Moment, OrganisationId, PageId, PassageId, SnapshotId};

use crate::{Row, Statement, StoreError, Value, params};

/// How many passages one look-up takes.
pub const MOST_AT_ONCE: usize = 12;

crate::statements! {
    INSERT = "INSERT INTO passage (id, organisation, page, snapshot, position, heading, content) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    // Only versions in force are found; older ones stay for the answers that cite them.
    IN_FORCE = "SELECT a.id, a.heading, a.content, s.title, s.language FROM page p \
              JOIN snapshot s ON s.organisation = p.organisation AND s.id = p.snapshot \
              JOIN passage a ON a.organisation = p.organisation AND a.snapshot = p.snapshot \
              WHERE p.organisation = $1 AND p.state = 'active' AND p.id > $2 AND p.id <= $3 ORDER BY p.id, a.position";
    PAGES_IN_FORCE = "SELECT id FROM page WHERE organisation = $1 AND state = 'active' AND id > $2 ORDER BY id LIMIT $3";
    BY_IDS = "SELECT a.id, a.page, a.snapshot, a.position, a.heading, a.content, s.title, s.language, s.fetched_at, p.url FROM passage a \
              JOIN snapshot s ON s.organisation = a.organisation AND s.id = a.snapshot \
              JOIN page p ON p.organisation = a.organisation AND p.id = a.page \
              WHERE a.organisation = $1 AND a.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FORGET = "DELETE FROM passage WHERE organisation = $1 AND snapshot = $2 AND NOT EXISTS (SELECT 1 FROM page p \
              WHERE p.organisation = $1 AND p.id = $3 AND p.snapshot = $2)";
    OF_SNAPSHOT = "SELECT id, heading, content FROM passage WHERE organisation = $1 AND snapshot = $2 ORDER BY position";
}

/// A passage with the version it was cut from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageRow {
    /// Its id.
    pub id: PassageId,
    /// The page.
    pub page: PageId,
    /// The version.
    pub snapshot: SnapshotId,
    /// The headings above it.
    pub heading: String,
    /// Its lines.
    pub content: String,
    /// The title of the version.
    pub title: String,
    /// The primary subtag of its language.
    pub language: Option<String>,
    /// When the version was fetched or written.
    pub fetched_at: Moment,
    /// The address of the page.
    pub url: Option<String>,
}

impl PassageRow {
    /// Reads the columns of [`by_ids`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            page: row.id("page")?,
            snapshot: row.id("snapshot")?,
            heading: row.text("heading")?,
            content: row.text("content")?,
            title: row.text("title")?,
            language: row.maybe_text("language")?,
            fetched_at: row.moment("fetched_at")?,
            url: row.maybe_text("url")?,
        })
    }
}

/// A passage to be kept.
pub struct NewPassage<'a> {
    /// Its id.
    pub id: PassageId,
    /// The page.
    pub page: PageId,
    /// The version it is cut from.
    pub snapshot: SnapshotId,
    /// Its place in the version.
    pub position: i64,
    /// The headings above it.
    pub heading: &'a str,
    /// Its lines.
    pub content: &'a str,
}

/// Keeps a passage.
pub fn insert(organisation: OrganisationId, new: &NewPassage<'_>) -> Statement {
    Statement::new(
        INSERT,
        params![new.id, organisation, new.page, new.snapshot, new.position, new.heading, new.content],
    )
}

/// The passages in force of the pages after one id up to another (`id`, `heading`, `content`, `title`, `language`).
pub fn in_force(organisation: OrganisationId, after: &str, up_to: &str) -> Statement {
    Statement::new(IN_FORCE, params![organisation, after, up_to])
}

/// The next pages in use (`id`), to read the passages page by page.
pub fn pages_in_force(organisation: OrganisationId, after: &str, limit: i64) -> Statement {
    Statement::new(PAGES_IN_FORCE, params![organisation, after, limit])
}

/// Up to [`MOST_AT_ONCE`] passages, in no order.
pub fn by_ids(organisation: OrganisationId, ids: &[PassageId]) -> Statement {
    let mut values: Vec<Value> = params![organisation];
    values.extend(ids.iter().take(MOST_AT_ONCE).map(Value::from));
    values.resize(MOST_AT_ONCE + 1, Value::from(""));
    Statement::new(BY_IDS, values)
}

/// The passages of a version (`id`, `heading`, `content`), in their order.
pub fn of_snapshot(organisation: OrganisationId, snapshot: SnapshotId) -> Statement {
    Statement::new(OF_SNAPSHOT, params![organisation, snapshot])
}

/// The passages of a version that is not in force.
pub(crate) fn forget(organisation: OrganisationId, snapshot: SnapshotId, page: PageId) -> Statement {
    Statement::new(FORGET, params![organisation, snapshot, page])
}
