//! Why the program ends: one clear sentence and a documented exit code.

use store::StoreError;
use vault::{KeyError, MasterKeyError};

/// The exit codes, as `confidante serve --help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Something that no other code names.
    Other = 1,
    /// The configuration is wrong.
    Config = 3,
    /// Another process uses the data folder.
    Locked = 4,
    /// The master key is missing or does not open the data.
    WrongKey = 5,
    /// The data was written by a newer version.
    Newer = 6,
    /// The disk is full.
    Full = 7,
    /// The port is in use or may not be opened.
    Port = 8,
    /// The receipt or the audit log is not genuine.
    NotGenuine = 9,
    /// A promise does not hold.
    Promise = 12,
    /// The backup cannot be made or restored.
    Backup = 10,
    /// A restore was begun here and not finished.
    Unfinished = 11,
}

/// The program cannot go on.
#[derive(Debug)]
pub struct Stop {
    /// The exit code.
    pub exit: Exit,
    /// One sentence for the operator.
    pub sentence: String,
}

impl Stop {
    /// Stops with this code and sentence.
    pub fn new(exit: Exit, sentence: impl Into<String>) -> Self {
        Self { exit, sentence: sentence.into() }
    }

    /// The configuration is wrong.
    pub fn config(sentence: impl Into<String>) -> Self {
        Self::new(Exit::Config, sentence)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Locked => Self::new(
                Exit::Locked,
                "Another process is using this data folder. Stop it first, or choose another storage.folder; nothing was changed.",
            ),
            StoreError::WrongKey => Self::new(
                Exit::WrongKey,
                "The master key does not open this data. Start with the key the data was created with; nothing was changed.",
            ),
            StoreError::Newer => Self::new(
                Exit::Newer,
                "This data was written by a newer version of Confidante. Start that version or restore a backup; nothing was changed.",
            ),
            StoreError::Full => {
                Self::new(Exit::Full, "The disk is full. Make room and start again; nothing was damaged.")
            }
            other => Self::new(Exit::Other, format!("The database cannot be opened: {other}.")),
        }
    }
}

impl From<MasterKeyError> for Stop {
    fn from(error: MasterKeyError) -> Self {
        Self::new(Exit::WrongKey, format!("There is no usable master key: {error}."))
    }
}

impl From<KeyError> for Stop {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Broken => StoreError::WrongKey.into(),
            other => Self::new(Exit::Other, format!("The keys cannot be used: {other}.")),
        }
    }
}

impl From<desk::Fault> for Stop {
    fn from(fault: desk::Fault) -> Self {
        match fault {
            desk::Fault::Refused(refusal) => Self::new(Exit::Other, refusal.sentence),
            desk::Fault::Broken(what) => Self::new(Exit::Other, format!("The server cannot start: {what}.")),
        }
    }
}
