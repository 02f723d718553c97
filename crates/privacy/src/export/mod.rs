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

pub(crate) use pack::cell;
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
    zip_of(keyring, store, world, (organisation, person), Extent::Everything).await
}

/// How much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything held about her (GDPR Art. 15).
    Everything,
    /// What she provided, kept because of a contract or consent (Art. 20): not what was inferred or noted about her.
    Provided,
}

/// What is wanted of an export.
pub struct Wanted {
    /// How much of it.
    pub extent: Extent,
    /// Signed papers that are laid in, by the names of their files.
    pub papers: Vec<(&'static str, Vec<u8>)>,
}

/// The zip, of this extent.
pub async fn zip_of(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    (organisation, person): (OrganisationId, PersonId),
    extent: Extent,
) -> Result<Vec<u8>, Fault> {
    zip_with(keyring, store, world, (organisation, person), Wanted { extent, papers: Vec::new() }).await
}

/// The zip, with papers laid in.
pub async fn zip_with(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    (organisation, person): (OrganisationId, PersonId),
    Wanted { extent, papers }: Wanted,
) -> Result<Vec<u8>, Fault> {
    let mut gathered = gather::everything(keyring, store, organisation, person).await?;
    if extent == Extent::Provided {
        gather::only_provided(&mut gathered);
    }
    let items = item::items(&gathered);
    pack::pack(&gathered, &items, &papers, world.now())
}

/// How many rows of each table the export of a person holds, for the check that none is missing. Nothing is shown.
pub(crate) async fn count_rows(
    keyring: &Keyring,
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<(&'static str, i64)>, Fault> {
    let gathered = gather::everything(keyring, store, organisation, person).await?;
    let rows = |section: &gather::Section| i64::try_from(section.rows.len()).unwrap_or(i64::MAX);
    Ok(gathered.sections.iter().map(|section| (section.table.name, rows(section))).collect())
}
