//! Why a model did not answer. Carries codes and numbers only: what a provider writes may repeat what it was sent.

use std::time::Duration;

use reqwest::header::{self, HeaderMap};
use serde_json::Value;

/// Why a model did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// The ledger did not take the record, so nothing was sent.
    #[error("the transfer could not be recorded, so nothing was sent")]
    NotRecorded,
    /// No active recipient declares this host, so nothing was sent.
    #[error("no active recipient declares this host, so nothing was sent")]
    NotDeclared,
    /// The provider does not have this service.
    #[error("the provider does not offer this")]
    NotOffered,
    /// No connection, or its certificate is not valid.
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

impl ModelFault {
    /// Whether asking the same provider again may help.
    pub fn is_passing(&self) -> bool {
        use ModelFault::{BrokeOff, Busy, Failed, Malformed, TimedOut, Unreachable};
        matches!(self, Unreachable | TimedOut | Busy { .. } | Failed { .. } | BrokeOff | Malformed)
    }

    /// Whether another provider may help. A ledger that does not work, or an answer that a model declined to give, is not
    /// mended by asking somebody else.
    pub fn is_the_providers(&self) -> bool {
        !matches!(self, ModelFault::NotRecorded | ModelFault::Declined)
    }

    /// A stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            ModelFault::NotRecorded => "not_recorded",
            ModelFault::NotDeclared => "not_declared",
            ModelFault::NotOffered => "not_offered",
            ModelFault::Unreachable => "unreachable",
            ModelFault::TimedOut => "timed_out",
            ModelFault::Key { .. } => "key_not_accepted",
            ModelFault::Busy { .. } => "busy",
            ModelFault::UsedUp => "used_up",
            ModelFault::Failed { .. } => "failed",
            ModelFault::Refused { .. } => "refused",
            ModelFault::Declined => "declined",
            ModelFault::Malformed => "malformed",
            ModelFault::BrokeOff => "broke_off",
            ModelFault::TooLarge => "too_large",
        }
    }
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

/// Longer than this nobody waits: the provider counts as out of order.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// The fault behind an HTTP status, with what the answer says about waiting and the code in its body.
pub(crate) fn from_status(status: u16, hint: Hint, code: Option<String>) -> ModelFault {
    let code = code.unwrap_or_else(|| "unknown".to_owned());
    match status {
        _ if hint.never => ModelFault::Refused { status, code },
        401 | 403 => ModelFault::Key { status },
        402 => ModelFault::UsedUp,
        429 if USED_UP.contains(&code.as_str()) => ModelFault::UsedUp,
        429 => ModelFault::Busy { retry_after: hint.wait },
        503 | 529 if hint.wait.is_some() => ModelFault::Busy { retry_after: hint.wait },
        408 | 409 | 500.. => ModelFault::Failed { status },
        _ => ModelFault::Refused { status, code },
    }
}

/// Codes of an account without money.
const USED_UP: [&str; 3] = ["insufficient_quota", "billing_error", "credit_balance_too_low"];

/// What an answer says about asking again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// It says that asking again is of no use.
    pub(crate) never: bool,
    /// How long to wait.
    pub(crate) wait: Option<Duration>,
}

/// The hints of the headers, in the order in which the providers' own clients believe them, and of the body.
pub(crate) fn hint(headers: &HeaderMap, body: &[u8]) -> Hint {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let millis = text("retry-after-ms").and_then(|text| text.parse().ok()).map(Duration::from_millis);
    let wait =
        millis.or_else(|| text("retry-after").and_then(|text| after(text, text_date(headers)))).or_else(|| delay(body));
    let never = text("x-should-retry") == Some("false") || wait.is_some_and(|wait| wait > LONGEST_WAIT);
    Hint { never, wait: wait.filter(|wait| *wait <= LONGEST_WAIT) }
}

fn text_date(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::DATE).and_then(|value| value.to_str().ok())
}

/// Seconds, or a date (RFC 9110, 10.2.3), which is compared with the server's own clock.
fn after(text: &str, now: Option<&str>) -> Option<Duration> {
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let now = jiff::fmt::rfc2822::parse(now?).ok()?.timestamp();
    Some(Duration::from_secs(u64::try_from(then.as_second() - now.as_second()).unwrap_or_default()))
}

