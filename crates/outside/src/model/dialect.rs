//! Which protocol a provider speaks: the one place that knows all of them. Thin typed clients instead of the providers' own
//! libraries: those bring a second HTTP client, which would not pass the door.

use masking::{Masked, Prompt, PromptRole};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::ask::Ask;
use super::config::{Dialect, ModelConfig, ModelConfigFault};
use super::{Chunk, ModelFault, anthropic, chat, gemini, responses};

impl Dialect {
    /// Every dialect.
    pub const ALL: [Dialect; 5] =
        [Dialect::OpenAi, Dialect::Responses, Dialect::Anthropic, Dialect::Gemini, Dialect::Plain];

    /// The word in the API and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Dialect::OpenAi => "openai_chat",
            Dialect::Responses => "openai_responses",
            Dialect::Anthropic => "anthropic",
            Dialect::Gemini => "gemini",
            Dialect::Plain => "compatible",
        }
    }

    /// The dialect with this word.
    pub fn named(word: &str) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.word() == word)
    }

    /// The provider's public address, where there is one.
    pub fn usual_base(self) -> Option<&'static str> {
        match self {
            Dialect::OpenAi | Dialect::Responses => Some("https://api.openai.com/v1"),
            Dialect::Anthropic => Some("https://api.anthropic.com"),
            Dialect::Gemini => Some("https://generativelanguage.googleapis.com/v1"),
            Dialect::Plain => None,
        }
    }

    /// The path behind the base, and the query.
    pub(crate) fn path(self, model: &str) -> (Vec<String>, Option<&'static str>) {
        let owned = |path: &[&str]| path.iter().map(|part| (*part).to_owned()).collect();
        match self {
            Dialect::OpenAi | Dialect::Plain => (owned(chat::PATH), None),
            Dialect::Responses => (owned(responses::PATH), None),
            Dialect::Anthropic => (owned(anthropic::PATH), None),
            Dialect::Gemini => (vec!["models".into(), format!("{model}:streamGenerateContent")], Some("alt=sse")),
        }
    }

    /// The headers that only this dialect has: how the key is shown, and the version.
    pub(crate) fn headers(self, config: &ModelConfig) -> Result<HeaderMap, ModelConfigFault> {
        let mut headers = HeaderMap::new();
        if self == Dialect::Anthropic {
            headers.insert(HeaderName::from_static("anthropic-version"), HeaderValue::from_static(anthropic::VERSION));
        }
        if let Some(key) = &config.api_key {
            let (name, value) = match self {
                Dialect::Gemini => (HeaderName::from_static("x-goog-api-key"), key.header("")?),
                _ => (reqwest::header::AUTHORIZATION, key.header("Bearer ")?),
            };
            headers.insert(name, value);
        }
        Ok(headers)
    }

    pub(crate) fn request(self, config: &ModelConfig, ask: &Ask) -> Value {
        match self {
            Dialect::OpenAi | Dialect::Plain => chat::request(config, ask),
            Dialect::Responses => responses::request(config, ask),
            Dialect::Anthropic => anthropic::request(config, ask),
            Dialect::Gemini => gemini::request(config, ask),
        }
    }

    pub(super) fn reader(self, ask: &Ask) -> Reader {
        match self {
            Dialect::OpenAi | Dialect::Plain => Reader::Chat(chat::Reader::default()),
            Dialect::Responses => Reader::Responses(responses::Reader::default()),
            Dialect::Anthropic => Reader::Anthropic(anthropic::Reader::new(ask.shape.map(|shape| shape.name))),
            Dialect::Gemini => Reader::Gemini(gemini::Reader::default()),
        }
    }
}

/// Reads the events of one answer.
pub(super) enum Reader {
    Chat(chat::Reader),
    Responses(responses::Reader),
    Anthropic(anthropic::Reader),
    Gemini(gemini::Reader),
}

impl Reader {
    pub(crate) fn event(&mut self, data: &str) -> Result<Chunk, ModelFault> {
        match self {
            Reader::Chat(reader) => reader.event(data),
            Reader::Responses(reader) => reader.event(data),
            Reader::Anthropic(reader) => reader.event(data),
            Reader::Gemini(reader) => reader.event(data),
        }
    }
}

/// The turns of a prompt for providers who want them to alternate: neighbours of one side become one turn, and the first
/// is the visitor's (`true`).
pub(super) fn alternating(prompt: &Masked<Prompt>) -> Vec<(bool, String)> {
    let mut turns: Vec<(bool, String)> = Vec::new();
    for (role, text) in prompt.turns() {
        let visitor = role == PromptRole::Visitor;
        match turns.last_mut() {
            None if !visitor => {}
            Some((last, whole)) if *last == visitor => {
                whole.push_str("\n\n");
                whole.push_str(text);
            }
            _ => turns.push((visitor, text.to_owned())),
        }
    }
    turns
}
