//! Language models: OpenAI, Anthropic, Gemini and every compatible server. Only `Masked` text is accepted, the ledger knows
//! of it before the first byte leaves, and the door lets through only to a host that an active recipient declares.

mod answer;
mod anthropic;
mod ask;
mod chat;
mod config;
mod dialect;
mod embedding;
mod fault;
mod gemini;
mod lineup;
mod meter;
mod readable;
mod responses;
mod sse;

use std::borrow::Cow;
use std::sync::Arc;

use futures::stream::{BoxStream, StreamExt};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use url::Url;

pub use ask::{Argument, Ask, Call, Round, Said, Shape, Tool};
pub use config::{ApiKey, Dialect, Limits, ModelConfig, ModelConfigFault};
pub use embedding::Side;
pub use fault::ModelFault;
pub use lineup::{Begun, Lineup, NobodyAnswered, Patience};
pub use meter::{Meter, Spent};
pub use readable::readable;

use crate::door::register::By;
use crate::{Disclosure, Door, Foreign, Ledger, Recipient};

/// A piece of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chunk {
    /// The next words; may be empty.
    pub text: String,
    /// What the answer has cost so far, as the provider counts.
    pub usage: Option<Usage>,
    /// Set in the piece that ends the answer.
    pub end: Option<End>,
}

/// Tokens, as the provider counts them. The latest count of an answer is the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// What was sent.
    pub input: u64,
    /// What came back.
    pub output: u64,
}

/// How an answer ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// The model had said everything.
    Complete,
    /// The model was cut off at its longest answer.
    Cut,
    /// The model proposes to use tools first.
    Calls(Said),
}

/// An answer on its way. Dropping it closes the connection, which stops the model.
pub type Answer = BoxStream<'static, Result<Chunk, ModelFault>>;

/// A configured model.
#[derive(Clone)]
pub struct Client {
    door: Door,
    endpoint: Url,
    headers: HeaderMap,
    config: Arc<ModelConfig>,
    health: Arc<lineup::Health>,
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
    /// A client that goes through `door`, which must let it pass: see [`Client::declare`].
    pub fn new(door: &Door, config: ModelConfig) -> Result<Self, ModelConfigFault> {
        let endpoint = config.endpoint()?;
        let mut headers = config.dialect.headers(&config)?;
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/event-stream"));
        Ok(Self { door: door.clone(), endpoint, headers, config: Arc::new(config), health: Arc::default() })
    }

    /// A client for the model that the operator's config names: it may be at a private address, and it is declared by being
    /// named.
    pub fn of_operator(door: &Door, config: ModelConfig) -> Result<Self, ModelConfigFault> {
        let silence = config.limits.first_byte.max(config.limits.silence);
        let door = door.towards(&config.endpoint()?, silence)?;
        let client = Self::new(&door, config)?;
        client.declare();
        Ok(client)
    }

    /// Declares the recipient at the door: from now on it can be reached.
    pub fn declare(&self) {
        self.door.declare_provider(&self.config.declared_as, &self.endpoint);
    }

    /// Who receives what is sent here.
    pub fn recipient(&self) -> &Recipient {
        &self.config.recipient
    }

    /// The name of the model.
    pub fn model(&self) -> &str {
        &self.config.model
    }

    /// The name under which it is declared at the door.
    pub fn declared_as(&self) -> &str {
        &self.config.declared_as
    }

    /// Asks the model. Records the transfer first; a transfer that cannot be recorded does not take place. What it costs is
    /// to be read from the meter of the ask, also where nobody reads the answer to its end.
    pub async fn stream(&self, ask: &Ask, ledger: &dyn Ledger) -> Result<Answer, ModelFault> {
        let limits = self.config.limits;
        let deadline = Instant::now() + limits.total;
        let body = self.config.dialect.request(&self.config, ask).to_string();
        let call = ask.meter.begin(&self.config.declared_as, ask.bytes());
        let sent = self.send(&self.endpoint, body, ledger, deadline).await;
        let response = sent.inspect_err(|fault| call.failed(fault))?;
        let answer = answer::read(response, self.config.dialect.reader(ask), deadline, limits);
        Ok(answer.inspect(move |piece| piece.iter().for_each(|chunk| call.came(chunk))).boxed())
    }

    /// The one way out: firewall, ledger, then the bytes.
    async fn send(
        &self,
        endpoint: &Url,
        body: String,
        ledger: &dyn Ledger,
        deadline: Instant,
    ) -> Result<Response, ModelFault> {
        let client =
            self.door.client_for(endpoint, By::Provider(&self.config.declared_as)).map_err(
                |refusal| match refusal {
                    crate::FetchRefusal::NotDeclared => ModelFault::NotDeclared,
                    _ => ModelFault::Unreachable,
                },
            )?;
        let disclosure = Disclosure::of(&self.config.recipient, body.clone());
        ledger.record(disclosure).await.map_err(|_| ModelFault::NotRecorded)?;
        let deadline = deadline.min(Instant::now() + self.config.limits.first_byte);
        let sending = client.post(endpoint.clone()).headers(self.headers.clone()).body(body).send();
        let response = tokio::time::timeout_at(deadline, sending).await.map_err(|_| ModelFault::TimedOut)??;
        if response.status() != StatusCode::OK {
            return Err(refused(response, deadline).await);
        }
        Ok(response)
    }
}

/// The largest error body that is looked at.
const LARGEST_REFUSAL: usize = 16 * 1024;

async fn refused(response: Response, deadline: Instant) -> ModelFault {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let reading = crate::door::body::read(response, LARGEST_REFUSAL);
    let body = tokio::time::timeout_at(deadline, reading).await.ok().and_then(Result::ok).unwrap_or_default();
    fault::from_status(status, fault::hint(&headers, &body), fault::error_code(&body))
}
