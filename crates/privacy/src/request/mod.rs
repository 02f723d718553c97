//! Requests about one's own data: what may be asked, until when it is answered, what is done for it, and what the person is told.

pub mod bundle;
pub mod calendar;
mod ground;
mod kind;
pub mod letter;
mod rule;
mod state;

pub use ground::Ground;
pub use kind::{Channel, Identity, Kind, Regime};
pub use rule::{Clock, Course, Rule, Start, rule};
pub use state::{Act, State, Step, acts};

use model::{OrganisationId, RequestId, World};
use store::{Fence, Store, Work, request, request_file, request_step, request_words};

use crate::Fault;

/// How many records one round deletes.
const ROUND: i64 = 200;

/// Deletes what the request machinery itself must not keep any longer: archives 30 days after they were made, records 24 months
/// after their request ended (11 CCR 7101). Answers how many records went; a full round is worth another.
pub async fn purge(store: &Store, world: &World, organisation: OrganisationId) -> Result<usize, Fault> {
    let (fence, now) = (Fence::Organisation(organisation), world.now());
    store.write(Work::new(fence).with(request_file::delete_expired(organisation, now))).await?;
    let found = store.all(fence, request::expired(organisation, now, ROUND)).await?;
    for row in &found {
        let id: RequestId = row.id("id")?;
        let work = Work::new(fence)
            .with(store::agent_request::delete(organisation, id))
            .with(request_file::delete(organisation, id))
            .with(request_words::delete(organisation, id))
            .with(request_step::delete(organisation, id))
            .with(request::delete(organisation, id));
        store.write(work).await?;
    }
    Ok(found.len())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use model::{Chance, Clock, Moment, OrganisationId, World};
    use vault::{BoxFuture, Cupboard, CupboardError};

    struct Still;
    impl Clock for Still {
        fn now(&self) -> Moment {
            Moment::from_millis(1_800_000_000_000)
        }
    }
    impl Chance for Still {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(3);
        }
    }

    pub(crate) fn world() -> World {
        World { clock: Arc::new(Still), chance: Arc::new(Still) }
    }

    /// A cupboard without keys: signing needs none.
    pub(crate) struct NoKeys;
    impl Cupboard for NoKeys {
        fn keep<'a>(&'a self, _: OrganisationId, _: &'a str, _: Vec<u8>) -> BoxFuture<'a, Result<(), CupboardError>> {
            Box::pin(async { Ok(()) })
        }
        fn fetch<'a>(&'a self, _: OrganisationId, _: &'a str) -> BoxFuture<'a, Result<Option<Vec<u8>>, CupboardError>> {
            Box::pin(async { Ok(None) })
        }
        fn destroy<'a>(&'a self, _: OrganisationId, _: &'a str) -> BoxFuture<'a, Result<bool, CupboardError>> {
            Box::pin(async { Ok(false) })
        }
    }
}
