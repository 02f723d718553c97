//! The model client against a scripted server: good, malformed, endless, hanging, refusing.

use std::time::Duration;

use futures::StreamExt;
use outside::model::{Chunk, Client, Dialect, Meter, ModelFault, Usage};

use crate::dialects::good;
use crate::scene::{ask, config, door, ok, scene, scripted, serve};

async fn told(case: &str) -> Result<String, ModelFault> {
    let scene = scene(case, true).await;
    let chunks: Vec<Result<Chunk, ModelFault>> = scene.client.stream(&ask(), &scene.book).await?.collect().await;
    chunks.into_iter().map(|chunk| chunk.map(|chunk| chunk.text)).collect()
}

#[tokio::test]
async fn an_answer_streams() {
    assert_eq!(told("good").await.unwrap(), "Sixty days.");
}

#[tokio::test]
async fn the_provider_says_what_it_cost_and_lingering_behind_the_end_costs_nothing() {
    let scene = scene("good", true).await;
    let chunks: Vec<_> = scene.client.stream(&ask(), &scene.book).await.unwrap().collect().await;
    let usage = chunks.into_iter().filter_map(|chunk| chunk.unwrap().usage).next_back();
    assert_eq!(usage, Some(Usage { input: 12, output: 3 }));
    assert_eq!(told("lingers").await.unwrap(), "Sixty");
}

#[tokio::test]
async fn a_stream_in_single_bytes_with_other_line_ends_is_the_same_answer() {
    assert_eq!(told("bytes").await.unwrap(), "Zürich 世界 🏔");
}

#[tokio::test]
async fn loose_servers_are_understood() {
    assert_eq!(told("loose").await.unwrap(), "ab");
}

#[tokio::test]
async fn the_ledger_knows_before_the_first_byte_leaves_and_knows_exactly() {
    let scene = scene("good", true).await;
    let _answer = scene.client.stream(&ask(), &scene.book).await.unwrap();
    let written = scene.book.written.lock().unwrap();
    let requests = scene.seen.requests.lock().unwrap();
    let (disclosure, before) = &written[0];
    let (key, body) = (requests[0].header("authorization"), &requests[0].body);
    assert_eq!((*before, requests.len()), (0, 1));
    assert_eq!((key, &disclosure.content, disclosure.bytes), ("Bearer sk-secret", body, body.len()));
    assert_eq!(disclosure.hash, aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body.as_bytes()).as_ref());
    assert_eq!(disclosure.recipient, "Example AI");
    assert!(body.contains("[EMAIL_1]") && body.contains("\"store\":false"), "{body}");
    assert!(!body.contains("ada@example.org") && !body.contains("sk-secret"), "{body}");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent() {
    let scene = scene("good", false).await;
    let fault = scene.client.stream(&ask(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::NotRecorded));
    assert!(scene.seen.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn broken_streams_end_in_one_clear_fault() {
    assert_eq!(told("cut").await, Err(ModelFault::BrokeOff));
    assert_eq!(told("half").await, Err(ModelFault::Malformed));
    assert_eq!(told("noise").await, Err(ModelFault::Malformed));
    assert_eq!(told("page").await, Err(ModelFault::Malformed));
    assert_eq!(told("error").await, Err(ModelFault::Refused { status: 200, code: "overloaded".into() }));
}

#[tokio::test]
async fn a_fault_is_the_last_thing_a_stream_says() {
    let scene = scene("error", true).await;
    let chunks: Vec<_> = scene.client.stream(&ask(), &scene.book).await.unwrap().collect().await;
    assert_eq!(chunks.len(), 2);
    assert!(chunks[0].is_ok() && chunks[1].is_err());
}

#[tokio::test]
async fn endless_and_hanging_servers_are_left() {
    assert_eq!(told("endless").await, Err(ModelFault::TooLarge));
    assert_eq!(told("slow").await, Err(ModelFault::TimedOut), "altogether too long");
    assert_eq!(told("stuck").await, Err(ModelFault::TimedOut), "silent in mid-stream");
    assert_eq!(told("silent").await, Err(ModelFault::TimedOut), "silent from the start");
}

#[tokio::test]
async fn refusals_are_told_apart_and_repeat_nothing() {
    assert_eq!(told("locked").await, Err(ModelFault::Key { status: 401 }));
    assert_eq!(told("long").await, Err(ModelFault::Refused { status: 400, code: "context_length_exceeded".into() }));
    let broken = told("broken").await.unwrap_err();
    assert_eq!(broken, ModelFault::Failed { status: 500 });
    assert!(!format!("{broken} {broken:?}").contains("secret"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_words_in_hand() {
    let scene = scene("moved", true).await;
    let fault = scene.client.stream(&ask(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::Refused { status: 307, code: "unknown".into() }));
    assert_eq!(scene.seen.requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn hanging_up_stops_every_providers_model_and_what_came_until_then_is_counted() {
    for dialect in Dialect::ALL {
        let scene = scripted(dialect, vec![ok(good(dialect))]).await;
        let address = serve(&scene.seen).await;
        let door = door(&address);
        let client = Client::new(&door, config(&address, "watched", dialect)).unwrap();
        client.declare();
        let (sender, hung_up) = tokio::sync::oneshot::channel();
        *scene.seen.hung_up.lock().unwrap() = Some(sender);
        let meter = Meter::default();
        let mut answer = client.stream(&ask().metered(&meter), &scene.book).await.unwrap();
        while answer.next().await.unwrap().unwrap().text.is_empty() {}
        drop(answer);
        tokio::time::timeout(Duration::from_secs(30), hung_up).await.expect("the server notices").unwrap();
        let spent = meter.take();
        let spent = spent.get("operator").expect("one call");
        assert!(spent.calls == 1 && spent.usage.input > 3 && spent.usage.output > 0, "{dialect:?}: {spent:?}");
    }
}

#[tokio::test]
async fn a_host_that_nobody_declares_is_not_reached() {
    let scene = scene("good", true).await;
    scene.door.withdraw_provider("operator");
    let fault = scene.client.stream(&ask(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::NotDeclared));
    assert!(scene.seen.requests.lock().unwrap().is_empty() && scene.book.written.lock().unwrap().is_empty());
    scene.client.declare();
    assert!(scene.client.stream(&ask(), &scene.book).await.is_ok());
}

#[tokio::test]
async fn a_server_without_a_good_certificate_is_not_spoken_to() {
    let scene = scene("https", true).await;
    let fault = scene.client.stream(&ask(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::Unreachable));
    assert!(scene.seen.requests.lock().unwrap().is_empty());
}
