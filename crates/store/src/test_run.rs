//! Runs of test sets: how one answerer fared with the questions, saved after each of them.

use model::{Moment, OrganisationId, TestRunId, TestSetId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO test_run (id, organisation, test_set, answerer, label, state, done, total, cases, results, created_at) \
              VALUES ($1, $2, $3, $4, $5, 'running', 0, $6, $7, '[]', $8)";
    SAVE = "UPDATE test_run SET state = $3, done = $4, results = $5, finished_at = $6 \
              WHERE organisation = $1 AND id = $2 AND state = 'running'";
    BY_ID = "SELECT id, test_set, answerer, label, state, done, total, cases, results, created_at, finished_at FROM test_run \
              WHERE organisation = $1 AND id = $2";
    OF_SET = "SELECT id, test_set, answerer, label, state, done, total, cases, results, created_at, finished_at FROM test_run \
              WHERE organisation = $1 AND test_set = $2 ORDER BY created_at DESC, id DESC LIMIT $3";
    DELETE_OF_SET = "DELETE FROM test_run WHERE organisation = $1 AND test_set = $2";
    DELETE = "DELETE FROM test_run WHERE organisation = $1 AND id = $2";
}

/// A run as stored.
#[derive(Clone, Debug)]
pub struct TestRunRow {
    /// Its id.
    pub id: TestRunId,
    /// Of which set.
    pub set: TestSetId,
    /// `built-in`, `current`, or the id of a provider.
    pub answerer: String,
    /// What that was called.
    pub label: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// Questions answered.
    pub done: i64,
    /// Questions.
    pub total: i64,
    /// The cases as they were, as JSON.
    pub cases: String,
    /// The results, as JSON.
    pub results: String,
    /// Begun.
    pub created_at: Moment,
    /// Ended.
    pub finished_at: Option<Moment>,
}

impl TestRunRow {
    /// Reads the columns of [`by_id`] and [`of_set`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            set: row.id("test_set")?,
            answerer: row.text("answerer")?,
            label: row.text("label")?,
            state: row.text("state")?,
            done: row.int("done")?,
            total: row.int("total")?,
            cases: row.text("cases")?,
            results: row.text("results")?,
            created_at: row.moment("created_at")?,
            finished_at: row.maybe_moment("finished_at")?,
        })
    }
}

/// Begins a run.
pub fn insert(organisation: OrganisationId, new: &TestRunRow) -> Statement {
    let TestRunRow { id, set, answerer, label, total, cases, created_at, .. } = new;
    Statement::new(
        INSERT,
        params![*id, organisation, *set, answerer.as_str(), label.as_str(), *total, cases.as_str(), *created_at],
    )
}

/// Saves how far a run is; one that has ended stays as it is.
pub fn save(
    organisation: OrganisationId,
    id: TestRunId,
    (state, done, results): (&str, i64, &str),
    finished_at: Option<Moment>,
) -> Statement {
    Statement::new(SAVE, params![organisation, id, state, done, results, finished_at]).expect(Expect::Exactly(1))
}

/// One run.
pub fn by_id(organisation: OrganisationId, id: TestRunId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The runs of a set, the latest first.
pub fn of_set(organisation: OrganisationId, set: TestSetId, limit: i64) -> Statement {
    Statement::new(OF_SET, params![organisation, set, limit])
}

/// Deletes the runs of a set.
pub fn delete_of_set(organisation: OrganisationId, set: TestSetId) -> Statement {
    Statement::new(DELETE_OF_SET, params![organisation, set])
}

/// Deletes one run.
pub fn delete(organisation: OrganisationId, id: TestRunId) -> Statement {
    Statement::new(DELETE, params![organisation, id])
}
