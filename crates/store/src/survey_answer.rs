//! What people answered before the chat, sealed with their own keys. What rests on a consent is there only while it stands.

use model::{ConsentId, Moment, OrganisationId, PersonId, SurveyAnswerId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

/// The last decision about the answer's purpose is that she agrees.
macro_rules! stands {
    () => {
        "EXISTS (SELECT 1 FROM consent c WHERE c.organisation = a.organisation AND c.person = a.person AND c.purpose = a.purpose \
         AND c.state = 'given' AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.organisation = c.organisation \
         AND n.person = c.person AND n.purpose = c.purpose AND n.seq > c.seq))"
    };
}

crate::statements! {
    INSERT = "INSERT INTO survey_answer (id, organisation, person, field, question, purpose, consent, asked_sealed, consented_sealed, \
              created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    // Read only while the consent stands, even where a legal hold keeps the row beyond it.
    OF_PERSON = concat!("SELECT a.id, a.field, a.question, a.purpose, a.asked_sealed, a.consented_sealed, a.created_at \
              FROM survey_answer a WHERE a.organisation = $1 AND a.person = $2 AND (a.purpose IS NULL OR ", stands!(), ") ORDER BY a.created_at, a.question");
    CLEAR_FIELD = "DELETE FROM survey_answer WHERE organisation = $1 AND person = $2 AND field = $3";
    CLEAR_PURPOSE = "DELETE FROM survey_answer WHERE organisation = $1 AND person = $2 AND purpose = $3";
    COUNT = "SELECT COUNT(*) AS many FROM survey_answer WHERE organisation = $1 AND purpose IS NOT NULL";
    // A legal hold may keep an answer (Art. 17(3)(e)); nothing else may.
    ORPHANS = concat!("SELECT COUNT(*) AS many FROM survey_answer a WHERE a.organisation = $1 AND a.purpose IS NOT NULL AND NOT ",
              stands!(), " AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = a.organisation AND h.person = a.person \
              AND h.lifted_at IS NULL)");
}

/// An answer as stored. Has no `Debug`.
#[derive(Clone)]
pub struct AnswerRow {
    /// Its id.
    pub id: SurveyAnswerId,
    /// Which question of the survey.
    pub field: String,
    /// The question, as it was asked.
    pub question: String,
    /// The purpose it rests on, where it rests on consent.
    pub purpose: Option<String>,
    /// The decision it rests on. Not read back.
    pub consent: Option<ConsentId>,
    /// The answer; in one column where it rests on consent, in another where it does not.
    pub words: Sealed,
    /// When.
    pub created_at: Moment,
}

impl AnswerRow {
    /// Reads the columns of [`of_person`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        let purpose = row.maybe_text("purpose")?;
        let column = column(purpose.is_some());
        Ok(Self {
            id: row.id("id")?,
            field: row.text("field")?,
            question: row.text("question")?,
            words: row.sealed(column)?,
            purpose,
            consent: None,
            created_at: row.moment("created_at")?,
        })
    }
}

/// The column in which an answer lies.
pub fn column(rests_on_consent: bool) -> &'static str {
    if rests_on_consent { "consented_sealed" } else { "asked_sealed" }
}

/// Keeps an answer.
pub fn insert(organisation: OrganisationId, person: PersonId, new: AnswerRow) -> Statement {
    let (asked, consented) = if new.consent.is_some() { (None, Some(new.words)) } else { (Some(new.words), None) };
    let params = params![
        new.id,
        organisation,
        person,
        new.field,
        new.question,
        new.purpose,
        new.consent,
        asked,
        consented,
        new.created_at,
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// Her answers that may be read.
pub fn of_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(OF_PERSON, params![organisation, person])
}

/// Deletes her answer to one question: another one follows.
pub fn clear_field(organisation: OrganisationId, person: PersonId, field: &str) -> Statement {
    Statement::new(CLEAR_FIELD, params![organisation, person, field])
}

/// Deletes what she answered for a purpose: she withdrew.
pub fn clear_purpose(organisation: OrganisationId, person: PersonId, purpose: &str) -> Statement {
    Statement::new(CLEAR_PURPOSE, params![organisation, person, purpose])
}

/// How many answers rest on consent (`many`).
pub fn count(organisation: OrganisationId) -> Statement {
    Statement::new(COUNT, params![organisation])
}

/// How many answers rest on a consent that no longer stands (`many`).
pub fn orphans(organisation: OrganisationId) -> Statement {
    Statement::new(ORPHANS, params![organisation])
}
