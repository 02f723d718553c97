//! Reads what a client sends: JSON bodies, queries and ids in paths; what is malformed is refused with one clear sentence.

use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use model::{Kind, Refusal};
use serde::de::DeserializeOwned;

use super::error::{Problem, too_large};

/// A JSON body of this shape. Comes last among a route's arguments, so that strangers learn nothing about shapes.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok())) {
            return Err(Refusal::new(Kind::UnsupportedType, "Send the body as application/json.").into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(),
                _ => Refusal::invalid("The body ended before it was complete."),
            }
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::invalid("The body is not valid UTF-8."))?;
        Ok(Self(serde_json::from_str(text).map_err(|error| malformed(text, &error))?))
    }
}

fn is_json(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// Says where the JSON is wrong without repeating what the client sent.
fn malformed(text: &str, error: &serde_json::Error) -> Refusal {
    let (line, column) = (error.line(), error.column());
    let words = error.to_string();
    // A number where a word is expected counts as a wrong syntax for the parser, but it is JSON all the same.
    match serde_json::from_str::<serde_json::Value>(text).is_ok() {
        // Only this message of serde_json names nothing but a field of ours.
        true if words.starts_with("missing field `") => {
            let field = words.split('`').nth(1).unwrap_or_default().to_owned();
            Refusal::invalid(format!("The field {field} is missing."))
        }
        true => Refusal::invalid(format!(
            "The JSON has an unknown field or a value of a wrong type at line {line}, column {column}."
        )),
        false => Refusal::invalid(format!("The body is not valid JSON at line {line}, column {column}.")),
    }
}

/// The query of the address.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if !decodes(parts.uri.query().unwrap_or_default()) {
            return Err(Refusal::invalid("The query of the address is not valid UTF-8.").into());
        }
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|_| Refusal::invalid("The query of the address has a missing or wrong value.").into())
    }
}

/// Whether the percent-encoded text is valid UTF-8 once decoded; the usual decoders replace what is not.
fn decodes(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let digits = [bytes.next(), bytes.next()].map(|digit| digit.and_then(|digit| char::from(digit).to_digit(16)));
        let [Some(high), Some(low)] = digits else { return false };
        plain.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    std::str::from_utf8(&plain).is_ok()
}

/// The one id in the path. What is no id of this kind is unknown, like any other.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Refusal::not_found())?;
        text.parse().map(Self).map_err(|_| Refusal::not_found().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_must_decode_to_text() {
        for good in ["", "q=abc", "q=%C3%BC&x=1", "q=%e2%82%ac"] {
            assert!(decodes(good), "{good}");
        }
        for bad in ["q=%ff", "q=%C3", "q=%zz", "q=%4"] {
            assert!(!decodes(bad), "{bad}");
        }
    }

    #[test]
    fn a_refusal_of_json_never_repeats_the_value() {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            #[expect(dead_code, reason = "only its presence matters here")]
            name: String,
        }
        for (text, said) in [
            ("{}", "The field name is missing."),
            ("{\"name\": 5}", "wrong type"),
            ("{\"secret-word\": 1}", "unknown field"),
            ("{", "not valid JSON"),
        ] {
            let Err(error) = serde_json::from_str::<Shape>(text) else { panic!("accepted {text}") };
            let refusal = malformed(text, &error);
            assert!(refusal.sentence.contains(said), "{}", refusal.sentence);
            assert!(!refusal.sentence.contains("secret-word"));
        }
    }
}
