//! `make bench`: what the house does in a second, always beside a named peer measured in the same run.
//!
//! Every figure is printed with the load of the machine at that time: on two busy cores a flush to disk takes twenty times
//! as long as on quiet ones, so only the ratios within one run mean something.
#![expect(clippy::print_stdout, reason = "the table is the product of this program")]
#![expect(clippy::disallowed_methods, reason = "measuring is reading the clock")]
#![expect(clippy::indexing_slicing, reason = "a missing field of an answer ends the measurement, which is right")]

mod audit;
mod bare;
mod bare_http;
mod client;
mod cpu;
mod crawl;
mod house;
mod latency;
mod masking;
mod messages;
mod retention;
mod retrieval;
mod site;
mod size;
mod start;
mod streams;
mod world;

use std::path::PathBuf;

use anyhow::{Context, Result};

/// Where things are: the release binary under test and the built web assets.
pub struct Place {
    /// `confidante`.
    pub binary: PathBuf,
    /// `web/dist`.
    pub dist: PathBuf,
    /// A folder of HTML pages to crawl, if one was named.
    pub pages: Option<PathBuf>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments
        .next()
        .context("usage: bench BINARY DIST [PAGES] | bench bare-streams PORT | bench bare-messages PORT")?;
    // Nothing here speaks TLS, but the client refuses to exist without a provider for it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if first == "bare-streams" {
        let port = arguments.next().context("a port")?.parse()?;
        return runtime.block_on(streams::serve_bare(port));
    }
    if first == "bare-messages" {
        let port = arguments.next().context("a port")?.parse()?;
        return runtime.block_on(bare_http::serve(port));
    }
    let dist = arguments.next().context("the folder of the built web assets")?;
    let place = Place { binary: first.into(), dist: dist.into(), pages: arguments.next().map(PathBuf::from) };
    runtime.block_on(all(&place))
}

/// Everything, or what the variable `BENCH_ONLY` names (`messages,retrieval`), for whoever works on one figure.
async fn all(place: &Place) -> Result<()> {
    let only = std::env::var("BENCH_ONLY").unwrap_or_default();
    let wanted = |name: &str| only.is_empty() || only.split(',').any(|one| one == name);
    println!("machine: {} cores, load {}", std::thread::available_parallelism()?, load());
    if wanted("messages") {
        println!("\n## Messages accepted (HTTP, sealing, jobs, commit, announce) beside a bare rusqlite loop");
        messages::run(place).await?;
    }
    if wanted("latency") {
        println!("\n## From the visitor's send to the console");
        latency::run(place).await?;
    }
    if wanted("streams") {
        println!("\n## Memory of an open widget stream beside a bare axum server");
        streams::run(place).await?;
    }
    if wanted("retrieval") {
        println!("\n## Finding passages (in memory; find only)");
        retrieval::run().await?;
    }
    if wanted("masking") {
        println!("\n## Masking beside a bare pass of regular expressions");
        masking::run()?;
    }
    if wanted("crawl") {
        println!("\n## Crawling and answering");
        crawl::run(place).await?;
    }
    if wanted("start") {
        println!("\n## Start");
        start::run(place).await?;
    }
    if wanted("retention") {
        println!("\n## Forgetting: retention while chats go on, export and erasure beside bare SQL");
        retention::run().await?;
    }
    if wanted("audit") {
        println!("\n## Auditing: a reply of the staff with and without its line");
        audit::run().await?;
    }
    if wanted("size") {
        println!("\n## Bytes of the widget (gzip)");
        size::run(&place.dist)?;
    }
    println!("\nload at the end: {}", load());
    Ok(())
}

/// The load of the last minute, as the kernel counts it.
pub fn load() -> String {
    let line = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    line.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// The value below which this share of the sorted list lies.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a position in a list"
    )]
    let position = (last as f64 * share).round() as usize;
    sorted.get(position).copied().unwrap_or_default()
}
