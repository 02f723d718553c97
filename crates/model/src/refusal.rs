//! What a client may be told when the answer is no: a stable code, a status and one clear sentence.

use std::borrow::Cow;
use std::time::Duration;

use thiserror::Error;

/// The closed list of refusals. The code and the HTTP status (RFC 9110, RFC 6585) follow from the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The input is malformed or breaks a rule.
    Invalid,
    /// Nobody proved who they are, or the proof has expired.
    SignInNeeded,
    /// E-mail address or password do not match.
    WrongCredentials,
    /// Proved, but not allowed.
    Forbidden,
    /// Unknown, or another organisation's: the same answer.
    NotFound,
    /// The state of the thing does not allow it (any more).
    Conflict,
    /// More bytes than allowed.
    TooLarge,
    /// A kind of file or body that is not accepted.
    UnsupportedType,
    /// More often than allowed.
    TooMany,
    /// Restricted by law (GDPR Art. 18): only for one of the reasons that the law leaves.
    Restricted,
    /// The person was erased.
    Gone,
    /// Not possible at the moment; try again.
    Unavailable,
}

impl Kind {
    /// The stable code in the body.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Invalid => "invalid",
            Kind::SignInNeeded => "sign_in_needed",
            Kind::WrongCredentials => "wrong_credentials",
            Kind::Forbidden => "forbidden",
            Kind::NotFound => "not_found",
            Kind::Conflict => "conflict",
            Kind::TooLarge => "too_large",
            Kind::UnsupportedType => "unsupported_type",
            Kind::TooMany => "too_many_requests",
            Kind::Restricted => "restricted",
            Kind::Gone => "gone",
            Kind::Unavailable => "unavailable",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Kind::Invalid => 400,
            Kind::SignInNeeded | Kind::WrongCredentials => 401,
            Kind::Forbidden | Kind::Restricted => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
            Kind::TooLarge => 413,
            Kind::UnsupportedType => 415,
            Kind::TooMany => 429,
            Kind::Gone => 410,
            Kind::Unavailable => 503,
        }
    }
}

/// A refusal: nothing was changed. Never carries what the client sent, nor anything personal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// Which one of the closed list.
    pub kind: Kind,
    /// One sentence for a person.
    pub sentence: Cow<'static, str>,
    /// How long to wait before trying again, where waiting helps.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// A refusal of this kind with this sentence.
    pub fn new(kind: Kind, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, sentence: sentence.into(), retry_after: None }
    }

    /// Malformed input or a broken rule.
    pub fn invalid(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Invalid, sentence)
    }

    /// Unknown, or not yours: one body for both.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "There is nothing here with this address.")
    }

    /// No or no valid session.
    pub fn sign_in_needed() -> Self {
        Self::new(Kind::SignInNeeded, "Please sign in again.")
    }

    /// The state does not allow it.
    pub fn conflict(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Conflict, sentence)
    }

    /// Too often; says when to come back.
    pub fn too_many(retry_after: Duration) -> Self {
        Self {
            kind: Kind::TooMany,
            sentence: "Too many requests. Please wait a moment and try again.".into(),
            retry_after: Some(retry_after),
        }
    }
}
