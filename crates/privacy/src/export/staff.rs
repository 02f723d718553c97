//! Members of the staff as a customer may see them: name and role, never an id or an address.

use std::collections::BTreeMap;

use datamap::STAFF_CARD;
use model::{MemberId, OrganisationId};
use serde_json::{Value as Json, json};
use store::{Fence, Store, subject};
use vault::{Keyring, Place};

use crate::Fault;

/// The cards already read.
pub(super) struct Staff<'a> {
    keyring: &'a Keyring,
    store: &'a Store,
    organisation: OrganisationId,
    known: BTreeMap<MemberId, Json>,
}

impl<'a> Staff<'a> {
    pub(super) fn new(keyring: &'a Keyring, store: &'a Store, organisation: OrganisationId) -> Self {
        Self { keyring, store, organisation, known: BTreeMap::new() }
    }

    /// The card behind a member's id; nothing where the text is not one. Every text of an export passes here, so that no
    /// member's id slips through in a column that may hold several kinds of ids.
    pub(super) async fn card(&mut self, text: &str) -> Result<Option<Json>, Fault> {
        let Ok(member) = text.parse::<MemberId>() else { return Ok(None) };
        if let Some(card) = self.known.get(&member) {
            return Ok(Some(card.clone()));
        }
        let card = self.read(member).await?;
        self.known.insert(member, card.clone());
        Ok(Some(card))
    }

    async fn read(&self, member: MemberId) -> Result<Json, Fault> {
        let former = json!({ "name": "a former member of the staff", "role": null });
        let (organisation, id) = (self.organisation, member.to_string());
        let columns = [STAFF_CARD.name, STAFF_CARD.role];
        let statement = subject::card(STAFF_CARD.table, &columns, organisation, &id);
        let Some(row) = self.store.one(Fence::Organisation(organisation), statement).await? else { return Ok(former) };
        let Ok(key) = self.keyring.subject(organisation, &id).await else { return Ok(former) };
        let place = Place { organisation, table: STAFF_CARD.table, column: STAFF_CARD.name, row: &id };
        let name = key.open(&place, &row.sealed(STAFF_CARD.name)?)?;
        Ok(json!({ "name": name.expose(), "role": row.text(STAFF_CARD.role)? }))
    }
}
