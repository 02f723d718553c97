//! Test sets: questions by which the staff tries the assistant out, with what it expects of the answers.

use model::{Moment, OrganisationId, TestSetId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO test_set (id, organisation, name, cases, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)";
    CHANGE = "UPDATE test_set SET name = $3, cases = $4, updated_at = $5 WHERE organisation = $1 AND id = $2";
    BY_ID = "SELECT id, name, cases, created_at, updated_at FROM test_set WHERE organisation = $1 AND id = $2";
    EVERY = "SELECT id, name, cases, created_at, updated_at FROM test_set WHERE organisation = $1 ORDER BY id LIMIT $2";
    DELETE = "DELETE FROM test_set WHERE organisation = $1 AND id = $2";
}

/// A set as stored.
#[derive(Clone, Debug)]
pub struct TestSetRow {
    /// Its id.
    pub id: TestSetId,
    /// Its name.
    pub name: String,
    /// The cases, as JSON.
    pub cases: String,
    /// Added.
    pub created_at: Moment,
    /// Changed.
    pub updated_at: Moment,
}

impl TestSetRow {
    /// Reads the columns of [`by_id`] and [`every`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            name: row.text("name")?,
            cases: row.text("cases")?,
            created_at: row.moment("created_at")?,
            updated_at: row.moment("updated_at")?,
        })
    }
}

/// Adds a set.
pub fn insert(organisation: OrganisationId, id: TestSetId, (name, cases): (&str, &str), at: Moment) -> Statement {
    Statement::new(INSERT, params![id, organisation, name, cases, at])
}

/// Changes a set.
pub fn change(organisation: OrganisationId, id: TestSetId, (name, cases): (&str, &str), at: Moment) -> Statement {
    Statement::new(CHANGE, params![organisation, id, name, cases, at]).expect(Expect::Exactly(1))
}

/// One set.
pub fn by_id(organisation: OrganisationId, id: TestSetId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// All sets, oldest first.
pub fn every(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(EVERY, params![organisation, limit])
}

/// Deletes a set whose runs are deleted.
pub fn delete(organisation: OrganisationId, id: TestSetId) -> Statement {
    Statement::new(DELETE, params![organisation, id]).expect(Expect::Exactly(1))
}
