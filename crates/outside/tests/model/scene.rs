//! A client, the server it talks to, and the ledger between them.

use std::sync::Mutex;
use std::time::Duration;

use masking::{Masked, Masker, Placeholders, Prompt, PromptRole, Turn};
use outside::model::{ApiKey, Ask, Client, Dialect, Limits, ModelConfig};
use outside::{BoxFuture, Disclosure, Door, DoorConfig, Foreign, Ledger, LedgerFault, Recipient};

use crate::scripted::{Scripted, Seen, model};

/// A ledger which remembers, and how many requests the server had seen when it was asked.
pub struct Book {
    pub seen: Seen,
    pub works: bool,
    pub written: Mutex<Vec<(Disclosure, usize)>>,
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

pub struct Scene {
    pub seen: Seen,
    pub client: Client,
    pub book: Book,
    pub door: Door,
}

/// The server's address.
pub async fn serve(seen: &Seen) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let router = model(seen.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// A client for one case of the server.
pub fn config(address: &str, case: &str, dialect: Dialect) -> ModelConfig {
    let recipient = Recipient { name: "Example AI".into(), country: "Germany".into(), ..Client::RECIPIENT };
    let scheme = if case == "https" { "https" } else { "http" };
    let mut config = ModelConfig::new(format!("{scheme}://{address}/{case}"), "small", recipient);
    config.api_key = Some(ApiKey::new("sk-secret"));
    config.dialect = dialect;
    // Hanging servers are left soon, all others may be slow on a busy machine.
    let (silence, total) = match case {
        "slow" | "stuck" | "silent" => (Duration::from_millis(300), Duration::from_millis(900)),
        _ => (Duration::from_secs(30), Duration::from_secs(30)),
    };
    config.limits = Limits { first_byte: silence, silence, total, max_bytes: 64 * 1024, max_tokens: 100 };
    config
}

/// A door that lets through to this server.
pub fn door(address: &str) -> Door {
    Door::new(DoorConfig { allow_private: vec![address.to_owned()], ..DoorConfig::default() }).unwrap()
}

pub async fn scene(case: &str, works: bool) -> Scene {
    let seen = Seen::default();
    let address = serve(&seen).await;
    let door = door(&address);
    let client = Client::new(&door, config(&address, case, Dialect::OpenAi)).unwrap();
    client.declare();
    let book = Book { seen: seen.clone(), works, written: Mutex::default() };
    Scene { seen, client, book, door }
}

/// A client of this dialect, and a server that answers these, one after the other.
pub async fn scripted(dialect: Dialect, answers: Vec<Scripted>) -> Scene {
    let mut scene = scene("script", true).await;
    *scene.seen.script.lock().unwrap() = answers;
    let address = serve(&scene.seen).await;
    scene.door = door(&address);
    scene.client = Client::new(&scene.door, config(&address, "script", dialect)).unwrap();
    scene.client.declare();
    scene
}

/// A stream with status 200.
pub fn ok(body: &str) -> Scripted {
    Scripted { status: 200, retry_after: "", body: body.to_owned() }
}

/// A refusal.
pub fn no(status: u16, retry_after: &'static str, body: &str) -> Scripted {
    Scripted { status, retry_after, body: body.to_owned() }
}

pub fn ask() -> Ask {
    let mut placeholders = Placeholders::new();
    let said = Masker::new().mask(&mut placeholders, "I am ada@example.org, returns?", &[]).unwrap();
    let turn = |role, text| Turn { role, text };
    let turns = vec![
        turn(PromptRole::Visitor, Masked::own("Hello")),
        turn(PromptRole::Assistant, Masked::own("Hi \"you\"")),
        turn(PromptRole::Visitor, said),
    ];
    Ask::new(Prompt::compose(Masked::own("Be brief."), turns))
}
