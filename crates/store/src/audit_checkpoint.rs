//! Signed checkpoints of the audit log, kept apart from it: whoever shortens the log would have to shorten these too.

use model::{Moment, OrganisationId};

use crate::{Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO audit_checkpoint (organisation, seq, kind, hash, signed, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    EACH = "SELECT seq, kind, hash, signed, created_at, verified_at, verdict FROM audit_checkpoint \
              WHERE organisation = $1 AND seq >= $2 ORDER BY created_at, seq LIMIT $3";
    LATEST = "SELECT seq, kind, hash, signed, created_at, verified_at, verdict FROM audit_checkpoint \
              WHERE organisation = $1 ORDER BY created_at DESC, seq DESC LIMIT 1";
    LATEST_CUT = "SELECT seq, kind, hash, signed, created_at, verified_at, verdict FROM audit_checkpoint \
              WHERE organisation = $1 AND kind = 'cut' ORDER BY seq DESC LIMIT 1";
    VERIFIED = "SELECT seq, kind, hash, signed, created_at, verified_at, verdict FROM audit_checkpoint \
              WHERE organisation = $1 AND verified_at IS NOT NULL ORDER BY verified_at DESC LIMIT 1";
    VERIFY = "UPDATE audit_checkpoint SET verified_at = $4, verdict = $5 \
              WHERE organisation = $1 AND seq = $2 AND created_at = $3";
    FORGET = "DELETE FROM audit_checkpoint WHERE organisation = $1 AND seq < $2";
}

/// What a checkpoint marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The end of the log at that moment.
    Head,
    /// Where the kept part begins: everything up to here is past its period.
    Cut,
    /// The end of a log that came back with an older backup: later numbers before this checkpoint are lost.
    Restored,
}

impl Kind {
    /// The word in the column.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Head => "head",
            Kind::Cut => "cut",
            Kind::Restored => "restored",
        }
    }
}

/// A checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// The number of the last line it covers.
    pub seq: i64,
    /// `head`, `cut` or `restored`.
    pub kind: String,
    /// The hash of the chain up to there.
    pub hash: Vec<u8>,
    /// The signed document.
    pub signed: String,
    /// When.
    pub created_at: Moment,
    /// When the whole kept chain was last walked up to here, if it was.
    pub verified_at: Option<Moment>,
    /// What that walk found: `sound`, or where it stopped.
    pub verdict: Option<String>,
}

impl CheckpointRow {
    /// Reads the columns of every `SELECT` here.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.int("seq")?,
            kind: row.text("kind")?,
            hash: row.bytes("hash")?,
            signed: row.text("signed")?,
            created_at: row.moment("created_at")?,
            verified_at: row.maybe_moment("verified_at")?,
            verdict: row.maybe_text("verdict")?,
        })
    }
}

/// Keeps a checkpoint.
pub fn insert(organisation: OrganisationId, new: &CheckpointRow) -> Statement {
    let CheckpointRow { seq, kind, hash, signed, created_at, .. } = new;
    Statement::new(INSERT, params![organisation, *seq, kind, hash.as_slice(), signed, *created_at])
}

/// Checkpoints from number `seq` on, in the order in which they were signed.
pub fn from(organisation: OrganisationId, seq: i64, limit: i64) -> Statement {
    Statement::new(EACH, params![organisation, seq, limit])
}

/// The newest.
pub fn latest(organisation: OrganisationId) -> Statement {
    Statement::new(LATEST, params![organisation])
}

/// Where the kept part begins.
pub fn latest_cut(organisation: OrganisationId) -> Statement {
    Statement::new(LATEST_CUT, params![organisation])
}

/// The newest that was walked up to.
pub fn verified(organisation: OrganisationId) -> Statement {
    Statement::new(VERIFIED, params![organisation])
}

/// Notes what a walk up to this checkpoint found.
pub fn verify(organisation: OrganisationId, of: &CheckpointRow, at: Moment, verdict: &str) -> Statement {
    Statement::new(VERIFY, params![organisation, of.seq, of.created_at, at, verdict])
}

/// Drops checkpoints of what is no longer kept.
pub fn forget(organisation: OrganisationId, before: i64) -> Statement {
    Statement::new(FORGET, params![organisation, before])
}
