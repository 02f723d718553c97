//! A change is a value: a list of guarded statements, all or nothing, behind one tenant's fence.

use model::OrganisationId;

use crate::{Row, Statement, StoreError, Value};

/// Whose rows a work or a read may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Only this organisation's. Every statement must name it among its values, and `PostgreSQL` enforces it by row.
    Organisation(OrganisationId),
    /// Everybody's: claiming jobs, finding whose a token or a widget key is, moving the schema on.
    House,
}

impl Fence {
    /// What row-level security compares with: the organisation's id, or `*`.
    pub(crate) fn word(&self) -> String {
        match self {
            Fence::Organisation(organisation) => organisation.to_string(),
            Fence::House => "*".to_owned(),
        }
    }
}

/// A change: statements in their order, committed together or not at all.
#[derive(Clone)]
pub struct Work {
    pub(crate) fence: Fence,
    pub(crate) statements: Vec<Statement>,
}

impl Work {
    /// An empty work behind this fence.
    pub fn new(fence: Fence) -> Self {
        Self { fence, statements: Vec::new() }
    }

    /// The work with one more statement.
    #[must_use]
    pub fn with(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// The work with several more statements.
    #[must_use]
    pub fn extend(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.statements.extend(statements);
        self
    }
}

/// What one statement of a work did.
#[derive(Clone)]
pub struct Done {
    /// Rows changed, or rows returned where the statement returns any.
    pub changed: u64,
    /// The rows of `RETURNING` or `SELECT`.
    pub rows: Vec<Row>,
}

/// The fence on engines without row-level security: a statement that does not name its organisation is a defect.
pub(crate) fn admit<'a>(fence: &Fence, statements: impl IntoIterator<Item = &'a Statement>) -> Result<(), StoreError> {
    let Fence::Organisation(_) = fence else { return Ok(()) };
    let word = fence.word();
    for statement in statements {
        if !statement.params.iter().any(|value| matches!(value, Value::Text(text) if *text == word)) {
            return Err(StoreError::fault(format!("a statement outside its organisation's fence: {}", statement.sql)));
        }
    }
    Ok(())
}