/// Gemini's `retryDelay`, such as `"23s"`.
fn delay(body: &[u8]) -> Option<Duration> {
    let error = error_in(serde_json::from_slice(body).ok()?)?;
    let details = error.get("details")?.as_array()?;
    let text = details.iter().find_map(|one| one.get("retryDelay")?.as_str())?;
    Duration::try_from_secs_f64(text.strip_suffix('s')?.parse().ok()?).ok()
}

/// The error object of a body: `{"error":{…}}`, also as the only element of an array.
fn error_in(body: Value) -> Option<Value> {
    body.get(0).unwrap_or(&body).get("error").cloned()
}

/// The code in an error body, if there is one.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    code_in(&error_in(serde_json::from_slice(body).ok()?)?)
}

/// The fault behind an error that came where an event was expected.
pub(crate) fn in_stream(error: &Value) -> ModelFault {
    let code = code_in(error).unwrap_or_else(|| "unknown".to_owned());
    match code.as_str() {
        "overloaded_error" | "rate_limit_error" | "rate_limit_exceeded" | "RESOURCE_EXHAUSTED" => {
            ModelFault::Busy { retry_after: None }
        }
        "api_error" | "timeout_error" | "server_error" | "INTERNAL" | "UNAVAILABLE" => {
            ModelFault::Failed { status: 500 }
        }
        code if USED_UP.contains(&code) => ModelFault::UsedUp,
        _ => ModelFault::Refused { status: 200, code },
    }
}

/// Only the code and only its letters: the message may quote what was sent.
fn code_in(error: &Value) -> Option<String> {
    let code = ["code", "status", "type"].iter().find_map(|key| error.get(key)?.as_str())?;
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    Some(code.chars().filter(kept).take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn wait(pairs: &[(&'static str, &'static str)], body: &str) -> Option<Duration> {
        hint(&headers(pairs), body.as_bytes()).wait
    }

    #[test]
    fn every_way_to_say_wait_is_understood() {
        assert_eq!(wait(&[("retry-after-ms", "250"), ("retry-after", "9")], ""), Some(Duration::from_millis(250)));
        assert_eq!(wait(&[("retry-after", "7")], ""), Some(Duration::from_secs(7)));
        let dated = [("retry-after", "Sun, 22 Nov 2026 08:00:30 GMT"), ("date", "Sun, 22 Nov 2026 08:00:00 GMT")];
        assert_eq!(wait(&dated, ""), Some(Duration::from_secs(30)));
        let past = [("retry-after", "Sun, 22 Nov 2026 07:00:00 GMT"), ("date", "Sun, 22 Nov 2026 08:00:00 GMT")];
        assert_eq!(wait(&past, ""), Some(Duration::ZERO));
        let gemini = r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"23s"}]}}]"#;
        assert_eq!(wait(&[], gemini), Some(Duration::from_secs(23)));
        for noise in ["soon", "-1", "NaN", "1e99"] {
            assert_eq!(wait(&[("retry-after", noise)], "{}"), None, "{noise}");
        }
        assert!(hint(&headers(&[("retry-after", "3600")]), b"").never, "nobody waits for an hour");
        assert!(hint(&headers(&[("x-should-retry", "false")]), b"").never);
    }

    #[test]
    fn the_codes_of_all_providers_are_told_apart_and_their_messages_dropped() {
        let of = |text: &str| in_stream(&serde_json::from_str(text).unwrap());
        assert_eq!(
            of(r#"{"type":"overloaded_error","message":"you said: secret"}"#),
            ModelFault::Busy { retry_after: None }
        );
        assert_eq!(of(r#"{"code":500,"status":"INTERNAL"}"#), ModelFault::Failed { status: 500 });
        assert_eq!(
            of(r#"{"message":"You said: secret","code":"odd!"}"#),
            ModelFault::Refused { status: 200, code: "odd".into() }
        );
        let quota = error_code(br#"{"error":{"code":"insufficient_quota"}}"#);
        assert_eq!(from_status(429, Hint::default(), quota), ModelFault::UsedUp);
        assert_eq!(from_status(529, Hint::default(), None), ModelFault::Failed { status: 529 });
        assert!(ModelFault::Failed { status: 529 }.is_passing() && !ModelFault::UsedUp.is_passing());
    }
}
