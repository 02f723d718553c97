//! “What do you hold about me?” and “forget me”: asked by the visitor herself or by the staff for her.

use model::{Actor, ErasureId, Locale, OrganisationId, PersonId};
use privacy::erase::{self, Counter, Eraser, Farewell, Progress};
use privacy::export::{Extent, Wanted};
use store::{Fence, Work};
use vault::BoxFuture;

use crate::live::Happening;
use crate::{Deed, Desk, Fault};

/// The name of the receipt of consents in an export.
const CONSENT_RECEIPT: &str = "consent-receipt.json";

impl From<privacy::Fault> for Fault {
    fn from(fault: privacy::Fault) -> Self {
        match fault {
            privacy::Fault::Refused(refusal) => Fault::Refused(refusal),
            privacy::Fault::Broken(what) => Fault::Broken(format!("privacy: {what}")),
        }
    }
}

/// Closes the lines of an erased person and shows the progress to the desk.
struct Goodbye(Desk);

impl Farewell for Goodbye {
    fn close<'a>(&'a self, organisation: OrganisationId, person: PersonId, erasure: ErasureId) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            // Without conversations there is no line to close.
            for talk in self.0.talks(organisation, person).await.unwrap_or_default() {
                self.0.live.silence(organisation, talk.id);
                self.0.live.announce(organisation, talk.id, Happening::Erased(erasure));
            }
        })
    }

    fn progress(&self, progress: &Progress) {
        self.0.live.erasure(progress);
    }
}

impl Desk {
    pub(crate) fn counter(&self) -> Counter {
        Counter { store: self.store.clone(), keyring: self.keyring.clone(), world: self.world.clone() }
    }

    /// The eraser that closes this desk's lines; the server adds its own memories and runs it as a job.
    pub fn eraser(&self) -> Eraser {
        Eraser::new(self.counter(), std::sync::Arc::new(Goodbye(self.clone())))
            .telling(std::sync::Arc::new(crate::lineage::Learned(self.library.clone())))
    }

    /// Everything held about a person, as one zip.
    pub async fn export(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<u8>> {
        self.export_of(organisation, person, Extent::Everything).await
    }

    /// The same, of this extent; with the signed receipt of her consents where she decided about any.
    pub(crate) async fn export_of(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        extent: Extent,
    ) -> Deed<Vec<u8>> {
        let locale = self.person(organisation, person).await.map_or_else(|_| Locale::default(), |view| view.locale);
        let receipt = self.consent_receipt(organisation, person, locale).await?;
        let papers: Vec<_> = receipt.into_iter().map(|text| (CONSENT_RECEIPT, text.into_bytes())).collect();
        let whose = (organisation, person);
        Ok(privacy::export::zip_with(&self.keyring, &self.store, &self.world, whose, Wanted { extent, papers }).await?)
    }

    /// The same for herself, with the record that she asked and got it.
    pub async fn export_own(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<u8>> {
        let zip = self.export(organisation, person).await?;
        self.note_own_export(organisation, person).await?;
        Ok(zip)
    }

    /// Asks that a person be erased; the job does it and the receipt proves it.
    pub async fn erase(&self, actor: &Actor, person: PersonId) -> Deed<ErasureId> {
        let (asked_by, _) = actor.audit_name();
        let id = match actor {
            // What she does herself at a press is a request like any other.
            Actor::Visitor { organisation, .. } => self.erase_herself(*organisation, person).await?,
            _ => erase::request(&self.counter(), actor.organisation(), person, asked_by).await?,
        };
        // The line names the erasure, not the person: it outlives her data.
        let line = self.audit(actor, "erase_person", "erasure", &id.to_string());
        self.store.write(Work::new(Fence::Organisation(actor.organisation())).with(line)).await?;
        self.bell.ring();
        Ok(id)
    }
}
