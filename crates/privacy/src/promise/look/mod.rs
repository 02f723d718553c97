//! The checks that look at the live store. What they look at is named by the data map, never here.

mod assistant;
mod house;
mod keep;
mod leave;
mod map;
mod outside;
mod request;
mod rights;
mod seal;

use datamap::{Field, TABLES, Table};
use model::{Moment, OrganisationId, World};
use store::{Fence, Row, Statement, Store};
use vault::Keyring;

use super::{Check, Finding, Scene};
use crate::Fault;

/// A day of grace: what is promised for a day is done on it, not in its first second.
pub(super) const GRACE: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// What a check of the store stands on.
pub(super) struct Ground<'a> {
    pub(super) store: &'a Store,
    pub(super) keyring: &'a Keyring,
    pub(super) world: &'a World,
    pub(super) organisation: OrganisationId,
    pub(super) scene: &'a Scene,
    /// When the checks ran before this time.
    pub(super) before: Option<Moment>,
}

impl Ground<'_> {
    fn fence(&self) -> Fence {
        Fence::Organisation(self.organisation)
    }

    async fn all(&self, statement: Statement) -> Result<Vec<Row>, Fault> {
        Ok(self.store.all(self.fence(), statement).await?)
    }

    /// The number in column `many` of the one row of the answer.
    async fn many(&self, statement: Statement) -> Result<i64, Fault> {
        match self.store.one(self.fence(), statement).await? {
            Some(row) => Ok(row.int("many")?),
            None => Ok(0),
        }
    }
}

/// Looks; nothing where the store cannot show it.
pub(super) async fn look(check: Check, ground: &Ground<'_>) -> Result<Option<Finding>, Fault> {
    let finding = match check {
        Check::SealedCells => seal::sealed_cells(ground).await?,
        Check::OwnKeys => seal::own_keys(ground).await?,
        Check::SecretsHashed => seal::secrets_hashed(ground).await?,
        Check::ClearAddresses => seal::clear_addresses(ground).await?,
        Check::FenceStands => house::fence_stands(ground).await?,
        Check::RowsAtHome => house::rows_at_home(ground).await?,
        Check::HostsOnly => house::hosts_only(ground).await?,
        Check::DeedsNoted => house::deeds_noted(ground).await?,
        Check::ChecksFresh => house::checks_fresh(ground),
        Check::Overdue => keep::overdue(ground).await?,
        Check::RetentionAlive => keep::retention_alive(ground).await?,
        Check::Expired => keep::expired(ground).await?,
        Check::ClassesOnTime => keep::classes_on_time(ground).await?,
        Check::PlantedGone => keep::planted_gone(ground).await?,
        Check::ChainSound => house::chain_sound(ground).await?,
        Check::StayErased => rights::stay_erased(ground).await?,
        Check::ErasedInTime => rights::erased_in_time(ground).await?,
        Check::ReceiptsGenuine => rights::receipts_genuine(ground).await?,
        Check::KeysDestroyed => rights::keys_destroyed(ground).await?,
        Check::ExportWhole => rights::export_whole(ground).await?,
        Check::ConsentsWhole => rights::consents_whole(ground).await?,
        Check::WithdrawnGone => rights::withdrawn_gone(ground).await?,
        Check::LaneKept => assistant::lane_kept(ground).await?,
        Check::MinorsKept => assistant::minors_kept(ground).await?,
        Check::HandsKept => assistant::hands_kept(ground).await?,
        Check::ReviewsInTime => assistant::reviews_in_time(ground).await?,
        Check::LearnedFree => assistant::learned_free(ground).await?,
        Check::RequestsInTime => request::requests_in_time(ground).await?,
        Check::RefusalsGrounded => request::refusals_grounded(ground).await?,
        Check::DecidedByPeople => request::decided_by_people(ground).await?,
        Check::WithdrawalsHeard => request::withdrawals_heard(ground).await?,
        Check::LeavingWhole => leave::leaving_whole(ground).await?,
        Check::DepartedGone => leave::departed_gone(ground).await?,
        Check::NothingLeft => outside::nothing_left(ground).await?,
        Check::RecipientsNamed => outside::recipients_named(ground).await?,
        Check::DisclosuresExact => outside::disclosures_exact(ground).await?,
        Check::PurposesClean => map::purposes_clean(),
        Check::MapWhole => map::map_whole(ground).await?,
        Check::GroundsNamed => map::grounds_named(),
        Check::NoAnalytics => map::no_analytics(ground).await?,
        Check::UnwantedColumns => map::unwanted_columns(ground).await?,
        _ => return Ok(None),
    };
    Ok(Some(finding))
}

/// Tables that belong to one organisation and have rows with an id of their own.
fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.has_id() && table.field(crate::plan::TENANT).is_some())
}

/// The columns of a kind, with their tables.
fn fields(wanted: fn(&Field) -> bool) -> impl Iterator<Item = (&'static Table, &'static Field)> {
    tables()
        .flat_map(move |table| table.fields.iter().filter(move |field| wanted(field)).map(move |field| (table, field)))
}
