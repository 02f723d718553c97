//! Notes, before the key is destroyed, what the sweep will look for and who outside must be named in the receipt.

use std::collections::BTreeSet;

use datamap::{EVIDENCE, LOOKUP};
use model::{OrganisationId, PersonId};
use store::{Fence, Store, subject};
use vault::{KeyError, Keyring, Place};

use crate::sweep::Marks;
use crate::{Fault, plan};

/// How many ids of things of hers are noted at most; her own id and her key's find the rest.
const MOST: usize = 2_000;
/// Where the key's id stands in an envelope: after version and suite (crates/vault/ENVELOPE.md).
const KEY_ID: std::ops::Range<usize> = 2..10;

pub(super) async fn marks(
    keyring: &Keyring,
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Marks, Fault> {
    let mut marks = Marks { key_id: key_id(keyring, organisation, person).await?, ..Marks::default() };
    let mut names = BTreeSet::new();
    for (table, owned) in plan::owned().filter(|(table, _)| table.has_id()) {
        let prints = table.fields.iter().filter(|field| field.preset.name == LOOKUP.name).map(|field| field.name);
        let prints: Vec<&str> = prints.collect();
        let columns: Vec<&str> = [owned.key].into_iter().chain(prints.iter().copied()).collect();
        let statement = subject::select(owned, &columns, organisation, person);
        for row in store.all(Fence::Organisation(organisation), statement).await? {
            if names.len() < MOST {
                names.insert(row.text(owned.key)?);
            }
            for print in &prints {
                let print = row.maybe_bytes(print)?;
                marks.fingerprints.extend(print.map(|bytes| data_encoding::HEXLOWER.encode(&bytes)));
            }
        }
    }
    names.remove(&person.to_string());
    marks.names = names.into_iter().collect();
    Ok(marks)
}

/// The id that every envelope of her key carries; nothing where the key is gone already.
async fn key_id(keyring: &Keyring, organisation: OrganisationId, person: PersonId) -> Result<Option<String>, Fault> {
    let key = match keyring.subject(organisation, &person.to_string()).await {
        Ok(key) => key,
        Err(KeyError::Absent) => return Ok(None),
        Err(other) => return Err(other.into()),
    };
    let nowhere = Place { organisation, table: "", column: "", row: "" };
    let empty = key.seal_bytes(&nowhere, &[])?;
    Ok(empty.as_column().get(KEY_ID).map(|id| data_encoding::HEXLOWER.encode(id)))
}

/// Everybody outside who received something, by the names in her own records.
pub(super) async fn told(store: &Store, organisation: OrganisationId, person: PersonId) -> Result<Vec<String>, Fault> {
    let mut told = BTreeSet::new();
    for (table, owned) in plan::owned() {
        let Some(field) = table.field("recipient").filter(|field| field.preset.name == EVIDENCE.name) else { continue };
        let statement = subject::select(owned, &[field.name], organisation, person);
        for row in store.all(Fence::Organisation(organisation), statement).await? {
            told.insert(row.text(field.name)?);
        }
    }
    Ok(told.into_iter().collect())
}
