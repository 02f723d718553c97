//! A bucket of any S3-compatible service: takes sealed archives, lists, gives back and deletes them. Signature version 4.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256, digest};
use aws_lc_rs::hmac;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures::StreamExt;
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode};
use thiserror::Error;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;

use crate::door::register::By;
use crate::{Door, Foreign, Recipient};

/// The name under which the service is declared at the door.
const DECLARED_AS: &str = "bucket for backups";
/// How much of a file is read at once.
const PIECE: usize = 256 * 1024;
/// The largest that the service takes in one piece.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;
/// How long the service may stay silent.
const SILENCE: Duration = Duration::from_secs(120);
/// The largest answer that is read into memory: a list of names.
const LARGEST_LIST: usize = 4 * 1024 * 1024;

/// Where the bucket is, and who we are there. Has no `Debug`: it holds a secret.
#[derive(Clone)]
pub struct BucketConfig {
    /// The service, such as `https://s3.eu-central-1.amazonaws.com`.
    pub endpoint: Url,
    /// The bucket.
    pub bucket: String,
    /// What our names begin with, such as `confidante/`.
    pub prefix: String,
    /// The region that signatures name.
    pub region: String,
    /// The public half of the key.
    pub access_key: String,
    /// The secret half of the key.
    pub secret_key: String,
}

/// Why the bucket did not do it.
#[derive(Debug, Error)]
pub enum BucketFault {
    /// The address is not one that may be reached.
    #[error("the address of the bucket may not be reached")]
    Address,
    /// No connection, or it broke.
    #[error("the bucket cannot be reached")]
    Unreachable,
    /// The service refused.
    #[error("the bucket answered {0}")]
    Refused(StatusCode),
    /// Our side.
    #[error("the file cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// Too much for one piece.
    #[error("the file is larger than 5 GiB, which the bucket does not take in one piece")]
    TooLarge,
    /// What came back cannot be understood.
    #[error("the answer of the bucket cannot be understood")]
    Answer,
}

/// The bucket.
#[derive(Clone)]
pub struct Bucket {
    door: Door,
    config: BucketConfig,
}

impl Foreign for Bucket {
    const RECIPIENT: Recipient = Recipient {
        name: Cow::Borrowed("the bucket the operator has configured for backups"),
        country: Cow::Borrowed("as configured"),
        purpose: Cow::Borrowed("essential.service.operations"),
        transfer: Cow::Borrowed("sealed archives only; the keys stay here"),
        contract: Cow::Borrowed("as configured"),
    };
}

/// What is signed besides the address.
struct Request<'a> {
    method: Method,
    name: &'a str,
    query: &'a [(&'a str, &'a str)],
    payload: String,
    at: jiff::Timestamp,
}

impl Bucket {
    /// The bucket that the operator's config names: declared by being named, also at a private address.
    pub fn of_operator(door: &Door, config: BucketConfig) -> Result<Self, BucketFault> {
        let door = door.towards(&config.endpoint, SILENCE).map_err(|_| BucketFault::Address)?;
        door.declare_provider(DECLARED_AS, &config.endpoint);
        Ok(Self { door, config })
    }

    /// Puts a file there under a name. It is read twice: once for the signature, which covers every byte.
    pub async fn put(&self, name: &str, file: &Path, at: jiff::Timestamp) -> Result<(), BucketFault> {
        let (payload, length) = fingerprint(file).await?;
        if length > LARGEST {
            return Err(BucketFault::TooLarge);
        }
        let request = self.request(Request { method: Method::PUT, name, query: &[], payload, at })?;
        let pieces = futures::stream::try_unfold(File::open(file).await?, async |mut file| {
            let mut piece = vec![0; PIECE];
            let read = file.read(&mut piece).await?;
            piece.truncate(read);
            Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
        });
        let request = request.header("content-length", length).body(Body::wrap_stream(pieces));
        self.send(request).await.map(|_| ())
    }

    /// Fetches a file; under another name until it is whole.
    pub async fn get(&self, name: &str, to: &Path, at: jiff::Timestamp) -> Result<(), BucketFault> {
        let request = Request { method: Method::GET, name, query: &[], payload: empty(), at };
        let mut pieces = self.send(self.request(request)?).await?.bytes_stream();
        let part: PathBuf = to.with_extension("part");
        let mut file = File::create(&part).await?;
        while let Some(piece) = pieces.next().await {
            file.write_all(&piece.map_err(|_| BucketFault::Unreachable)?).await?;
        }
        file.sync_all().await?;
        Ok(tokio::fs::rename(part, to).await?)
    }

    /// The names of our files there.
    pub async fn names(&self, at: jiff::Timestamp) -> Result<Vec<String>, BucketFault> {
        let mut names: Vec<String> = Vec::new();
        loop {
            let after = names.last().map(|name| format!("{}{name}", self.config.prefix)).unwrap_or_default();
            let mut query = vec![("list-type", "2"), ("prefix", self.config.prefix.as_str())];
            if !after.is_empty() {
                query.push(("start-after", &after));
            }
            let request = Request { method: Method::GET, name: "", query: &query, payload: empty(), at };
            let response = self.send(self.request(request)?).await?;
            let body = crate::door::body::read(response, LARGEST_LIST).await.map_err(|_| BucketFault::Answer)?;
            let body = String::from_utf8(body.to_vec()).map_err(|_| BucketFault::Answer)?;
            let before = names.len();
            names.extend(listed(&body, &self.config.prefix));
            if !body.contains("<IsTruncated>true</IsTruncated>") || names.len() == before {
                return Ok(names);
            }
        }
    }

