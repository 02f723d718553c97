//! Why a right was not granted just now: a refusal the client may read, or a fault that only the log may.

use model::{Kind, Refusal};
use store::StoreError;
use thiserror::Error;
use vault::{KeyError, SealError};

/// The outcome of a deed that did not happen. Never carries anything personal.
#[derive(Debug, Error)]
pub enum Fault {
    /// The client gets this sentence.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The log gets this text.
    #[error("{0}")]
    Broken(String),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Fault::Broken(format!("store: {error}"))
    }
}

impl From<KeyError> for Fault {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Absent => Fault::Refused(Refusal::new(Kind::Gone, "This person's data was erased.")),
            other => Fault::Broken(format!("keys: {other}")),
        }
    }
}

impl From<SealError> for Fault {
    fn from(error: SealError) -> Self {
        Fault::Broken(format!("seal: {error}"))
    }
}

macro_rules! broken {
    ($($error:ty = $place:literal),* $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Fault::Broken(format!(concat!($place, ": {}"), error))
            }
        }
    )*};
}

broken! { serde_json::Error = "json", zip::result::ZipError = "zip", csv::Error = "csv", std::io::Error = "file" }
