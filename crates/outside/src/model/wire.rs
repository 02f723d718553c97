//! The JSON of chat completions: what we write, and the little we read of what comes back.

use masking::{Masked, Prompt, PromptRole};
use serde::{Deserialize, Serialize};

use super::config::{Dialect, ModelConfig};
use super::{Chunk, End, ModelFault};

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    /// Asks the provider to keep nothing. Absent means "keep" to some, so it is always said.
    #[serde(skip_serializing_if = "Option::is_none")]
    store: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Message<'a> {
    role: &'a str,
    content: std::borrow::Cow<'a, str>,
}

/// The body of a request, exactly as it leaves and as it is recorded.
pub(crate) fn request(config: &ModelConfig, prompt: &Masked<Prompt>) -> String {
    let mut messages = vec![Message { role: "system", content: prompt.system().into() }];
    messages.extend(prompt.turns().map(|(role, text)| Message { role: role_word(role), content: text.into() }));
    let (tokens, plain) = (Some(config.limits.max_tokens), config.dialect == Dialect::Plain);
    let request = Request {
        model: &config.model,
        messages,
        stream: true,
        store: (!plain).then_some(false),
        max_completion_tokens: tokens.filter(|_| !plain),
        max_tokens: tokens.filter(|_| plain),
    };
    // Strings and numbers always serialise; an empty body would be refused by any server.
    serde_json::to_string(&request).unwrap_or_default()
}

fn role_word(role: PromptRole) -> &'static str {
    match role {
        PromptRole::Visitor => "user",
        PromptRole::Assistant => "assistant",
    }
}

/// A recorded body as a person reads it: who said what, one paragraph each. `None` if it is not such a body.
pub fn readable(body: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Recorded<'a> {
        #[serde(borrow)]
        messages: Vec<Message<'a>>,
    }
    let recorded: Recorded<'_> = serde_json::from_str(body).ok()?;
    let paragraph = |message: &Message<'_>| format!("{}: {}", message.role, message.content);
    Some(recorded.messages.iter().map(paragraph).collect::<Vec<_>>().join("\n\n"))
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    error: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: u32,
    #[serde(default)]
    delta: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

/// What one event says. Unknown fields, roles, reasoning and usage are passed over.
pub(crate) fn event(data: &str) -> Result<Chunk, ModelFault> {
    let event: Event = serde_json::from_str(data).map_err(|_| ModelFault::Malformed)?;
    if let Some(error) = event.error.filter(|error| !error.is_null()) {
        return Err(ModelFault::Refused { status: 200, code: code_in(&error).unwrap_or_else(|| "unknown".to_owned()) });
    }
    let mut chunk = Chunk::default();
    for choice in event.choices.into_iter().filter(|choice| choice.index == 0) {
        if let Some(delta) = choice.delta {
            if delta.refusal.is_some_and(|words| !words.is_empty()) {
                return Err(ModelFault::Declined);
            }
            chunk.text.push_str(&delta.content.unwrap_or_default());
        }
        chunk.end = match choice.finish_reason.as_deref() {
            None | Some("") => chunk.end,
            Some("content_filter") => return Err(ModelFault::Declined),
            Some("length") => Some(End::Cut),
            Some(_) => Some(End::Complete),
        };
    }
    Ok(chunk)
}

/// The code in an error body, if there is one.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    code_in(body.get("error")?)
}

/// Only the code and only its letters: the message may quote what was sent.
fn code_in(error: &serde_json::Value) -> Option<String> {
    let code = ["code", "type"].iter().find_map(|key| error.get(key)?.as_str())?;
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    Some(code.chars().filter(kept).take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Foreign;
    use crate::model::Client;
    use masking::Turn;

    fn prompt() -> Masked<Prompt> {
        let turn = |role, text: &'static str| Turn { role, text: Masked::own(text) };
        let turns = vec![turn(PromptRole::Visitor, "Hi \"you\""), turn(PromptRole::Assistant, "Hello")];
        Prompt::compose(Masked::own("Be brief."), turns)
    }

    fn config(dialect: Dialect) -> ModelConfig {
        ModelConfig { dialect, ..ModelConfig::new("https://api.example.com/v1", "small", Client::RECIPIENT) }
    }

    #[test]
    fn a_request_always_asks_to_keep_nothing() {
        assert_eq!(
            request(&config(Dialect::OpenAi), &prompt()),
            r#"{"model":"small","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi \"you\""},{"role":"assistant","content":"Hello"}],"stream":true,"store":false,"max_completion_tokens":600}"#
        );
        let plain = request(&config(Dialect::Plain), &prompt());
        assert!(plain.ends_with(r#""stream":true,"max_tokens":600}"#), "{plain}");
    }

    #[test]
    fn a_recorded_body_can_be_read_by_a_person() {
        let body = request(&config(Dialect::OpenAi), &prompt());
        assert_eq!(readable(&body).unwrap(), "system: Be brief.\n\nuser: Hi \"you\"\n\nassistant: Hello");
        assert_eq!(readable("not json"), None);
    }

    #[test]
    fn events_of_all_servers_are_understood() {
        let text = |text: &str, end| Ok(Chunk { text: text.into(), end });
        assert_eq!(event(r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#), text("", None));
        assert_eq!(event(r#"{"choices":[{"delta":{"content":"a","x":1},"finish_reason":null}]}"#), text("a", None));
        assert_eq!(event(r#"{"choices":[{"delta":{"reasoning_content":"hm","content":null}}]}"#), text("", None));
        assert_eq!(event(r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#), text("", Some(End::Complete)));
        assert_eq!(
            event(r#"{"choices":[{"delta":{"content":"z"},"finish_reason":"length"}]}"#),
            text("z", Some(End::Cut))
        );
        assert_eq!(event(r#"{"choices":[],"usage":{"total_tokens":5}}"#), text("", None));
        assert_eq!(event(r#"{"choices":[{"index":1,"delta":{"content":"other"}}]}"#), text("", None));
    }

    #[test]
    fn errors_and_refusals_in_mid_stream_carry_no_words() {
        let refused = event(r#"{"error":{"message":"You said: secret","code":"server_error!"}}"#).unwrap_err();
        assert_eq!(refused, ModelFault::Refused { status: 200, code: "server_error".into() });
        assert_eq!(event(r#"{"choices":[{"delta":{"refusal":"I cannot"}}]}"#), Err(ModelFault::Declined));
        assert_eq!(event(r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#), Err(ModelFault::Declined));
        for noise in ["", "null", "7", "{", "\"text\"", "{\"choices\":7}"] {
            assert_eq!(event(noise), Err(ModelFault::Malformed), "{noise}");
        }
    }
}
