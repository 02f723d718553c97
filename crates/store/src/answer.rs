//! How each answer of the assistant came about: question, passages, checks; sealed, because it repeats the person's words.

use model::{AnswerId, ConversationId, MessageId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError};

crate::statements! {
    INSERT = "INSERT INTO answer (id, organisation, conversation, person, message, outcome, trace_sealed, took_ms, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    MISLABELLED = "SELECT count(*) AS many FROM answer a JOIN message m ON m.organisation = a.organisation AND m.id = a.message \
              WHERE a.organisation = $1 AND m.kind <> 'ai'";
    // What is restricted is kept and not used (Art. 18 GDPR); what the staff deleted is unreadable.
    ABSTAINED = "SELECT a.id, a.conversation, a.person, a.outcome, a.trace_sealed, a.took_ms, a.created_at, c.locale FROM answer a \
              JOIN conversation c ON c.organisation = a.organisation AND c.id = a.conversation \
              JOIN person p ON p.organisation = a.organisation AND p.id = a.person \
              WHERE a.organisation = $1 AND a.outcome = 'abstained' AND c.deleted_at IS NULL AND c.restricted_at IS NULL \
              AND p.restricted_at IS NULL ORDER BY a.created_at DESC, a.id DESC LIMIT $2";
    // What is restricted is not opened for this either.
    TOLD = "SELECT a.message FROM answer a JOIN conversation c ON c.organisation = a.organisation AND c.id = a.conversation \
              JOIN person p ON p.organisation = a.organisation AND p.id = a.person WHERE a.organisation = $1 \
              AND a.outcome = 'answered' AND a.message IS NOT NULL AND c.deleted_at IS NULL AND c.restricted_at IS NULL \
              AND p.restricted_at IS NULL ORDER BY a.id DESC LIMIT $2";
    BY_MESSAGE = "SELECT id, conversation, person, outcome, trace_sealed, took_ms, created_at FROM answer \
              WHERE organisation = $1 AND message = $2";
}

/// The account of one answer.
pub struct AnswerRow {
    /// Its id.
    pub id: AnswerId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// With whose key the trace is sealed.
    pub person: PersonId,
    /// `answered`, `abstained` or `failed`.
    pub outcome: String,
    /// The trace.
    pub trace: Sealed,
    /// From reading the question to the commit, in milliseconds.
    pub took_ms: i64,
    /// When.
    pub created_at: Moment,
}

impl AnswerRow {
    /// Reads the columns of [`by_message`] and [`abstained`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            conversation: row.id("conversation")?,
            person: row.id("person")?,
            outcome: row.text("outcome")?,
            trace: row.sealed("trace_sealed")?,
            took_ms: row.int("took_ms")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Keeps the account of one answer beside its message.
pub fn insert(organisation: OrganisationId, answer: AnswerRow, message: MessageId) -> Statement {
    let params = vec![
        answer.id.into(),
        organisation.into(),
        answer.conversation.into(),
        answer.person.into(),
        message.into(),
        answer.outcome.into(),
        answer.trace.into(),
        answer.took_ms.into(),
        answer.created_at.into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// The account of the answer that a message gave.
pub fn by_message(organisation: OrganisationId, message: MessageId) -> Statement {
    Statement::new(BY_MESSAGE, vec![organisation.into(), message.into()])
}

/// The latest answers that said that no page supports one.
pub fn abstained(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(ABSTAINED, vec![organisation.into(), limit.into()])
}

/// How many automatic answers became a message that is not labelled as one: `many`.
pub fn mislabelled(organisation: OrganisationId) -> Statement {
    Statement::new(MISLABELLED, vec![organisation.into()])
}

/// The messages (`message`) of the newest answers that were given from the pages.
pub fn told(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(TOLD, vec![organisation.into(), limit.into()])
}
