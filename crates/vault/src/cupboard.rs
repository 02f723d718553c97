//! Where wrapped keys are kept. The store implements it; the vault knows no SQL.

use std::future::Future;
use std::pin::Pin;

use model::OrganisationId;
use thiserror::Error;

/// A future in a box, so that a cupboard can stand behind a pointer.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A keeper of wrapped keys, apart from the sealed rows.
pub trait Cupboard: Send + Sync {
    /// The wrapped key of `subject`, if there is one.
    fn fetch<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<Option<Vec<u8>>, CupboardError>>;

    /// Keeps a new wrapped key; [`CupboardError::Taken`] if the subject has one already.
    fn keep<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
        wrapped: Vec<u8>,
    ) -> BoxFuture<'a, Result<(), CupboardError>>;

    /// Overwrites, then deletes the wrapped key; true if there was one.
    fn destroy<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<bool, CupboardError>>;
}

/// Why the cupboard did not do it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CupboardError {
    /// The subject has a key already; a second one would make the first one's values unreadable.
    #[error("there is a key already")]
    Taken,
    /// The store failed; the text names no person.
    #[error("the key store failed: {0}")]
    Fault(String),
}
