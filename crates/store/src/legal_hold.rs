//! Legal holds: what must be kept although its period is over. A hold that is lifted or past its end keeps nothing.

use model::{ConversationId, LegalHoldId, MemberId, Moment, OrganisationId, PersonId};

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`HoldRow`].
macro_rules! columns {
    () => {
        "SELECT id, person, conversation, reason, placed_by, placed_at, ends_at, lifted_at FROM legal_hold "
    };
}

crate::statements! {
    INSERT = "INSERT INTO legal_hold (id, organisation, person, conversation, reason, placed_by, placed_at, ends_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_PERSON = concat!(columns!(), "WHERE organisation = $1 AND person = $2 AND lifted_at IS NULL ORDER BY ends_at DESC LIMIT 100");
    IN_FORCE = concat!(columns!(), "WHERE organisation = $1 AND lifted_at IS NULL ORDER BY ends_at LIMIT 500");
    LIFT = "UPDATE legal_hold SET lifted_at = $3 WHERE organisation = $1 AND id = $2 AND lifted_at IS NULL";
    END = "UPDATE legal_hold SET lifted_at = ends_at WHERE organisation = $1 AND ends_at <= $2 AND lifted_at IS NULL";
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// Its id.
    pub id: LegalHoldId,
    /// Whose data.
    pub person: PersonId,
    /// Only this conversation; everything of hers where there is none.
    pub conversation: Option<ConversationId>,
    /// Why: a code.
    pub reason: String,
    /// Who placed it.
    pub placed_by: Option<MemberId>,
    /// Since when.
    pub placed_at: Moment,
    /// Until when.
    pub ends_at: Moment,
}

impl HoldRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            person: row.id("person")?,
            conversation: row.maybe_id("conversation")?,
            reason: row.text("reason")?,
            placed_by: row.maybe_id("placed_by")?,
            placed_at: row.moment("placed_at")?,
            ends_at: row.moment("ends_at")?,
        })
    }
}

/// Places a hold.
pub fn insert(organisation: OrganisationId, new: &HoldRow) -> Statement {
    let HoldRow { id, person, conversation, reason, placed_by, placed_at, ends_at } = new;
    let values = params![*id, organisation, *person, *conversation, reason.as_str(), *placed_by, *placed_at, *ends_at];
    Statement::new(INSERT, values).expect(Expect::Exactly(1))
}

/// The holds in force on anything of a person's, the longest first.
pub fn of_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(OF_PERSON, params![organisation, person])
}

/// Every hold in force, the next to end first.
pub fn in_force(organisation: OrganisationId) -> Statement {
    Statement::new(IN_FORCE, params![organisation])
}

/// Lifts a hold; changes nothing where it is lifted already.
pub fn lift(organisation: OrganisationId, id: LegalHoldId, at: Moment) -> Statement {
    Statement::new(LIFT, params![organisation, id, at])
}

/// Lifts every hold whose end has come.
pub fn end(organisation: OrganisationId, now: Moment) -> Statement {
    Statement::new(END, params![organisation, now])
}
