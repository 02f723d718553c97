//! The ledger of erasures: one line each, with a keyed fingerprint of whom it was, and her id only while the work runs.

use model::{ErasureId, Moment, OrganisationId, PersonId};

use crate::{Expect, Row, Statement, StoreError};

crate::statements! {
    INSERT = "INSERT INTO erasure (id, organisation, subject_mac, person, state, steps, requested_by, created_at) \
              VALUES ($1, $2, $3, $4, 'running', $5, $6, $7)";
    BY_ID = "SELECT id, organisation, subject_mac, person, state, steps, requested_by, receipt, created_at, finished_at \
              FROM erasure WHERE id = $1";
    OF_PERSON = "SELECT id, organisation, subject_mac, person, state, steps, requested_by, receipt, created_at, finished_at \
              FROM erasure WHERE organisation = $1 AND person = $2 AND state <> 'done' ORDER BY id LIMIT 1";
    LATEST = "SELECT id, organisation, subject_mac, person, state, steps, requested_by, receipt, created_at, finished_at \
              FROM erasure WHERE organisation = $1 ORDER BY id DESC LIMIT $2";
    UNFINISHED = "SELECT id, organisation, subject_mac, person, state, steps, requested_by, receipt, created_at, finished_at \
              FROM erasure WHERE state <> 'done' ORDER BY id";
    DONE = "SELECT organisation, subject_mac FROM erasure WHERE state = 'done' ORDER BY organisation, id";
    SAVE = "UPDATE erasure SET state = $3, steps = $4 WHERE organisation = $1 AND id = $2 AND state <> 'done'";
    FINISH = "UPDATE erasure SET state = 'done', person = NULL, steps = $3, receipt = $4, finished_at = $5 \
              WHERE organisation = $1 AND id = $2 AND state <> 'done'";
    CLOSE_ALL = "UPDATE erasure SET state = 'done', person = NULL, steps = '{}', receipt = NULL WHERE organisation = $1";
    FORGET_ALL = "DELETE FROM erasure WHERE organisation = $1 AND state = 'done'";
}

/// One line of the ledger.
pub struct ErasureRow {
    /// Its id: unguessable, so whoever has it may look.
    pub id: ErasureId,
    /// Whose customer it was.
    pub organisation: OrganisationId,
    /// Keyed fingerprint of the person's id.
    pub subject_mac: Vec<u8>,
    /// The person, while the erasure runs.
    pub person: Option<PersonId>,
    /// `running`, `failed` or `done`.
    pub state: String,
    /// Progress, as JSON.
    pub steps: String,
    /// `visitor`, `member`, `api_key` or `house`.
    pub requested_by: String,
    /// The signed receipt, when it is done.
    pub receipt: Option<String>,
    /// Asked.
    pub created_at: Moment,
    /// Done.
    pub finished_at: Option<Moment>,
}

impl ErasureRow {
    /// Reads the columns of every `SELECT` here but [`done`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            subject_mac: row.bytes("subject_mac")?,
            person: row.maybe_id("person")?,
            state: row.text("state")?,
            steps: row.text("steps")?,
            requested_by: row.text("requested_by")?,
            receipt: row.maybe_text("receipt")?,
            created_at: row.moment("created_at")?,
            finished_at: row.maybe_moment("finished_at")?,
        })
    }
}

/// A new line, with the erasure running; fails as not unique while another line about this person is open.
pub fn insert(line: ErasureRow) -> Statement {
    let params = vec![
        line.id.into(),
        line.organisation.into(),
        line.subject_mac.into(),
        line.person.into(),
        line.steps.into(),
        line.requested_by.into(),
        line.created_at.into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// One line, for whoever knows its id.
pub fn by_id(id: ErasureId) -> Statement {
    Statement::new(BY_ID, vec![id.into()])
}

/// The unfinished erasure of a person, if there is one.
pub fn of_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(OF_PERSON, vec![organisation.into(), person.into()])
}

/// The newest lines of an organisation.
pub fn latest(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(LATEST, vec![organisation.into(), limit.into()])
}

/// Everybody's unfinished erasures: a start of the server takes them up again.
pub fn unfinished() -> Statement {
    Statement::new(UNFINISHED, Vec::new())
}

/// The fingerprints of everybody who was erased, for the replay after a restore: `organisation`, `subject_mac`.
pub fn done() -> Statement {
    Statement::new(DONE, Vec::new())
}

/// Notes how far it is; refused once it is done, so that a second worker cannot open a closed line again.
pub fn save(organisation: OrganisationId, id: ErasureId, state: &str, steps: &str) -> Statement {
    Statement::new(SAVE, vec![organisation.into(), id.into(), state.into(), steps.into()]).expect(Expect::Exactly(1))
}

/// Its last act: the receipt in, the person out.
pub fn finish(organisation: OrganisationId, id: ErasureId, steps: &str, receipt: &str, at: Moment) -> Statement {
    let params = vec![organisation.into(), id.into(), steps.into(), receipt.into(), at.into()];
    Statement::new(FINISH, params).expect(Expect::Exactly(1))
}

/// An organisation ends: every line keeps its fingerprint and nothing else, so that a restored backup brings nobody back.
pub fn close_all(organisation: OrganisationId) -> Statement {
    Statement::new(CLOSE_ALL, vec![organisation.into()])
}

/// Forgets the ledger of an organisation that ended long ago; goes with the line of its end.
pub fn forget_all(organisation: OrganisationId) -> Statement {
    Statement::new(FORGET_ALL, vec![organisation.into()])
}
