//! Language models behind an OpenAI-compatible endpoint (chat completions, streamed). Only `Masked` text is accepted,
//! and the ledger knows of it before the first byte leaves.

mod answer;
mod config;
mod fault;
mod sse;
mod wire;

use std::borrow::Cow;

use futures::stream::BoxStream;
use masking::{Masked, Prompt};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use url::Url;

pub use config::{ApiKey, Dialect, Limits, ModelConfig, ModelConfigFault};
pub use fault::ModelFault;
pub use wire::readable;

use crate::{Disclosure, Door, Foreign, Ledger, Recipient};

/// A piece of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// The next words; may be empty.
    pub text: String,
    /// Set in the piece that ends the answer.
    pub end: Option<End>,
}

/// How an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The model had said everything.
    Complete,
    /// The model was cut off at its longest answer.
    Cut,
}

/// An answer on its way. Dropping it closes the connection, which stops the model.
pub type Answer = BoxStream<'static, Result<Chunk, ModelFault>>;

/// A configured model.
#[derive(Clone)]
pub struct Client {
    door: Door,
    endpoint: Url,
    headers: HeaderMap,
    config: std::sync::Arc<ModelConfig>,
}

impl Foreign for Client {
    const RECIPIENT: Recipient = Recipient {
        name: Cow::Borrowed("the language model the operator has configured"),
        country: Cow::Borrowed("as configured"),
        purpose: Cow::Borrowed("essential.service.operations.support"),
        transfer: Cow::Borrowed("as configured"),
        contract: Cow::Borrowed("as configured"),
    };
}

impl Client {
    /// A client that goes through `door`. The operator's config names the endpoint, so it may be a private address.
    pub fn new(door: &Door, config: ModelConfig) -> Result<Self, ModelConfigFault> {
        let endpoint = config.endpoint()?;
        let door = door.towards(&endpoint, config.limits.silence)?;
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/event-stream"));
        if let Some(key) = &config.api_key {
            headers.insert(header::AUTHORIZATION, key.header()?);
        }
        Ok(Self { door, endpoint, headers, config: std::sync::Arc::new(config) })
    }

    /// Who receives what is sent here.
    pub fn recipient(&self) -> &Recipient {
        &self.config.recipient
    }

    /// The name of the model.
    pub fn model(&self) -> &str {
        &self.config.model
    }

    /// Asks the model. Records the transfer first; a transfer that cannot be recorded does not take place.
    pub async fn stream(&self, prompt: Masked<Prompt>, ledger: &dyn Ledger) -> Result<Answer, ModelFault> {
        let limits = self.config.limits;
        let deadline = tokio::time::Instant::now() + limits.total;
        let body = wire::request(&self.config, &prompt);
        let disclosure = Disclosure::of(&self.config.recipient, body.clone());
        ledger.record(disclosure).await.map_err(|_| ModelFault::NotRecorded)?;
        let client = self.door.client_for(&self.endpoint).map_err(|_| ModelFault::Unreachable)?;
        let sending = client.post(self.endpoint.clone()).headers(self.headers.clone()).body(body).send();
        let response = tokio::time::timeout_at(deadline, sending).await.map_err(|_| ModelFault::TimedOut)??;
        if response.status() != StatusCode::OK {
            return Err(refused(response, deadline).await);
        }
        Ok(answer::read(response, deadline, limits.max_bytes))
    }
}

/// The largest error body that is looked at.
const LARGEST_REFUSAL: usize = 16 * 1024;

async fn refused(response: Response, deadline: tokio::time::Instant) -> ModelFault {
    let status = response.status().as_u16();
    let hint = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let reading = crate::door::body::read(response, LARGEST_REFUSAL);
    let body = tokio::time::timeout_at(deadline, reading).await.ok().and_then(Result::ok).unwrap_or_default();
    fault::from_status(status, hint, wire::error_code(&body))
}
