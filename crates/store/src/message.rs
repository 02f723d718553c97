//! Messages: the log of a conversation. The words are sealed with the key of the person the conversation is with.

use model::{ConversationId, MemberId, MessageId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError};

crate::statements! {
    // The number was taken by the step of the conversation earlier in the same work.
    // `VALUES`, because SQLite keeps a copy of every page that `INSERT … SELECT` touches, in case its second row fails.
    INSERT = "INSERT INTO message (id, organisation, conversation, person, seq, kind, author, body_sealed, client_id, created_at) \
              VALUES ($1, $2, $3, (SELECT person FROM conversation WHERE organisation = $2 AND id = $3), \
              (SELECT last_seq FROM conversation WHERE organisation = $2 AND id = $3), $4, $5, $6, $7, $8)";
    AFTER = "SELECT m.id, m.conversation, m.person, m.seq, m.kind, m.author, m.body_sealed, m.client_id, m.created_at \
              FROM conversation c JOIN message m ON m.organisation = c.organisation AND m.person = c.person \
              AND m.conversation = c.id WHERE c.organisation = $1 AND c.id = $2 AND m.seq > $3 ORDER BY m.seq LIMIT $4";
    BY_ID = "SELECT id, conversation, person, seq, kind, author, body_sealed, client_id, created_at FROM message \
              WHERE organisation = $1 AND id = $2";
    BY_CLIENT_ID = "SELECT id, conversation, person, seq, kind, author, body_sealed, client_id, created_at FROM message \
              WHERE organisation = $1 AND conversation = $2 AND client_id = $3";
    RECENT = "SELECT id, conversation, person, seq, kind, author, body_sealed, client_id, created_at FROM message \
              WHERE organisation = $1 AND kind = 'visitor' AND NOT EXISTS (SELECT 1 FROM conversation c JOIN person p \
              ON p.organisation = c.organisation AND p.id = c.person WHERE c.organisation = message.organisation \
              AND c.id = message.conversation AND (c.restricted_at IS NOT NULL OR p.restricted_at IS NOT NULL)) \
              ORDER BY id DESC LIMIT $2";
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// The visitor.
    Visitor,
    /// The assistant.
    Ai,
    /// A member of the staff, to the visitor.
    Agent,
    /// A member of the staff, to colleagues only.
    Note,
    /// The house: somebody joined, the conversation was closed.
    System,
}

impl MessageKind {
    const ALL: [MessageKind; 5] =
        [MessageKind::Visitor, MessageKind::Ai, MessageKind::Agent, MessageKind::Note, MessageKind::System];

    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            MessageKind::Visitor => "visitor",
            MessageKind::Ai => "ai",
            MessageKind::Agent => "agent",
            MessageKind::Note => "note",
            MessageKind::System => "system",
        }
    }

    /// The kind behind a word of the column.
    pub fn from_word(word: &str) -> Option<MessageKind> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A message as it is stored.
pub struct MessageRow {
    /// Its id.
    pub id: MessageId,
    /// Where it was said.
    pub conversation: ConversationId,
    /// With whose key its words are sealed.
    pub person: PersonId,
    /// Its place in the log, from 1.
    pub seq: i64,
    /// Who wrote it.
    pub kind: MessageKind,
    /// The member of the staff, if one wrote it.
    pub author: Option<MemberId>,
    /// The words.
    pub body: Sealed,
    /// The writer's own id for it, by which a repeated delivery is recognised.
    pub client_id: Option<String>,
    /// When it was accepted.
    pub created_at: Moment,
}

impl MessageRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        let kind = row.text("kind")?;
        Ok(Self {
            id: row.id("id")?,
            conversation: row.id("conversation")?,
            person: row.id("person")?,
            seq: row.int("seq")?,
            kind: MessageKind::from_word(&kind).ok_or_else(|| StoreError::Fault("unknown kind of message".into()))?,
            author: row.maybe_id("author")?,
            body: row.sealed("body_sealed")?,
            client_id: row.maybe_text("client_id")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// A message about to be said; its number comes from the conversation's step in the same work.
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// Where.
    pub conversation: ConversationId,
    /// Who writes.
    pub kind: MessageKind,
    /// The member of the staff, if one writes.
    pub author: Option<MemberId>,
    /// The words.
    pub body: Sealed,
    /// The writer's own id for it.
    pub client_id: Option<String>,
    /// Now.
    pub at: Moment,
}

/// Says a message. A `client_id` that was used before in this conversation makes the work fail with `Unique`.
pub fn insert(organisation: OrganisationId, new: NewMessage) -> Statement {
    let params = vec![
        new.id.into(),
        organisation.into(),
        new.conversation.into(),
        new.kind.word().into(),
        new.author.into(),
        new.body.into(),
        new.client_id.into(),
        new.at.into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// The messages after number `seq`, in order.
pub fn after(organisation: OrganisationId, conversation: ConversationId, seq: i64, limit: i64) -> Statement {
    Statement::new(AFTER, vec![organisation.into(), conversation.into(), seq.into(), limit.into()])
}

/// The latest messages of visitors, newest first.
pub fn recent(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(RECENT, vec![organisation.into(), limit.into()])
}

/// One message.
pub fn by_id(organisation: OrganisationId, id: MessageId) -> Statement {
    Statement::new(BY_ID, vec![organisation.into(), id.into()])
}

/// The message the writer knows by `client_id`.
pub fn by_client_id(organisation: OrganisationId, conversation: ConversationId, client_id: &str) -> Statement {
    Statement::new(BY_CLIENT_ID, vec![organisation.into(), conversation.into(), client_id.into()])
}
