//! Anthropic's Messages. Sampling is never set: newer versions refuse it, even at its default.

use serde_json::{Map, Value, json};

use super::ask::{Ask, Call, MOST_CALLS, Said, schema};
use super::config::ModelConfig;
use super::dialect::alternating;
use super::fault;
use super::{Chunk, End, ModelFault, Usage};

pub(super) const PATH: &[&str] = &["v1", "messages"];
/// The version whose words we speak; it must be said in a header.
pub(super) const VERSION: &str = "2026-10-21";

/// The body of a request. A shape is asked for as the one tool that must be used.
pub(super) fn request(config: &ModelConfig, ask: &Ask) -> Value {
    let turn = |(visitor, text): (bool, String)| json!({ "role": if visitor { "user" } else { "assistant" }, "content": [{ "type": "text", "text": text }] });
    let mut messages: Vec<Value> = alternating(&ask.prompt).into_iter().map(turn).collect();
    for round in &ask.rounds {
        messages.push(json!({ "role": "assistant", "content": round.said.raw }));
        let results = round.said.calls.iter().zip(&round.results).map(
            |(call, result)| json!({ "type": "tool_result", "tool_use_id": call.id, "content": result.as_text() }),
        );
        messages.push(json!({ "role": "user", "content": results.collect::<Vec<_>>() }));
    }
    let mut body = json!({
        "model": config.model, "max_tokens": config.tokens(ask), "system": ask.prompt.system(), "stream": true,
        "messages": messages,
    });
    let Some(fields) = body.as_object_mut() else { return body };
    let tool =
        |name: &str, says: &str, schema: Value| json!({ "name": name, "description": says, "input_schema": schema });
    let mut tools: Vec<Value> =
        ask.tools.iter().map(|one| tool(one.name, one.says, schema(one.arguments, false))).collect();
    let mut choice = json!({ "type": "auto", "disable_parallel_tool_use": true });
    if let Some(shape) = ask.shape {
        tools = vec![tool(shape.name, "Gives the answer.", schema(shape.fields, false))];
        choice = json!({ "type": "tool", "name": shape.name, "disable_parallel_tool_use": true });
    }
    if !tools.is_empty() {
        fields.insert("tools".into(), json!(tools));
        fields.insert("tool_choice".into(), choice);
    }
    body
}

/// Reads the events of one answer.
pub(super) struct Reader {
    /// The name of the shape, whose tool is the answer itself.
    shape: Option<&'static str>,
    blocks: Vec<Block>,
    usage: Usage,
    end: Option<End>,
}

/// One content block on its way.
struct Block {
    start: Value,
    text: String,
    signature: String,
}

impl Reader {
    pub(super) fn new(shape: Option<&'static str>) -> Self {
        Self { shape, blocks: Vec::new(), usage: Usage::default(), end: None }
    }

    /// What one event says; kinds that are not known are passed over.
    pub(super) fn event(&mut self, data: &str) -> Result<Chunk, ModelFault> {
        let event: Value = serde_json::from_str(data).map_err(|_| ModelFault::Malformed)?;
        let mut chunk = Chunk::default();
        match event.get("type").and_then(Value::as_str).ok_or(ModelFault::Malformed)? {
            "message_start" => self.count(event.pointer("/message/usage")),
            "content_block_start" => {
                let start = event.get("content_block").cloned().ok_or(ModelFault::Malformed)?;
                if self.blocks.len() >= 4 * MOST_CALLS {
                    return Err(ModelFault::Malformed);
                }
                self.blocks.push(Block { start, text: String::new(), signature: String::new() });
            }
            "content_block_delta" => chunk.text = self.delta(event.get("delta"))?,
            "message_delta" => {
                self.count(event.get("usage"));
                match event.pointer("/delta/stop_reason").and_then(Value::as_str) {
                    None => {}
                    Some("refusal") => return Err(ModelFault::Declined),
                    Some("max_tokens" | "model_context_window_exceeded" | "pause_turn") => self.end = Some(End::Cut),
                    Some("tool_use") if self.shape.is_none() => self.end = Some(End::Calls(self.said()?)),
                    Some(_) => self.end = Some(End::Complete),
                }
            }
            "message_stop" => {
                chunk.usage = Some(self.usage);
                chunk.end = Some(self.end.take().unwrap_or(End::Complete));
            }
            "error" => return Err(fault::in_stream(event.get("error").unwrap_or(&Value::Null))),
            _ => {}
        }
        Ok(chunk)
    }

    fn delta(&mut self, delta: Option<&Value>) -> Result<String, ModelFault> {
        let delta = delta.ok_or(ModelFault::Malformed)?;
        let block = self.blocks.last_mut().ok_or(ModelFault::Malformed)?;
        let text = |name: &str| delta.get(name).and_then(Value::as_str).unwrap_or_default();
        match delta.get("type").and_then(Value::as_str).unwrap_or_default() {
            "text_delta" => {
                block.text.push_str(text("text"));
                return Ok(text("text").to_owned());
            }
            "input_json_delta" => {
                block.text.push_str(text("partial_json"));
                let answer = self.shape.is_some_and(|shape| block.start.get("name").is_some_and(|name| name == shape));
                return Ok(if answer { text("partial_json").to_owned() } else { String::new() });
            }
            "thinking_delta" => block.text.push_str(text("thinking")),
            "signature_delta" => block.signature.push_str(text("signature")),
            _ => {}
        }
        Ok(String::new())
    }

    /// Counts are cumulative: the latest counts.
    fn count(&mut self, usage: Option<&Value>) {
        let count = |name: &str| usage.and_then(|usage| usage.get(name)).and_then(Value::as_u64);
        let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"];
        if let Some(input) = count("input_tokens") {
            self.usage.input = input + cached.iter().filter_map(|name| count(name)).sum::<u64>();
        }
        self.usage.output = count("output_tokens").unwrap_or(self.usage.output);
    }

    fn said(&mut self) -> Result<Said, ModelFault> {
        let mut said = Said::default();
        for Block { start, text, signature } in std::mem::take(&mut self.blocks) {
            let mut block: Map<String, Value> = start.as_object().cloned().ok_or(ModelFault::Malformed)?;
            let word = |name: &str| start.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            match word("type").as_str() {
                "tool_use" => {
                    let input = if text.trim().is_empty() { "{}" } else { &text };
                    // An input that is no JSON stays what it is in the call, where it is refused; sent back is an empty one.
                    block.insert("input".into(), serde_json::from_str(input).unwrap_or_else(|_| json!({})));
                    said.calls.push(Call { id: word("id"), name: word("name"), arguments: text });
                }
                "text" => drop(block.insert("text".into(), json!(text))),
                "thinking" => {
                    block.insert("thinking".into(), json!(text));
                    block.insert("signature".into(), json!(signature));
                }
                _ => {}
            }
            said.raw.push(Value::Object(block));
        }
        Ok(said)
    }
}
