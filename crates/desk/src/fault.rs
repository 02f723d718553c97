//! Why a deed was not done: a refusal the client may read, or a fault that only the log may.

use jobs::{JobFault, Next};
use model::{Kind, Refusal};
use store::StoreError;
use vault::KeyError;

/// The outcome of a deed that did not happen.
pub enum Fault {
    /// The client gets this sentence.
    Refused(Refusal),
    /// The client gets a request id; the log gets this text, which never carries anything personal.
    Broken(String),
}

/// What every deed returns.
pub type Deed<T> = Result<T, Fault>;

impl Fault {
    /// Something that must not happen did; `what` names the place, never the content.
    pub fn broken(what: impl Into<String>) -> Self {
        Fault::Broken(what.into())
    }
}

impl std::fmt::Debug for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Refused(refusal) => write!(f, "refused: {}", refusal.kind.code()),
            Fault::Broken(what) => write!(f, "broken: {what}"),
        }
    }
}

impl Fault {
    /// How a job ends with it: whatever is gone leaves nothing to do, and what may pass, such as a full disk, is tried again.
    pub(crate) fn ends_job(self) -> Result<Next, JobFault> {
        match self {
            Fault::Refused(refusal) if refusal.kind == Kind::Unavailable => Err(JobFault::new("unavailable")),
            Fault::Refused(_) => Ok(Next::Done),
            Fault::Broken(what) => Err(JobFault::new(what)),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Fault::Refused(Refusal::new(
                Kind::Unavailable,
                "The server's disk is full. Nothing was changed; please try again later.",
            )),
            StoreError::Guard { .. } => Fault::Refused(Refusal::conflict(
                "This has just changed. Please look again and repeat it if it still fits.",
            )),
            other => Fault::Broken(format!("store: {other}")),
        }
    }
}

impl From<KeyError> for Fault {
    /// A person without a key was erased: whoever still holds her id learns only that.
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Absent => Fault::Refused(Refusal::new(Kind::Gone, "This person's data was erased.")),
            other => Fault::Broken(format!("keys: {other}")),
        }
    }
}

impl From<vault::SealError> for Fault {
    fn from(error: vault::SealError) -> Self {
        Fault::Broken(format!("seal: {error}"))
    }
}

impl From<knowledge::Fault> for Fault {
    fn from(fault: knowledge::Fault) -> Self {
        match fault {
            knowledge::Fault::Refused(refusal) => Fault::Refused(refusal),
            knowledge::Fault::Store(error) => error.into(),
        }
    }
}
