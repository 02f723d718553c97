//! A recorded request as a person reads it, whichever provider it went to.

use serde_json::Value;

/// A recorded body as a person reads it: who said what, one paragraph each. `None` if it is not such a body.
pub fn readable(body: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).ok()?;
    let mut paragraphs = Vec::new();
    for name in ["system", "instructions", "systemInstruction"] {
        if let Some(said) = body.get(name) {
            paragraphs.push(format!("system: {}", words(said)));
        }
    }
    let turns = ["messages", "input", "contents"].iter().find_map(|name| body.get(name)?.as_array())?;
    for turn in turns {
        let text = words(turn);
        let role = turn.get("role").or_else(|| turn.get("type")).and_then(Value::as_str).unwrap_or("unknown");
        if !text.is_empty() {
            paragraphs.push(format!("{role}: {text}"));
        }
    }
    Some(paragraphs.join("\n\n"))
}

/// The words in a turn, wherever a provider puts them.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(words).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => {
            let known = ["content", "text", "parts", "output", "functionResponse", "response", "result"];
            known.iter().filter_map(|name| fields.get(*name)).map(words).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_provider_can_be_read_by_a_person() {
        let wanted = "system: Be brief.\n\nuser: Hi \"you\"\n\nassistant: Hello";
        let chat = r#"{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi \"you\""},{"role":"assistant","content":"Hello"}]}"#;
        assert_eq!(readable(chat).unwrap(), wanted);
        let responses = r#"{"instructions":"Be brief.","input":[{"role":"user","content":[{"type":"input_text","text":"Hi \"you\""}]},{"role":"assistant","content":[{"type":"output_text","text":"Hello"}]}]}"#;
        assert_eq!(readable(responses).unwrap(), wanted);
        let anthropic = r#"{"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Hi \"you\""}]},{"role":"assistant","content":[{"type":"text","text":"Hello"}]}]}"#;
        assert_eq!(readable(anthropic).unwrap(), wanted);
        let gemini = r#"{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hi \"you\""}]},{"role":"assistant","parts":[{"text":"Hello"}]}]}"#;
        assert_eq!(readable(gemini).unwrap(), wanted);
        assert_eq!(readable("not json"), None);
    }
}
