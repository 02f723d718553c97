//! Somebody's own data coming from another installation: rows as they were, written once into a place that has none of them.

use model::{ConversationId, FileId, MessageId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Statement, params};

crate::statements! {
    PERSON = "INSERT INTO person (id, organisation, name_sealed, email_sealed, email_index, locale, created_at, last_seen_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CONVERSATION = "INSERT INTO conversation (id, organisation, person, state, lane, epoch, locale, page_host, last_seq, words_seq, \
              last_activity_at, waiting_since, created_at, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12, $13)";
    MESSAGE = "INSERT INTO message (id, organisation, conversation, person, seq, kind, body_sealed, client_id, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FILE = "INSERT INTO file (id, organisation, conversation, person, message, name_sealed, mime, bytes, content_sealed, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}

/// A person as she comes.
pub struct Person {
    /// Her id.
    pub id: PersonId,
    /// Her name.
    pub name: Option<Sealed>,
    /// Her address.
    pub email: Option<Sealed>,
    /// Its blind index.
    pub email_index: Option<Vec<u8>>,
    /// Her language tag.
    pub locale: String,
    /// First seen, there.
    pub created_at: Moment,
    /// Last seen: here, now.
    pub last_seen_at: Moment,
}

/// A conversation as it comes. Nobody here was in charge of it.
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// `open` or `closed`.
    pub state: String,
    /// Who answers.
    pub lane: String,
    /// Counts changes of the lane.
    pub epoch: i64,
    /// The language tag.
    pub locale: String,
    /// The website on which it began.
    pub page_host: Option<String>,
    /// The number of the last message.
    pub last_seq: i64,
    /// Last activity.
    pub last_activity_at: Moment,
    /// Waiting for a person since.
    pub waiting_since: Option<Moment>,
    /// Begun.
    pub created_at: Moment,
    /// Closed.
    pub closed_at: Option<Moment>,
}

/// A message as it comes. Whoever of the staff wrote it is not a member here.
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Its place.
    pub seq: i64,
    /// Who wrote it.
    pub kind: String,
    /// The words.
    pub body: Sealed,
    /// The writer's own id.
    pub client_id: Option<String>,
    /// When.
    pub created_at: Moment,
}

/// A file as it comes.
pub struct File {
    /// Its id.
    pub id: FileId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// With which message.
    pub message: Option<MessageId>,
    /// Its name.
    pub name: Sealed,
    /// Its kind.
    pub mime: String,
    /// Its size.
    pub bytes: i64,
    /// Its content.
    pub content: Sealed,
    /// When.
    pub created_at: Moment,
}

/// The person.
pub fn person(organisation: OrganisationId, new: Person) -> Statement {
    let Person { id, name, email, email_index, locale, created_at, last_seen_at } = new;
    let params = params![id, organisation, name, email, email_index, locale, created_at, last_seen_at];
    Statement::new(PERSON, params).expect(Expect::Exactly(1))
}

/// One of her conversations.
pub fn conversation(organisation: OrganisationId, person: PersonId, new: Conversation) -> Statement {
    let params = params![
        new.id,
        organisation,
        person,
        new.state,
        new.lane,
        new.epoch,
        new.locale,
        new.page_host,
        new.last_seq,
        new.last_activity_at,
        new.waiting_since,
        new.created_at,
        new.closed_at,
    ];
    Statement::new(CONVERSATION, params).expect(Expect::Exactly(1))
}

/// One message.
pub fn message(organisation: OrganisationId, person: PersonId, new: Message) -> Statement {
    let Message { id, conversation, seq, kind, body, client_id, created_at } = new;
    let params = params![id, organisation, conversation, person, seq, kind, body, client_id, created_at];
    Statement::new(MESSAGE, params).expect(Expect::Exactly(1))
}

/// One file.
pub fn file(organisation: OrganisationId, person: PersonId, new: File) -> Statement {
    let File { id, conversation, message, name, mime, bytes, content, created_at } = new;
    let params = params![id, organisation, conversation, person, message, name, mime, bytes, content, created_at];
    Statement::new(FILE, params).expect(Expect::Exactly(1))
}
