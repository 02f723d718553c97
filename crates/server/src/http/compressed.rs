//! Serves one embedded file in the smallest form the client understands, cached for as long as its name promises.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use rust_embed::RustEmbed;

/// The built front end.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
pub struct Built;

/// How long a file may be kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Its name changes with its content.
    Forever,
    /// Asked for anew each time, answered with 304 when unchanged.
    Check,
    /// A few minutes: the launcher's name never changes and it is on every page of a shop.
    Minutes,
}

/// The file at `path`, or nothing.
pub fn serve(path: &str, wanted: &HeaderMap, keep: Keep) -> Option<Response> {
    let plain = Built::get(path)?;
    let tag = format!("\"{}\"", BASE64URL_NOPAD.encode(plain.metadata.sha256_hash().get(..12)?));
    let (bytes, encoding) = smallest(path, wanted).unwrap_or((plain.data, None));
    let fresh = wanted.get(header::IF_NONE_MATCH).is_some_and(|seen| seen == tag.as_str());
    let mut response = match fresh {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Body::from(bytes).into_response(),
    };
    let kept = match keep {
        Keep::Forever => "public, max-age=31536000, immutable",
        Keep::Check => "no-cache",
        Keep::Minutes => "public, max-age=300",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding.filter(|_| !fresh) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

type Form = (Cow<'static, [u8]>, Option<&'static str>);

fn smallest(path: &str, wanted: &HeaderMap) -> Option<Form> {
    let accepted = accepted(wanted);
    [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| accepted.contains(name))
        .find_map(|(name, tail)| Built::get(&format!("{path}{tail}")).map(|file| (file.data, Some(name))))
}

/// The encodings the client accepts; `q=0` means no.
fn accepted(wanted: &HeaderMap) -> Vec<&str> {
    let lines = wanted.get_all(HeaderName::from_static("accept-encoding")).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .filter_map(|word| {
            let (name, weight) = word.split_once(';').unwrap_or((word, "q=1"));
            let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
            (!refused).then(|| name.trim())
        })
        .collect()
}

/// The media type of a file by its ending.
pub fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_with_weight_zero_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0.5, br;q=0, identity"));
        assert_eq!(accepted(&headers), ["gzip", "identity"]);
    }
}
