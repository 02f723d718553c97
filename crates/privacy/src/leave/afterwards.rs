//! What is done for an organisation once its jobs are gone with it: an end that was stopped is finished, and what stays of it, its
//! certificate and its ledger of erasures, goes two years later.

use std::time::Duration;

use model::World;
use store::departure::{self, DepartureRow};
use store::{Fence, Store, StoreError, Work, erasure};
use tokio_util::sync::CancellationToken;

use super::Departer;
use crate::Fault;
use crate::erase::Counter;
use crate::holdings::days;

/// The class whose period this is.
const CLASS: &str = "account";
/// The pause between two looks.
const PAUSE: Duration = Duration::from_secs(60 * 60);

/// Lets go of what is past its period. No job of an organisation can do it: none outlives its organisation. How many went.
pub async fn let_go(store: &Store, world: &World) -> Result<u64, Fault> {
    let term = datamap::term(CLASS).ok_or_else(|| Fault::Broken("the map has no class for accounts".to_owned()))?;
    let (ended_by, mut gone) = (world.now().minus(days(term.days)), 0);
    for row in store.all(Fence::House, departure::every()).await? {
        let row = DepartureRow::from_row(&row)?;
        if row.finished_at.is_none_or(|finished| finished > ended_by) {
            continue;
        }
        // The two go together: a ledger without the line of the end would look like that of an organisation which is here.
        let work = Work::new(Fence::Organisation(row.organisation))
            .with(departure::forget(row.organisation, ended_by))
            .with(erasure::forget_all(row.organisation));
        match store.write(work).await {
            Ok(_) => gone += 1,
            // Another server over the same store was quicker.
            Err(StoreError::Guard { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(gone)
}

/// Looks every hour, until the house closes; also goes on with an end that was left without its job.
pub async fn aging(departer: Departer, closing: CancellationToken) {
    let Counter { store, world, .. } = departer.counter();
    loop {
        if let Err(fault) = let_go(store, world).await {
            tracing::error!(%fault, "what is left of ended organisations was not let go");
        }
        if let Err(fault) = super::depart::resume(&departer).await {
            tracing::error!(%fault, "an organisation's end did not go on");
        }
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
