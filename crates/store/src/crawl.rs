//! Crawls: runs over a source, with what they counted so far.

use model::{CrawlId, Moment, OrganisationId, SourceId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO crawl (id, organisation, source, state, started_at, found, added, changed, same, skipped, errors, done) \
              VALUES ($1, $2, $3, 'running', $4, 0, 0, 0, 0, 0, 0, 0)";
    BY_ID = "SELECT id, source, state, started_at, finished_at, found, added, changed, same, skipped, errors, done FROM crawl \
              WHERE organisation = $1 AND id = $2";
    LATEST = "SELECT id, source, state, started_at, finished_at, found, added, changed, same, skipped, errors, done FROM crawl \
              WHERE organisation = $1 AND source = $2 ORDER BY started_at DESC, id DESC LIMIT 1";
    // Only a running crawl counts: a page that arrives after a pause is not written, and fetched again later.
    COUNT = "UPDATE crawl SET found = found + $3, added = added + $4, changed = changed + $5, same = same + $6, \
              skipped = skipped + $7, errors = errors + $8, done = done + $9 \
              WHERE organisation = $1 AND id = $2 AND state = 'running'";
    MOVE = "UPDATE crawl SET state = $4, finished_at = $5 WHERE organisation = $1 AND id = $2 AND state = $3";
    DELETE_OF_SOURCE = "DELETE FROM crawl WHERE organisation = $1 AND source = $2";
}

/// What a crawl has counted, or what a page adds to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Addresses seen.
    pub found: i64,
    /// Pages that are new.
    pub added: i64,
    /// Pages with other words than before.
    pub changed: i64,
    /// Pages with the same words as before.
    pub same: i64,
    /// Addresses that were left out, with a reason.
    pub skipped: i64,
    /// Addresses that failed.
    pub errors: i64,
    /// Addresses that are dealt with, one way or another.
    pub done: i64,
}

/// A run over a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrawlRow {
    /// Its id.
    pub id: CrawlId,
    /// The source.
    pub source: SourceId,
    /// `running`, `paused`, `stopped`, `done` or `failed`.
    pub state: String,
    /// When it began.
    pub started_at: Moment,
    /// When it came to its end.
    pub finished_at: Option<Moment>,
    /// What it counted.
    pub counts: Counts,
}

impl CrawlRow {
    /// Reads the columns of [`by_id`] and [`latest`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            source: row.id("source")?,
            state: row.text("state")?,
            started_at: row.moment("started_at")?,
            finished_at: row.maybe_moment("finished_at")?,
            counts: Counts {
                found: row.int("found")?,
                added: row.int("added")?,
                changed: row.int("changed")?,
                same: row.int("same")?,
                skipped: row.int("skipped")?,
                errors: row.int("errors")?,
                done: row.int("done")?,
            },
        })
    }
}

/// Begins a crawl.
pub fn insert(organisation: OrganisationId, id: CrawlId, source: SourceId, at: Moment) -> Statement {
    Statement::new(INSERT, params![id, organisation, source, at])
}

/// One crawl.
pub fn by_id(organisation: OrganisationId, id: CrawlId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The last crawl of a source.
pub fn latest(organisation: OrganisationId, source: SourceId) -> Statement {
    Statement::new(LATEST, params![organisation, source])
}

/// Adds to the counts, as long as the crawl is running; the whole work falls otherwise.
pub fn count(organisation: OrganisationId, id: CrawlId, more: Counts) -> Statement {
    let Counts { found, added, changed, same, skipped, errors, done } = more;
    Statement::new(COUNT, params![organisation, id, found, added, changed, same, skipped, errors, done])
        .expect(Expect::Exactly(1))
}

/// Moves from one state to another; the work falls if the crawl is in neither.
pub fn step(
    organisation: OrganisationId,
    id: CrawlId,
    (from, to): (&str, &str),
    finished_at: Option<Moment>,
) -> Statement {
    Statement::new(MOVE, params![organisation, id, from, to, finished_at]).expect(Expect::Exactly(1))
}

/// Forgets the crawls of a source.
pub fn delete_of_source(organisation: OrganisationId, source: SourceId) -> Statement {
    Statement::new(DELETE_OF_SOURCE, params![organisation, source])
}
