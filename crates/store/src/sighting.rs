//! On which websites the widget was seen: hosts only, nothing about who looked.

use model::{Moment, OrganisationId, SightingId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    SEEN = "INSERT INTO sighting (id, organisation, host, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $4, $4) \
              ON CONFLICT (organisation, host) DO UPDATE SET last_seen_at = excluded.last_seen_at";
    LATEST = "SELECT id, host, first_seen_at, last_seen_at FROM sighting WHERE organisation = $1 ORDER BY last_seen_at DESC, host LIMIT 200";
}

/// A website on which the widget was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SightingRow {
    /// Its id.
    pub id: SightingId,
    /// The website's host.
    pub host: String,
    /// The first time.
    pub first_seen_at: Moment,
    /// The latest time.
    pub last_seen_at: Moment,
}

impl SightingRow {
    /// Reads the columns of [`latest`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            host: row.text("host")?,
            first_seen_at: row.moment("first_seen_at")?,
            last_seen_at: row.moment("last_seen_at")?,
        })
    }
}

/// Notes that the widget is on this website; `id` counts only the first time.
pub fn seen(organisation: OrganisationId, id: SightingId, host: &str, at: Moment) -> Statement {
    Statement::new(SEEN, params![id, organisation, host, at])
}

/// Where it was seen, the latest first.
pub fn latest(organisation: OrganisationId) -> Statement {
    Statement::new(LATEST, params![organisation])
}
