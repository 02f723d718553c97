//! The log as a file: one JSON document a line, begun by where it begins, ended by a signed line that says how far it goes.

use std::collections::VecDeque;

use data_encoding::HEXLOWER;
use model::{OrganisationId, World};
use serde_json::{Value as Json, json};
use store::audit::{self, AuditRow};
use store::audit_checkpoint::CheckpointRow;
use store::{Fence, Store};
use vault::Keyring;

use super::chain::Chain;
use super::checkpoint::{in_force, mark};
use super::entry::Entry;
use super::seal::begin;
use crate::canonical::canonical;
use crate::{Fault, receipt};

/// The name of the format.
pub const FORMAT: &str = "confidante.audit-export/1";
/// The name of the format of the last line.
pub(crate) const END: &str = "confidante.audit-end/1";

/// How many entries are written at once.
const PAGE: i64 = 1_000;

/// Writes the file piece by piece.
pub struct Exporter {
    keyring: Keyring,
    store: Store,
    world: World,
    organisation: OrganisationId,
    begin: (i64, Vec<u8>),
    chain: Chain,
    marks: VecDeque<CheckpointRow>,
    /// How far this export goes: what is written meanwhile is not in it.
    until: i64,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Begin,
    Entries,
    Done,
}

impl Exporter {
    /// Seals and marks the log, and stands before its first line.
    pub async fn new(
        keyring: &Keyring,
        store: &Store,
        world: &World,
        organisation: OrganisationId,
    ) -> Result<Self, Fault> {
        let marked = mark(keyring, store, world, organisation).await?;
        let chain = begin(store, organisation).await?;
        let marks = in_force(store, organisation, chain.seq).await?.into();
        Ok(Self {
            keyring: keyring.clone(),
            store: store.clone(),
            world: world.clone(),
            organisation,
            begin: (chain.seq, chain.hash.clone()),
            until: marked.map_or(chain.seq, |marked| marked.seq),
            chain,
            marks,
            stage: Stage::Begin,
        })
    }

    /// The next piece: whole lines. Nothing after the last.
    pub async fn next(&mut self) -> Result<Option<String>, Fault> {
        match self.stage {
            Stage::Begin => {
                self.stage = Stage::Entries;
                let mut text = line(&json!({
                    "kind": "begin", "format": FORMAT, "organisation": self.organisation,
                    "after": self.begin.0, "previous": HEXLOWER.encode(&self.begin.1),
                }));
                self.marks(&mut text)?;
                Ok(Some(text))
            }
            Stage::Entries => {
                let mut text = self.page().await?;
                if self.chain.seq >= self.until {
                    self.stage = Stage::Done;
                    text.push_str(&self.end()?);
                }
                Ok(Some(text))
            }
            Stage::Done => Ok(None),
        }
    }

    async fn page(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        let limit = PAGE.min(self.until - self.chain.seq);
        let page = audit::after(self.organisation, self.chain.seq, limit);
        let rows = self.store.all(Fence::Organisation(self.organisation), page).await?;
        if rows.is_empty() {
            // A log with a hole is exported as it is: the reader must find the hole.
            self.chain.seq = self.until;
        }
        for row in &rows {
            let row = AuditRow::from_row(row)?;
            let entry = Entry::of(&row, self.organisation, row.seq.unwrap_or_default());
            let mut fields = serde_json::to_value(&entry)?;
            if let Some(fields) = fields.as_object_mut() {
                fields.insert("kind".to_owned(), "entry".into());
            }
            text.push_str(&line(&fields));
            self.chain = Chain::from(entry.seq, row.hash.unwrap_or_default());
            self.marks(&mut text)?;
        }
        Ok(text)
    }

    fn marks(&mut self, text: &mut String) -> Result<(), Fault> {
        while self.marks.front().is_some_and(|mark| mark.seq <= self.chain.seq) {
            if let Some(mark) = self.marks.pop_front() {
                let signed: Json = serde_json::from_str(&mark.signed)?;
                text.push_str(&line(&json!({ "kind": "checkpoint", "signed": signed })));
            }
        }
        Ok(())
    }

    fn end(&self) -> Result<String, Fault> {
        let document = json!({
            "format": END,
            "organisation": self.organisation,
            "after": self.begin.0,
            "previous": HEXLOWER.encode(&self.begin.1),
            "last": self.chain.seq,
            "hash": HEXLOWER.encode(&self.chain.hash),
            "exported_at": self.world.now(),
        });
        let signed: Json = serde_json::from_str(&receipt::sign(document, self.keyring.signer())?)?;
        Ok(line(&json!({ "kind": "end", "signed": signed })))
    }
}

fn line(document: &Json) -> String {
    let mut text = canonical(document);
    text.push('\n');
    text
}
