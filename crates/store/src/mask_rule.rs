//! An organisation's own rules for masking. The words of a rule are sealed: a rule may be somebody's name.

use model::{MaskRuleId, Moment, OrganisationId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO mask_rule (id, organisation, text_sealed, effect, category, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6)";
    EVERY = "SELECT id, text_sealed, effect, category, created_at FROM mask_rule WHERE organisation = $1 ORDER BY id";
    REMOVE = "DELETE FROM mask_rule WHERE organisation = $1 AND id = $2";
}

/// A rule.
#[derive(Clone)]
pub struct MaskRuleRow {
    /// Its id.
    pub id: MaskRuleId,
    /// What it names, sealed with the organisation's key.
    pub text: Sealed,
    /// `mask` or `keep`.
    pub effect: String,
    /// As what it masks.
    pub category: String,
    /// When it was added.
    pub created_at: Moment,
}

impl MaskRuleRow {
    /// Reads the columns of [`every`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            text: row.sealed("text_sealed")?,
            effect: row.text("effect")?,
            category: row.text("category")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Adds a rule.
pub fn insert(organisation: OrganisationId, new: MaskRuleRow) -> Statement {
    let MaskRuleRow { id, text, effect, category, created_at } = new;
    Statement::new(INSERT, params![id, organisation, text, effect, category, created_at])
}

/// All rules, oldest first.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// Removes a rule.
pub fn remove(organisation: OrganisationId, id: MaskRuleId) -> Statement {
    Statement::new(REMOVE, params![organisation, id]).expect(Expect::Exactly(1))
}
