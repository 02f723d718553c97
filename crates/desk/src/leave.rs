//! Leaving: the owner takes everything along, and ends the organisation here.

use model::{Actor, DepartureId, TenantExportId};
use privacy::leave;
use store::{Fence, Work};

use crate::{Deed, Desk};

impl Desk {
    /// Asks for an export of everything the organisation has; a job writes it.
    pub async fn export_organisation(&self, actor: &Actor) -> Deed<TenantExportId> {
        let organisation = actor.organisation();
        let id = leave::ask_for_export(&self.store, &self.world, organisation).await?;
        let line = self.audit(actor, "organisation.export", "tenant_export", &id.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(line)).await?;
        self.bell.ring();
        Ok(id)
    }

    /// Asks that the organisation ends here; a job does it and the certificate proves it. Nobody's watch goes on.
    pub async fn end_organisation(&self, actor: &Actor) -> Deed<DepartureId> {
        let organisation = actor.organisation();
        let line = self.audit(actor, "organisation.erase", "organisation", &organisation.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(line)).await?;
        let id = leave::ask_to_leave(&self.store, &self.world, organisation).await?;
        self.library.changed(organisation);
        self.bell.ring();
        Ok(id)
    }
}
