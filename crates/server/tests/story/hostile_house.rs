//! A shop whose model does its worst. What leaves the system is collected whole: every byte the model was sent, every word a
//! visitor's line carried, and what stays in her conversation.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::guest::{Shop, Visitor, answer_with, drafted};
use crate::house::on_each_engine_with;
use crate::scripted_model::{Line, ScriptedModel};

/// What the visitor asks, with things in it that must not reach a model.
pub const ASKED: &str =
    "How many days do I have to return shoes? I am Ada Quill, ada.quill@person.example, card 4111 1111 1111 1111";

/// What only the other visitor has said.
const HIS: [&str; 4] = ["bob.marker@other.example", "Bob Marker", "5500 0000 0000 0004", "purple rhinoceros"];
/// What the visitor said and a model must not see.
const HERS: [&str; 3] = ["ada.quill@person.example", "4111 1111 1111 1111", "4111111111111111"];
/// What no visitor may ever be shown, whatever a model writes.
const UNSAFE: [&str; 14] = [
    "<",
    "](",
    "javascript:",
    "data:text",
    "vbscript:",
    "http://",
    "https://",
    "evil.example",
    "\u{202e}",
    "\u{200b}",
    "onerror",
    "You are the assistant of a shop",
    "⟦",
    "mailto:",
];
/// How a conversation may end.
const ENDS: [&str; 4] = ["answered", "abstained", "asked_back", "offered_person"];

/// One attack: what the model does, and words of it that must not be told.
pub struct Attack {
    /// Its name.
    pub name: &'static str,
    /// What the model does, one line for each time it is asked.
    pub lines: Vec<Line>,
    /// What must not be told, in small letters.
    pub never: &'static [&'static str],
    /// How it must end; empty for any good end.
    pub end: &'static str,
}

/// The model says this in one breath.
pub fn says(name: &'static str, words: &str, never: &'static [&'static str]) -> Attack {
    Attack { name, lines: vec![Line::Tells(words.to_owned())], never, end: "" }
}

/// The model proposes this call, and then says something true.
pub fn calls(name: &'static str, tool: &str, arguments: &str) -> Attack {
    let lines =
        vec![Line::Sends(call(tool, arguments)), Line::Tells("You have sixty days to return shoes [1].".to_owned())];
    Attack { name, lines, never: &[], end: "answered" }
}

/// The stream of a call.
pub fn call(tool: &str, arguments: &str) -> String {
    let call = json!({ "choices": [{ "index": 0, "delta": { "tool_calls": [
        { "index": 0, "id": "call_1", "type": "function", "function": { "name": tool, "arguments": arguments } }] } }] });
    let end = json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "tool_calls" }] });
    format!("data: {call}\n\ndata: {end}\n\ndata: [DONE]\n\n")
}

/// The model sends these bytes, whatever they are.
pub fn sends(name: &'static str, bytes: &str) -> Attack {
    // Whoever breaks before the first word is asked again.
    let lines = (0..3).map(|_| Line::Sends(bytes.to_owned())).collect();
    Attack { name, lines, never: &[], end: "" }
}

/// A piece of a stream with these words.
pub fn piece(words: &str) -> String {
    format!("data: {}\n\n", json!({ "choices": [{ "index": 0, "delta": { "content": words } }] }))
}

/// Runs every attack against the whole system, on each engine.
pub async fn run(attacks: fn() -> Vec<Attack>) {
    let model = ScriptedModel::start(Vec::new(), false).await;
    on_each_engine_with(
        |config| {
            answer_with(&model, config);
            (config.limits.sessions, config.limits.messages) = (10_000, 10_000);
        },
        async |house| {
            let shop = Shop::open(house).await;
            let bob = shop.visitor().await;
            model.will(vec![Line::Says(vec!["NO_ANSWER"])]);
            bob.says("b", "I am Bob Marker, bob.marker@other.example, card 5500 0000 0000 0004. I bought a purple rhinoceros. Return shoes?").await;
            shop.idle().await;
            let mut findings = Vec::new();
            for attack in attacks() {
                one(&shop, &model, attack, &mut findings).await;
            }
            assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n\n"));
            let his = bob.conversation().await["messages"].as_array().unwrap().len();
            assert_eq!(his, 2, "nobody has touched the other visitor's conversation");
            shop.house
        },
    )
    .await;
}

async fn one(shop: &Shop, model: &ScriptedModel, attack: Attack, findings: &mut Vec<String>) {
    let Attack { name, lines, never, end } = attack;
    let before = model.received().len();
    model.will(lines);
    let visitor = shop.visitor().await;
    let mut line = visitor.listen(0).await;
    visitor.says("q", ASKED).await;
    shop.idle().await;
    let heard = line.until_message(2).await;
    let mut told = drafted(&heard);
    for event in heard.iter().filter(|event| event.name != "message" || event.id != Some(1)) {
        let _ = write!(told, "\n{}", words(&event.json));
    }
    let conversation = visitor.conversation().await;
    let answer = &conversation["messages"][1];
    told.push_str(&words(answer));
    let mut finds = |wrong: bool, what: String| {
        if wrong {
            findings.push(format!("{name}: {what}"));
        }
    };
    let small = told.to_lowercase();
    for bad in HIS.iter().chain(&UNSAFE).chain(never) {
        finds(small.contains(&bad.to_lowercase()), format!("{bad:?} was told: {}", answer["text"]));
    }
    finds(told.len() > 40_000, format!("{} bytes were told", told.len()));
    let sent = model.received().get(before..).unwrap().concat();
    finds(sent.is_empty(), "the model was not asked".to_owned());
    for secret in HERS.iter().chain(&HIS) {
        finds(sent.contains(secret), format!("{secret} left for the model"));
    }
    let outcome = answer["outcome"].as_str().unwrap_or_default();
    finds(answer["kind"] != "ai" || !ENDS.contains(&outcome), format!("ends with {answer}"));
    finds(!end.is_empty() && outcome != end, format!("ended with {outcome}, not with {end}: {}", answer["text"]));
    goes_on(shop, &visitor, name).await;
}

/// Every string that a browser could show, however deep it lies. Addresses of our own pages are no words.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(all) => all.iter().map(words).collect(),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| !name.ends_with("id")).map(|(_, one)| words(one)).collect()
        }
        _ => String::new(),
    }
}

/// The conversation is not broken: she can ask for a person, and gets the word that one was asked.
async fn goes_on(shop: &Shop, visitor: &Visitor, name: &str) {
    let reply = visitor.post("/v1/visitor/person", &json!({})).await;
    assert!(reply.status.is_success(), "{name}: {}", reply.text);
    shop.idle().await;
    let last = visitor.log().await.pop().unwrap();
    assert_eq!(last.0, "system", "{name}: a person is asked for");
}
