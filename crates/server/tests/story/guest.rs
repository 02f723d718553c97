//! A shop with one page of knowledge, the visitors who chat with it, and the streams they listen to.

use std::time::Duration;

use model::OrganisationId;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use server::config::Config;

use crate::house::{Browser, House, Reply, client};
use crate::scripted_model::ScriptedModel;

/// The page everybody asks about.
pub const PAGE: &str = "# Returns\n\nYou can return unworn shoes within 60 days of delivery. The return is free of charge.\n\n\
# Shipping\n\nShipping within Germany costs 4.90 euros and takes two to three working days.";
/// What it answers.
pub const QUESTION: &str = "How many days do I have to return shoes?";

/// A shop that is ready for visitors.
pub struct Shop {
    /// The server.
    pub house: House,
    /// Its owner, signed in.
    pub owner: Browser,
    /// The key of its widget.
    pub widget_key: String,
}

/// A visitor's browser: a token instead of a cookie.
pub struct Visitor {
    origin: String,
    client: Client,
    /// Her token.
    pub token: String,
    /// Her conversation.
    pub conversation: String,
}

/// A stream of server-sent events, read one by one.
pub struct Stream {
    response: Response,
    buffer: Vec<u8>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its id, if it has one.
    pub id: Option<i64>,
    /// Its body.
    pub json: Value,
}

/// Makes a scripted model the assistant's.
pub fn answer_with(model: &ScriptedModel, config: &mut Config) {
    config.model.base_url = format!("http://{}/v1", model.address);
    config.model.name = "scripted-1".to_owned();
    config.model.recipient = "Scripted".to_owned();
    config.model.country = "DE".to_owned();
    config.crawl.allow_private.push(model.address.clone());
}

/// Sends and reads to the end.
pub async fn fetch(request: RequestBuilder) -> Reply {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let text = String::from_utf8_lossy(&response.bytes().await.expect("a whole body")).into_owned();
    Reply { status, headers, text }
}

impl Shop {
    /// Founds the shop in this house.
    pub async fn open(house: House) -> Self {
        let mut owner = house.owner().await;
        let organisation = owner.get("/v1/me").await.json()["organisation"].clone();
        let id: OrganisationId = organisation["id"].as_str().unwrap().parse().unwrap();
        house.running.app.desk.library.add_manual(id, "Returns and shipping", PAGE).await.unwrap();
        let widget_key = organisation["widget_key"].as_str().unwrap().to_owned();
        Self { house, owner, widget_key }
    }

    /// A visitor who has just started a chat.
    pub async fn visitor(&self) -> Visitor {
        let client = client();
        let address = format!("{}/v1/widget/{}/sessions", self.house.origin(), self.widget_key);
        let reply = fetch(client.post(address).json(&json!({ "locale": "en-GB", "page_host": "shop.example" }))).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        let begun = reply.json();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        Visitor {
            origin: self.house.origin(),
            client,
            token: word(&begun["token"]),
            conversation: word(&begun["conversation"]["id"]),
        }
    }

    /// Waits until no job is left.
    pub async fn idle(&self) {
        tokio::time::timeout(Duration::from_secs(30), self.house.running.jobs.idle())
            .await
            .expect("in time")
            .expect("at rest");
    }

    /// The owner does something to a conversation.
    pub async fn turn(&self, visitor: &Visitor, turn: &str) -> Reply {
        self.owner.clone().post(&format!("/v1/conversations/{}/{turn}", visitor.conversation), &json!({})).await
    }

    /// The owner writes to a visitor, or a note about her.
    pub async fn write(&self, visitor: &Visitor, client_id: &str, text: &str, note: bool) -> Reply {
        let body = json!({ "client_id": client_id, "text": text, "note": note });
        self.owner.clone().post(&format!("/v1/conversations/{}/messages", visitor.conversation), &body).await
    }

    /// What happens at the desk.
    pub async fn desk_stream(&self) -> Stream {
        let mut stream = Stream::open(self.owner.request(Method::GET, "/v1/stream")).await;
        assert_eq!(stream.next().await.expect("a beginning").name, "hello");
        stream
    }
}

impl Visitor {
    /// A request with her token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin)).bearer_auth(&self.token)
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        fetch(self.request(Method::GET, path)).await
    }

    /// POST with JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        fetch(self.request(Method::POST, path).json(body)).await
    }

    /// She says something.
    pub async fn say(&self, client_id: &str, text: &str) -> Reply {
        self.post("/v1/visitor/messages", &json!({ "client_id": client_id, "text": text })).await
    }

    /// She says something and it is accepted as new.
    pub async fn says(&self, client_id: &str, text: &str) -> Value {
        let reply = self.say(client_id, text).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()
    }

    /// She sends a file.
    pub async fn send_file(&self, client_id: &str, name: &str, content: &[u8]) -> Reply {
        let mut body = format!(
            "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--line--\r\n");
        let request = self.request(Method::POST, &format!("/v1/visitor/files?client_id={client_id}"));
        fetch(request.header("content-type", "multipart/form-data; boundary=line").body(body)).await
    }

    /// Her conversation as she sees it.
    pub async fn conversation(&self) -> Value {
        let reply = self.get("/v1/visitor/conversation").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// Kinds and texts of what she sees.
    pub async fn log(&self) -> Vec<(String, String)> {
        let conversation = self.conversation().await;
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        conversation["messages"].as_array().unwrap().iter().map(|m| (word(&m["kind"]), word(&m["text"]))).collect()
    }

    /// She listens, from after this message on.
    pub async fn listen(&self, after: i64) -> Stream {
        Stream::open(self.request(Method::GET, &format!("/v1/visitor/stream?after={after}"))).await
    }
}

impl Stream {
    /// Opens it.
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), 200);
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
        Self { response, buffer: Vec::new() }
    }

    /// The next event; nothing when the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(end) = self.buffer.windows(2).position(|two| two == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                if let Some(event) = parse(std::str::from_utf8(&block).unwrap()) {
                    return Some(event);
                }
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk())
                .await
                .expect("something happens in time");
            self.buffer.extend_from_slice(&chunk.ok()??);
        }
    }

    /// Everything up to and with the first event that fits.
    pub async fn until(&mut self, fits: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut heard = Vec::new();
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the stream ended after {heard:?}"));
            heard.push(event);
            if fits(heard.last().unwrap()) {
                return heard;
            }
        }
    }

    /// Everything up to the message with this number.
    pub async fn until_message(&mut self, seq: i64) -> Vec<Event> {
        self.until(|event| event.name == "message" && event.id == Some(seq)).await
    }
}

/// The numbers of the messages among these events.
pub fn numbers(events: &[Event]) -> Vec<i64> {
    events
        .iter()
        .filter(|event| event.name == "message")
        .map(|event| event.id.expect("a message has a number"))
        .collect()
}

/// What a browser would show of a draft after these events.
pub fn drafted(events: &[Event]) -> String {
    let mut text = String::new();
    for event in events {
        match event.name.as_str() {
            "draft" => text = event.json["text"].as_str().unwrap().to_owned(),
            "delta" => text.push_str(event.json["append"].as_str().unwrap()),
            _ => {}
        }
    }
    text
}

fn parse(block: &str) -> Option<Event> {
    let field =
        |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim_start().to_owned());
    let json = serde_json::from_str(&field("data:")?).unwrap();
    Some(Event { name: field("event:")?, id: field("id:").map(|id| id.parse().unwrap()), json })
}
