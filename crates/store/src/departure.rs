//! Ends of organisations: asked for, under way, done, and remembered so that no backup brings one back.

use model::{DepartureId, Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO departure (id, organisation, state, steps, created_at) VALUES ($1, $2, 'running', $3, $4)";
    BY_ID = "SELECT id, organisation, state, steps, certificate, created_at, finished_at FROM departure WHERE id = $1";
    OF_ORGANISATION = "SELECT id, organisation, state, steps, certificate, created_at, finished_at FROM departure \
              WHERE organisation = $1 ORDER BY id LIMIT 1";
    EVERY = "SELECT id, organisation, state, steps, certificate, created_at, finished_at FROM departure ORDER BY id";
    SAVE = "UPDATE departure SET steps = $3 WHERE organisation = $1 AND id = $2 AND state <> 'done'";
    FINISH = "UPDATE departure SET state = 'done', steps = $3, certificate = $4, finished_at = $5 \
              WHERE organisation = $1 AND id = $2 AND state <> 'done'";
    FORGET = "DELETE FROM departure WHERE organisation = $1 AND state = 'done' AND finished_at <= $2";
}

/// One end.
pub struct DepartureRow {
    /// Its id: unguessable, so whoever has it may look.
    pub id: DepartureId,
    /// Whose.
    pub organisation: OrganisationId,
    /// `running` or `done`.
    pub state: String,
    /// Progress, as JSON.
    pub steps: String,
    /// The signed certificate, when it is done.
    pub certificate: Option<String>,
    /// Asked.
    pub created_at: Moment,
    /// Done.
    pub finished_at: Option<Moment>,
}

impl DepartureRow {
    /// Reads the columns of every `SELECT` here.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            state: row.text("state")?,
            steps: row.text("steps")?,
            certificate: row.maybe_text("certificate")?,
            created_at: row.moment("created_at")?,
            finished_at: row.maybe_moment("finished_at")?,
        })
    }
}

/// A new one, running.
pub fn insert(organisation: OrganisationId, id: DepartureId, steps: &str, at: Moment) -> Statement {
    Statement::new(INSERT, params![id, organisation, steps, at])
}

/// One, for whoever knows its id. Behind the house's fence.
pub fn by_id(id: DepartureId) -> Statement {
    Statement::new(BY_ID, params![id])
}

/// An organisation's, if it asked for one.
pub fn of_organisation(organisation: OrganisationId) -> Statement {
    Statement::new(OF_ORGANISATION, params![organisation])
}

/// All of them: a start takes up what was under way, and removes again what came back. Behind the house's fence.
pub fn every() -> Statement {
    Statement::new(EVERY, params![])
}

/// Notes how far it is.
pub fn save(organisation: OrganisationId, id: DepartureId, steps: &str) -> Statement {
    Statement::new(SAVE, params![organisation, id, steps]).expect(Expect::Exactly(1))
}

/// Its last act.
pub fn finish(organisation: OrganisationId, id: DepartureId, steps: &str, certificate: &str, at: Moment) -> Statement {
    Statement::new(FINISH, params![organisation, id, steps, certificate, at]).expect(Expect::Exactly(1))
}

/// Forgets the end of an organisation that lies further back than this. Guarded: nothing else of the work is done where it does not.
pub fn forget(organisation: OrganisationId, ended_by: Moment) -> Statement {
    Statement::new(FORGET, params![organisation, ended_by]).expect(Expect::Exactly(1))
}
