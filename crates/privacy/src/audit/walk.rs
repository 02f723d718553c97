//! Walks the live chain from its kept begin to its end and says how it stands.

use std::collections::VecDeque;

use model::{Moment, OrganisationId, World};
use store::audit::{self, AuditRow};
use store::audit_checkpoint::{self, CheckpointRow};
use store::{Fence, Store, Work};
use vault::Keyring;

use super::chain::Flaw;
use super::checkpoint::{FORMAT, in_force, latest, mark};
use super::entry::Entry;
use super::seal::{begin, end};
use crate::{Fault, signed};

/// How many entries are read at once.
const PAGE: i64 = 1_000;

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Entries that were walked.
    pub entries: i64,
    /// Checkpoints that were met.
    pub checkpoints: usize,
    /// Ids that were shredded with their persons.
    pub shredded: u64,
    /// What is broken, if anything is.
    pub flaw: Option<Flaw>,
}

/// How the chain stands.
#[derive(Clone, Debug)]
pub struct State {
    /// The number of the last sealed line.
    pub last: i64,
    /// The first line that is still kept.
    pub first: i64,
    /// Lines that wait for the sealer.
    pub unsealed: i64,
    /// The newest checkpoint.
    pub checkpoint: Option<CheckpointRow>,
    /// When the chain was last walked, and what that found.
    pub verified: Option<(Moment, String)>,
}

/// How the chain stands, without walking it.
pub async fn state(store: &Store, organisation: OrganisationId) -> Result<State, Fault> {
    let fence = Fence::Organisation(organisation);
    let unsealed = store.one(fence, audit::how_many_unsealed(organisation)).await?;
    let verified = store.one(fence, audit_checkpoint::verified(organisation)).await?;
    let verified = verified.as_ref().map(CheckpointRow::from_row).transpose()?;
    Ok(State {
        last: end(store, organisation).await?.seq,
        first: begin(store, organisation).await?.seq + 1,
        unsealed: unsealed.map(|row| row.int("many")).transpose()?.unwrap_or(0),
        checkpoint: latest(store, organisation).await?,
        verified: verified.and_then(|row| Some((row.verified_at?, row.verdict?))),
    })
}

/// Marks the end, walks the whole chain with every checkpoint on it, and notes the outcome beside the last one.
pub async fn walk(
    keyring: &Keyring,
    store: &Store,
    world: &World,
    organisation: OrganisationId,
) -> Result<Verdict, Fault> {
    // A log that is shorter than its last mark must not be covered up by a new mark.
    let short = latest(store, organisation).await?;
    let ended = end(store, organisation).await?.seq;
    let marked = match short {
        Some(last) if last.seq > ended => Some(last),
        _ => mark(keyring, store, world, organisation).await?,
    };
    let verdict = look(keyring, store, organisation).await?;
    if let Some(marked) = marked {
        let says = verdict.flaw.as_ref().map_or_else(|| "sound".to_owned(), ToString::to_string);
        let note = audit_checkpoint::verify(organisation, &marked, world.now(), &says);
        store.write(Work::new(Fence::Organisation(organisation)).with(note)).await?;
    }
    Ok(verdict)
}

async fn look(keyring: &Keyring, store: &Store, organisation: OrganisationId) -> Result<Verdict, Fault> {
    let mut chain = begin(store, organisation).await?;
    let first = chain.seq;
    let mut marks: VecDeque<CheckpointRow> = in_force(store, organisation, first).await?.into();
    let mut verdict = Verdict { entries: 0, checkpoints: 0, shredded: 0, flaw: None };
    let key = data_encoding::BASE64.encode(&keyring.signer().public_key());
    verdict.flaw = met(&mut marks, &chain, &key, &mut verdict.checkpoints).err();
    while verdict.flaw.is_none() {
        let page = audit::after(organisation, chain.seq, PAGE);
        let rows = store.all(Fence::Organisation(organisation), page).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let row = AuditRow::from_row(row)?;
            let entry = Entry::of(&row, organisation, row.seq.unwrap_or_default());
            let step = chain.step(&entry);
            verdict.flaw = step.and_then(|()| met(&mut marks, &chain, &key, &mut verdict.checkpoints)).err();
            if verdict.flaw.is_some() {
                break;
            }
        }
    }
    if let (None, Some(last)) = (&verdict.flaw, marks.back()) {
        verdict.flaw = Some(Flaw::Truncated { expected: last.seq, found: chain.seq });
    }
    (verdict.entries, verdict.shredded) = (chain.seq - first, chain.shredded);
    Ok(verdict)
}

/// Every checkpoint at the place of the walk must be ours and have its hash.
fn met(
    marks: &mut VecDeque<CheckpointRow>,
    chain: &super::chain::Chain,
    key: &str,
    count: &mut usize,
) -> Result<(), Flaw> {
    while marks.front().is_some_and(|mark| mark.seq <= chain.seq) {
        let Some(mark) = marks.pop_front() else { return Ok(()) };
        let document = serde_json::from_str(&mark.signed).map_err(|_| Flaw::Checkpoint(mark.seq))?;
        signed::check(&document, FORMAT, Some(key)).map_err(|_| Flaw::Checkpoint(mark.seq))?;
        let says = |name: &str| document.get(name).cloned().unwrap_or_default();
        if says("seq") != mark.seq || says("hash") != data_encoding::HEXLOWER.encode(&mark.hash).as_str() {
            return Err(Flaw::Checkpoint(mark.seq));
        }
        chain.meets(mark.seq, &mark.hash)?;
        *count += 1;
    }
    Ok(())
}
