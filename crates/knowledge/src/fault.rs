//! Why something about knowledge was not done: a refusal the client may read, or a fault of the store.

use model::Refusal;
use store::StoreError;
use thiserror::Error;

/// The outcome of what did not happen. Carries nothing personal: this floor never sees a person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The client gets this sentence.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The store did not do it.
    #[error("{0}")]
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Guard { .. } => Fault::Refused(Refusal::conflict(
                "This has just changed. Please look again and repeat it if it still fits.",
            )),
            StoreError::Unique => Fault::Refused(Refusal::conflict("This exists already.")),
            other => Fault::Store(other),
        }
    }
}
