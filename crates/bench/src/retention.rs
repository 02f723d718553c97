//! Retention of many messages while chats go on; export and erasure of one person with very many, beside the same rows deleted
//! by hand in bare SQL. The sizes can be set, so that a quick run is possible: `BENCH_KEPT` and `BENCH_HERS`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use model::{ErasureId, OrganisationId, PersonId};
use privacy::erase::{Counter, Eraser, Farewell};
use privacy::retain::Retainer;
use store::Statement;
use vault::BoxFuture;

use crate::quantile;
use crate::site::Site;

/// Messages of one person among the many.
const EACH: usize = 100;
/// Who chats meanwhile.
const WRITERS: usize = 8;
/// How long the quiet house is measured.
const QUIET: Duration = Duration::from_secs(5);
/// How much slower than bare SQL an erasure may be.
const GOAL: f64 = 3.0;
struct Nobody;

impl Farewell for Nobody {
    fn close<'a>(&'a self, _: OrganisationId, _: PersonId, _: ErasureId) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

/// Prints the lines.
pub async fn run() -> Result<()> {
    let size = |name: &str, usual: usize| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    many(size("BENCH_KEPT", 1_000_000)).await?;
    one(size("BENCH_HERS", 100_000)).await
}

/// Retention of many people while others chat.
async fn many(messages: usize) -> Result<()> {
    let site = Arc::new(Site::open().await?);
    for _ in 0..messages / EACH {
        site.somebody(200, EACH).await?;
    }
    let quiet = chat(&site, Arc::new(AtomicBool::new(true)), Some(QUIET)).await?;
    let going_on = Arc::new(AtomicBool::new(true));
    let (talking, site_two) = (Arc::clone(&going_on), Arc::clone(&site));
    let chatting = tokio::spawn(async move { chat(&site_two, talking, None).await });
    let started = Instant::now();
    let retainer = Retainer::new(site.counter.clone());
    let mut purged = 0;
    loop {
        let round = retainer.round(site.organisation).await.map_err(|fault| anyhow!("{fault}"))?;
        purged += round.purged;
        if !round.full {
            break;
        }
    }
    let took = started.elapsed().as_secs_f64();
    going_on.store(false, Ordering::SeqCst);
    let busy = chatting.await??;
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = messages as f64 / took;
    println!("retention of {messages} messages ({purged} rows): {took:.1} s, {rate:.0} messages/s");
    let (before, during) = (quantile(&quiet, 0.99), quantile(&busy, 0.99));
    println!(
        "a chat message of {WRITERS} writers meanwhile: p50 {:.2} ms, p99 {during:.2} ms; without retention p50 {:.2} ms, \
         p99 {before:.2} ms; ratio of p99 {:.2} (goal: at most 2), load {}",
        quantile(&busy, 0.5),
        quantile(&quiet, 0.5),
        during / before,
        crate::load()
    );
    Ok(())
}

/// Messages said until told to stop, or for a while; how long each took, ms, sorted.
async fn chat(site: &Arc<Site>, going_on: Arc<AtomicBool>, span: Option<Duration>) -> Result<Vec<f64>> {
    let started = Instant::now();
    let mut speakers = Vec::new();
    for _ in 0..WRITERS {
        let (site, going_on) = (Arc::clone(site), Arc::clone(&going_on));
        speakers.push(tokio::spawn(async move {
            let me = site.somebody(0, 1).await?;
            let mut times = Vec::new();
            while going_on.load(Ordering::SeqCst) && span.is_none_or(|span| started.elapsed() < span) {
                let one = Instant::now();
                site.write(site.work().extend(site.says(&me, site.counter.world.now())?)).await?;
                times.push(one.elapsed().as_secs_f64() * 1000.0);
                // As people do, not as fast as the disk: the pause keeps the queue of the writer short.
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for speaker in speakers {
        times.extend(speaker.await??);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// One person with very many messages: export, erasure, and the same rows deleted by hand.
async fn one(messages: usize) -> Result<()> {
    let site = Site::open().await?;
    let her = site.somebody(0, messages).await?;
    let Counter { store, keyring, world } = &site.counter;
    let started = Instant::now();
    let zip = privacy::export::zip(keyring, store, world, site.organisation, her.person).await;
    let zip = zip.map_err(|fault| anyhow!("{fault}"))?;
    let exported = started.elapsed().as_secs_f64();
    let by_hand = site.somebody(0, messages).await?;
    let started = Instant::now();
    for table in ["message", "conversation", "person"] {
        let owner = if table == "person" { "id" } else { "person" };
        let sql = format!("DELETE FROM {table} WHERE organisation = $1 AND {owner} = $2");
        let delete = Statement::owned(sql, vec![site.organisation.into(), by_hand.person.into()]);
        site.write(site.work().with(delete)).await?;
    }
    let bare = started.elapsed().as_secs_f64();
    let eraser = Eraser::new(site.counter.clone(), Arc::new(Nobody));
    let started = Instant::now();
    let id = privacy::erase::request(&site.counter, site.organisation, her.person, "visitor").await;
    let id = id.map_err(|fault| anyhow!("{fault}"))?;
    eraser.run(id).await.map_err(|fault| anyhow!("{fault}"))?;
    let erased = started.elapsed().as_secs_f64();
    privacy::erase::receipt(store, id).await.map_err(|fault| anyhow!("{fault}")).context("a receipt")?;
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let (many, bytes) = (messages as f64, zip.len() as f64 / 1e6);
    println!(
        "export of one person with {messages} messages: {exported:.2} s, {:.0} messages/s, {bytes:.1} MB",
        many / exported
    );
    println!(
        "erasure with key, rows, sweep and receipt: {erased:.2} s, {:.0} messages/s; bare SQL {bare:.2} s, {:.0} messages/s; \
         ratio {:.2} (goal: at most {GOAL}), load {}",
        many / erased,
        many / bare,
        erased / bare,
        crate::load()
    );
    Ok(())
}
