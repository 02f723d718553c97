//! Pages of knowledge, whatever their version; `snapshot` names the version in force.

use model::{Moment, OrganisationId, PageId, SnapshotId, SourceId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO page (id, organisation, source, url, kind, title, state, snapshot, etag, last_modified, created_at, updated_at) \
              VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, $10, $10)";
    // A page that the merchant left out or removed stays out, whatever the website does.
    RENEW = "UPDATE page SET source = COALESCE(source, $3), kind = $4, title = $5, snapshot = $6, etag = $7, last_modified = $8, \
              updated_at = $9, state = CASE WHEN state IN ('excluded', 'removed') THEN state ELSE 'active' END WHERE organisation = $1 AND id = $2";
    SEEN = "UPDATE page SET source = COALESCE(source, $3), etag = COALESCE($4, etag), last_modified = COALESCE($5, last_modified), \
              updated_at = $6, state = CASE WHEN state IN ('excluded', 'removed') THEN state ELSE 'active' END WHERE organisation = $1 AND id = $2";
    GONE = "UPDATE page SET state = 'gone', updated_at = $3 WHERE organisation = $1 AND id = $2 AND state = 'active'";
    STATE = "UPDATE page SET state = $3, updated_at = $4 WHERE organisation = $1 AND id = $2";
    REMOVE = "UPDATE page SET state = 'removed', updated_at = $3 WHERE organisation = $1 AND id = $2 AND state <> 'removed'";
    LET_GO_OF_SOURCE = "UPDATE page SET state = 'gone', source = NULL, updated_at = $3 WHERE organisation = $1 AND source = $2";
    // Without the marks of the website either: should the page come back, it is read anew.
    LET_GO_OF_VERSION = "UPDATE page SET snapshot = NULL, etag = NULL, last_modified = NULL \
              WHERE organisation = $1 AND id = $2 AND snapshot = $3 AND state IN ('removed', 'gone')";
    BY_URL = "SELECT p.id, p.source, p.url, p.kind, p.title, p.state, p.snapshot, p.etag, p.last_modified, p.updated_at, s.hash, s.fetched_at, \
              (SELECT COUNT(*) FROM passage a WHERE a.organisation = p.organisation AND a.snapshot = p.snapshot) AS passages \
              FROM page p LEFT JOIN snapshot s ON s.organisation = p.organisation AND s.id = p.snapshot \
              WHERE p.organisation = $1 AND p.url = $2";
    BY_ID = "SELECT p.id, p.source, p.url, p.kind, p.title, p.state, p.snapshot, p.etag, p.last_modified, p.updated_at, s.hash, s.fetched_at, \
              (SELECT COUNT(*) FROM passage a WHERE a.organisation = p.organisation AND a.snapshot = p.snapshot) AS passages \
              FROM page p LEFT JOIN snapshot s ON s.organisation = p.organisation AND s.id = p.snapshot \
              WHERE p.organisation = $1 AND p.id = $2";
    // $2 a source or nothing, $3 a pattern over title and address or nothing, $4 the last id of the page before.
    LIST = "SELECT p.id, p.source, p.url, p.kind, p.title, p.state, p.snapshot, p.etag, p.last_modified, p.updated_at, s.hash, s.fetched_at, \
              (SELECT COUNT(*) FROM passage a WHERE a.organisation = p.organisation AND a.snapshot = p.snapshot) AS passages \
              FROM page p LEFT JOIN snapshot s ON s.organisation = p.organisation AND s.id = p.snapshot \
              WHERE p.organisation = $1 AND p.state NOT IN ('gone', 'removed') AND ($2 = '' OR p.source = $2) \
              AND ($3 = '' OR lower(p.title) LIKE $3 ESCAPE '!' OR lower(p.url) LIKE $3 ESCAPE '!') AND p.id > $4 ORDER BY p.id LIMIT $5";
    RETITLE = "UPDATE page SET title = $3, kind = 'manual', updated_at = $4 WHERE organisation = $1 AND id = $2 AND kind = 'learned'";
    URLS_OF_SOURCE = "SELECT url FROM page WHERE organisation = $1 AND source = $2 AND state <> 'gone' AND url IS NOT NULL \
              ORDER BY url LIMIT $3";
    HASHES_OF_SOURCE = "SELECT p.url, s.hash FROM page p JOIN snapshot s ON s.organisation = p.organisation AND s.id = p.snapshot \
              WHERE p.organisation = $1 AND p.source = $2 AND p.state <> 'gone' AND p.url IS NOT NULL";
}

/// A page with its first version.
pub struct NewPage<'a> {
    /// Its id.
    pub id: PageId,
    /// The source it belongs to; none for pages written by hand.
    pub source: Option<SourceId>,
    /// Its address; none for pages written by hand.
    pub url: Option<&'a str>,
    /// `web`, `pdf`, `text`, `manual`, or `learned`: by hand, under a title that repeats what somebody asked.
    pub kind: &'a str,
    /// The title.
    pub title: &'a str,
    /// The version in force.
    pub snapshot: SnapshotId,
    /// The version tag the server gave.
    pub etag: Option<&'a str>,
    /// The date the server gave.
    pub last_modified: Option<&'a str>,
    /// When.
    pub at: Moment,
}

