//! The AI-free lane as data: what the assistant may load, and the marks that keep a person or a conversation from it.
//!
//! A mark is set in the same instant for every reader: the views `answerable_…` lack whatever is marked, so the job that
//! answers finds nothing, whatever its code does.

use model::{ConversationId, Moment, OrganisationId, PersonId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    CONVERSATION = "SELECT id, person, state, lane, epoch, assignee, locale, page_host, last_seq, last_activity_at, waiting_since, \
              created_at, closed_at FROM answerable_conversation WHERE organisation = $1 AND id = $2";
    MESSAGES = "SELECT id, conversation, person, seq, kind, author, body_sealed, client_id, created_at FROM answerable_message \
              WHERE organisation = $1 AND conversation = $2 ORDER BY seq DESC LIMIT $3";
    PERSON = "SELECT id, name_sealed, email_sealed, locale, created_at, last_seen_at FROM answerable_person \
              WHERE organisation = $1 AND id = $2";
    OF_PERSON = "SELECT ai_off_at, ai_off_reasons, restricted_at, restricted_ground, lift_told_at FROM person \
              WHERE organisation = $1 AND id = $2";
    OF_CONVERSATION = "SELECT ai_off_at, ai_off_reasons, restricted_at, restricted_ground, lift_told_at FROM conversation \
              WHERE organisation = $1 AND id = $2";
    REASONS_OF_PERSON = "UPDATE person SET ai_off_at = $3, ai_off_reasons = $4 \
              WHERE organisation = $1 AND id = $2 AND COALESCE(ai_off_reasons, '') = $5";
    REASONS_OF_CONVERSATION = "UPDATE conversation SET ai_off_at = $3, ai_off_reasons = $4 \
              WHERE organisation = $1 AND id = $2 AND COALESCE(ai_off_reasons, '') = $5";
    RESTRICTED = "SELECT COALESCE(c.restricted_at, p.restricted_at) AS restricted_at FROM conversation c JOIN person p \
              ON p.organisation = c.organisation AND p.id = c.person WHERE c.organisation = $1 AND c.id = $2";
    RESTRICT_PERSON = "UPDATE person SET restricted_at = COALESCE(restricted_at, $3), restricted_ground = $4, lift_told_at = NULL \
              WHERE organisation = $1 AND id = $2";
    RESTRICT_CONVERSATION = "UPDATE conversation SET restricted_at = COALESCE(restricted_at, $3), restricted_ground = $4, \
              lift_told_at = NULL WHERE organisation = $1 AND id = $2";
    // Art. 18(3): she is told before the restriction is lifted, so the second statement needs the first.
    TOLD_PERSON = "UPDATE person SET lift_told_at = $3 WHERE organisation = $1 AND id = $2 AND restricted_at IS NOT NULL";
    TOLD_CONVERSATION = "UPDATE conversation SET lift_told_at = $3 WHERE organisation = $1 AND id = $2 AND restricted_at IS NOT NULL";
    MARKED = "SELECT count(*) AS many FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person \
              WHERE c.organisation = $1 AND (c.ai_off_at IS NOT NULL OR c.restricted_at IS NOT NULL OR p.ai_off_at IS NOT NULL \
              OR p.restricted_at IS NOT NULL)";
    // The marked ones first, they are few; what was on its way when the mark came ($2) is none of it.
    TOLD_BEHIND = "SELECT count(*) AS many FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person \
              CROSS JOIN message m WHERE c.organisation = $1 AND (c.ai_off_at IS NOT NULL OR c.restricted_at IS NOT NULL \
              OR p.ai_off_at IS NOT NULL OR p.restricted_at IS NOT NULL) AND m.organisation = c.organisation \
              AND m.person = c.person AND m.conversation = c.id AND m.kind = 'ai' AND (m.created_at > c.ai_off_at + $2 \
              OR m.created_at > c.restricted_at + $2 OR m.created_at > p.ai_off_at + $2 OR m.created_at > p.restricted_at + $2)";
    // Letters that she is sent are none: only what went to a model names an answer.
    SENT_BEHIND = "SELECT count(*) AS many FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person \
              CROSS JOIN disclosure d WHERE c.organisation = $1 AND (c.ai_off_at IS NOT NULL OR c.restricted_at IS NOT NULL \
              OR p.ai_off_at IS NOT NULL OR p.restricted_at IS NOT NULL) AND d.organisation = c.organisation \
              AND d.conversation = c.id AND d.answer IS NOT NULL AND (d.created_at > c.ai_off_at + $2 \
              OR d.created_at > c.restricted_at + $2 OR d.created_at > p.ai_off_at + $2 OR d.created_at > p.restricted_at + $2)";
    MINORS = "SELECT count(*) AS many FROM person p WHERE p.organisation = $1 AND p.ai_off_reasons LIKE '%minor%'";
    MINORS_BOUND = "SELECT count(*) AS many FROM person p WHERE p.organisation = $1 AND p.ai_off_reasons LIKE '%minor%' \
              AND EXISTS (SELECT 1 FROM consent c WHERE c.organisation = p.organisation AND c.person = p.id AND c.state = 'given' \
              AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.organisation = c.organisation AND n.person = c.person \
              AND n.purpose = c.purpose AND n.seq > c.seq))";
    LIFT_PERSON = "UPDATE person SET restricted_at = NULL, restricted_ground = NULL, lift_told_at = NULL \
              WHERE organisation = $1 AND id = $2 AND lift_told_at IS NOT NULL";
    LIFT_CONVERSATION = "UPDATE conversation SET restricted_at = NULL, restricted_ground = NULL, lift_told_at = NULL \
              WHERE organisation = $1 AND id = $2 AND lift_told_at IS NOT NULL";
}

