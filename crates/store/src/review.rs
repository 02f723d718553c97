//! Reviews: an answer of the assistant that its reader wants a person to check, with its clock and how it ended.

use model::{ConversationId, MemberId, MessageId, Moment, OrganisationId, PageId, PersonId, RequestId, ReviewId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`ReviewRow`].
macro_rules! columns {
    () => {
        "id, request, person, conversation, message, due_at, outcome, words_sealed, page, decided_by, decided_at, created_at"
    };
}

crate::statements! {
    INSERT = "INSERT INTO review (id, organisation, request, person, conversation, message, due_at, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = concat!("SELECT ", columns!(), " FROM review WHERE organisation = $1 AND id = $2");
    BY_REQUEST = concat!("SELECT ", columns!(), " FROM review WHERE organisation = $1 AND request = $2");
    OPEN = concat!("SELECT ", columns!(), " FROM review WHERE organisation = $1 AND decided_at IS NULL ORDER BY due_at, id LIMIT $2");
    DECIDED = concat!("SELECT ", columns!(), " FROM review WHERE organisation = $1 AND decided_at IS NOT NULL \
              ORDER BY decided_at DESC, id DESC LIMIT $2");
    DECIDE = "UPDATE review SET outcome = $3, words_sealed = $4, page = $5, decided_by = $6, decided_at = $7 \
              WHERE organisation = $1 AND id = $2 AND decided_at IS NULL";
    LATE = "SELECT count(*) AS many FROM review WHERE organisation = $1 AND decided_at IS NULL AND due_at < $2";
    WAITING = "SELECT count(*) AS many FROM review WHERE organisation = $1 AND decided_at IS NULL";
    // Ended by a word about the answer, and nobody's name stands under it.
    UNSIGNED = "SELECT count(*) AS many FROM review WHERE organisation = $1 AND outcome IN ('right', 'wrong', 'not_ours') \
              AND decided_by IS NULL";
    // The request was answered, refused or taken back by another way than a decision on the answer.
    END = "UPDATE review SET outcome = $3, decided_at = $4 WHERE organisation = $1 AND request = $2 AND decided_at IS NULL";
}

/// A review as stored.
#[derive(Clone)]
pub struct ReviewRow {
    /// Its id.
    pub id: ReviewId,
    /// The request that asks for it.
    pub request: RequestId,
    /// Who asked, and with whose key the words are sealed.
    pub person: PersonId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// The answer.
    pub message: MessageId,
    /// Until when a person looks at it.
    pub due_at: Moment,
    /// `right`, `wrong`, `not_ours`, or how its request ended without a decision.
    pub outcome: Option<String>,
    /// What the staff said about it.
    pub words: Option<Sealed>,
    /// The page of knowledge it became.
    pub page: Option<PageId>,
    /// Who decided.
    pub decided_by: Option<MemberId>,
    /// When.
    pub decided_at: Option<Moment>,
    /// When it was asked for.
    pub created_at: Moment,
}

impl ReviewRow {
    /// Reads the columns of every statement here that finds reviews.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            request: row.id("request")?,
            person: row.id("person")?,
            conversation: row.id("conversation")?,
            message: row.id("message")?,
            due_at: row.moment("due_at")?,
            outcome: row.maybe_text("outcome")?,
            words: row.maybe_sealed("words_sealed")?,
            page: row.maybe_id("page")?,
            decided_by: row.maybe_id("decided_by")?,
            decided_at: row.maybe_moment("decided_at")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// A decision about an answer.
pub struct Decided {
    /// `right`, `wrong` or `not_ours`.
    pub outcome: &'static str,
    /// What the staff says about it.
    pub words: Option<Sealed>,
    /// The page of knowledge it became.
    pub page: Option<PageId>,
    /// Who decides.
    pub by: Option<MemberId>,
    /// When.
    pub at: Moment,
}

/// Opens a review.
pub fn insert(organisation: OrganisationId, new: &ReviewRow) -> Statement {
    let ReviewRow { id, request, person, conversation, message, due_at, created_at, .. } = *new;
    Statement::new(INSERT, params![id, organisation, request, person, conversation, message, due_at, created_at])
}

/// One review.
pub fn by_id(organisation: OrganisationId, id: ReviewId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// The review that a request asks for.
pub fn by_request(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(BY_REQUEST, params![organisation, request])
}

/// Those that wait for a person, the most urgent first.
pub fn open(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(OPEN, params![organisation, limit])
}

/// Those that ended, the latest first.
pub fn decided(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(DECIDED, params![organisation, limit])
}

/// Notes the decision; only once.
pub fn decide(organisation: OrganisationId, id: ReviewId, decided: Decided) -> Statement {
    let Decided { outcome, words, page, by, at } = decided;
    Statement::new(DECIDE, params![organisation, id, outcome, words, page, by, at]).expect(Expect::Exactly(1))
}

/// The request ended; so does its review, if it is still open.
pub fn end(organisation: OrganisationId, request: RequestId, outcome: &str, at: Moment) -> Statement {
    Statement::new(END, params![organisation, request, outcome, at])
}

/// How many wait for a person beyond their clock (`many`).
pub fn late(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(LATE, params![organisation, now])
}

/// How many wait for a person (`many`).
pub fn waiting(organisation: OrganisationId) -> Statement {
    Statement::new(WAITING, params![organisation])
}

/// How many were decided, and by no person (`many`).
pub fn unsigned(organisation: OrganisationId) -> Statement {
    Statement::new(UNSIGNED, params![organisation])
}