/// A page with what is known of the version in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRow {
    /// Its id.
    pub id: PageId,
    /// The source it belongs to.
    pub source: Option<SourceId>,
    /// Its address.
    pub url: Option<String>,
    /// `web`, `pdf`, `text`, `manual` or `learned`.
    pub kind: String,
    /// The title.
    pub title: String,
    /// `active`, `excluded` (left out), `removed` (by the merchant) or `gone` (from the website).
    pub state: String,
    /// The version in force.
    pub snapshot: Option<SnapshotId>,
    /// The version tag the server gave.
    pub etag: Option<String>,
    /// The date the server gave.
    pub last_modified: Option<String>,
    /// When it was last looked at or changed.
    pub updated_at: Moment,
    /// The hash of the version in force.
    pub hash: Option<Vec<u8>>,
    /// When the version in force was fetched or written.
    pub fetched_at: Option<Moment>,
    /// How many passages the version in force has.
    pub passages: i64,
}

impl PageRow {
    /// Reads the columns of [`by_id`], [`by_url`] and [`list`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            source: row.maybe_id("source")?,
            url: row.maybe_text("url")?,
            kind: row.text("kind")?,
            title: row.text("title")?,
            state: row.text("state")?,
            snapshot: row.maybe_id("snapshot")?,
            etag: row.maybe_text("etag")?,
            last_modified: row.maybe_text("last_modified")?,
            updated_at: row.moment("updated_at")?,
            hash: row.maybe_bytes("hash")?,
            fetched_at: row.maybe_moment("fetched_at")?,
            passages: row.int("passages")?,
        })
    }
}

/// Adds a page.
pub fn insert(organisation: OrganisationId, new: &NewPage<'_>) -> Statement {
    Statement::new(
        INSERT,
        params![
            new.id,
            organisation,
            new.source,
            new.url,
            new.kind,
            new.title,
            new.snapshot,
            new.etag,
            new.last_modified,
            new.at
        ],
    )
}

/// A known page has a new version in force.
pub fn renew(organisation: OrganisationId, new: &NewPage<'_>) -> Statement {
    let values = params![
        organisation,
        new.id,
        new.source,
        new.kind,
        new.title,
        new.snapshot,
        new.etag,
        new.last_modified,
        new.at
    ];
    Statement::new(RENEW, values).expect(Expect::Exactly(1))
}

/// A known page was looked at and says the same as before.
pub fn seen(organisation: OrganisationId, page: &PageRow, source: Option<SourceId>, at: Moment) -> Statement {
    Statement::new(
        SEEN,
        params![organisation, page.id, source, page.etag.as_deref(), page.last_modified.as_deref(), at],
    )
}

/// A page that repeated somebody's words has another title; from now on it is a page like any other written by hand.
pub fn retitle(organisation: OrganisationId, id: PageId, title: &str, at: Moment) -> Statement {
    Statement::new(RETITLE, params![organisation, id, title, at])
}

/// The website says that the page is no more.
pub fn gone(organisation: OrganisationId, id: PageId, at: Moment) -> Statement {
    Statement::new(GONE, params![organisation, id, at])
}

/// The merchant takes the page in or leaves it out.
pub fn set_state(organisation: OrganisationId, id: PageId, state: &str, at: Moment) -> Statement {
    Statement::new(STATE, params![organisation, id, state, at]).expect(Expect::Exactly(1))
}

/// The merchant removes the page, and no crawl brings it back. Its frozen versions stay, because answers that were given cite them.
pub fn remove(organisation: OrganisationId, id: PageId, at: Moment) -> Statement {
    Statement::new(REMOVE, params![organisation, id, at]).expect(Expect::Exactly(1))
}

/// The merchant removes a source: its pages are gone until another source brings them back.
pub fn let_go_of_source(organisation: OrganisationId, source: SourceId, at: Moment) -> Statement {
    Statement::new(LET_GO_OF_SOURCE, params![organisation, source, at])
}

/// The page with this address.
pub fn by_url(organisation: OrganisationId, url: &str) -> Statement {
    Statement::new(BY_URL, params![organisation, url])
}

/// One page.
pub fn by_id(organisation: OrganisationId, id: PageId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// Pages after the one with the id `after`, of one source or all, whose title or address contains `words`.
pub fn list(organisation: OrganisationId, source: Option<SourceId>, words: &str, after: &str, limit: i64) -> Statement {
    let source = source.map(|id| id.to_string()).unwrap_or_default();
    let mut pattern = String::new();
    if !words.is_empty() {
        pattern.push('%');
        for letter in words.to_lowercase().chars() {
            if matches!(letter, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(letter);
        }
        pattern.push('%');
    }
    Statement::new(LIST, params![organisation, source, pattern, after, limit])
}

/// The addresses of a source's pages (`url`).
pub fn urls_of_source(organisation: OrganisationId, source: SourceId, limit: i64) -> Statement {
    Statement::new(URLS_OF_SOURCE, params![organisation, source, limit])
}

/// Addresses and hashes of a source's pages (`url`, `hash`).
pub fn hashes_of_source(organisation: OrganisationId, source: SourceId) -> Statement {
    Statement::new(HASHES_OF_SOURCE, params![organisation, source])
}

/// A page that was withdrawn lets go of this version.
pub(crate) fn let_go_of_version(organisation: OrganisationId, id: PageId, snapshot: SnapshotId) -> Statement {
    Statement::new(LET_GO_OF_VERSION, params![organisation, id, snapshot])
}