/// What is marked: a person with everything of hers, or one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Everything of hers.
    Person(PersonId),
    /// One conversation.
    Conversation(ConversationId),
}

impl Of {
    /// The id, whatever it is of.
    pub fn id(self) -> String {
        match self {
            Of::Person(id) => id.to_string(),
            Of::Conversation(id) => id.to_string(),
        }
    }

    fn choose(self, of_person: &'static str, of_conversation: &'static str) -> &'static str {
        match self {
            Of::Person(_) => of_person,
            Of::Conversation(_) => of_conversation,
        }
    }
}

/// The marks of a person or a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// Since when the assistant may not.
    pub ai_off_at: Option<Moment>,
    /// Why, as words of a closed list, separated by spaces.
    pub ai_off_reasons: String,
    /// Since when it is restricted (Art. 18).
    pub restricted_at: Option<Moment>,
    /// On which ground.
    pub restricted_ground: Option<String>,
    /// When she was told that the restriction will be lifted.
    pub lift_told_at: Option<Moment>,
}

impl LaneRow {
    /// Reads the columns of [`of`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            ai_off_at: row.maybe_moment("ai_off_at")?,
            ai_off_reasons: row.maybe_text("ai_off_reasons")?.unwrap_or_default(),
            restricted_at: row.maybe_moment("restricted_at")?,
            restricted_ground: row.maybe_text("restricted_ground")?,
            lift_told_at: row.maybe_moment("lift_told_at")?,
        })
    }
}

/// The conversation, if the assistant may answer in it. For [`crate::Fence::Assistant`].
pub fn conversation(organisation: OrganisationId, id: ConversationId) -> Statement {
    Statement::new(CONVERSATION, params![organisation, id])
}

/// The latest messages the assistant may see, latest first. For [`crate::Fence::Assistant`].
pub fn messages(organisation: OrganisationId, conversation: ConversationId, limit: i64) -> Statement {
    Statement::new(MESSAGES, params![organisation, conversation, limit])
}

/// What the assistant may know about a person in order to mask it. For [`crate::Fence::Assistant`].
pub fn person(organisation: OrganisationId, id: PersonId) -> Statement {
    Statement::new(PERSON, params![organisation, id])
}

/// The marks.
pub fn of(organisation: OrganisationId, of: Of) -> Statement {
    Statement::new(of.choose(OF_PERSON, OF_CONVERSATION), params![organisation, of.id()])
}

/// Replaces the reasons `before` by `reasons`; none lets the assistant in again. A guard fails where somebody else was quicker.
pub fn set_reasons(organisation: OrganisationId, of: Of, before: &LaneRow, reasons: &str, at: Moment) -> Statement {
    let since = before.ai_off_at.unwrap_or(at);
    let (since, word) = if reasons.is_empty() { (None, None) } else { (Some(since), Some(reasons)) };
    let values = params![organisation, of.id(), since, word, before.ai_off_reasons.as_str()];
    Statement::new(of.choose(REASONS_OF_PERSON, REASONS_OF_CONVERSATION), values).expect(Expect::Exactly(1))
}

/// Restricts; again with another ground is the same restriction with another ground.
pub fn restrict(organisation: OrganisationId, of: Of, ground: &str, at: Moment) -> Statement {
    let sql = of.choose(RESTRICT_PERSON, RESTRICT_CONVERSATION);
    Statement::new(sql, params![organisation, of.id(), at, ground]).expect(Expect::Exactly(1))
}

/// Notes that she was told that the restriction ends.
pub fn told(organisation: OrganisationId, of: Of, at: Moment) -> Statement {
    Statement::new(of.choose(TOLD_PERSON, TOLD_CONVERSATION), params![organisation, of.id(), at])
        .expect(Expect::Exactly(1))
}

/// Lifts the restriction of which she was told.
pub fn lift(organisation: OrganisationId, of: Of) -> Statement {
    Statement::new(of.choose(LIFT_PERSON, LIFT_CONVERSATION), params![organisation, of.id()]).expect(Expect::Exactly(1))
}

/// Since when a conversation is restricted, by itself or with its person (`restricted_at`).
pub fn restricted(organisation: OrganisationId, id: ConversationId) -> Statement {
    Statement::new(RESTRICTED, params![organisation, id])
}

/// How many conversations are kept from the assistant, by themselves or with their person (`many`).
pub fn marked(organisation: OrganisationId) -> Statement {
    Statement::new(MARKED, params![organisation])
}

/// How many automatic messages were told behind a mark, later than `grace` milliseconds after it (`many`).
pub fn told_behind(organisation: OrganisationId, grace: i64) -> Statement {
    Statement::new(TOLD_BEHIND, params![organisation, grace])
}

/// How much was sent to a model behind a mark, later than `grace` milliseconds after it (`many`).
pub fn sent_behind(organisation: OrganisationId, grace: i64) -> Statement {
    Statement::new(SENT_BEHIND, params![organisation, grace])
}

/// How many people are under age, as far as was asked (`many`).
pub fn minors(organisation: OrganisationId) -> Statement {
    Statement::new(MINORS, params![organisation])
}

/// How many of them have a consent that stands (`many`).
pub fn minors_bound(organisation: OrganisationId) -> Statement {
    Statement::new(MINORS_BOUND, params![organisation])
}
