//! Fetches a page for the crawler, following redirects on our own feet so that each step is judged.

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use url::Url;

use super::Door;
use super::body;
use super::fetched::{Fetched, Headers};
use super::refusal::FetchRefusal;
use super::register::By;

/// What to fetch and what to put up with.
#[derive(Clone, Debug)]
pub struct FetchRequest {
    /// The address.
    pub url: Url,
    /// The `ETag` of the version we have: an unchanged page comes back as 304 without a body.
    pub etag: Option<String>,
    /// The `Last-Modified` of the version we have.
    pub last_modified: Option<String>,
    /// The largest body, after decompression.
    pub max_bytes: usize,
    /// Media types to accept in a successful answer (`text/html`, or `text/` for a family); empty for all.
    pub types: Vec<String>,
    /// Whether a redirect to another host is refused instead of followed.
    pub stay_on_host: bool,
}

impl FetchRequest {
    /// A request for anything of up to 8 MiB.
    pub fn new(url: Url) -> Self {
        let max_bytes = 8 * 1024 * 1024;
        Self { url, etag: None, last_modified: None, max_bytes, types: Vec::new(), stay_on_host: false }
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let known = [(header::IF_NONE_MATCH, &self.etag), (header::IF_MODIFIED_SINCE, &self.last_modified)];
        for (name, value) in known {
            if let Some(value) = value.as_deref().and_then(|text| HeaderValue::from_str(text).ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }

    fn accepts(&self, headers: &Headers) -> Result<(), FetchRefusal> {
        // A server that does not say what it sends is given the benefit of the doubt: the reader looks at the bytes.
        let Some(offered) = headers.media_type() else { return Ok(()) };
        let matches = |wanted: &String| {
            if wanted.ends_with('/') { offered.starts_with(wanted.as_str()) } else { offered == *wanted }
        };
        if self.types.is_empty() || self.types.iter().any(matches) {
            return Ok(());
        }
        Err(FetchRefusal::WrongType { offered })
    }
}

impl Door {
    /// Fetches a page. Every hop is judged anew; nothing private is reached, nothing grows beyond the limits.
    pub async fn fetch(&self, request: FetchRequest) -> Result<Fetched, FetchRefusal> {
        tokio::time::timeout(self.config.total_timeout, self.follow(request))
            .await
            .unwrap_or(Err(FetchRefusal::TimedOut))
    }

    async fn follow(&self, request: FetchRequest) -> Result<Fetched, FetchRefusal> {
        let mut url = request.url.clone();
        for _ in 0..=self.config.max_redirects {
            url.set_fragment(None);
            let response =
                self.client_for(&url, By::Source)?.get(url.clone()).headers(request.headers()).send().await?;
            let Some(next) = next_hop(&url, &response)? else {
                return arrive(url, response, &request).await;
            };
            if request.stay_on_host && next.host_str() != request.url.host_str() {
                return Err(FetchRefusal::Elsewhere { to: next.to_string() });
            }
            self.sent_on(&url, &next);
            url = next;
        }
        Err(FetchRefusal::TooManyRedirects)
    }
}

/// Where a redirect leads, if the answer is one.
fn next_hop(from: &Url, response: &Response) -> Result<Option<Url>, FetchRefusal> {
    let redirects = [301, 302, 303, 307, 308].contains(&response.status().as_u16());
    let Some(location) = response.headers().get(header::LOCATION).filter(|_| redirects) else { return Ok(None) };
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| FetchRefusal::Broken)?;
    from.join(location).map(Some).map_err(|_| FetchRefusal::Broken)
}

async fn arrive(final_url: Url, response: Response, request: &FetchRequest) -> Result<Fetched, FetchRefusal> {
    let status = response.status();
    let headers = Headers::from_map(response.headers());
    if status.is_success() {
        request.accepts(&headers)?;
    }
    let limit = if status == StatusCode::NOT_MODIFIED { 0 } else { request.max_bytes };
    let body = body::read(response, limit).await?;
    Ok(Fetched { final_url, status: status.as_u16(), headers, body })
}
