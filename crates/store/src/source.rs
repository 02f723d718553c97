//! Sources: the places knowledge comes from, such as a website.

use model::{Moment, OrganisationId, SourceId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO source (id, organisation, url, kind, state, max_pages, max_depth, created_at) \
              VALUES ($1, $2, $3, 'web', 'active', $4, $5, $6)";
    BY_ID = "SELECT s.id, s.url, s.kind, s.max_pages, s.max_depth, s.created_at, s.last_crawled_at, \
              (SELECT COUNT(*) FROM page p WHERE p.organisation = s.organisation AND p.source = s.id AND p.state = 'active') AS pages \
              FROM source s WHERE s.organisation = $1 AND s.id = $2";
    ALL_OF = "SELECT s.id, s.url, s.kind, s.max_pages, s.max_depth, s.created_at, s.last_crawled_at, \
              (SELECT COUNT(*) FROM page p WHERE p.organisation = s.organisation AND p.source = s.id AND p.state = 'active') AS pages \
              FROM source s WHERE s.organisation = $1 ORDER BY s.created_at, s.id";
    CRAWLED = "UPDATE source SET last_crawled_at = $3 WHERE organisation = $1 AND id = $2";
    DELETE = "DELETE FROM source WHERE organisation = $1 AND id = $2";
}

/// A website to be crawled.
pub struct NewSource<'a> {
    /// Its id.
    pub id: SourceId,
    /// Where the crawl starts.
    pub url: &'a str,
    /// Never more pages than this.
    pub max_pages: i64,
    /// Never farther from the start than this many links.
    pub max_depth: i64,
    /// When it was added.
    pub at: Moment,
}

/// A source with the number of its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its id.
    pub id: SourceId,
    /// Where the crawl starts.
    pub url: String,
    /// What it is: `web`.
    pub kind: String,
    /// Never more pages than this.
    pub max_pages: i64,
    /// Never farther from the start than this many links.
    pub max_depth: i64,
    /// When it was added.
    pub created_at: Moment,
    /// When a crawl last came to its end.
    pub last_crawled_at: Option<Moment>,
    /// Pages in use.
    pub pages: i64,
}

impl SourceRow {
    /// Reads the columns of [`by_id`] and [`all_of`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            url: row.text("url")?,
            kind: row.text("kind")?,
            max_pages: row.int("max_pages")?,
            max_depth: row.int("max_depth")?,
            created_at: row.moment("created_at")?,
            last_crawled_at: row.maybe_moment("last_crawled_at")?,
            pages: row.int("pages")?,
        })
    }
}

/// Adds a source.
pub fn insert(organisation: OrganisationId, new: &NewSource<'_>) -> Statement {
    Statement::new(INSERT, params![new.id, organisation, new.url, new.max_pages, new.max_depth, new.at])
}

/// One source.
pub fn by_id(organisation: OrganisationId, id: SourceId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// All sources, oldest first.
pub fn all_of(organisation: OrganisationId) -> Statement {
    Statement::new(ALL_OF, params![organisation])
}

/// A crawl came to its end.
pub fn crawled(organisation: OrganisationId, id: SourceId, at: Moment) -> Statement {
    Statement::new(CRAWLED, params![organisation, id, at])
}

/// Deletes the source itself; its crawls and pages must have been let go before.
pub fn delete(organisation: OrganisationId, id: SourceId) -> Statement {
    Statement::new(DELETE, params![organisation, id]).expect(Expect::Exactly(1))
}
