//! How a model is reached, and within which bounds.

use std::time::Duration;

use reqwest::header::HeaderValue;
use url::Url;

use crate::{DoorFault, Recipient};

/// The key for the provider. Not printable.
///
/// ```compile_fail
/// println!("{:?}", outside::model::ApiKey::new("sk-secret"));
/// ```
/// ```compile_fail
/// println!("{}", outside::model::ApiKey::new("sk-secret"));
/// ```
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// Takes the key as it was given.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    pub(crate) fn header(&self, scheme: &str) -> Result<HeaderValue, ModelConfigFault> {
        let mut value =
            HeaderValue::from_str(&format!("{scheme}{}", self.0.trim())).map_err(|_| ModelConfigFault::Key)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Which protocol the endpoint speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAI's Chat Completions; `store: false` is always sent.
    #[default]
    OpenAi,
    /// Chat Completions as every compatible server knows them: for servers that refuse unknown words and keep nothing.
    Plain,
    /// OpenAI's Responses; `store: false` is always sent.
    Responses,
    /// Anthropic's Messages.
    Anthropic,
    /// Gemini's generateContent.
    Gemini,
}

/// Bounds of one answer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long the server may take to begin its answer.
    pub first_byte: Duration,
    /// How long the server may stay silent between two pieces.
    pub silence: Duration,
    /// How long an answer may take altogether.
    pub total: Duration,
    /// How many bytes the server may send.
    pub max_bytes: usize,
    /// How many tokens the model is asked to stay within.
    pub max_tokens: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let (silence, total) = (Duration::from_secs(30), Duration::from_secs(120));
        Self { first_byte: Duration::from_secs(60), silence, total, max_bytes: 4 * 1024 * 1024, max_tokens: 600 }
    }
}

/// A model, as the operator's config describes it. Holds the key, so it is not printable either.
pub struct ModelConfig {
    /// The name under which it is declared at the door, such as the provider's id.
    pub declared_as: String,
    /// Up to and without `/chat/completions`: `https://api.example.com/v1`.
    pub base_url: String,
    /// The key, if the server wants one.
    pub api_key: Option<ApiKey>,
    /// The name of the model.
    pub model: String,
    /// Who the operator says receives the words, where, and under which contract.
    pub recipient: Recipient,
    /// Which words the endpoint understands.
    pub dialect: Dialect,
    /// Bounds.
    pub limits: Limits,
}

impl ModelConfig {
    /// A model with the usual bounds and without a key.
    pub fn new(base_url: impl Into<String>, model: impl Into<String>, recipient: Recipient) -> Self {
        let (dialect, limits) = (Dialect::default(), Limits::default());
        let declared_as = "operator".to_owned();
        Self { declared_as, base_url: base_url.into(), api_key: None, model: model.into(), recipient, dialect, limits }
    }

    /// How many tokens this question may be answered with.
    pub(crate) fn tokens(&self, ask: &super::Ask) -> u32 {
        ask.max_tokens.map_or(self.limits.max_tokens, |wanted| wanted.min(self.limits.max_tokens))
    }

    /// Where questions are sent.
    pub(crate) fn endpoint(&self) -> Result<Url, ModelConfigFault> {
        let (path, query) = self.dialect.path(&self.model);
        self.address(&path, query)
    }

    /// The base with this path behind it.
    pub(crate) fn address(&self, path: &[String], query: Option<&str>) -> Result<Url, ModelConfigFault> {
        let mut endpoint = Url::parse(self.base_url.trim()).map_err(|_| ModelConfigFault::Address)?;
        if !matches!(endpoint.scheme(), "http" | "https")
            || !endpoint.username().is_empty()
            || endpoint.password().is_some()
        {
            return Err(ModelConfigFault::Address);
        }
        endpoint.path_segments_mut().map_err(|()| ModelConfigFault::Address)?.pop_if_empty().extend(path);
        endpoint.set_query(query);
        endpoint.set_fragment(None);
        Ok(endpoint)
    }
}

/// Why a model cannot be configured like this. Shown at start; never carries the key.
#[derive(Debug, thiserror::Error)]
pub enum ModelConfigFault {
    /// Not a web address.
    #[error("the model's address must be http or https, without a user name")]
    Address,
    /// The key cannot stand in a header.
    #[error("the model's key contains characters that cannot be sent")]
    Key,
    /// The door could not be opened towards it.
    #[error(transparent)]
    Door(#[from] DoorFault),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Foreign;
    use crate::model::Client;

    fn endpoint(base: &str) -> Option<String> {
        let config = ModelConfig::new(base, "m", Client::RECIPIENT);
        config.endpoint().ok().map(|url| url.to_string())
    }

    #[test]
    fn the_endpoint_follows_from_the_base_with_or_without_a_slash() {
        let whole = Some("https://api.example.com/v1/chat/completions".to_owned());
        assert_eq!(endpoint("https://api.example.com/v1"), whole);
        assert_eq!(endpoint("https://api.example.com/v1/?key=1#x"), whole);
        assert_eq!(endpoint("http://127.0.0.1:11434").as_deref(), Some("http://127.0.0.1:11434/chat/completions"));
        assert_eq!(endpoint("api.example.com/v1"), None);
        assert_eq!(endpoint("file:///v1"), None);
        let gemini = ModelConfig {
            dialect: Dialect::Gemini,
            ..ModelConfig::new("https://g.example/v1", "m-1", Client::RECIPIENT)
        };
        let address = gemini.endpoint().unwrap().to_string();
        assert_eq!(address, "https://g.example/v1/models/m-1:streamGenerateContent?alt=sse");
        assert_eq!(endpoint("https://user:word@api.example.com/v1"), None);
    }

    #[test]
    fn a_key_that_is_no_header_is_refused_and_a_good_one_is_marked_as_secret() {
        assert!(matches!(ApiKey::new("a\nb").header("Bearer "), Err(ModelConfigFault::Key)));
        assert!(!format!("{:?}", ApiKey::new("sk-secret").header("Bearer ").unwrap()).contains("secret"));
    }
}
