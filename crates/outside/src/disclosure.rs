//! What is about to leave, and the ledger that must know of it first.

use std::future::Future;
use std::pin::Pin;

use aws_lc_rs::digest;

use crate::Recipient;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One transfer, exactly as it is about to leave. Masked, but still somebody's words: not printable.
pub struct Disclosure {
    /// The name of the one who receives it.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// How many bytes leave.
    pub bytes: usize,
    /// SHA-256 of the bytes that leave.
    pub hash: Vec<u8>,
    /// The very bytes that leave, so that anyone can check them against the hash.
    pub content: String,
}

impl Disclosure {
    /// The disclosure of `content` to `recipient`.
    pub(crate) fn of(recipient: &Recipient, content: String) -> Self {
        Self {
            recipient: recipient.name.clone().into_owned(),
            purpose: recipient.purpose.clone().into_owned(),
            bytes: content.len(),
            hash: digest::digest(&digest::SHA256, content.as_bytes()).as_ref().to_vec(),
            content,
        }
    }
}

/// The transfer could not be recorded, so it does not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the transfer could not be recorded")]
pub struct LedgerFault;

/// Where transfers are recorded. Called before the first byte leaves; if it fails, nothing leaves.
pub trait Ledger: Send + Sync {
    /// Records one transfer durably.
    fn record<'a>(&'a self, disclosure: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>>;
}
