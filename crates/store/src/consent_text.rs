//! The wordings people are asked to consent to: written once, followed by newer versions, never changed.

use model::{ConsentTextId, Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO consent_text (id, organisation, purpose, version, language, body, body_hash, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVERY = "SELECT id, purpose, version, language, body, body_hash, created_at, retired_at FROM consent_text \
              WHERE organisation = $1 ORDER BY purpose, version DESC, language";
    BY_ID = "SELECT id, purpose, version, language, body, body_hash, created_at, retired_at FROM consent_text \
              WHERE organisation = $1 AND id = $2";
    RETIRE = "UPDATE consent_text SET retired_at = $3 WHERE organisation = $1 AND purpose = $2 AND retired_at IS NULL";
}

/// A wording as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// Its id.
    pub id: ConsentTextId,
    /// What for: a word of the organisation's.
    pub purpose: String,
    /// The version of the purpose's wording; the same in each language.
    pub version: i64,
    /// The tag of its language.
    pub language: String,
    /// The words, exactly as they are shown.
    pub body: String,
    /// SHA-256 of the words in UTF-8.
    pub hash: Vec<u8>,
    /// When it was published.
    pub created_at: Moment,
    /// Since when nobody is asked with it any more.
    pub retired_at: Option<Moment>,
}

impl TextRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            purpose: row.text("purpose")?,
            version: row.int("version")?,
            language: row.text("language")?,
            body: row.text("body")?,
            hash: row.bytes("body_hash")?,
            created_at: row.moment("created_at")?,
            retired_at: row.maybe_moment("retired_at")?,
        })
    }
}

/// Publishes a wording.
pub fn insert(organisation: OrganisationId, new: TextRow) -> Statement {
    let TextRow { id, purpose, version, language, body, hash, created_at, retired_at: _ } = new;
    Statement::new(INSERT, params![id, organisation, purpose, version, language, body, hash, created_at])
        .expect(Expect::Exactly(1))
}

/// Every wording, the newest version of each purpose first.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// One wording, in force or not.
pub fn by_id(organisation: OrganisationId, id: ConsentTextId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// From now on nobody is asked for this purpose with the wordings that are there.
pub fn retire(organisation: OrganisationId, purpose: &str, at: Moment) -> Statement {
    Statement::new(RETIRE, params![organisation, purpose, at])
}
