//! How quickly a website becomes knowledge, and how quickly a question finds its passage.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::client::Client;
use crate::house::House;
use crate::{Place, quantile};

const QUESTIONS: [&str; 10] = [
    "How do I create an index without locking writes?",
    "What does VACUUM FULL do?",
    "Which privileges does pg_dump need?",
    "How can I limit the number of connections?",
    "What is the default transaction isolation level?",
    "How do I set up logical replication?",
    "What does autovacuum_naptime mean?",
    "How are dates compared?",
    "When is an index only scan possible?",
    "How do I restore a base backup?",
];

/// Prints the lines; without a folder of pages there is nothing honest to measure.
pub async fn run(place: &Place) -> Result<()> {
    let Some(folder) = &place.pages else {
        println!("no folder of HTML pages was named: make bench PAGES=/path/to/pages");
        return Ok(());
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?.to_string();
    let site = Router::new().fallback(page).with_state(folder.clone());
    tokio::spawn(async move { axum::serve(listener, site).await });
    let house = House::start(&place.binary, std::slice::from_ref(&address)).await?;
    let owner = house.owner().await?;
    let mut client = Client::connect(house.port).await?;
    let body = json!({"url": format!("http://{address}/index.html"), "max_pages": 5000, "max_depth": 20}).to_string();
    let started = Instant::now();
    let (status, body) = client.send("POST", "/v1/sources", &owner, &body).await?;
    if status != 201 {
        bail!("the source was refused: {}", String::from_utf8_lossy(&body));
    }
    let source: Value = serde_json::from_slice(&body)?;
    let id = source["id"].as_str().context("no id")?.to_owned();
    let crawl = finished(&mut client, &owner, &id).await?;
    let seconds = started.elapsed().as_secs_f64();
    let added = crawl["added"].as_f64().unwrap_or_default();
    println!("crawl: {added} pages in {seconds:.1} s, {:.1} pages/s ({crawl})", added / seconds);
    ask(&mut client, &owner).await
}

async fn finished(client: &mut Client, owner: &str, id: &str) -> Result<Value> {
    for _ in 0..3_000 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (_, body) = client.send("GET", &format!("/v1/sources/{id}"), owner, "").await?;
        let source: Value = serde_json::from_slice(&body)?;
        match source["crawl"]["state"].as_str() {
            Some("running") | None => {}
            Some("done") => return Ok(source["crawl"].clone()),
            Some(other) => bail!("the crawl ended as {other}: {source}"),
        }
    }
    bail!("the crawl did not end within ten minutes")
}

async fn ask(client: &mut Client, owner: &str) -> Result<()> {
    let mut times = Vec::new();
    for round in 0..31 {
        for question in QUESTIONS {
            let body = json!({ "question": question }).to_string();
            let started = Instant::now();
            let (status, _) = client.send("POST", "/v1/playground", owner, &body).await?;
            if status != 200 {
                bail!("a question was refused with {status}");
            }
            // The first round builds the index.
            if round > 0 {
                times.push(started.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let (p50, p99) = (quantile(&times, 0.5), quantile(&times, 0.99));
    println!("question to answer over HTTP (retrieval, quoting, account): p50 {p50:.2} ms, p99 {p99:.2} ms");
    Ok(())
}

async fn page(State(folder): State<PathBuf>, uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    if name.contains("..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read(folder.join(name)).await {
        Ok(bytes) => {
            let kind = if name.ends_with(".html") { "text/html" } else { "application/octet-stream" };
            ([(header::CONTENT_TYPE, kind)], bytes).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
