//! The test house: a server of one's own on each engine, and browsers that talk to it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use model::{Moment, World};
use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use server::config::Config;
use server::{Running, start_over};
use testkit::{SeededChance, TestClock, TestStore};
use vault::MasterKey;

/// A password that is long enough.
pub const PASSWORD: &str = "correct horse battery staple";

/// A running server and what moves its world.
pub struct House {
    /// The server.
    pub running: Running,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Its store: goes away with the house.
    _store: TestStore,
    client: Client,
}

/// An answer, read to its end.
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

/// A browser with at most one cookie.
#[derive(Clone)]
pub struct Browser {
    origin: String,
    client: Client,
    cookie: Option<String>,
}

/// Runs the story once on each engine, with the defaults.
pub async fn on_each_engine<F: Future<Output = House>>(story: impl Fn(House) -> F) {
    on_each_engine_with(|_| (), story).await;
}

/// Runs the story once on each engine, with a changed configuration. The story gives the house back, and it must stop well.
pub async fn on_each_engine_with<F: Future<Output = House>>(change: impl Fn(&mut Config), story: impl Fn(House) -> F) {
    for store in testkit::engines().await {
        let house = story(House::open(store, &change).await).await;
        house.running.stop().await;
    }
}

/// An HTTP client; plain HTTP only, but reqwest wants to know its cryptography all the same.
pub fn client() -> Client {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    Client::new()
}

impl House {
    async fn open(store: TestStore, change: impl Fn(&mut Config)) -> Self {
        let clock = Arc::new(TestClock::at(Moment::from_millis(1_800_000_000_000)));
        let world = World { clock: clock.clone(), chance: Arc::new(SeededChance::new(7)) };
        let mut config = Config::default();
        config.server.listen = ([127, 0, 0, 1], 0).into();
        change(&mut config);
        let master = MasterKey::from_bytes([0x33; 32]);
        let running = start_over(config, world, master, store.store().clone()).await;
        let running = running.unwrap_or_else(|stop| panic!("{}: {}", store.name(), stop.sentence));
        Self { running, clock, _store: store, client: client() }
    }

    /// The address of the server.
    pub fn origin(&self) -> String {
        self.running.app.config.origin()
    }

    /// A browser that knows nothing yet.
    pub fn stranger(&self) -> Browser {
        Browser { origin: self.origin(), client: self.client.clone(), cookie: None }
    }

    /// The first owner, signed in.
    pub async fn owner(&self) -> Browser {
        let mut owner = self.stranger();
        let setup = json!({
            "setup_token": self.running.setup_token.as_deref().expect("nobody is here yet"),
            "organisation": "Nadel & Faden", "name": "Ana Duarte", "email": "ana@shop.example", "password": PASSWORD,
        });
        let reply = owner.post("/v1/setup", &setup).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        owner
    }

    /// Somebody who joins by an invitation of `admin`, signed in.
    pub async fn join(&self, admin: &Browser, role: &str, email: &str) -> Browser {
        let invited = admin.clone().post("/v1/team/invitations", &json!({ "role": role })).await;
        assert_eq!(invited.status, 201, "{}", invited.text);
        let link = invited.json()["link"].as_str().unwrap().to_owned();
        let token = link.split_once("#token=").expect("the link carries the token").1.to_owned();
        let mut browser = self.stranger();
        let accept = json!({ "token": token, "name": format!("The {role}"), "email": email, "password": PASSWORD });
        let reply = browser.post("/v1/invitations/accept", &accept).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        browser
    }

    /// Lets time pass.
    pub fn wait(&self, span: Duration) {
        self.clock.advance(span);
    }
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The stable code of an error.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    /// A request with the cookie and the mark of our own page.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.origin)).header("x-confidante", "1");
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    /// Sends, reads to the end, and keeps the cookie.
    pub async fn send(&mut self, request: RequestBuilder) -> Reply {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(cookie) = headers.get(SET_COOKIE).and_then(|value| value.to_str().ok()) {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let text = String::from_utf8_lossy(&response.bytes().await.expect("a whole body")).into_owned();
        Reply { status, headers, text }
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST with JSON.
    pub async fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// PUT with JSON.
    pub async fn put(&mut self, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// PATCH with JSON.
    pub async fn patch(&mut self, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// DELETE.
    pub async fn delete(&mut self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path)).await
    }
}
