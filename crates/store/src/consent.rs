//! What people decided about each purpose: one line a decision, only ever added to; the last one holds.

use model::{ConsentId, ConsentTextId, Moment, OrganisationId, PersonId};

use crate::{Expect, Row, Statement, StoreError, Value, params};

crate::statements! {
    INSERT = "INSERT INTO consent (id, organisation, person, purpose, seq, wording, wording_hash, state, shown_in, act, language, gpc, dnt, \
              decided_at) VALUES ($1, $2, $3, $4, \
              (SELECT COALESCE(MAX(seq), 0) + 1 FROM consent WHERE organisation = $2 AND person = $3 AND purpose = $4), \
              $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    // As exactly this place in the book: fails where somebody has decided meanwhile.
    INSERT_AT = "INSERT INTO consent (id, organisation, person, purpose, wording, wording_hash, state, shown_in, act, language, gpc, dnt, \
              decided_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    // What was given so long ago, and nothing was decided since.
    STALE = "SELECT c.person, c.wording, c.seq FROM consent c WHERE c.organisation = $1 AND c.decided_at <= $2 AND c.state = 'given' \
              AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.organisation = c.organisation AND n.person = c.person \
              AND n.purpose = c.purpose AND n.seq > c.seq) ORDER BY c.decided_at LIMIT $3";
    OF_PERSON = "SELECT id, purpose, seq, wording, wording_hash, state, shown_in, act, language, gpc, dnt, decided_at FROM consent \
              WHERE organisation = $1 AND person = $2 ORDER BY purpose, seq";
    // The last decision of each person about each purpose.
    FIGURES = "SELECT c.purpose, c.state, COUNT(*) AS many FROM consent c WHERE c.organisation = $1 AND NOT EXISTS \
              (SELECT 1 FROM consent n WHERE n.organisation = c.organisation AND n.person = c.person AND n.purpose = c.purpose \
              AND n.seq > c.seq) GROUP BY c.purpose, c.state ORDER BY c.purpose, c.state";
    COUNT = "SELECT COUNT(*) AS many FROM consent WHERE organisation = $1";
    // The foreign key says that the wording is there; the fingerprint says that it is the one that was shown.
    UNFIT = "SELECT COUNT(*) AS many FROM consent c JOIN consent_text t ON t.organisation = c.organisation AND t.id = c.wording \
              WHERE c.organisation = $1 AND (t.body_hash <> c.wording_hash OR t.purpose <> c.purpose)";
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRow {
    /// Its id.
    pub id: ConsentId,
    /// About what.
    pub purpose: String,
    /// The how-manieth about this purpose, from 1; counted by the store.
    pub seq: i64,
    /// The wording that was shown.
    pub wording: ConsentTextId,
    /// Its fingerprint at that moment.
    pub wording_hash: Vec<u8>,
    /// `given`, `refused`, `withdrawn` or `lapsed`.
    pub state: String,
    /// Where it was shown.
    pub shown_in: String,
    /// What she did.
    pub act: String,
    /// The tag of the language in which it was shown.
    pub language: String,
    /// Her browser sent Global Privacy Control.
    pub gpc: bool,
    /// Her browser sent Do Not Track.
    pub dnt: bool,
    /// When.
    pub decided_at: Moment,
}

impl ConsentRow {
    /// Reads the columns of [`of_person`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            purpose: row.text("purpose")?,
            seq: row.int("seq")?,
            wording: row.id("wording")?,
            wording_hash: row.bytes("wording_hash")?,
            state: row.text("state")?,
            shown_in: row.text("shown_in")?,
            act: row.text("act")?,
            language: row.text("language")?,
            gpc: row.flag("gpc")?,
            dnt: row.flag("dnt")?,
            decided_at: row.moment("decided_at")?,
        })
    }
}

/// Adds a decision as the next one about its purpose; `seq` is counted here. Of two at once one fails with
/// [`StoreError::Unique`].
pub fn insert(organisation: OrganisationId, person: PersonId, new: ConsentRow) -> Statement {
    Statement::new(INSERT, line(organisation, person, new)).expect(Expect::Exactly(1))
}

/// Adds a decision at its own place `seq`; [`StoreError::Unique`] where that place is taken.
pub fn insert_at(organisation: OrganisationId, person: PersonId, new: ConsentRow) -> Statement {
    let mut params = line(organisation, person, new.clone());
    params.extend(params![new.seq]);
    Statement::new(INSERT_AT, params).expect(Expect::Exactly(1))
}

/// A line of the book without its place.
fn line(organisation: OrganisationId, person: PersonId, new: ConsentRow) -> Vec<Value> {
    params![
        new.id,
        organisation,
        person,
        new.purpose,
        new.wording,
        new.wording_hash,
        new.state,
        new.shown_in,
        new.act,
        new.language,
        new.gpc,
        new.dnt,
        new.decided_at,
    ]
}

/// Consents that were given until this moment and stand still, the oldest first: `person`, `wording`, `seq`.
pub fn stale(organisation: OrganisationId, until: Moment, limit: i64) -> Statement {
    Statement::new(STALE, params![organisation, until, limit])
}

/// Every decision of a person, in their order.
pub fn of_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(OF_PERSON, params![organisation, person])
}

/// How many people stand how: `purpose`, `state`, `many`.
pub fn figures(organisation: OrganisationId) -> Statement {
    Statement::new(FIGURES, params![organisation])
}

/// How many decisions there are (`many`).
pub fn count(organisation: OrganisationId) -> Statement {
    Statement::new(COUNT, params![organisation])
}

/// How many decisions name a wording that is not the one that was shown (`many`).
pub fn unfit(organisation: OrganisationId) -> Statement {
    Statement::new(UNFIT, params![organisation])
}
