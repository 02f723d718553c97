//! Signed marks of how far the log went.

use data_encoding::HEXLOWER;
use model::{Moment, OrganisationId, World};
use serde_json::json;
use store::audit_checkpoint::{self, CheckpointRow, Kind};
use store::{Fence, Store, Work};
use vault::{Keyring, Signer};

use super::chain::Chain;
use super::seal::{end, seal};
use crate::{Fault, receipt};

/// The name of the format.
pub(crate) const FORMAT: &str = "confidante.audit-checkpoint/1";

/// A signed checkpoint at the place where the chain is.
pub(super) fn sign(
    signer: &Signer,
    organisation: OrganisationId,
    kind: Kind,
    chain: &Chain,
    at: Moment,
) -> Result<CheckpointRow, Fault> {
    let document = json!({
        "format": FORMAT,
        "kind": kind.word(),
        "organisation": organisation,
        "seq": chain.seq,
        "hash": HEXLOWER.encode(&chain.hash),
        "at": at,
    });
    Ok(CheckpointRow {
        seq: chain.seq,
        kind: kind.word().to_owned(),
        hash: chain.hash.clone(),
        signed: receipt::sign(document, signer)?,
        created_at: at,
        verified_at: None,
        verdict: None,
    })
}

/// Seals what waits and marks the end, unless the last mark stands there already.
pub async fn mark(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    organisation: OrganisationId,
) -> Result<Option<CheckpointRow>, Fault> {
    seal(store, organisation).await?;
    let latest = latest(store, organisation).await?;
    let end = end(store, organisation).await?;
    if end.seq == 0 || latest.as_ref().is_some_and(|latest| latest.seq == end.seq && latest.hash == end.hash) {
        return Ok(latest);
    }
    keep(keyring, store, (organisation, Kind::Head, &end), world.now()).await.map(Some)
}

/// After a restore: the log ends earlier than its last checkpoint says, because lines went with the lost data. A signed mark
/// says so, for good. True if there was such a gap.
pub async fn restored(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    organisation: OrganisationId,
) -> Result<bool, Fault> {
    let end = end(store, organisation).await?;
    let Some(latest) = latest(store, organisation).await?.filter(|latest| latest.seq > end.seq) else {
        return Ok(false);
    };
    // After the mark it takes out of force, whatever the clock says.
    let at = world.now().max(latest.created_at.plus(std::time::Duration::from_millis(1)));
    keep(keyring, store, (organisation, Kind::Restored, &end), at).await?;
    Ok(true)
}

pub(super) async fn keep(
    keyring: &Keyring,
    store: &Store,
    (organisation, kind, chain): (OrganisationId, Kind, &Chain),
    at: Moment,
) -> Result<CheckpointRow, Fault> {
    let row = sign(keyring.signer(), organisation, kind, chain, at)?;
    let insert = audit_checkpoint::insert(organisation, &row);
    match store.write(Work::new(Fence::Organisation(organisation)).with(insert)).await {
        // Another machine marked the same place in the same millisecond.
        Ok(_) | Err(store::StoreError::Unique) => Ok(row),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn latest(store: &Store, organisation: OrganisationId) -> Result<Option<CheckpointRow>, Fault> {
    let row = store.one(Fence::Organisation(organisation), audit_checkpoint::latest(organisation)).await?;
    Ok(row.as_ref().map(CheckpointRow::from_row).transpose()?)
}

/// The checkpoints that still count, in the order of their numbers: a restore takes those after its place out of force.
pub(super) async fn in_force(
    store: &Store,
    organisation: OrganisationId,
    from: i64,
) -> Result<Vec<CheckpointRow>, Fault> {
    let rows =
        store.all(Fence::Organisation(organisation), audit_checkpoint::from(organisation, from, i64::MAX)).await?;
    let mut marks: Vec<CheckpointRow> = Vec::new();
    for row in &rows {
        let mark = CheckpointRow::from_row(row)?;
        if mark.kind == Kind::Restored.word() {
            marks.retain(|earlier| earlier.seq <= mark.seq);
        }
        marks.push(mark);
    }
    marks.sort_by_key(|mark| mark.seq);
    Ok(marks)
}
