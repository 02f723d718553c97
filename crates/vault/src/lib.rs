//! The vault: master key → organisation key → person key. Seals what a person says, keeps it findable by blind indexes,
//! and forgets a person by destroying one key. It knows neither SQL nor the network; wrapped keys lie in a [`Cupboard`].
//!
//! The bytes on disk are described in `ENVELOPE.md`, next to a second implementation that reads and writes them.
//!
//! What it protects against: a copied database, backup, log or index without the keys file, and ciphertext moved between
//! rows, columns or organisations. What it does not: somebody who can read this program's memory.

mod archive;
mod blind;
mod commitment;
mod cupboard;
mod derive;
mod envelope;
mod keyring;
mod master;
mod master_file;
mod organisation_key;
mod personal;
mod sealed;
mod signer;
mod subject_key;
mod words;

pub use archive::{ARCHIVE_VERSION, ArchiveError, ArchiveKey, ArchiveReader, ArchiveWriter, Head, archive_head};
pub use commitment::{SALT, commitment};
pub use cupboard::{BoxFuture, Cupboard, CupboardError};
pub use keyring::{KeyError, Keyring};
pub use master::MasterKey;
pub use master_file::MasterKeyError;
pub use organisation_key::OrganisationKey;
pub use personal::Personal;
pub use sealed::{Place, SealError, Sealed};
pub use signer::{Signer, verify};
pub use subject_key::SubjectKey;
pub use words::{normal_email, words};
