//! The model client against a scripted server: good, malformed, endless, hanging, refusing.

#[path = "house/model.rs"]
mod scripted;

use std::sync::Mutex;
use std::time::Duration;

use futures::StreamExt;
use masking::{Masked, Masker, Placeholders, Prompt, PromptRole, Turn};
use outside::model::{ApiKey, Chunk, Client, Limits, ModelConfig, ModelFault};
use outside::{BoxFuture, Disclosure, Door, DoorConfig, Foreign, Ledger, LedgerFault, Recipient};

use crate::scripted::{Seen, model};

/// A ledger which remembers, and how many requests the server had seen when it was asked.
struct Book {
    seen: Seen,
    works: bool,
    written: Mutex<Vec<(Disclosure, usize)>>,
}

impl Ledger for Book {
    fn record<'a>(&'a self, disclosure: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        Box::pin(async move {
            let before = self.seen.requests.lock().unwrap().len();
            self.written.lock().unwrap().push((disclosure, before));
            if self.works { Ok(()) } else { Err(LedgerFault) }
        })
    }
}

struct Scene {
    seen: Seen,
    client: Client,
    book: Book,
}

async fn scene(case: &str, works: bool) -> Scene {
    let seen = Seen::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = model(seen.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let recipient = Recipient { name: "Example AI".into(), country: "Germany".into(), ..Client::RECIPIENT };
    let mut config = ModelConfig::new(format!("http://{address}/{case}"), "small", recipient);
    config.api_key = Some(ApiKey::new("sk-secret"));
    // Hanging servers are left soon, all others may be slow on a busy machine.
    let (silence, total) = match case {
        "slow" | "stuck" | "silent" => (Duration::from_millis(300), Duration::from_millis(900)),
        _ => (Duration::from_secs(30), Duration::from_secs(30)),
    };
    config.limits = Limits { silence, total, max_bytes: 64 * 1024, max_tokens: 100 };
    let client = Client::new(&Door::new(DoorConfig::default()).unwrap(), config).unwrap();
    let book = Book { seen: seen.clone(), works, written: Mutex::default() };
    Scene { seen, client, book }
}

fn prompt() -> Masked<Prompt> {
    let said = Masker::new().mask(&mut Placeholders::new(), "I am ada@example.org, returns?", &[]).unwrap();
    Prompt::compose(Masked::own("Be brief."), vec![Turn { role: PromptRole::Visitor, text: said }])
}

async fn told(case: &str) -> Result<String, ModelFault> {
    let scene = scene(case, true).await;
    let chunks: Vec<Result<Chunk, ModelFault>> = scene.client.stream(prompt(), &scene.book).await?.collect().await;
    chunks.into_iter().map(|chunk| chunk.map(|chunk| chunk.text)).collect()
}

#[tokio::test]
async fn an_answer_streams() {
    assert_eq!(told("good").await.unwrap(), "Sixty days.");
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
    let _answer = scene.client.stream(prompt(), &scene.book).await.unwrap();
    let written = scene.book.written.lock().unwrap();
    let requests = scene.seen.requests.lock().unwrap();
    let (disclosure, before) = &written[0];
    let (key, body) = &requests[0];
    assert_eq!((*before, requests.len()), (0, 1));
    assert_eq!((key.as_str(), &disclosure.content, disclosure.bytes), ("Bearer sk-secret", body, body.len()));
    assert_eq!(disclosure.hash, aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body.as_bytes()).as_ref());
    assert_eq!(disclosure.recipient, "Example AI");
    assert!(body.contains("[EMAIL_1]") && body.contains("\"store\":false"), "{body}");
    assert!(!body.contains("ada@example.org") && !body.contains("sk-secret"), "{body}");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent() {
    let scene = scene("good", false).await;
    let fault = scene.client.stream(prompt(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::NotRecorded));
    assert!(scene.seen.requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn broken_streams_end_in_one_clear_fault() {
    assert_eq!(told("cut").await, Err(ModelFault::BrokeOff));
    assert_eq!(told("noise").await, Err(ModelFault::Malformed));
    assert_eq!(told("page").await, Err(ModelFault::Malformed));
    assert_eq!(told("error").await, Err(ModelFault::Refused { status: 200, code: "overloaded".into() }));
}

#[tokio::test]
async fn a_fault_is_the_last_thing_a_stream_says() {
    let scene = scene("error", true).await;
    let chunks: Vec<_> = scene.client.stream(prompt(), &scene.book).await.unwrap().collect().await;
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
    assert_eq!(told("busy").await, Err(ModelFault::Busy { retry_after: Some(Duration::from_secs(7)) }));
    assert_eq!(told("quota").await, Err(ModelFault::UsedUp));
    assert_eq!(told("locked").await, Err(ModelFault::Key { status: 401 }));
    assert_eq!(told("long").await, Err(ModelFault::Refused { status: 400, code: "context_length_exceeded".into() }));
    let broken = told("broken").await.unwrap_err();
    assert_eq!(broken, ModelFault::Failed { status: 500 });
    assert!(!format!("{broken} {broken:?}").contains("secret"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_words_in_hand() {
    let scene = scene("moved", true).await;
    let fault = scene.client.stream(prompt(), &scene.book).await.err();
    assert_eq!(fault, Some(ModelFault::Refused { status: 307, code: "unknown".into() }));
    assert_eq!(scene.seen.requests.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn hanging_up_stops_the_model() {
    let scene = scene("watched", true).await;
    let (sender, hung_up) = tokio::sync::oneshot::channel();
    *scene.seen.hung_up.lock().unwrap() = Some(sender);
    let mut answer = scene.client.stream(prompt(), &scene.book).await.unwrap();
    assert!(answer.next().await.unwrap().is_ok());
    drop(answer);
    tokio::time::timeout(Duration::from_secs(5), hung_up).await.expect("the server notices").unwrap();
}
