//! Why a model did not answer. Carries codes and numbers only: what a provider writes may repeat what it was sent.

use std::time::Duration;

/// Why a model did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// The ledger did not take the record, so nothing was sent.
    #[error("the transfer could not be recorded, so nothing was sent")]
    NotRecorded,
    /// No connection.
    #[error("no connection to the model")]
    Unreachable,
    /// Too slow, at some point or altogether.
    #[error("the model took too long")]
    TimedOut,
    /// The key is not accepted.
    #[error("the model does not accept the key (status {status})")]
    Key {
        /// 401 or 403.
        status: u16,
    },
    /// Too many requests; waiting helps.
    #[error("the model is busy")]
    Busy {
        /// How long to wait, if it said so.
        retry_after: Option<Duration>,
    },
    /// The account is used up; waiting does not help.
    #[error("the account with the model's provider is used up")]
    UsedUp,
    /// The server is in trouble.
    #[error("the model's server failed (status {status})")]
    Failed {
        /// The status, from 500 on.
        status: u16,
    },
    /// The request is not accepted.
    #[error("the model refused the request (status {status}, {code})")]
    Refused {
        /// The status; 200 if the refusal came in mid-stream.
        status: u16,
        /// The provider's code, reduced to letters, digits and underscores.
        code: String,
    },
    /// The provider's filter or the model itself declined to answer.
    #[error("the model declined to answer")]
    Declined,
    /// The stream is not what it should be.
    #[error("the model's answer is malformed")]
    Malformed,
    /// The stream ended before the answer did.
    #[error("the model's answer broke off")]
    BrokeOff,
    /// More bytes than allowed.
    #[error("the model's answer is too large")]
    TooLarge,
}

impl From<reqwest::Error> for ModelFault {
    fn from(fault: reqwest::Error) -> Self {
        if fault.is_timeout() {
            ModelFault::TimedOut
        } else if fault.is_connect() {
            ModelFault::Unreachable
        } else {
            ModelFault::BrokeOff
        }
    }
}

/// The fault behind an HTTP status, the seconds of `Retry-After` and the code in the body.
pub(crate) fn from_status(status: u16, retry_after: Option<u64>, code: Option<String>) -> ModelFault {
    match status {
        401 | 403 => ModelFault::Key { status },
        402 => ModelFault::UsedUp,
        429 if code.as_deref() == Some("insufficient_quota") => ModelFault::UsedUp,
        429 => ModelFault::Busy { retry_after: retry_after.map(Duration::from_secs) },
        500.. => ModelFault::Failed { status },
        _ => ModelFault::Refused { status, code: code.unwrap_or_else(|| "unknown".to_owned()) },
    }
}
