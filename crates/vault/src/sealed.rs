//! Sealed words and the place they belong to.

use model::OrganisationId;
use thiserror::Error;

use crate::envelope::{OVERHEAD, VERSION};

/// An envelope as it lies in a `…_sealed` column. It opens only with its person's key and only at its own place.
///
/// ```compile_fail
/// println!("{:?}", vault::Sealed::from_column(vec![]));
/// ```
#[derive(Clone)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// From the bytes of a column; whether they open is found out when they are opened.
    pub fn from_column(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes for a column.
    pub fn into_column(self) -> Vec<u8> {
        self.0
    }

    /// Whether it has the shape of an envelope: a known version and suite, and room for nonce and tag. Says nothing about
    /// whether it opens; words that were stored without sealing do not have it.
    pub fn is_envelope(&self) -> bool {
        matches!(self.0.as_slice(), [VERSION, 1 | 2, ..] if self.0.len() >= OVERHEAD)
    }

    /// The bytes for a column, borrowed.
    pub fn as_column(&self) -> &[u8] {
        &self.0
    }
}

/// Where a sealed value belongs. It is authenticated with the value, so a value that was copied to another row, column,
/// table or organisation does not open there.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's primary key.
    pub row: &'a str,
}

impl Place<'_> {
    /// Appends the place without ambiguity: each part behind its own length.
    pub(crate) fn append_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.organisation.bytes());
        for part in [self.table, self.column, self.row] {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
    }
}

/// Why a value could not be sealed or opened. Says nothing about the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// Too short, or of a version or suite this program does not know.
    #[error("the sealed value is not in a known envelope")]
    Envelope,
    /// Sealed with another key.
    #[error("the sealed value belongs to another key")]
    WrongKey,
    /// Changed, or moved from its place.
    #[error("the sealed value was changed or moved from its place")]
    Altered,
    /// Opened, but the bytes are no text.
    #[error("the sealed value is not text")]
    NotText,
}
