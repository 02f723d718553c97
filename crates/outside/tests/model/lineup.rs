//! Fail-over: who is asked again, who is asked next, and what the visitor never sees twice.

use std::time::Duration;

use futures::StreamExt;
use outside::model::{Client, Dialect, Lineup, ModelFault, Patience};

use crate::scene::{Book, Scene, ask, config, door, no, scripted, serve};
use crate::scripted::{Scripted, Seen};

const GOOD: &str = "data: {\"choices\":[{\"delta\":{\"content\":\"Sixty days.\"},\"finish_reason\":\"stop\"}]}\n\n";
const OTHER: &str = "data: {\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\"}}\n\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Two months.\"}}\n\ndata: {\"type\":\"message_stop\"}\n\n";

const QUICK: Patience = Patience {
    retries: 2,
    first_wait: Duration::from_millis(2),
    longest_wait: Duration::from_secs(2),
    budget: Duration::from_secs(30),
};

fn ok(body: &str) -> Scripted {
    crate::scene::ok(body)
}

/// The first speaks OpenAI, the second Anthropic.
async fn two(first: Vec<Scripted>, second: Vec<Scripted>) -> (Scene, Seen, Lineup) {
    let scene = scripted(Dialect::OpenAi, first).await;
    let seen = Seen::default();
    *seen.script.lock().unwrap() = second;
    let address = serve(&seen).await;
    let mut other = config(&address, "script", Dialect::Anthropic);
    other.declared_as = "second".to_owned();
    let other = Client::new(&door(&address), other).unwrap();
    other.declare();
    let clients = vec![scene.client.clone(), other];
    (scene, seen, Lineup::new(clients, QUICK, testkit::world()))
}

/// What was answered, by whom, and why not by those before.
async fn told(lineup: &Lineup, book: &Book) -> Result<(String, String, Vec<&'static str>), Vec<&'static str>> {
    let codes = |tried: Vec<(String, ModelFault)>| tried.iter().map(|(_, fault)| fault.code()).collect();
    match lineup.ask(&ask(), book).await {
        Err(nobody) => Err(codes(nobody.tried)),
        Ok(mut begun) => {
            let mut text = String::new();
            while let Some(Ok(chunk)) = begun.answer.next().await {
                text.push_str(&chunk.text);
            }
            Ok((text, begun.client.declared_as().to_owned(), codes(begun.tried)))
        }
    }
}

fn answered(
    text: &str,
    by: &str,
    tried: &[&'static str],
) -> Result<(String, String, Vec<&'static str>), Vec<&'static str>> {
    Ok((text.to_owned(), by.to_owned(), tried.to_vec()))
}

#[tokio::test]
async fn a_passing_fault_is_tried_again_with_the_same_provider() {
    let (scene, other, lineup) = two(vec![no(500, "", ""), no(529, "", ""), ok(GOOD)], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await, answered("Sixty days.", "operator", &["failed", "failed"]));
    assert!(other.requests.lock().unwrap().is_empty());
    assert_eq!(scene.book.written.lock().unwrap().len(), 3, "each transfer is recorded");
}

#[tokio::test]
async fn a_lasting_fault_goes_straight_to_the_next_provider() {
    for refusal in [no(401, "", ""), no(429, "", r#"{"error":{"code":"insufficient_quota"}}"#), no(400, "", "{}")] {
        let (scene, _, lineup) = two(vec![refusal], vec![ok(OTHER)]).await;
        let (text, by, tried) = told(&lineup, &scene.book).await.unwrap();
        assert_eq!((text.as_str(), by.as_str(), tried.len()), ("Two months.", "second", 1));
    }
}

#[tokio::test]
async fn whoever_wants_a_long_wait_is_passed_over_and_a_short_one_is_waited_for() {
    let (scene, _, lineup) = two(vec![no(429, "60", ""), ok(GOOD)], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await, answered("Two months.", "second", &["busy"]));
    let (scene, _, lineup) = two(vec![no(429, "0.05", ""), ok(GOOD)], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await, answered("Sixty days.", "operator", &["busy"]));
}

#[tokio::test]
async fn a_stream_that_breaks_before_its_first_word_is_taken_over_and_one_that_breaks_later_is_not() {
    let (scene, _, lineup) = two(vec![ok("data: {\"choices\":[]}\n\n")], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await.unwrap().1, "second");
    let begun = "data: {\"choices\":[{\"delta\":{\"content\":\"Six\"}}]}\n\ndata: {\"choi";
    let (scene, other, lineup) = two(vec![ok(begun)], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await, answered("Six", "operator", &[]));
    assert!(other.requests.lock().unwrap().is_empty(), "never two voices in one answer");
}

#[tokio::test]
async fn a_declined_question_is_not_carried_from_one_provider_to_the_next() {
    let declined = "data: {\"choices\":[{\"delta\":{\"refusal\":\"No\"}}]}\n\n";
    let (scene, other, lineup) = two(vec![ok(declined)], vec![ok(OTHER)]).await;
    assert_eq!(told(&lineup, &scene.book).await, Err(vec!["declined"]));
    assert!(other.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn when_nobody_answers_that_is_said_and_the_tired_are_asked_last() {
    let (scene, other, lineup) = two(vec![no(500, "", "")], vec![no(503, "", "")]).await;
    assert_eq!(told(&lineup, &scene.book).await, Err(vec!["failed"; 6]));
    *other.script.lock().unwrap() = vec![ok(OTHER)];
    assert_eq!(told(&lineup, &scene.book).await.unwrap().1, "second");
    let before = scene.seen.requests.lock().unwrap().len();
    assert_eq!(told(&lineup, &scene.book).await, answered("Two months.", "second", &[]));
    assert_eq!(scene.seen.requests.lock().unwrap().len(), before, "who failed three times in a row rests");
}

#[tokio::test]
async fn a_ledger_that_does_not_work_lets_nothing_out_to_anybody() {
    let (mut scene, other, lineup) = two(vec![ok(GOOD)], vec![ok(OTHER)]).await;
    scene.book.works = false;
    assert_eq!(told(&lineup, &scene.book).await, Err(vec!["not_recorded"]));
    assert!(scene.seen.requests.lock().unwrap().is_empty() && other.requests.lock().unwrap().is_empty());
}
