//! Walks along a chain, entry by entry, and says exactly what does not fit. Used on the live log and on an exported one.

use data_encoding::HEXLOWER;
use datamap::TABLES;
use thiserror::Error;

use super::entry::Entry;

/// Where and how a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// Numbers are missing, repeated or swapped.
    #[error("entry {expected} is missing or out of its place (entry {found} stands there)")]
    Order {
        /// The number that should have come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// The contents do not have the hash that stands beside them.
    #[error("entry {0} was changed")]
    Changed(i64),
    /// An id is not the one that was committed to.
    #[error("an id in entry {0} was changed")]
    Id(i64),
    /// An id is missing that no erasure can have removed.
    #[error("an id in entry {0} was removed, but it belongs to no customer")]
    Removed(i64),
    /// A checkpoint does not lie on the chain.
    #[error("the checkpoint at entry {0} does not fit: entries up to it were changed")]
    Checkpoint(i64),
    /// Entries after the last one are missing.
    #[error("the log ends at entry {found}, but entries up to {expected} were there once")]
    Truncated {
        /// The last that was signed.
        expected: i64,
        /// The last that is there.
        found: i64,
    },
}

/// The state of a walk.
pub(crate) struct Chain {
    /// The number of the last entry.
    pub(crate) seq: i64,
    /// The hash up to it.
    pub(crate) hash: Vec<u8>,
    /// How many ids were shredded.
    pub(crate) shredded: u64,
}

impl Chain {
    pub(crate) fn from(seq: i64, hash: Vec<u8>) -> Self {
        Self { seq, hash, shredded: 0 }
    }

    /// One entry further.
    pub(crate) fn step(&mut self, entry: &Entry) -> Result<(), Flaw> {
        if entry.seq != self.seq + 1 {
            return Err(Flaw::Order { expected: self.seq + 1, found: entry.seq });
        }
        let hash = entry.link(&self.hash);
        if HEXLOWER.encode(&hash) != entry.hash {
            return Err(Flaw::Changed(entry.seq));
        }
        let of_visitor = entry.actor_kind == "visitor";
        self.opened(entry.seq, (&entry.actor, &entry.actor_salt, &entry.actor_commitment), of_visitor)?;
        let hers = shreddable(&entry.object_kind);
        self.opened(entry.seq, (&entry.object, &entry.object_salt, &entry.object_commitment), hers)?;
        (self.seq, self.hash) = (entry.seq, hash);
        Ok(())
    }

    /// A signed mark at the place where the walk is.
    pub(crate) fn meets(&self, seq: i64, hash: &[u8]) -> Result<(), Flaw> {
        if seq == self.seq && hash == self.hash { Ok(()) } else { Err(Flaw::Checkpoint(seq)) }
    }

    fn opened(
        &mut self,
        seq: i64,
        (id, salt, commitment): (&Option<String>, &Option<String>, &str),
        may_go: bool,
    ) -> Result<(), Flaw> {
        let (Some(id), Some(salt)) = (id, salt) else {
            self.shredded += 1;
            return if may_go && id.is_none() && salt.is_none() { Ok(()) } else { Err(Flaw::Removed(seq)) };
        };
        let salt = HEXLOWER.decode(salt.as_bytes()).map_err(|_| Flaw::Id(seq))?;
        if salt.len() == vault::SALT && HEXLOWER.encode(&vault::commitment(&salt, id)) == commitment {
            Ok(())
        } else {
            Err(Flaw::Id(seq))
        }
    }
}

/// Whether a thing of this kind can be a person's own: only those are shredded with her.
fn shreddable(object_kind: &str) -> bool {
    TABLES.iter().any(|table| table.name == object_kind && table.person().is_some()) || object_kind == "request"
}
