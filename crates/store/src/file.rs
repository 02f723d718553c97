//! Files that were sent in a conversation, sealed whole with the key of the person.

use model::{ConversationId, FileId, MessageId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError};

crate::statements! {
    INSERT = "INSERT INTO file (id, organisation, conversation, person, message, name_sealed, mime, bytes, content_sealed, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_ID = "SELECT id, conversation, person, name_sealed, mime, bytes, content_sealed FROM file \
              WHERE organisation = $1 AND id = $2";
}

/// A file as it is stored.
pub struct FileRow {
    /// Its id.
    pub id: FileId,
    /// Where it was sent.
    pub conversation: ConversationId,
    /// With whose key it is sealed.
    pub person: PersonId,
    /// Its name.
    pub name: Sealed,
    /// Its media type, found by looking at the bytes.
    pub mime: String,
    /// Its size before sealing.
    pub bytes: i64,
    /// Its content.
    pub content: Sealed,
}

impl FileRow {
    /// Reads the columns of [`by_id`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            conversation: row.id("conversation")?,
            person: row.id("person")?,
            name: row.sealed("name_sealed")?,
            mime: row.text("mime")?,
            bytes: row.int("bytes")?,
            content: row.sealed("content_sealed")?,
        })
    }
}

/// A file about to be kept.
pub struct NewFile {
    /// The file.
    pub file: FileRow,
    /// The message it hangs on.
    pub message: MessageId,
    /// Now.
    pub at: Moment,
}

/// Keeps a file.
pub fn insert(organisation: OrganisationId, new: NewFile) -> Statement {
    let file = new.file;
    let params = vec![
        file.id.into(),
        organisation.into(),
        file.conversation.into(),
        file.person.into(),
        new.message.into(),
        file.name.into(),
        file.mime.into(),
        file.bytes.into(),
        file.content.into(),
        new.at.into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// One file.
pub fn by_id(organisation: OrganisationId, id: FileId) -> Statement {
    Statement::new(BY_ID, vec![organisation.into(), id.into()])
}
