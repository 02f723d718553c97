//! A consent does not count for ever: what somebody agreed to long ago is nobody's will any more, so it ends by itself, and with it
//! what rested on it. She is free to agree anew.

use model::{Actor, ConsentTextId, Locale, OrganisationId, PersonId};
use privacy::consent_receipt::LIFE;
use store::consent::{self as rows, ConsentRow};
use store::{Fence, Work};

use super::{Choice, Scene, Shown, Signals};
use crate::{Deed, Desk, Fault};

/// How many consents one round lets go.
const BATCH: i64 = 500;

impl Desk {
    /// Lets go of the consents that were given longer than [`LIFE`] ago. Answers how many. Whoever agrees anew in this moment is
    /// quicker: her place in the book is taken then, and nothing of hers ends.
    pub async fn lapse_consents(&self, organisation: OrganisationId) -> Deed<usize> {
        let stale = rows::stale(organisation, self.world.now().minus(LIFE), BATCH);
        let stale = self.store.all(Fence::Organisation(organisation), stale).await?;
        let actor = Actor::House { organisation };
        let scene = Scene { shown: Shown::Term, language: Locale::En, signals: Signals::default() };
        let mut lapsed = 0;
        for row in &stale {
            let (person, wording): (PersonId, ConsentTextId) = (row.id("person")?, row.id("wording")?);
            let text = self.wording(organisation, wording).await?;
            let (line, audit) = self.line(&actor, (&text, Choice::Lapsed), scene);
            let line = ConsentRow { seq: row.int("seq")? + 1, ..line };
            let work = Work::new(Fence::Organisation(organisation))
                .with(rows::insert_at(organisation, person, line))
                .with(audit)
                .extend(self.clearing(organisation, person, &text.purpose).await?);
            match self.settle(work).await {
                Ok(()) => lapsed += 1,
                Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(lapsed)
    }
}
