//! The frontier of a crawl: every address it has seen, whether it is dealt with, and how.

use model::{CrawlId, OrganisationId, SourceId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO crawl_url (organisation, crawl, url, depth, state) VALUES ($1, $2, $3, $4, 'waiting') \
              ON CONFLICT (organisation, crawl, url) DO NOTHING";
    LEAVE_OUT = "INSERT INTO crawl_url (organisation, crawl, url, depth, state, reason) VALUES ($1, $2, $3, $4, 'skipped', $5) \
              ON CONFLICT (organisation, crawl, url) DO NOTHING";
    LEAVE_OUT_REST = "UPDATE crawl_url SET state = 'skipped', reason = $3 WHERE organisation = $1 AND crawl = $2 AND state = 'waiting'";
    WAITING = "SELECT url, depth FROM crawl_url WHERE organisation = $1 AND crawl = $2 AND state = 'waiting' \
              ORDER BY depth, url LIMIT $3";
    KNOWN = "SELECT url FROM crawl_url WHERE organisation = $1 AND crawl = $2";
    // Two workers on one crawl (after a lease ran out) must not write one page twice.
    SETTLE = "UPDATE crawl_url SET state = $4, reason = $5 \
              WHERE organisation = $1 AND crawl = $2 AND url = $3 AND state = 'waiting'";
    REASONS = "SELECT reason, COUNT(*) AS number FROM crawl_url \
              WHERE organisation = $1 AND crawl = $2 AND state = 'skipped' GROUP BY reason ORDER BY number DESC, reason";
    ERRORS = "SELECT url, reason FROM crawl_url WHERE organisation = $1 AND crawl = $2 AND state = 'error' ORDER BY url LIMIT $3";
    DELETE_OF_SOURCE = "DELETE FROM crawl_url WHERE organisation = $1 \
              AND crawl IN (SELECT c.id FROM crawl c WHERE c.organisation = $1 AND c.source = $2)";
}

/// An address that waits for its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingRow {
    /// The address.
    pub url: String,
    /// How many links it is from the start.
    pub depth: i64,
}

impl WaitingRow {
    /// Reads the columns of [`waiting`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { url: row.text("url")?, depth: row.int("depth")? })
    }
}

/// Adds an address, unless the crawl has seen it.
pub fn insert(organisation: OrganisationId, crawl: CrawlId, url: &str, depth: i64) -> Statement {
    Statement::new(INSERT, params![organisation, crawl, url, depth])
}

/// Adds an address that is left out from the start.
pub fn leave_out(organisation: OrganisationId, crawl: CrawlId, (url, depth): (&str, i64), reason: &str) -> Statement {
    Statement::new(LEAVE_OUT, params![organisation, crawl, url, depth, reason])
}

/// Leaves out everything that still waits; tells how many.
pub fn leave_out_rest(organisation: OrganisationId, crawl: CrawlId, reason: &str) -> Statement {
    Statement::new(LEAVE_OUT_REST, params![organisation, crawl, reason])
}

/// The next addresses, nearest to the start first.
pub fn waiting(organisation: OrganisationId, crawl: CrawlId, limit: i64) -> Statement {
    Statement::new(WAITING, params![organisation, crawl, limit])
}

/// Every address the crawl has seen (`url`).
pub fn known(organisation: OrganisationId, crawl: CrawlId) -> Statement {
    Statement::new(KNOWN, params![organisation, crawl])
}

/// An address is dealt with; the work falls if it already was.
pub fn settle(
    organisation: OrganisationId,
    crawl: CrawlId,
    url: &str,
    (state, reason): (&str, Option<&str>),
) -> Statement {
    Statement::new(SETTLE, params![organisation, crawl, url, state, reason]).expect(Expect::Exactly(1))
}

/// Why addresses were left out (`reason`, `number`), most frequent first.
pub fn reasons(organisation: OrganisationId, crawl: CrawlId) -> Statement {
    Statement::new(REASONS, params![organisation, crawl])
}

/// Some addresses that failed (`url`, `reason`).
pub fn errors(organisation: OrganisationId, crawl: CrawlId, limit: i64) -> Statement {
    Statement::new(ERRORS, params![organisation, crawl, limit])
}

/// Forgets the addresses of all crawls of a source.
pub fn delete_of_source(organisation: OrganisationId, source: SourceId) -> Statement {
    Statement::new(DELETE_OF_SOURCE, params![organisation, source])
}
