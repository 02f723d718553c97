//! OpenAI's Responses. Stores by default, so `store: false` is never left out.

use masking::PromptRole;
use serde_json::{Value, json};

use super::ask::{Ask, Call, MOST_CALLS, Said, schema};
use super::config::ModelConfig;
use super::fault;
use super::{Chunk, End, ModelFault, Usage};

pub(super) const PATH: &[&str] = &["responses"];

/// The body of a request.
pub(super) fn request(config: &ModelConfig, ask: &Ask) -> Value {
    let turn = |(role, text): (PromptRole, &str)| match role {
        PromptRole::Visitor => json!({ "role": "user", "content": [{ "type": "input_text", "text": text }] }),
        PromptRole::Assistant => json!({ "role": "assistant", "content": [{ "type": "output_text", "text": text }] }),
    };
    let mut input: Vec<Value> = ask.prompt.turns().map(turn).collect();
    for round in &ask.rounds {
        input.extend(round.said.raw.iter().cloned());
        let answers = round.said.calls.iter().zip(&round.results);
        input.extend(answers.map(
            |(call, result)| json!({ "type": "function_call_output", "call_id": call.id, "output": result.as_text() }),
        ));
    }
    let mut body = json!({
        "model": config.model, "store": false, "stream": true, "instructions": ask.prompt.system(), "input": input,
        "max_output_tokens": config.tokens(ask),
    });
    let Some(fields) = body.as_object_mut() else { return body };
    if !ask.tools.is_empty() {
        let tools = ask.tools.iter().map(|tool| {
            json!({ "type": "function", "name": tool.name, "description": tool.says,
                "parameters": schema(tool.arguments, false), "strict": true })
        });
        fields.insert("tools".into(), tools.collect());
        fields.insert("tool_choice".into(), json!("auto"));
        fields.insert("parallel_tool_calls".into(), json!(false));
    }
    if let Some(shape) = ask.shape {
        let format = json!({ "format": { "type": "json_schema", "name": shape.name,
            "schema": schema(shape.fields, false), "strict": true } });
        fields.insert("text".into(), format);
    }
    body
}

/// Reads the events of one answer.
#[derive(Default)]
pub(super) struct Reader {
    said: Said,
}

impl Reader {
    /// What one event says; kinds that are not known are passed over.
    pub(super) fn event(&mut self, data: &str) -> Result<Chunk, ModelFault> {
        let event: Value = serde_json::from_str(data).map_err(|_| ModelFault::Malformed)?;
        let mut chunk = Chunk::default();
        match event.get("type").and_then(Value::as_str).ok_or(ModelFault::Malformed)? {
            "response.output_text.delta" => {
                event.get("delta").and_then(Value::as_str).ok_or(ModelFault::Malformed)?.clone_into(&mut chunk.text);
            }
            "response.refusal.delta" | "response.refusal.done" => return Err(ModelFault::Declined),
            "response.output_item.done" => self.item(event.get("item"))?,
            "response.completed" => {
                chunk.usage = usage(&event);
                let said = std::mem::take(&mut self.said);
                chunk.end = Some(if said.calls.is_empty() { End::Complete } else { End::Calls(said) });
            }
            "response.incomplete" => {
                if event.pointer("/response/incomplete_details/reason").is_some_and(|why| why == "content_filter") {
                    return Err(ModelFault::Declined);
                }
                (chunk.usage, chunk.end) = (usage(&event), Some(End::Cut));
            }
            "response.failed" => {
                return Err(fault::in_stream(event.pointer("/response/error").unwrap_or(&Value::Null)));
            }
            "error" => return Err(fault::in_stream(event.get("error").unwrap_or(&event))),
            _ => {}
        }
        Ok(chunk)
    }

    fn item(&mut self, item: Option<&Value>) -> Result<(), ModelFault> {
        let item = item.ok_or(ModelFault::Malformed)?;
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        if item.get("type").is_some_and(|kind| kind == "function_call") {
            if self.said.calls.len() >= MOST_CALLS {
                return Err(ModelFault::Malformed);
            }
            self.said.calls.push(Call { id: text("call_id"), name: text("name"), arguments: text("arguments") });
        }
        self.said.raw.push(item.clone());
        Ok(())
    }
}

fn usage(event: &Value) -> Option<Usage> {
    let usage = event.pointer("/response/usage")?;
    let count = |name: &str| usage.get(name).and_then(Value::as_u64).unwrap_or_default();
    Some(Usage { input: count("input_tokens"), output: count("output_tokens") })
}
