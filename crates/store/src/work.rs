//! A change is a value: a list of guarded statements, all or nothing, behind one tenant's fence.

use model::OrganisationId;

use crate::dump::LONGEST_CELL;
use crate::{Row, Statement, StoreError, Value};

/// Whose rows a work or a read may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Only this organisation's. Every statement must name it among its values, and `PostgreSQL` enforces it by row.
    Organisation(OrganisationId),
    /// Only this organisation's, and of those only what its assistant may see: `answerable_…`, which lacks whatever is in a
    /// person's hands, restricted or taken from it. For reading; `PostgreSQL` reads as a role with no other right.
    Assistant(OrganisationId),
    /// Everybody's: claiming jobs, finding whose a token or a widget key is, moving the schema on.
    House,
}

impl Fence {
    /// What row-level security compares with: the organisation's id, or `*`.
    pub(crate) fn word(&self) -> String {
        match self {
            Fence::Organisation(organisation) | Fence::Assistant(organisation) => organisation.to_string(),
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
    if *fence == Fence::House {
        return Ok(());
    }
    let word = fence.word();
    for statement in statements {
        if matches!(fence, Fence::Assistant(_)) && !is_answerable(&statement.sql) {
            return Err(StoreError::fault(format!("a read outside the assistant's lane: {}", statement.sql)));
        }
        if !statement.params.iter().any(|value| matches!(value, Value::Text(text) if *text == word)) {
            return Err(StoreError::fault(format!("a statement outside its organisation's fence: {}", statement.sql)));
        }
    }
    Ok(())
}

/// No value is too long for a cell.
pub(crate) fn fits(statements: &[Statement]) -> Result<(), StoreError> {
    let long = |value: &Value| value.bytes() > LONGEST_CELL;
    if statements.iter().any(|statement| statement.params.iter().any(long)) { Err(StoreError::Long) } else { Ok(()) }
}

/// Whether a statement only reads, and only the views that the assistant may see.
fn is_answerable(sql: &str) -> bool {
    let mut words = sql.split_whitespace();
    let mut named = 0;
    let selects = words.next() == Some("SELECT");
    while let Some(word) = words.next() {
        if ["FROM", "JOIN", "INTO", "UPDATE", "DELETE"].contains(&word.to_ascii_uppercase().as_str()) {
            let letters = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !words.next().is_some_and(|name| name.starts_with("answerable_") && letters(name)) {
                return false;
            }
            named += 1;
        }
    }
    selects && named > 0 && !sql.contains('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_assistant_reads_its_views_and_nothing_else() {
        assert!(is_answerable("SELECT id FROM answerable_message WHERE organisation = $1"));
        for wrong in [
            "SELECT id FROM message WHERE organisation = $1",
            "SELECT a.id FROM answerable_message a JOIN person p ON p.id = a.person",
            "SELECT id FROM answerable_message WHERE id IN (SELECT id FROM message)",
            "SELECT id FROM answerable_message, message",
            "SELECT id FROM answerable_message,message",
            "SELECT id from message",
            "UPDATE answerable_message SET seq = 1",
            "SELECT 1",
        ] {
            assert!(!is_answerable(wrong), "{wrong}");
        }
    }
}