    /// Deletes a file; one that is not there is no fault.
    pub async fn delete(&self, name: &str, at: jiff::Timestamp) -> Result<(), BucketFault> {
        let request = Request { method: Method::DELETE, name, query: &[], payload: empty(), at };
        match self.send(self.request(request)?).await {
            Ok(_) | Err(BucketFault::Refused(StatusCode::NOT_FOUND)) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, BucketFault> {
        let response = request.send().await.map_err(|_| BucketFault::Unreachable)?;
        if response.status().is_success() { Ok(response) } else { Err(BucketFault::Refused(response.status())) }
    }

    /// A signed request.
    fn request(&self, what: Request<'_>) -> Result<RequestBuilder, BucketFault> {
        let BucketConfig { endpoint, bucket, prefix, region, access_key, secret_key } = &self.config;
        let key = if what.name.is_empty() { String::new() } else { format!("/{prefix}{}", what.name) };
        let path = format!("/{}", escaped(&format!("{bucket}{key}"), true));
        let mut query: Vec<String> = what
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name, false), escaped(value, false)))
            .collect();
        query.sort();
        let query = query.join("&");
        let mut url = endpoint.clone();
        url.set_path(&path);
        url.set_query(Some(&query).filter(|query| !query.is_empty()).map(String::as_str));
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(BucketFault::Address),
        };
        let (day, moment) = (what.at.strftime("%Y%m%d").to_string(), what.at.strftime("%Y%m%dT%H%M%SZ").to_string());
        let headers = format!("host:{host}\nx-amz-content-sha256:{}\nx-amz-date:{moment}\n", what.payload);
        let names = "host;x-amz-content-sha256;x-amz-date";
        let canonical = format!("{}\n{path}\n{query}\n{headers}\n{names}\n{}", what.method, what.payload);
        let scope = format!("{day}/{region}/s3/aws4_request");
        let hashed = HEXLOWER.encode(digest(&SHA256, canonical.as_bytes()).as_ref());
        let text = format!("AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashed}");
        let signature = HEXLOWER.encode(&signature(secret_key, [&day, region], &text));
        let credential =
            format!("AWS4-HMAC-SHA256 Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}");
        let client = self.door.client_for(&url, By::Provider(DECLARED_AS)).map_err(|_| BucketFault::Address)?;
        let request = client.request(what.method, url).header("authorization", credential);
        Ok(request.header("x-amz-date", moment).header("x-amz-content-sha256", what.payload))
    }
}

/// The key of a signature is derived step by step: day, region, service.
fn signature(secret: &str, [day, region]: [&str; 2], text: &str) -> Vec<u8> {
    let step = |key: &[u8], words: &str| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), words.as_bytes()).as_ref().to_vec()
    };
    let begin = format!("AWS4{secret}").into_bytes();
    [day, region, "s3", "aws4_request", text].into_iter().fold(begin, |key, words| step(&key, words))
}

fn empty() -> String {
    HEXLOWER.encode(digest(&SHA256, b"").as_ref())
}

async fn fingerprint(file: &Path) -> Result<(String, u64), BucketFault> {
    let mut file = File::open(file).await?;
    let (mut context, mut length, mut piece) = (Context::new(&SHA256), 0, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece).await?;
        if read == 0 {
            return Ok((HEXLOWER.encode(context.finish().as_ref()), length));
        }
        context.update(piece.get(..read).unwrap_or_default());
        length += read as u64;
    }
}

/// Percent-encoding as the signature wants it: all but letters, digits and `-._~`; a path keeps its slashes.
fn escaped(text: &str, path: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            b'/' if path => escaped.push('/'),
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

/// The names between `<Key>` and `</Key>`: ours are plain letters, so nothing in them is escaped.
fn listed<'a>(body: &'a str, prefix: &'a str) -> impl Iterator<Item = String> + 'a {
    let keys = body.split("<Key>").skip(1).filter_map(|rest| rest.split_once("</Key>").map(|(key, _)| key));
    keys.filter_map(move |key| key.strip_prefix(prefix)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the service's own documentation ("GET Object" with a range left out is not given; this is "GET Bucket
    /// Lifecycle"): date 20130524, region us-east-1.
    #[test]
    fn signatures_are_those_of_the_documentation() {
        let canonical = "GET\n/\nlifecycle=\nhost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let hashed = HEXLOWER.encode(digest(&SHA256, canonical.as_bytes()).as_ref());
        assert_eq!(hashed, "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca");
        let text = format!("AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n{hashed}");
        let signed = signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ["20130524", "us-east-1"], &text);
        assert_eq!(HEXLOWER.encode(&signed), "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    #[test]
    fn names_are_found_in_a_list() {
        let body = "<ListBucketResult><Contents><Key>c/data-1.cfd</Key></Contents><Contents><Key>other</Key></Contents></ListBucketResult>";
        assert_eq!(listed(body, "c/").collect::<Vec<_>>(), vec!["data-1.cfd"]);
    }
}
