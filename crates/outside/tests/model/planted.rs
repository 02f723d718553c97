//! A thousand invented conversations with personal words in every claimed format: none of them is in the bytes that reach
//! any provider.

use futures::StreamExt;
use masking::{Masked, Masker, Placeholders, Prompt, PromptRole, Turn};
use outside::model::{Ask, Dialect, Side};
use testkit::{Planted, planted};

use crate::dialects::good;
use crate::scene::{ok, scripted};
use crate::scripted::Arrived;

const CONVERSATIONS: usize = 1000;

/// The question as it is asked, and what its placeholders stand for.
fn masked(masker: &Masker, conversation: &Planted) -> (Ask, Placeholders) {
    let mut placeholders = Placeholders::new();
    let turn = |said: &String| {
        let text = masker.mask(&mut placeholders, said, &[]).unwrap();
        Turn { role: PromptRole::Visitor, text }
    };
    let turns = conversation.turns.iter().map(turn).collect();
    (Ask::new(Prompt::compose(Masked::own("Be brief."), turns)), placeholders)
}

/// The value as JSON would carry it, and its words: half an address is as bad as a whole one.
fn traces(kind: &str, value: &str) -> Vec<String> {
    let json = serde_json::to_string(value).unwrap();
    let mut traces = vec![value.to_owned(), json.trim_matches('"').to_owned()];
    match kind {
        "name" => traces.extend(value.split(' ').filter(|part| part.chars().count() > 3).map(str::to_owned)),
        "address" => traces.extend(value.split(", ").filter(|part| part.len() > 5).map(str::to_owned)),
        "secret" => traces.extend(value.lines().filter(|line| line.len() > 30).map(str::to_owned)),
        "phone" | "card" | "iban" | "id" => traces.push(value.chars().filter(char::is_ascii_alphanumeric).collect()),
        _ => {}
    }
    let wide =
        |sign: char| if sign.is_ascii_digit() { char::from_u32(u32::from(sign) + 0xfee0).unwrap() } else { sign };
    traces.extend(traces.clone().iter().map(|trace| trace.chars().map(wide).collect::<String>()));
    traces
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_conversations_no_marker_is_in_the_bytes_that_any_provider_gets() {
    let masker = Masker::new();
    let corpus = planted(CONVERSATIONS);
    let asks: Vec<Ask> = corpus.iter().map(|conversation| masked(&masker, conversation).0).collect();
    let mut leaks = Vec::new();
    for dialect in Dialect::ALL {
        let scene = scripted(dialect, vec![ok(good(dialect))]).await;
        for (ask, conversation) in asks.iter().zip(&corpus) {
            let mut answer = scene.client.stream(ask, &scene.book).await.unwrap();
            while answer.next().await.is_some() {}
            let arrived = scene.seen.requests.lock().unwrap().drain(..).next_back().unwrap();
            leaks.extend(leaked(&arrived, conversation).map(|leak| format!("{} {leak}", dialect.word())));
        }
        assert_eq!(scene.book.written.lock().unwrap().len(), CONVERSATIONS, "each was recorded first");
    }
    leaks.sort();
    leaks.dedup();
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// The personal words of a conversation that a provider received.
fn leaked(arrived: &Arrived, conversation: &Planted) -> impl Iterator<Item = String> {
    let wire = format!("{} {:?} {}", arrived.address, arrived.headers, arrived.body);
    assert!(wire.contains('['), "a placeholder was sent");
    let plain = wire.replace(['\u{200b}', '\u{200e}'], "");
    let found = move |(kind, value): &&(&str, String)| {
        traces(kind, value).iter().any(|trace| wire.contains(trace) || plain.contains(trace))
    };
    conversation.markers.iter().filter(found).map(|(kind, value)| format!("{} {kind}: {value}", conversation.language))
}

/// Vectors give text away: what they are made of leaves the house like a question does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_conversations_no_marker_is_in_what_vectors_are_made_of() {
    let masker = Masker::new();
    let mut leaks = Vec::new();
    for (dialect, answer) in [
        (Dialect::OpenAi, r#"{"data":[{"index":0,"embedding":[0.5]}]}"#),
        (Dialect::Plain, r#"{"data":[{"index":0,"embedding":[0.5]}]}"#),
        (Dialect::Responses, r#"{"data":[{"index":0,"embedding":[0.5]}]}"#),
        (Dialect::Gemini, r#"{"embeddings":[{"values":[0.5]}]}"#),
    ] {
        let scene = scripted(dialect, vec![ok(answer)]).await;
        for conversation in &planted(CONVERSATIONS) {
            let mut placeholders = Placeholders::new();
            let said = conversation.turns.join("\n");
            let text = masker.mask(&mut placeholders, &said, &[]).unwrap();
            scene.client.embed(&[text], Side::Query, &scene.book).await.unwrap();
            let arrived = scene.seen.requests.lock().unwrap().drain(..).next_back().unwrap();
            leaks.extend(leaked(&arrived, conversation).map(|leak| format!("{} {leak}", dialect.word())));
        }
        assert_eq!(scene.book.written.lock().unwrap().len(), CONVERSATIONS, "each was recorded first");
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn every_conversation_comes_back_as_it_was_said() {
    let masker = Masker::new();
    for conversation in planted(CONVERSATIONS).iter().step_by(7) {
        let (_, placeholders) = masked(&masker, conversation);
        for said in &conversation.turns {
            let again = masker.mask(&mut placeholders.clone(), said, &[]).unwrap();
            assert_eq!(placeholders.restore(again.as_text()), *said);
        }
    }
}
