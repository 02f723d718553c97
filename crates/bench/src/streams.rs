//! What one open stream costs in memory, with 5,000 of them, beside a bare axum server that does nothing else.

use std::convert::Infallible;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::routing::get;
use futures::StreamExt;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

use crate::Place;
use crate::client::Client;
use crate::house::{House, memory_of};

const STREAMS: u32 = 5_000;

/// Prints the line.
pub async fn run(place: &Place) -> Result<()> {
    let ours = ours(place).await?;
    let bare = bare().await?;
    println!(
        "{STREAMS} streams: ours {:.1} KB each, bare axum {:.1} KB each, ratio {:.2}, goal <= 2",
        ours / 1024.0,
        bare / 1024.0,
        ours / bare
    );
    Ok(())
}

async fn ours(place: &Place) -> Result<f64> {
    let house = House::start(&place.binary, &[]).await?;
    let key = house.widget_key().await?;
    let mut tokens = Vec::new();
    for _ in 0..STREAMS {
        tokens.push(house.visitor(&key).await?);
    }
    // The sessions themselves are not what is measured.
    let before = house.memory()?;
    let mut open = Vec::new();
    for token in tokens {
        let authorization = format!("authorization: Bearer {token}\r\n");
        open.push(Client::connect(house.port).await?.open_stream("/v1/visitor/stream", &authorization).await?);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok((house.memory()? - before) / f64::from(STREAMS))
}

async fn bare() -> Result<f64> {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let program = std::env::current_exe()?;
    let mut child = Command::new(program).args(["bare-streams", &port.to_string()]).stdin(Stdio::null()).spawn()?;
    let measured = measure_bare(port, child.id()).await;
    child.kill().context("the bare server had ended by itself")?;
    child.wait()?;
    measured
}

async fn measure_bare(port: u16, pid: u32) -> Result<f64> {
    for _ in 0..500 {
        if Client::connect(port).await.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let before = memory_of(pid)?;
    let mut open = Vec::new();
    for _ in 0..STREAMS {
        open.push(Client::connect(port).await?.open_stream("/", "").await?);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok((memory_of(pid)? - before) / f64::from(STREAMS))
}

/// The peer: every client hears one broadcast, with the same keep-alive.
pub async fn serve_bare(port: u16) -> Result<()> {
    let (news, _) = broadcast::channel::<String>(16);
    let listen = news.clone();
    let stream = async move || {
        let stream = BroadcastStream::new(listen.subscribe())
            .filter_map(async |news| news.ok().map(|news| Ok::<_, Infallible>(Event::default().data(news))));
        Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
    };
    let app = axum::Router::new().route("/", get(stream));
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, app).await?;
    drop(news);
    Ok(())
}
