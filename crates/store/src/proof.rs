//! What the checks of the promise ledger found: whether it holds, a figure, a time. About nobody.

use model::{Moment, OrganisationId, ProofId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO proof (id, organisation, examined, holds, figure, says, checked_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LATEST = "SELECT examined, holds, figure, says, checked_at FROM proof WHERE organisation = $1 AND id IN \
              (SELECT max(id) FROM proof WHERE organisation = $1 AND checked_at <= $2 GROUP BY examined) ORDER BY examined";
    SINCE = "SELECT examined, holds, figure, says, checked_at FROM proof WHERE organisation = $1 AND checked_at >= $2 \
              ORDER BY checked_at, id LIMIT $3";
}

/// One finding of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofRow {
    /// The name of the check.
    pub examined: String,
    /// Whether what it looks at is as it should be.
    pub holds: bool,
    /// What it counted.
    pub figure: i64,
    /// What it saw, in one English sentence without anything personal.
    pub says: String,
    /// When.
    pub checked_at: Moment,
}

impl ProofRow {
    /// Reads the columns of [`latest`] and [`since`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            examined: row.text("examined")?,
            holds: row.flag("holds")?,
            figure: row.int("figure")?,
            says: row.text("says")?,
            checked_at: row.moment("checked_at")?,
        })
    }
}

/// Notes a finding.
pub fn insert(id: ProofId, organisation: OrganisationId, found: ProofRow) -> Statement {
    let ProofRow { examined, holds, figure, says, checked_at } = found;
    Statement::new(INSERT, params![id, organisation, examined, holds, figure, says, checked_at])
}

/// The last finding of every check until now; what a clock that was set back noted for tomorrow proves nothing.
pub fn latest(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(LATEST, params![organisation, now])
}

/// All findings since a moment, the oldest first.
pub fn since(organisation: OrganisationId, from: Moment, limit: i64) -> Statement {
    Statement::new(SINCE, params![organisation, from, limit])
}
