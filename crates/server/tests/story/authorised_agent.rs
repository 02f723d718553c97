//! Actors of the Data Rights Protocol: an authorised agent that signs what it asks, and the place where it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::routing::post;
use data_encoding::BASE64;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::guest::{Shop, fetch};
use crate::house::{Reply, client};

/// A company that asks for people.
pub struct Agent {
    client: Client,
    origin: String,
    key: Ed25519KeyPair,
    /// What its network calls it.
    pub name: String,
    business: String,
    token: String,
}

/// Where an agent is told how requests stand: keeps what it gets, and answers with a status that can be changed.
pub struct Listener {
    /// Its address, without a path.
    pub place: String,
    heard: Arc<Mutex<Vec<Value>>>,
    /// What it answers.
    pub status: Arc<Mutex<StatusCode>>,
}

impl Listener {
    /// Opens one.
    pub async fn open() -> Self {
        let (heard, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(StatusCode::OK)));
        let (ears, answer) = (heard.clone(), status.clone());
        let hear = move |axum::Json(told): axum::Json<Value>| {
            ears.lock().unwrap().push(told);
            std::future::ready(axum::http::StatusCode::from_u16(answer.lock().unwrap().as_u16()).unwrap())
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let router = axum::Router::new().route("/status", post(hear));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { place, heard, status }
    }

    /// What was told since the last look: state and reason of each.
    pub fn heard(&self) -> Vec<(String, String)> {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let told = std::mem::take(&mut *self.heard.lock().unwrap());
        told.iter().map(|told| (word(&told["status"]), word(&told["reason"]))).collect()
    }
}

impl Agent {
    /// An agent that is registered and has no token yet.
    pub async fn registered(shop: &Shop, name: &str, seed: u8, callback: &str) -> Self {
        let key = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let verify_key = BASE64.encode(key.public_key().as_ref());
        let new = json!({ "agent": name, "name": "Fair Agents", "verify_key": verify_key, "callback": callback });
        let reply = shop.owner.clone().post("/v1/authorised-agents", &new).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        let listed = shop.owner.clone().get("/v1/authorised-agents").await.json();
        let business = listed["business_id"].as_str().unwrap().to_owned();
        let (origin, name) = (shop.house.origin(), name.to_owned());
        Self { client: client(), origin, key, name, business, token: String::new() }
    }

    /// The same with a token.
    pub async fn connected(shop: &Shop, name: &str, seed: u8, callback: &str) -> Self {
        let mut agent = Self::registered(shop, name, seed, callback).await;
        let reply = agent.connect(&agent.claims(shop, json!({}))).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(reply.json()["agent-id"], agent.name.as_str());
        agent.token = reply.json()["token"].as_str().unwrap().to_owned();
        agent
    }

    /// The claims of every message, valid now for ten minutes, with others over them.
    pub fn claims(&self, shop: &Shop, over: Value) -> Value {
        let now = shop.house.running.app.desk.world.now();
        let until = now.plus(Duration::from_secs(600));
        let mut claims = json!({
            "agent-id": self.name, "business-id": self.business, "drp.version": "1.0",
            "issued-at": privacy::drp::moment(now), "expires-at": privacy::drp::moment(until),
        });
        for (name, value) in over.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    /// The claims of a request.
    pub fn asks(&self, shop: &Shop, exercise: &str, email: &str, over: Value) -> Value {
        let mut claims = self.claims(shop, json!({ "exercise": exercise, "regime": "ccpa", "email": email }));
        for (name, value) in over.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    /// Signed in combined mode: the signature, then the bytes; base64.
    pub fn signed(&self, claims: &Value) -> String {
        let bytes = serde_json::to_vec(claims).unwrap();
        let mut combined = self.key.sign(&bytes).as_ref().to_vec();
        combined.extend(bytes);
        BASE64.encode(&combined)
    }

    /// Asks for a token.
    pub async fn connect(&self, claims: &Value) -> Reply {
        let address = format!("{}/v1/agent/{}", self.origin, self.name);
        fetch(self.client.post(address).header("content-type", "text/plain").body(self.signed(claims))).await
    }

    /// Sends a body as it is.
    pub async fn send(&self, method: Method, path: &str, body: String) -> Reply {
        let request = self.client.request(method, format!("{}{path}", self.origin));
        fetch(request.bearer_auth(&self.token).header("content-type", "text/plain").body(body)).await
    }

    /// Asks for somebody.
    pub async fn exercise(&self, claims: &Value) -> Reply {
        self.send(Method::POST, "/v1/data-rights-request", self.signed(claims)).await
    }

    /// Asks how a request stands.
    pub async fn status(&self, id: &str) -> Reply {
        self.send(Method::GET, &format!("/v1/data-rights-request/{id}"), String::new()).await
    }

    /// Takes a request back.
    pub async fn revoke(&self, id: &str) -> Reply {
        let body = self.signed(&json!({ "reason": "I want to keep it" }));
        self.send(Method::DELETE, &format!("/v1/data-rights-request/{id}"), body).await
    }

    /// A request that is heard; its UUID and its status.
    pub async fn asked(&self, shop: &Shop, exercise: &str, email: &str, over: Value) -> (String, Value) {
        let reply = self.exercise(&self.asks(shop, exercise, email, over)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        (reply.json()["request_id"].as_str().unwrap().to_owned(), reply.json())
    }
}
