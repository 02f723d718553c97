//! What left this server about a person: to whom, why, which categories, and (sealed, short-lived) the very text.

use model::{AnswerId, ConversationId, DisclosureId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError};

crate::statements! {
    // From the assistant's lane: of a conversation that was taken from it a moment ago nothing can be recorded any more, and
    // what is not recorded is not sent.
    INSERT = "INSERT INTO disclosure (id, organisation, conversation, person, answer, recipient, purpose, categories_sent, \
              categories_withheld, content_hash, content_sealed, bytes, created_at, expires_at) \
              SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 FROM answerable_conversation a \
              WHERE a.organisation = $2 AND a.id = $3";
    INSERT_LETTER = "INSERT INTO disclosure (id, organisation, person, recipient, purpose, categories_sent, categories_withheld, \
              content_hash, content_sealed, bytes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $11, '', $6, $7, $8, $9, $10)";
    RECIPIENTS = "SELECT recipient, CAST(count(*) AS bigint) AS transfers, min(created_at) AS first_at, max(created_at) AS last_at \
              FROM disclosure WHERE organisation = $1 AND person = $2 GROUP BY recipient ORDER BY recipient";
    BY_ANSWER = "SELECT id, conversation, person, answer, recipient, purpose, categories_sent, categories_withheld, content_hash, \
              content_sealed, bytes, created_at, expires_at FROM disclosure WHERE organisation = $1 AND answer = $2 ORDER BY created_at";
}

/// One transfer to a recipient outside.
pub struct DisclosureRow {
    /// Its id.
    pub id: DisclosureId,
    /// From which conversation.
    pub conversation: ConversationId,
    /// About whom.
    pub person: PersonId,
    /// For which answer; the answer itself is stored only when it is finished.
    pub answer: AnswerId,
    /// The recipient's key in the register.
    pub recipient: String,
    /// Why.
    pub purpose: String,
    /// Categories of personal data in the text, space separated.
    pub categories_sent: String,
    /// Categories that masking kept back, space separated.
    pub categories_withheld: String,
    /// SHA-256 of the bytes that left.
    pub content_hash: Vec<u8>,
    /// What left.
    pub content: Sealed,
    /// How many bytes left.
    pub bytes: i64,
    /// When.
    pub created_at: Moment,
    /// When the text is forgotten here.
    pub expires_at: Moment,
}

impl DisclosureRow {
    /// Reads the columns of [`by_answer`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            conversation: row.id("conversation")?,
            person: row.id("person")?,
            answer: row.id("answer")?,
            recipient: row.text("recipient")?,
            purpose: row.text("purpose")?,
            categories_sent: row.text("categories_sent")?,
            categories_withheld: row.text("categories_withheld")?,
            content_hash: row.bytes("content_hash")?,
            content: row.sealed("content_sealed")?,
            bytes: row.int("bytes")?,
            created_at: row.moment("created_at")?,
            expires_at: row.moment("expires_at")?,
        })
    }
}

/// Records a transfer, before it happens.
pub fn insert(organisation: OrganisationId, new: DisclosureRow) -> Statement {
    let params = vec![
        new.id.into(),
        organisation.into(),
        new.conversation.into(),
        new.person.into(),
        new.answer.into(),
        new.recipient.into(),
        new.purpose.into(),
        new.categories_sent.into(),
        new.categories_withheld.into(),
        new.content_hash.into(),
        new.content.into(),
        new.bytes.into(),
        new.created_at.into(),
        new.expires_at.into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// What left for one answer.
pub fn by_answer(organisation: OrganisationId, answer: AnswerId) -> Statement {
    Statement::new(BY_ANSWER, vec![organisation.into(), answer.into()])
}

/// Something that goes to a person herself by the mail relay, or to the agent she has chosen.
pub struct LetterRow {
    /// Its id.
    pub id: DisclosureId,
    /// About whom it is.
    pub person: PersonId,
    /// Who receives it.
    pub recipient: String,
    /// Why.
    pub purpose: String,
    /// Categories of personal data in it, space separated.
    pub categories: &'static str,
    /// SHA-256 of the bytes that left.
    pub content_hash: Vec<u8>,
    /// What left.
    pub content: Sealed,
    /// How many bytes left.
    pub bytes: i64,
    /// When.
    pub created_at: Moment,
    /// When the text is forgotten here.
    pub expires_at: Moment,
}

/// Records that a letter goes to the relay, before it does.
pub fn insert_letter(organisation: OrganisationId, new: LetterRow) -> Statement {
    let params = vec![
        new.id.into(),
        organisation.into(),
        new.person.into(),
        new.recipient.into(),
        new.purpose.into(),
        new.content_hash.into(),
        new.content.into(),
        new.bytes.into(),
        new.created_at.into(),
        new.expires_at.into(),
        new.categories.into(),
    ];
    Statement::new(INSERT_LETTER, params).expect(Expect::Exactly(1))
}

/// Who outside received something about a person: `recipient`, `transfers`, `first_at`, `last_at`.
pub fn recipients(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(RECIPIENTS, vec![organisation.into(), person.into()])
}
