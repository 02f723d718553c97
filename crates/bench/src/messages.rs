//! How many visitors' messages are accepted, durably, at 1, 8 and 64 writers.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::client::Client;
use crate::house::House;
use crate::{Place, bare, quantile};

const SECONDS: f64 = 2.0;
/// A message of the usual length.
const TEXT: &str = "Hello, I ordered hiking boots last week and they are half a size too small. Can I exchange them, and who pays \
for sending them back? I have not worn them outside.";

/// Prints the table.
pub async fn run(place: &Place) -> Result<()> {
    println!("| writers | ours /s | p99 ms | bare /s | p99 ms | ours / bare |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for writers in [1, 8, 64] {
        let (ours, ours_p99) = ours(place, writers).await?;
        let (bare, bare_p99) = tokio::task::spawn_blocking(move || bare::run(writers, SECONDS)).await??;
        println!("| {writers} | {ours:.0} | {ours_p99:.2} | {bare:.0} | {bare_p99:.2} | {:.2} |", ours / bare);
    }
    println!("(load generator and server share the cores; load {})", crate::load());
    Ok(())
}

async fn ours(place: &Place, writers: usize) -> Result<(f64, f64)> {
    let house = Arc::new(House::start(&place.binary, &[]).await?);
    let key = house.widget_key().await?;
    let mut tokens = Vec::new();
    for _ in 0..writers {
        tokens.push(house.visitor(&key).await?);
    }
    // Answers are not what is measured: the visitors ask for a person first, so that no assistant writes meanwhile.
    for token in &tokens {
        let authorization = format!("authorization: Bearer {token}\r\n");
        Client::connect(house.port).await?.send("POST", "/v1/visitor/person", &authorization, "").await?;
    }
    let started = Instant::now();
    let speakers: Vec<_> = tokens.into_iter().map(|token| tokio::spawn(speak(house.port, token))).collect();
    let mut times = Vec::new();
    for speaker in speakers {
        times.extend(speaker.await??);
    }
    let elapsed = started.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = times.len() as f64 / elapsed;
    Ok((rate, quantile(&times, 0.99)))
}

async fn speak(port: u16, token: String) -> Result<Vec<f64>> {
    let mut client = Client::connect(port).await?;
    let authorization = format!("authorization: Bearer {token}\r\n");
    let started = Instant::now();
    let mut times = Vec::new();
    while started.elapsed().as_secs_f64() < SECONDS {
        let body = format!("{{\"client_id\":\"{}\",\"text\":\"{TEXT}\"}}", times.len());
        let one = Instant::now();
        let (status, body) = client.send("POST", "/v1/visitor/messages", &authorization, &body).await?;
        if status != 201 {
            bail!("a message was refused with {status}: {}", String::from_utf8_lossy(&body));
        }
        times.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}
