//! Backups: written every day, sealed, tried out by restoring them, aged out; and restored without bringing anybody back.
//!
//! Two kinds, kept apart. `data`: every table but those kept with the keys, up to 30 days old; the words in it are sealed
//! under keys that are not in it. `keys`: the wrapped keys and the ledger of erasures, one copy only, written anew after
//! each backup and inside each erasure, so that a destroyed key is gone from its copy before the receipt is signed.
//! Data older than an erasure can therefore be restored: the ledger lies with the keys, not with the data, and whoever
//! stands in it is erased again before anything is served.

mod depot;
mod fault;
mod key_copy;
mod keys;
mod reach;
mod read;
mod restore;
mod shelf;
mod trial;
mod write;

pub(crate) mod form {
    //! What other sealed files of the house share with backups.
    pub(crate) use super::depot::head;
    pub(crate) use super::shelf::{sized, write_sized};
}

pub use depot::{Depot, Made, Offsite};
pub use fault::BackupFault;
pub use key_copy::KeyCopy;
pub use restore::{Restored, Sources, restore};

/// The longest that a backup of data is kept: deleted words are gone everywhere within 30 days.
pub const LONGEST_DAYS: u32 = 30;
