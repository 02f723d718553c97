//! Why a backup was not made or not restored: one clear sentence each, nothing personal in any.

use store::StoreError;
use thiserror::Error;
use vault::ArchiveError;

use crate::Fault;

/// Nothing was believed and nothing was lost.
#[derive(Debug, Error)]
pub enum BackupFault {
    /// The file is not what it should be.
    #[error("{0}")]
    Archive(#[from] ArchiveError),
    /// The file is sound, and of another kind than what is asked for.
    #[error("this archive holds {found}, not {wanted}")]
    Kind {
        /// What it holds.
        found: String,
        /// What should be in it.
        wanted: &'static str,
    },
    /// Another schema.
    #[error("this archive was made by another version (schema {0}); restore it with that version, then upgrade")]
    Schema(i64),
    /// What was read back is not what was written.
    #[error("the backup does not give back what was put in: {0}")]
    Trial(String),
    /// There is data where it should be restored to.
    #[error("there is data already where this backup would go: move it away first; nothing was changed")]
    Occupied,
    /// Another program makes one in the same folder.
    #[error("another backup is being made in this folder; wait until it is done")]
    Busy,
    /// No keys.
    #[error("the keys of this data are not here: put keys.db back, or name the copy of the keys with --keys")]
    NoKeys,
    /// A restore of the keys did not come to its end, and there is no copy to begin it again with.
    #[error(
        "half of the keys are here: putting them back was begun and not finished. Restore again with the copy of the keys \
         (--keys); other keys can be used only beside a new, empty data folder"
    )]
    HalfKeys,
    /// Half a restore lies where a backup should be made of.
    #[error("a restore was begun here and not finished: run it again; there is nothing to back up before")]
    Unfinished,
    /// A cell that nobody could read back.
    #[error("a value in {0} is too long for a backup")]
    Long(String),
    /// The ledger is older than the backup.
    #[error(
        "the ledger of erasures here ({here} lines) is older than this backup, which was made when it had {then}: with it, \
         people who were erased could come back. Restore the newest copy of the keys"
    )]
    OldLedger {
        /// Lines here.
        here: i64,
        /// Lines then.
        then: i64,
    },
    /// Somebody who was erased is still there.
    #[error("{0} people who were erased are still in the restored data; nothing is served")]
    Survivors(usize),
    /// An erasure that was under way cannot be finished.
    #[error("{0} erasures that were under way could not be finished; the log says why, and nothing is served")]
    Waiting(usize),
    /// The store failed.
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    /// A part of the house failed.
    #[error("{0}")]
    House(#[from] Fault),
    /// The outside did not take or give a file.
    #[error("the bucket: {0}")]
    Offsite(String),
}

impl From<std::io::Error> for BackupFault {
    fn from(error: std::io::Error) -> Self {
        BackupFault::Archive(ArchiveError::of(error))
    }
}
