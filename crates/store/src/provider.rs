//! The language models an organisation has registered: where they are, who receives the words there, and under which contract.

use model::{Moment, OrganisationId, ProviderId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO provider (id, organisation, dialect, name, base_url, model, key_sealed, recipient, country, mechanism, \
              contract, retention, price_in, price_out, active, position, created_at, updated_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    EVERY = "SELECT id, dialect, name, base_url, model, key_sealed, recipient, country, mechanism, contract, retention, price_in, \
              price_out, active, position, created_at, updated_at FROM provider WHERE organisation = $1 ORDER BY position, id";
    CHANGE = "UPDATE provider SET dialect = $3, name = $4, base_url = $5, model = $6, key_sealed = $7, recipient = $8, country = $9, \
              mechanism = $10, contract = $11, retention = $12, price_in = $13, price_out = $14, active = $15, updated_at = $16 \
              WHERE organisation = $1 AND id = $2 AND updated_at = $17";
    PLACE = "UPDATE provider SET position = $3 WHERE organisation = $1 AND id = $2";
    REMOVE = "DELETE FROM provider WHERE organisation = $1 AND id = $2";
}

/// One provider.
#[derive(Clone)]
pub struct ProviderRow {
    /// Its id.
    pub id: ProviderId,
    /// The protocol it speaks.
    pub dialect: String,
    /// What the staff calls it.
    pub name: String,
    /// Its address.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// Its key, sealed with the organisation's key; an empty one is no key.
    pub key: Sealed,
    /// Who receives what is sent.
    pub recipient: String,
    /// Where: ISO 3166-1 alpha-2.
    pub country: String,
    /// What makes the transfer lawful.
    pub mechanism: String,
    /// Where the contract is found.
    pub contract: String,
    /// How long the recipient keeps what it gets.
    pub retention: String,
    /// Minor units of money for a million tokens sent.
    pub price_in: i64,
    /// Minor units of money for a million tokens received.
    pub price_out: i64,
    /// Whether anything may be sent there.
    pub active: bool,
    /// Its place in the order.
    pub position: i64,
    /// When it was added.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

impl ProviderRow {
    /// Reads the columns of [`every`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            dialect: row.text("dialect")?,
            name: row.text("name")?,
            base_url: row.text("base_url")?,
            model: row.text("model")?,
            key: row.sealed("key_sealed")?,
            recipient: row.text("recipient")?,
            country: row.text("country")?,
            mechanism: row.text("mechanism")?,
            contract: row.text("contract")?,
            retention: row.text("retention")?,
            price_in: row.int("price_in")?,
            price_out: row.int("price_out")?,
            active: row.int("active")? != 0,
            position: row.int("position")?,
            created_at: row.moment("created_at")?,
            updated_at: row.moment("updated_at")?,
        })
    }
}

/// Adds a provider.
pub fn insert(organisation: OrganisationId, new: ProviderRow) -> Statement {
    let ProviderRow { id, dialect, name, base_url, model, key, recipient, country, mechanism, contract, .. } = new;
    let (retention, active) = (new.retention, i64::from(new.active));
    let values = params![
        id,
        organisation,
        dialect,
        name,
        base_url,
        model,
        key,
        recipient,
        country,
        mechanism,
        contract,
        retention,
        new.price_in,
        new.price_out,
        active,
        new.position,
        new.created_at,
        new.updated_at,
    ];
    Statement::new(INSERT, values)
}

/// All of an organisation's providers in their order.
pub fn every(organisation: OrganisationId) -> Statement {
    Statement::new(EVERY, params![organisation])
}

/// Changes a provider, unless somebody else has changed it since `seen`.
pub fn change(organisation: OrganisationId, new: ProviderRow, seen: Moment) -> Statement {
    let ProviderRow { id, dialect, name, base_url, model, key, recipient, country, mechanism, contract, .. } = new;
    let (retention, active) = (new.retention, i64::from(new.active));
    let values = params![
        organisation,
        id,
        dialect,
        name,
        base_url,
        model,
        key,
        recipient,
        country,
        mechanism,
        contract,
        retention,
        new.price_in,
        new.price_out,
        active,
        new.updated_at,
        seen,
    ];
    Statement::new(CHANGE, values).expect(Expect::Exactly(1))
}

/// Gives a provider its place in the order.
pub fn place(organisation: OrganisationId, id: ProviderId, position: i64) -> Statement {
    Statement::new(PLACE, params![organisation, id, position]).expect(Expect::Exactly(1))
}

/// Removes a provider; what was spent there stays.
pub fn remove(organisation: OrganisationId, id: ProviderId) -> Statement {
    Statement::new(REMOVE, params![organisation, id]).expect(Expect::Exactly(1))
}
