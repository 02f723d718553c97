//! What a fetch brought home.

use bytes::Bytes;
use reqwest::header::{self, HeaderMap, HeaderName};
use url::Url;

/// An answer, whatever its status: 304 and 404 are answers too.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Where it finally came from.
    pub final_url: Url,
    /// The HTTP status.
    pub status: u16,
    /// The few headers anyone needs.
    pub headers: Headers,
    /// The body, decompressed.
    pub body: Bytes,
}

/// The headers that are kept; all others are forgotten at the door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// `Content-Type`, as sent.
    pub content_type: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// `Link`, for canonical addresses.
    pub link: Option<String>,
    /// `X-Robots-Tag`.
    pub robots: Option<String>,
    /// `Retry-After`.
    pub retry_after: Option<String>,
}

impl Headers {
    pub(crate) fn from_map(map: &HeaderMap) -> Self {
        Self {
            content_type: text(map, header::CONTENT_TYPE),
            etag: text(map, header::ETAG),
            last_modified: text(map, header::LAST_MODIFIED),
            link: text(map, header::LINK),
            robots: text(map, HeaderName::from_static("x-robots-tag")),
            retry_after: text(map, header::RETRY_AFTER),
        }
    }

    /// The media type in lower case without its parameters: `text/html`.
    pub fn media_type(&self) -> Option<String> {
        let whole = self.content_type.as_deref()?;
        Some(whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The `charset` parameter of the content type.
    pub fn charset(&self) -> Option<String> {
        let whole = self.content_type.as_deref()?;
        let parameter = whole.split(';').skip(1).map(str::trim).find_map(|one| {
            let (name, value) = one.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then_some(value)
        })?;
        Some(parameter.trim().trim_matches('"').to_ascii_lowercase())
    }
}

fn text(map: &HeaderMap, name: HeaderName) -> Option<String> {
    map.get(name)?.to_str().ok().map(|value| value.chars().take(1_000).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_is_taken_apart() {
        let headers = Headers { content_type: Some("Text/HTML; x=1; Charset=\"UTF-8\"".into()), ..Headers::default() };
        assert_eq!(headers.media_type().as_deref(), Some("text/html"));
        assert_eq!(headers.charset().as_deref(), Some("utf-8"));
        assert_eq!(Headers::default().media_type(), None);
    }
}
