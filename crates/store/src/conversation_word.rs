//! The words of a conversation as keyed fingerprints, each once, so that it can be found by what was said in it.

use model::{ConversationId, OrganisationId, PersonId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO conversation_word (organisation, person, conversation, word_index) VALUES ($1, $2, $3, $4) \
              ON CONFLICT (organisation, person, conversation, word_index) DO NOTHING";
    // Of two who do it at once one wins; the other's rows are the same and go with its work.
    REACHED = "UPDATE conversation SET words_seq = $4 WHERE organisation = $1 AND id = $2 AND words_seq = $3";
    STANDING = "SELECT person, last_seq, words_seq FROM conversation WHERE organisation = $1 AND id = $2";
    // What is restricted (Art. 18) is stored and nothing else: nobody finds it by what was said in it.
    BY_WORD = "SELECT w.conversation FROM conversation_word w JOIN conversation c ON c.organisation = w.organisation \
              AND c.id = w.conversation JOIN person p ON p.organisation = w.organisation AND p.id = w.person \
              WHERE w.organisation = $1 AND w.word_index = $2 AND c.restricted_at IS NULL AND p.restricted_at IS NULL \
              ORDER BY w.conversation DESC LIMIT 500";
}

/// How far the words of a conversation can be searched.
pub struct WordsRow {
    /// With whom the conversation is.
    pub person: PersonId,
    /// The number of its last message.
    pub last_seq: i64,
    /// The number of the last message whose words can be found.
    pub words_seq: i64,
}

impl WordsRow {
    /// Reads a row of [`standing`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self { person: row.id("person")?, last_seq: row.int("last_seq")?, words_seq: row.int("words_seq")? })
    }
}

/// How far the words of a conversation can be searched.
pub fn standing(organisation: OrganisationId, conversation: ConversationId) -> Statement {
    Statement::new(STANDING, params![organisation, conversation])
}

/// Makes a conversation findable by one word, known here only by its keyed hash.
pub fn insert(
    organisation: OrganisationId,
    person: PersonId,
    conversation: ConversationId,
    word_index: Vec<u8>,
) -> Statement {
    Statement::new(INSERT, params![organisation, person, conversation, word_index])
}

/// Notes that the words up to message `reached` can be found; refused where somebody else noted more meanwhile.
pub fn reached(organisation: OrganisationId, conversation: ConversationId, [from, reached]: [i64; 2]) -> Statement {
    Statement::new(REACHED, params![organisation, conversation, from, reached]).expect(Expect::Exactly(1))
}

/// The conversations in which a word was said, the latest begun first.
pub fn conversations(organisation: OrganisationId, word_index: Vec<u8>) -> Statement {
    Statement::new(BY_WORD, params![organisation, word_index])
}
