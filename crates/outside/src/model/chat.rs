//! OpenAI's Chat Completions, and every server that copies them.

use masking::PromptRole;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ask::{Argument, Ask, Call, MOST_CALLS, Said, schema};
use super::config::{Dialect, ModelConfig};
use super::fault;
use super::{Chunk, End, ModelFault, Usage};

pub(super) const PATH: &[&str] = &["chat", "completions"];

/// The body of a request. `store: false` is always said: absent means "keep" to some.
pub(super) fn request(config: &ModelConfig, ask: &Ask) -> Value {
    let mut messages = vec![json!({ "role": "system", "content": ask.prompt.system() })];
    messages.extend(ask.prompt.turns().map(|(role, text)| json!({ "role": word(role), "content": text })));
    for round in &ask.rounds {
        messages.extend(round.said.raw.iter().cloned());
        let answers = round.said.calls.iter().zip(&round.results);
        messages.extend(
            answers
                .map(|(call, result)| json!({ "role": "tool", "tool_call_id": call.id, "content": result.as_text() })),
        );
    }
    let mut body = json!({
        "model": config.model, "messages": messages, "stream": true,
        "stream_options": { "include_usage": true },
    });
    let Some(fields) = body.as_object_mut() else { return body };
    let tokens = json!(config.tokens(ask));
    match config.dialect {
        Dialect::Plain => {
            fields.insert("max_tokens".into(), tokens);
        }
        _ => {
            fields.insert("store".into(), json!(false));
            fields.insert("max_completion_tokens".into(), tokens);
        }
    }
    if !ask.tools.is_empty() {
        let tool = |name: &str, says: &str, arguments: &[Argument]| {
            json!({ "type": "function", "function":
                { "name": name, "description": says, "parameters": schema(arguments, false), "strict": true } })
        };
        let tools: Vec<Value> = ask.tools.iter().map(|one| tool(one.name, one.says, one.arguments)).collect();
        fields.insert("tools".into(), json!(tools));
        fields.insert("tool_choice".into(), json!("auto"));
    }
    if let Some(shape) = ask.shape {
        let format = json!({ "type": "json_schema",
            "json_schema": { "name": shape.name, "schema": schema(shape.fields, false), "strict": true } });
        fields.insert("response_format".into(), format);
    }
    body
}

fn word(role: PromptRole) -> &'static str {
    match role {
        PromptRole::Visitor => "user",
        PromptRole::Assistant => "assistant",
    }
}

/// Reads the events of one answer.
#[derive(Default)]
pub(super) struct Reader {
    calls: Vec<Call>,
    said: String,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Option<Counts>,
    #[serde(default)]
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
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
    #[serde(default)]
    tool_calls: Option<Vec<Piece>>,
}

#[derive(Deserialize)]
struct Piece {
    #[serde(default)]
    index: usize,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    function: Option<Function>,
}

#[derive(Deserialize)]
struct Function {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    arguments: Option<String>,
}

impl Reader {
    /// What one event says. Unknown fields, roles and reasoning are passed over.
    pub(super) fn event(&mut self, data: &str) -> Result<Chunk, ModelFault> {
        let event: Event = serde_json::from_str(data).map_err(|_| ModelFault::Malformed)?;
        if let Some(error) = event.error.filter(|error| !error.is_null()) {
            return Err(fault::in_stream(&error));
        }
        let mut chunk = Chunk {
            usage: event.usage.map(|counts| Usage { input: counts.prompt_tokens, output: counts.completion_tokens }),
            ..Chunk::default()
        };
        for choice in event.choices.into_iter().filter(|choice| choice.index == 0) {
            if let Some(delta) = choice.delta {
                if delta.refusal.is_some_and(|words| !words.is_empty()) {
                    return Err(ModelFault::Declined);
                }
                chunk.text.push_str(&delta.content.unwrap_or_default());
                delta.tool_calls.unwrap_or_default().into_iter().try_for_each(|piece| self.piece(piece))?;
            }
            chunk.end = match choice.finish_reason.as_deref() {
                None | Some("") => chunk.end,
                Some("content_filter") => return Err(ModelFault::Declined),
                Some("length") => Some(End::Cut),
                Some(_) => Some(End::Complete),
            };
        }
        self.said.push_str(&chunk.text);
        if chunk.end == Some(End::Complete) && !self.calls.is_empty() {
            chunk.end = Some(End::Calls(self.finish()));
        }
        Ok(chunk)
    }

    fn piece(&mut self, piece: Piece) -> Result<(), ModelFault> {
        if piece.index >= MOST_CALLS {
            return Err(ModelFault::Malformed);
        }
        while self.calls.len() <= piece.index {
            self.calls.push(Call { id: String::new(), name: String::new(), arguments: String::new() });
        }
        let Some(call) = self.calls.get_mut(piece.index) else { return Ok(()) };
        if let Some(id) = piece.id.filter(|_| call.id.is_empty()) {
            call.id = id;
        }
        let Some(function) = piece.function else { return Ok(()) };
        call.name.push_str(&function.name.unwrap_or_default());
        call.arguments.push_str(&function.arguments.unwrap_or_default());
        Ok(())
    }

    fn finish(&mut self) -> Said {
        let calls = std::mem::take(&mut self.calls);
        let one = |call: &Call| json!({ "id": call.id, "type": "function", "function": { "name": call.name, "arguments": call.arguments } });
        let content = if self.said.is_empty() { Value::Null } else { json!(self.said) };
        let listed: Vec<Value> = calls.iter().map(one).collect();
        Said { raw: vec![json!({ "role": "assistant", "content": content, "tool_calls": listed })], calls }
    }
}
