//! Everything held about one person, as one zip: JSON with a published schema, CSV per table, her files, a readable page.

mod gather;
pub(crate) mod item;
mod pack;
pub(crate) mod page;
mod schema;
mod staff;

use model::{OrganisationId, PersonId, World};
use store::Store;
use vault::Keyring;

use crate::Fault;

pub use schema::schema;

/// The name of the format in the JSON file.
pub const FORMAT: &str = "confidante.export/1";

/// The zip. [`Fault::Refused`] with "gone" where the person was erased, "not found" where she never was.
pub async fn zip(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<u8>, Fault> {
    let gathered = gather::everything(keyring, store, organisation, person).await?;
    let items = item::items(&gathered);
    pack::pack(&gathered, &items, world.now())
}
