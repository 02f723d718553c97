//! Documents that anybody can check: canonical JSON with the installation's signature inside.

use data_encoding::BASE64;
use serde_json::Value as Json;
use thiserror::Error;

use crate::canonical::canonical;

/// Why a signed document is not what it claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unsigned {
    /// Not of the expected format.
    #[error("it is not a document of a kind and version that this program knows")]
    Format,
    /// The signature does not fit.
    #[error("its signature does not fit: it was changed, or never signed by this key")]
    Altered,
    /// A valid signature of somebody else.
    #[error("it was signed with another key than the one expected")]
    AnotherSigner,
}

/// Checks format and signature; answers with the signer's public key (base64). `expected` is that key where it is known.
pub(crate) fn check(document: &Json, format: &str, expected: Option<&str>) -> Result<String, Unsigned> {
    if document.get("format").and_then(Json::as_str) != Some(format) {
        return Err(Unsigned::Format);
    }
    let mut document = document.clone();
    let signature = document.get_mut("signature").and_then(Json::as_object_mut).ok_or(Unsigned::Format)?;
    let value = signature.remove("value").ok_or(Unsigned::Format)?;
    let key = signature.get("public_key").and_then(Json::as_str).ok_or(Unsigned::Format)?.to_owned();
    let decode = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| Unsigned::Altered);
    let value = decode(value.as_str().ok_or(Unsigned::Format)?)?;
    if !vault::verify(&decode(&key)?, canonical(&document).as_bytes(), &value) {
        return Err(Unsigned::Altered);
    }
    match expected {
        Some(expected) if expected.trim() != key => Err(Unsigned::AnotherSigner),
        _ => Ok(key),
    }
}
