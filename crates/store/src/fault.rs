//! What can go wrong in the store, in one closed list for both engines; never carries a stored value.

use thiserror::Error;

/// Why a work or a read did not happen. After any of these, nothing of the work was written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// A statement changed another number of rows than its work demanded: the state had moved on.
    #[error("statement {statement} met another state than it expected")]
    Guard {
        /// The position of the statement in its work.
        statement: usize,
    },
    /// A row with the same unique key exists.
    #[error("a row with this key exists")]
    Unique,
    /// A row refers to one that does not exist, or one that is still referred to was to be deleted.
    #[error("a row refers to one that does not exist, or is still referred to")]
    Foreign,
    /// Another program uses the data folder.
    #[error("the data folder is in use by another program; stop it first")]
    Locked,
    /// The files exist and the key does not open them.
    #[error("the key does not open the database: wrong master key, or the file is damaged")]
    WrongKey,
    /// A newer version of Confidante wrote the database.
    #[error("the database was written by a newer version of Confidante; this one will not touch it")]
    Newer,
    /// Somebody still reads what was to be emptied: it can be tried again.
    #[error("a reader keeps the log from being emptied")]
    Busy,
    /// No room left on the disk.
    #[error("the disk is full; nothing of this change was written")]
    Full,
    /// A value is longer than [`crate::dump::LONGEST_CELL`].
    #[error("a value is too long to be kept; nothing of this change was written")]
    Long,
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// Anything else: a defect, or the database cannot be reached.
    #[error("store: {0}")]
    Fault(String),
}

impl StoreError {
    /// A fault with this sentence.
    pub(crate) fn fault(sentence: impl Into<String>) -> Self {
        StoreError::Fault(sentence.into())
    }
}
