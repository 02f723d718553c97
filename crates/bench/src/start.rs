//! From an empty folder to the first cited answer.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::Place;
use crate::client::Client;
use crate::house::House;

/// Prints the line: a first start with an empty folder, then a chat, a question, and the wait for its answer.
pub async fn run(place: &Place) -> Result<()> {
    let started = Instant::now();
    let house = House::start(&place.binary, &[]).await?;
    let up = started.elapsed().as_secs_f64();
    let key = house.widget_key().await?;
    let token = house.visitor(&key).await?;
    let authorization = format!("authorization: Bearer {token}\r\n");
    let mut client = Client::connect(house.port).await?;
    let mut tries = 0;
    for number in 0..200 {
        let body = format!("{{\"client_id\":\"q{number}\",\"text\":\"How many days do I have to return something?\"}}");
        client.send("POST", "/v1/visitor/messages", &authorization, &body).await?;
        tries += 1;
        if answered(&mut client, &authorization).await? {
            let total = started.elapsed().as_secs_f64();
            println!(
                "answering requests after {up:.2} s, first cited answer after {total:.2} s, goal < 2 s ({tries} questions asked)"
            );
            return Ok(());
        }
    }
    bail!("no cited answer within 200 questions")
}

/// Waits for the assistant's reply to the last question; `true` if it cites a page.
async fn answered(client: &mut Client, authorization: &str) -> Result<bool> {
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let (_, body) = client.send("GET", "/v1/visitor/conversation", authorization, "").await?;
        let conversation: Value = serde_json::from_slice(&body)?;
        let last =
            conversation["messages"].as_array().and_then(|messages| messages.last()).cloned().unwrap_or_default();
        if last["kind"] == "ai" {
            return Ok(last["outcome"] == "answered");
        }
    }
    Ok(false)
}
