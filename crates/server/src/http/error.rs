//! Every way to say no, in one place: a status, a stable code, one sentence, and the request id that the log has too.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Fault;
use model::{Kind, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// What every route returns.
pub type Answer<T> = Result<T, Problem>;

/// A request that was not done. Becomes a response with a body written by [`crate::http::trail`], which knows the request id.
pub struct Problem(Told);

/// What the client is told, and what only the log is told. Travels as a response extension.
#[derive(Clone)]
pub struct Told {
    status: StatusCode,
    code: &'static str,
    sentence: String,
    retry_after: Option<Duration>,
    /// The cause of a fault; never carries anything personal.
    pub(crate) cause: Option<String>,
}

/// The body of every error.
#[derive(Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorWords,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
pub struct ErrorWords {
    /// Stable, for programs.
    pub code: String,
    /// One sentence, for people.
    pub message: String,
    /// The id under which the operator finds this request in the log.
    pub request_id: String,
}

impl<F> From<F> for Problem
where
    Fault: From<F>,
{
    fn from(fault: F) -> Self {
        match Fault::from(fault) {
            Fault::Refused(refusal) => Self(Told::refused(refusal)),
            Fault::Broken(cause) => Self(Told::broken(cause)),
        }
    }
}

impl Problem {
    /// The address exists, but not with this method (RFC 9110).
    pub fn method() -> Self {
        Self(Told {
            status: StatusCode::METHOD_NOT_ALLOWED,
            code: "method_not_allowed",
            sentence: "This address does not accept this method.".to_owned(),
            retry_after: None,
            cause: None,
        })
    }

    /// Something that must not happen did; only the log is told what.
    pub fn broken(cause: impl Into<String>) -> Self {
        Self(Told::broken(cause.into()))
    }
}

impl Told {
    fn refused(refusal: Refusal) -> Self {
        Self {
            status: StatusCode::from_u16(refusal.kind.status()).unwrap_or(StatusCode::BAD_REQUEST),
            code: refusal.kind.code(),
            sentence: refusal.sentence.into_owned(),
            retry_after: refusal.retry_after,
            cause: None,
        }
    }

    /// The fixed words of every fault: they say nothing about the inside.
    pub(crate) fn broken(cause: String) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "fault",
            sentence: "Something went wrong on our side. Please try again; if it happens again, tell the operator the request id."
                .to_owned(),
            retry_after: None,
            cause: Some(cause),
        }
    }

    /// What to say where a layer below (body limit, time-out) refused without words of its own.
    pub(crate) fn bare(status: StatusCode) -> Option<Self> {
        let kind = match status {
            StatusCode::PAYLOAD_TOO_LARGE => return Some(Self::refused(too_large())),
            StatusCode::METHOD_NOT_ALLOWED => return Some(Problem::method().0),
            StatusCode::NOT_FOUND => return Some(Self::refused(Refusal::not_found())),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedType,
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Kind::Unavailable,
            status if status.is_client_error() => Kind::Invalid,
            status if status.is_server_error() => return Some(Self::broken(format!("a bare {status}"))),
            _ => return None,
        };
        Some(Self::refused(Refusal::new(kind, "The server could not read this request.")))
    }

    /// The response with its body.
    pub(crate) fn respond(&self, request_id: &str) -> Response {
        let error = ErrorWords {
            code: self.code.to_owned(),
            message: self.sentence.clone(),
            request_id: request_id.to_owned(),
        };
        let mut response = (self.status, Json(ErrorBody { error })).into_response();
        if let Some(wait) = self.retry_after {
            // Rounded up: a client that waits exactly this long must not be refused again.
            let seconds = wait.as_millis().div_ceil(1_000).max(1);
            if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
        }
        response
    }
}

/// More bytes than this address accepts.
pub fn too_large() -> Refusal {
    Refusal::new(Kind::TooLarge, "This is larger than this address accepts.")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}
