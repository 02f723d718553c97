//! What is said in a request: reasons, wanted corrections, letters, notes. Sealed with the key of the person whose row it is.

use model::{MemberId, Moment, OrganisationId, PersonId, RequestId, RequestStepId, RequestWordsId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO request_words (id, organisation, request, person, kind, step, author, body_sealed, sent_at, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_REQUEST = "SELECT id, request, person, kind, step, author, body_sealed, sent_at, created_at FROM request_words \
              WHERE organisation = $1 AND request = $2 ORDER BY id";
    SENT = "UPDATE request_words SET sent_at = $3 WHERE organisation = $1 AND id = $2 AND sent_at IS NULL";
    DELETE = "DELETE FROM request_words WHERE organisation = $1 AND request = $2";
}

/// Words as stored. Has no `Debug`.
#[derive(Clone)]
pub struct WordsRow {
    /// Their id.
    pub id: RequestWordsId,
    /// In which request.
    pub request: RequestId,
    /// Whose key opens them.
    pub person: PersonId,
    /// `reason`, `correction`, `before`, `letter`, `note` or `question`.
    pub kind: String,
    /// For which step.
    pub step: Option<RequestStepId>,
    /// The member who wrote them.
    pub author: Option<MemberId>,
    /// The words.
    pub body: Sealed,
    /// A letter that was sent or shown.
    pub sent_at: Option<Moment>,
    /// Written.
    pub created_at: Moment,
}

impl WordsRow {
    /// Reads the columns of [`of_request`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            request: row.id("request")?,
            person: row.id("person")?,
            kind: row.text("kind")?,
            step: row.maybe_id("step")?,
            author: row.maybe_id("author")?,
            body: row.sealed("body_sealed")?,
            sent_at: row.maybe_moment("sent_at")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Keeps words.
pub fn insert(organisation: OrganisationId, new: WordsRow) -> Statement {
    let params = params![
        new.id,
        organisation,
        new.request,
        new.person,
        new.kind,
        new.step,
        new.author,
        new.body,
        new.sent_at,
        new.created_at,
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// Everything said in a request, in order.
pub fn of_request(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(OF_REQUEST, params![organisation, request])
}

/// A letter was sent, or shown where it is read.
pub fn sent(organisation: OrganisationId, id: RequestWordsId, at: Moment) -> Statement {
    Statement::new(SENT, params![organisation, id, at])
}

/// Deletes the words of a request whose record goes.
pub fn delete(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(DELETE, params![organisation, request])
}
