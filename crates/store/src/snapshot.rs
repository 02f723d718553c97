//! Snapshots: frozen, hashed, dated versions of pages. Their words never change, citations open them; only a title that repeats
//! somebody's question is withdrawn with her. A version that is not in force stays while a conversation from its time does.

use model::{Moment, OrganisationId, PageId, SnapshotId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO snapshot (id, organisation, page, hash, title, content, language, fetched_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = "SELECT s.id, s.organisation, s.page, s.hash, s.title, s.content, s.language, s.fetched_at, p.url FROM snapshot s \
              JOIN page p ON p.organisation = s.organisation AND p.id = s.page WHERE s.organisation = $1 AND s.id = $2";
    FROZEN_AT = "SELECT fetched_at FROM snapshot WHERE organisation = $1 AND id = $2";
    // Frozen pages of a public website: whoever has the unguessable id may read it.
    PUBLIC = "SELECT s.id, s.organisation, s.page, s.hash, s.title, s.content, s.language, s.fetched_at, p.url FROM snapshot s \
              JOIN page p ON p.organisation = s.organisation AND p.id = s.page WHERE s.id = $1";
    RETITLE = "UPDATE snapshot SET title = $3, hash = $4 WHERE organisation = $1 AND id = $2";
    // Out of force since the next version came or the page was withdrawn: whatever was said before that may cite it.
    OUTLIVED = "SELECT s.id, s.page FROM snapshot s JOIN page p ON p.organisation = s.organisation AND p.id = s.page \
              WHERE s.organisation = $1 AND (p.snapshot IS NULL OR p.snapshot <> s.id OR p.state IN ('removed', 'gone')) \
              AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.organisation = s.organisation AND c.created_at < COALESCE( \
              (SELECT MIN(n.fetched_at) FROM snapshot n WHERE n.organisation = s.organisation AND n.page = s.page \
              AND n.fetched_at > s.fetched_at), p.updated_at)) ORDER BY s.id LIMIT $2";
    FORGET = "DELETE FROM snapshot WHERE organisation = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM page p \
              WHERE p.organisation = $1 AND p.id = $3 AND p.snapshot = $2)";
    OF_PAGE = "SELECT id, hash, fetched_at FROM snapshot WHERE organisation = $1 AND page = $2 ORDER BY fetched_at DESC, id DESC LIMIT $3";
}

/// A version to be frozen.
pub struct NewSnapshot<'a> {
    /// Its id.
    pub id: SnapshotId,
    /// The page.
    pub page: PageId,
    /// SHA-256 over title and content.
    pub hash: &'a [u8],
    /// The title.
    pub title: &'a str,
    /// The readable content.
    pub content: &'a str,
    /// The primary subtag of its language.
    pub language: &'a str,
    /// When it was fetched or written.
    pub at: Moment,
}

/// A frozen version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotRow {
    /// Its id.
    pub id: SnapshotId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// The page.
    pub page: PageId,
    /// SHA-256 over title and content.
    pub hash: Vec<u8>,
    /// The title.
    pub title: String,
    /// The readable content.
    pub content: String,
    /// The primary subtag of its language.
    pub language: Option<String>,
    /// When it was fetched or written.
    pub fetched_at: Moment,
    /// The address of the page.
    pub url: Option<String>,
}

impl SnapshotRow {
    /// Reads the columns of [`by_id`] and [`public`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            page: row.id("page")?,
            hash: row.bytes("hash")?,
            title: row.text("title")?,
            content: row.text("content")?,
            language: row.maybe_text("language")?,
            fetched_at: row.moment("fetched_at")?,
            url: row.maybe_text("url")?,
        })
    }
}

/// Freezes a version.
pub fn insert(organisation: OrganisationId, new: &NewSnapshot<'_>) -> Statement {
    Statement::new(
        INSERT,
        params![new.id, organisation, new.page, new.hash, new.title, new.content, new.language, new.at],
    )
}

/// One version.
pub fn by_id(organisation: OrganisationId, id: SnapshotId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// One version, whoever asks.
pub fn public(id: SnapshotId) -> Statement {
    Statement::new(PUBLIC, params![id])
}

/// Withdraws a title that repeats what somebody asked.
pub fn retitle(organisation: OrganisationId, id: SnapshotId, title: &str, hash: &[u8]) -> Statement {
    Statement::new(RETITLE, params![organisation, id, title, hash])
}

/// The versions of a page (`id`, `hash`, `fetched_at`), newest first.
pub fn of_page(organisation: OrganisationId, page: PageId, limit: i64) -> Statement {
    Statement::new(OF_PAGE, params![organisation, page, limit])
}

/// Versions that are not in force and that no conversation which is still here can cite (`id`, `page`).
pub fn outlived(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(OUTLIVED, params![organisation, limit])
}

/// Forgets a version with its passages, unless it is in force again. A page that was withdrawn has none afterwards.
pub fn forget(organisation: OrganisationId, id: SnapshotId, of: PageId) -> [Statement; 3] {
    [
        crate::page::let_go_of_version(organisation, of, id),
        crate::passage::forget(organisation, id, of),
        Statement::new(FORGET, params![organisation, id, of]),
    ]
}

/// When a version was frozen (`fetched_at`), if it is there.
pub fn frozen_at(organisation: OrganisationId, id: SnapshotId) -> Statement {
    Statement::new(FROZEN_AT, params![organisation, id])
}
