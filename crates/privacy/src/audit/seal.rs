//! Seals lines that were written a moment ago: gives each its number and its hash, in one work for many.

use std::time::Duration;

use model::OrganisationId;
use store::audit::{self, AuditRow};
use store::audit_checkpoint::{self, CheckpointRow};
use store::{Fence, Store, StoreError, Work};
use tokio_util::sync::CancellationToken;

use super::chain::Chain;
use super::entry::{Entry, GENESIS};
use crate::Fault;

/// How many lines one work seals.
const BATCH: i64 = 1_000;
/// How often somebody looks whether lines wait: a read that costs nothing where none do.
const EVERY: Duration = Duration::from_secs(1);

/// Seals whatever waits in one organisation; how many lines that were. Two sealers at once do no harm: the numbers are
/// unique, one of the two works fails as a whole, and that sealer looks again.
pub async fn seal(store: &Store, organisation: OrganisationId) -> Result<u64, Fault> {
    let (mut sealed, mut lost) = (0, 0);
    loop {
        let rows = store.all(Fence::Organisation(organisation), audit::unsealed(organisation, BATCH)).await?;
        if rows.is_empty() {
            return Ok(sealed);
        }
        let mut end = end(store, organisation).await?;
        let mut work = Work::new(Fence::Organisation(organisation));
        for row in &rows {
            let row = AuditRow::from_row(row)?;
            end.seq += 1;
            end.hash = Entry::of(&row, organisation, end.seq).link(&end.hash);
            work = work.with(audit::seal(organisation, row.id, end.seq, end.hash.clone()));
        }
        match store.write(work).await {
            Ok(done) => sealed += u64::try_from(done.len()).unwrap_or(0),
            Err(StoreError::Unique | StoreError::Guard { .. }) if lost < 100 => lost += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// The end of the chain: its last line, or the cut behind which nothing is kept any more.
pub(super) async fn end(store: &Store, organisation: OrganisationId) -> Result<Chain, Fault> {
    let begin = begin(store, organisation).await?;
    match store.one(Fence::Organisation(organisation), audit::last(organisation)).await? {
        Some(row) if row.int("seq")? > begin.seq => Ok(Chain::from(row.int("seq")?, row.bytes("hash")?)),
        _ => Ok(begin),
    }
}

/// Where the kept part begins.
pub(super) async fn begin(store: &Store, organisation: OrganisationId) -> Result<Chain, Fault> {
    let cut = store.one(Fence::Organisation(organisation), audit_checkpoint::latest_cut(organisation)).await?;
    Ok(match cut {
        Some(row) => {
            let cut = CheckpointRow::from_row(&row)?;
            Chain::from(cut.seq, cut.hash)
        }
        None => Chain::from(0, GENESIS.to_vec()),
    })
}

/// Seals wherever lines wait, until the house closes.
pub async fn sealing(store: Store, closing: CancellationToken) {
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(fault) = round(&store).await {
            tracing::error!(%fault, "audit lines could not be sealed; they wait");
        }
    }
}

async fn round(store: &Store) -> Result<(), Fault> {
    for row in store.all(Fence::House, audit::waiting()).await? {
        seal(store, row.id("organisation")?).await?;
    }
    Ok(())
}
