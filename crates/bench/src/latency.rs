//! How long it takes from the visitor's send until the console has the message.

use std::time::Instant;

use anyhow::{Result, bail};
use tokio::io::AsyncBufReadExt;

use crate::client::Client;
use crate::house::House;
use crate::{Place, quantile};

const MESSAGES: usize = 500;

/// Prints the line.
pub async fn run(place: &Place) -> Result<()> {
    let house = House::start(&place.binary, &[]).await?;
    let key = house.widget_key().await?;
    let owner = house.owner().await?;
    let token = house.visitor(&key).await?;
    let authorization = format!("authorization: Bearer {token}\r\n");
    let mut visitor = Client::connect(house.port).await?;
    visitor.send("POST", "/v1/visitor/person", &authorization, "").await?;
    let mut console = Client::connect(house.port).await?.open_stream("/v1/stream", &owner).await?;
    let (mut times, mut line) = (Vec::new(), String::new());
    for number in 0..MESSAGES {
        let body = format!("{{\"client_id\":\"{number}\",\"text\":\"needle{number}x\"}}");
        let needle = format!("needle{number}x");
        let started = Instant::now();
        let sent = visitor.send("POST", "/v1/visitor/messages", &authorization, &body);
        let seen = async {
            loop {
                line.clear();
                if console.read_line(&mut line).await? == 0 {
                    bail!("the console's stream ended");
                }
                if line.contains(&needle) {
                    return Ok(started.elapsed().as_secs_f64() * 1000.0);
                }
            }
        };
        let (sent, seen) = tokio::join!(sent, seen);
        sent?;
        times.push(seen?);
    }
    times.sort_by(f64::total_cmp);
    println!("{MESSAGES} messages: p50 {:.2} ms, p99 {:.2} ms", quantile(&times, 0.5), quantile(&times, 0.99));
    Ok(())
}
