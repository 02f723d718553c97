//! How many visitors' messages are accepted, durably, at 1, 8 and 64 writers; beside a bare loop, plain and encrypted, and beside
//! the bare loop behind a bare HTTP server. Then what one message costs, and which part of the house spends it.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::bare::{self, Engine, Measured};
use crate::client::Client;
use crate::house::House;
use crate::{Place, cpu, quantile};

const SECONDS: f64 = 2.0;
/// Our share of the bare loop's rate at the most writers that the house was built to reach.
const GOAL: f64 = 0.5;
/// A message of the usual length.
const TEXT: &str = "Hello, I ordered hiking boots last week and they are half a size too small. Can I exchange them, and who pays \
for sending them back? I have not worn them outside.";

/// A path over HTTP, as it was measured.
struct Path {
    rate: f64,
    p99: f64,
    /// Microseconds of processor time a message: the server's, the part of it that is the writing thread's, the generator's.
    server: f64,
    writer: f64,
    generator: f64,
}

/// One row: ours, and the peers.
struct Round {
    writers: usize,
    ours: Path,
    http: Path,
    bare: Measured,
    encrypted: Measured,
}

/// Prints the tables.
pub async fn run(place: &Place) -> Result<()> {
    let mut rounds = Vec::new();
    println!(
        "| writers | ours /s | p99 ms | bare loop /s | p99 ms | ours / bare | bare, encrypted /s | bare behind axum /s | load |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for writers in [1, 8, 64] {
        let round = round(place, writers).await?;
        let Round { ours, bare, encrypted, http, .. } = &round;
        println!(
            "| {writers} | {:.0} | {:.2} | {:.0} | {:.2} | {:.2} | {:.0} | {:.0} | {} |",
            ours.rate,
            ours.p99,
            bare.rate,
            bare.p99,
            ours.rate / bare.rate,
            encrypted.rate,
            http.rate,
            crate::load()
        );
        rounds.push(round);
    }
    println!("goal at 64 writers: ours / bare >= {GOAL}");
    println!(
        "\nProcessor time a message, in microseconds. Server and load generator share the cores, the loops need no generator:"
    );
    println!(
        "| writers | our server | of it the writer | our generator | axum peer's server | its generator | bare loop | encrypted |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for Round { writers, ours, http, bare, encrypted } in &rounds {
        println!(
            "| {writers} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} |",
            ours.server, ours.writer, ours.generator, http.server, http.generator, bare.cpu, encrypted.cpu
        );
    }
    Ok(())
}

async fn round(place: &Place, writers: usize) -> Result<Round> {
    let ours = ours(place, writers).await?;
    let bare = tokio::task::spawn_blocking(move || bare::run(Engine::Plain, writers, SECONDS)).await??;
    let encrypted = tokio::task::spawn_blocking(move || bare::run(Engine::Encrypted, writers, SECONDS)).await??;
    let http = behind_axum(writers).await?;
    Ok(Round { writers, ours, http, bare, encrypted })
}

async fn ours(place: &Place, writers: usize) -> Result<Path> {
    let house = House::start(&place.binary, &[]).await?;
    let key = house.widget_key().await?;
    let mut visitors = Vec::new();
    // Answers are not what is measured: the visitors ask for a person first, so that no assistant writes meanwhile.
    for _ in 0..writers {
        let authorization = format!("authorization: Bearer {}\r\n", house.visitor(&key).await?);
        Client::connect(house.port).await?.send("POST", "/v1/visitor/person", &authorization, "").await?;
        visitors.push(("/v1/visitor/messages".to_owned(), authorization));
    }
    measure(house.port, house.pid(), visitors).await
}

/// Kills the peer when it is no longer needed.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn behind_axum(writers: usize) -> Result<Path> {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let program = std::env::current_exe()?;
    let peer = Command::new(program).args(["bare-messages", &port.to_string()]).stdin(Stdio::null()).spawn()?;
    let peer = Peer(peer);
    for _ in 0..500 {
        if Client::connect(port).await.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let visitors = (0..writers).map(|writer| (format!("/messages/{writer}"), String::new())).collect();
    measure(port, peer.0.id(), visitors).await
}

/// Every visitor, a path with its headers, sends one message after the other.
async fn measure(port: u16, pid: u32, visitors: Vec<(String, String)>) -> Result<Path> {
    let used = || -> Result<[f64; 3]> {
        Ok([cpu::of_program(pid)?, cpu::of_threads(pid, "store writer")?, cpu::of_myself()?])
    };
    let before = used()?;
    let started = Instant::now();
    let speakers: Vec<_> = visitors.into_iter().map(|visitor| tokio::spawn(speak(port, visitor))).collect();
    let mut times = Vec::new();
    for speaker in speakers {
        times.extend(speaker.await??);
    }
    let elapsed = started.elapsed().as_secs_f64();
    let after = used()?;
    times.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let many = times.len() as f64;
    let [server, writer, generator] = [0, 1, 2].map(|part| (after[part] - before[part]) / many * 1e6);
    Ok(Path { rate: many / elapsed, p99: quantile(&times, 0.99), server, writer, generator })
}

async fn speak(port: u16, (path, headers): (String, String)) -> Result<Vec<f64>> {
    let mut client = Client::connect(port).await?;
    let started = Instant::now();
    let mut times = Vec::new();
    while started.elapsed().as_secs_f64() < SECONDS {
        // As the widget makes them: the time first, then chance.
        let body = format!("{{\"client_id\":\"{:012x}{:020x}\",\"text\":\"{TEXT}\"}}", millis(), times.len());
        let one = Instant::now();
        let (status, body) = client.send("POST", &path, &headers, &body).await?;
        if status != 201 {
            bail!("a message was refused with {status}: {}", String::from_utf8_lossy(&body));
        }
        times.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}

fn millis() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |span| span.as_millis())
}
