//! Organisations: the tenants, their widget key and their settings.

use model::{Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO organisation (id, name, widget_key, settings, created_at) VALUES ($1, $2, $3, $4, $5)";
    BY_ID = "SELECT id, name, widget_key, settings, created_at FROM organisation WHERE id = $1";
    BY_WIDGET_KEY = "SELECT id, name, widget_key, settings, created_at FROM organisation WHERE widget_key = $1";
    EVERY = "SELECT id, name, widget_key, settings, created_at FROM organisation ORDER BY id";
    CHANGE = "UPDATE organisation SET name = $2, settings = $3 WHERE id = $1 AND settings = $4";
}

/// A tenant as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The public key in the widget's snippet.
    pub widget_key: String,
    /// The settings, as JSON.
    pub settings: String,
    /// Since when.
    pub created_at: Moment,
}

impl OrganisationRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            name: row.text("name")?,
            widget_key: row.text("widget_key")?,
            settings: row.text("settings")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// Founds a tenant.
pub fn insert(new: OrganisationRow) -> Statement {
    Statement::new(INSERT, params![new.id, new.name, new.widget_key, new.settings, new.created_at])
}

/// One tenant.
pub fn by_id(organisation: OrganisationId) -> Statement {
    Statement::new(BY_ID, params![organisation])
}

/// Whose widget this is. Behind the house's fence.
pub fn by_widget_key(widget_key: &str) -> Statement {
    Statement::new(BY_WIDGET_KEY, params![widget_key])
}

/// All tenants, the oldest first. Behind the house's fence.
pub fn every() -> Statement {
    Statement::new(EVERY, params![])
}

/// Replaces the name and the settings, if nobody has changed the settings since they were read.
pub fn change(organisation: OrganisationId, read: &str, name: &str, settings: &str) -> Statement {
    Statement::new(CHANGE, params![organisation, name, settings, read]).expect(Expect::Exactly(1))
}
