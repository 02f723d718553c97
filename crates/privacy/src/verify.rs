//! Checks a receipt offline: needs the file and nothing else; with the installation's public key also who signed it.

use data_encoding::BASE64;
use model::Moment;
use serde_json::Value as Json;
use thiserror::Error;

use crate::canonical::canonical;
use crate::leave::CERTIFICATE as DEPARTURE;
use crate::receipt::FORMAT;
use crate::signed::{self, Unsigned};

/// What a valid receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The id of the erasure.
    pub erasure: String,
    /// The organisation's name.
    pub organisation: String,
    /// Keyed fingerprint of the person.
    pub fingerprint: String,
    /// When it was done.
    pub finished_at: Moment,
    /// What was erased, and how many.
    pub erased: Vec<(String, u64)>,
    /// How many tables the sweep looked through.
    pub tables: u64,
    /// Cells in which the sweep found something.
    pub found: u64,
    /// The signer's public key, base64: compare it with the one the organisation publishes.
    pub public_key: String,
}

/// Why a receipt is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Invalid {
    /// Not JSON.
    #[error("this file is not JSON")]
    NotJson,
    /// JSON, but not a receipt of this format.
    #[error("this file is not an erasure receipt of a version this program knows")]
    NotReceipt,
    /// The signature does not fit the contents.
    #[error("the signature does not fit: the receipt was changed, or never signed by this key")]
    Altered,
    /// A valid signature of somebody else.
    #[error("the receipt was signed with another key than the one expected")]
    AnotherSigner,
}

/// Checks the signature of a receipt; `expected` is the installation's public key (base64), where it is known.
pub fn receipt(text: &str, expected: Option<&str>) -> Result<Verified, Invalid> {
    let mut receipt: Json = serde_json::from_str(text).map_err(|_| Invalid::NotJson)?;
    if receipt.get("format").and_then(Json::as_str) != Some(FORMAT) {
        return Err(Invalid::NotReceipt);
    }
    let signature = receipt.get_mut("signature").and_then(Json::as_object_mut).ok_or(Invalid::NotReceipt)?;
    let value = signature.remove("value").ok_or(Invalid::NotReceipt)?;
    let key = signature.get("public_key").and_then(Json::as_str).ok_or(Invalid::NotReceipt)?.to_owned();
    let decode = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| Invalid::Altered);
    let signature = decode(value.as_str().ok_or(Invalid::NotReceipt)?)?;
    if !vault::verify(&decode(&key)?, canonical(&receipt).as_bytes(), &signature) {
        return Err(Invalid::Altered);
    }
    if expected.is_some_and(|expected| expected.trim() != key) {
        return Err(Invalid::AnotherSigner);
    }
    summary(&receipt, key).ok_or(Invalid::NotReceipt)
}

fn summary(receipt: &Json, public_key: String) -> Option<Verified> {
    let text = |path: &str| receipt.pointer(path).and_then(Json::as_str).map(str::to_owned);
    let erased = receipt.get("erased")?.as_array()?.iter();
    let erased = erased.map(|line| Some((line.get("what")?.as_str()?.to_owned(), line.get("count")?.as_u64()?)));
    Some(Verified {
        erasure: text("/erasure")?,
        organisation: text("/organisation/name")?,
        fingerprint: text("/person/fingerprint")?,
        finished_at: Moment::from_millis(receipt.get("finished_at")?.as_i64()?),
        erased: erased.collect::<Option<_>>()?,
        tables: u64::try_from(receipt.pointer("/sweep/tables")?.as_array()?.len()).ok()?,
        found: receipt.pointer("/sweep/found")?.as_u64()?,
        public_key,
    })
}

/// What a valid certificate of an organisation's end says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    /// The id of the organisation.
    pub organisation: String,
    /// When it was done.
    pub finished_at: Moment,
    /// What was erased, and how many.
    pub erased: Vec<(String, u64)>,
    /// Cells in which the second hand found something.
    pub found: u64,
    /// The signer's public key, base64.
    pub public_key: String,
}

/// Checks the certificate of an organisation's end; `expected` is the installation's public key (base64), where it is known.
pub fn certificate(text: &str, expected: Option<&str>) -> Result<Departed, Invalid> {
    let document: Json = serde_json::from_str(text).map_err(|_| Invalid::NotJson)?;
    let public_key = signed::check(&document, DEPARTURE, expected).map_err(|why| match why {
        Unsigned::Format => Invalid::NotReceipt,
        Unsigned::Altered => Invalid::Altered,
        Unsigned::AnotherSigner => Invalid::AnotherSigner,
    })?;
    departed(&document, public_key).ok_or(Invalid::NotReceipt)
}

fn departed(document: &Json, public_key: String) -> Option<Departed> {
    let erased = document.get("erased")?.as_array()?.iter();
    let erased = erased.map(|line| Some((line.get("what")?.as_str()?.to_owned(), line.get("count")?.as_u64()?)));
    Some(Departed {
        organisation: document.get("organisation")?.as_str()?.to_owned(),
        finished_at: Moment::from_millis(document.get("finished_at")?.as_i64()?),
        erased: erased.collect::<Option<_>>()?,
        found: document.pointer("/sweep/found")?.as_u64()?,
        public_key,
    })
}
