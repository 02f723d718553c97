//! Gemini's generateContent.

use serde_json::{Value, json};

use super::ask::{Ask, Call, MOST_CALLS, Said, schema};
use super::config::ModelConfig;
use super::dialect::alternating;
use super::fault;
use super::{Chunk, End, ModelFault, Usage};

/// The body of a request. Nothing is cached, grounded or stored there.
pub(super) fn request(config: &ModelConfig, ask: &Ask) -> Value {
    let turn = |(visitor, text): (bool, String)| json!({ "role": if visitor { "user" } else { "model" }, "parts": [{ "text": text }] });
    let mut contents: Vec<Value> = alternating(&ask.prompt).into_iter().map(turn).collect();
    for round in &ask.rounds {
        contents.push(json!({ "role": "model", "parts": round.said.raw }));
        let results = round.said.calls.iter().zip(&round.results).map(|(call, result)| {
            let mut response = json!({ "name": call.name, "response": { "result": result.as_text() } });
            if let (false, Some(fields)) = (call.id.is_empty(), response.as_object_mut()) {
                fields.insert("id".into(), json!(call.id));
            }
            json!({ "functionResponse": response })
        });
        contents.push(json!({ "role": "user", "parts": results.collect::<Vec<_>>() }));
    }
    let mut generation = json!({ "maxOutputTokens": config.tokens(ask) });
    if let (Some(shape), Some(fields)) = (ask.shape, generation.as_object_mut()) {
        fields.insert("responseMimeType".into(), json!("application/json"));
        fields.insert("responseSchema".into(), schema(shape.fields, true));
    }
    let mut body = json!({
        "systemInstruction": { "parts": [{ "text": ask.prompt.system() }] },
        "contents": contents, "generationConfig": generation,
    });
    if let (false, Some(fields)) = (ask.tools.is_empty(), body.as_object_mut()) {
        let tools = ask.tools.iter().map(
            |tool| json!({ "name": tool.name, "description": tool.says, "parameters": schema(tool.arguments, true) }),
        );
        fields.insert("tools".into(), json!([{ "functionDeclarations": tools.collect::<Vec<_>>() }]));
        fields.insert("toolConfig".into(), json!({ "functionCallingConfig": { "mode": "AUTO" } }));
    }
    body
}

/// Reads the events of one answer; each is a partial answer of its own.
#[derive(Default)]
pub(super) struct Reader {
    said: Said,
}

impl Reader {
    /// What one event says. Thoughts are passed over, but kept for the next round.
    pub(super) fn event(&mut self, data: &str) -> Result<Chunk, ModelFault> {
        let event: Value = serde_json::from_str(data).map_err(|_| ModelFault::Malformed)?;
        let event = event.get(0).unwrap_or(&event);
        if let Some(error) = event.get("error") {
            return Err(fault::in_stream(error));
        }
        if event.pointer("/promptFeedback/blockReason").is_some() {
            return Err(ModelFault::Declined);
        }
        if !event.is_object() {
            return Err(ModelFault::Malformed);
        }
        let mut chunk = Chunk { usage: usage(event), ..Chunk::default() };
        let Some(candidate) = event.pointer("/candidates/0") else { return Ok(chunk) };
        for part in candidate.pointer("/content/parts").and_then(Value::as_array).into_iter().flatten() {
            self.part(part, &mut chunk.text)?;
        }
        chunk.end = match candidate.get("finishReason").and_then(Value::as_str) {
            None | Some("FINISH_REASON_UNSPECIFIED") => None,
            Some("MAX_TOKENS") => Some(End::Cut),
            Some("STOP") if self.said.calls.is_empty() => Some(End::Complete),
            Some("STOP") => Some(End::Calls(std::mem::take(&mut self.said))),
            Some(
                "SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "MODEL_ARMOR",
            ) => return Err(ModelFault::Declined),
            Some(_) => return Err(ModelFault::Malformed),
        };
        Ok(chunk)
    }

    fn part(&mut self, part: &Value, text: &mut String) -> Result<(), ModelFault> {
        if let Some(call) = part.get("functionCall") {
            if self.said.calls.len() >= MOST_CALLS {
                return Err(ModelFault::Malformed);
            }
            let word = |name: &str| call.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let arguments = call.get("args").map(Value::to_string).unwrap_or_default();
            self.said.calls.push(Call { id: word("id"), name: word("name"), arguments });
        } else if let Some(words) = part.get("text").and_then(Value::as_str)
            && part.get("thought") != Some(&Value::Bool(true))
        {
            text.push_str(words);
        }
        self.said.raw.push(part.clone());
        Ok(())
    }
}

fn usage(event: &Value) -> Option<Usage> {
    let usage = event.get("usageMetadata")?;
    let count = |name: &str| usage.get(name).and_then(Value::as_u64).unwrap_or_default();
    Some(Usage {
        input: count("promptTokenCount"),
        output: count("candidatesTokenCount") + count("thoughtsTokenCount"),
    })
}
