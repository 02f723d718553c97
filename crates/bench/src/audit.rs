//! What auditing costs: a reply of the staff with its line of the audit log beside the very same statements without it, with 1,
//! 8 and 64 writers, in turns; then how fast the lines are numbered, walked and verified.

use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use model::{Actor, JobId, MemberId, Role};
use privacy::audit::{Exporter, seal, verify, walk};
use store::audit::Act;
use store::conversation::Step;
use store::job::NewJob;
use store::member::MemberRow;
use store::message::MessageKind;
use store::{Statement, Work, conversation, job, member};
use vault::Place;

use crate::site::{Site, Somebody};
use crate::{cpu, quantile};

/// How long one turn lasts.
const SECONDS: f64 = 2.0;
/// How often with and without take turns, so that a busy neighbour hits both.
const TURNS: usize = 3;
/// How many lines wait when the sealer is measured alone.
const LINES: usize = 5_000;
/// How many of them one work writes.
const AT_ONCE: usize = 250;
/// How often the house seals what waits.
const SEALED_EVERY: Duration = Duration::from_secs(1);

/// One way, as it was measured over all its turns.
#[derive(Default)]
struct Way {
    times: Vec<f64>,
    seconds: f64,
    cpu: f64,
}

impl Way {
    fn acts(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let acts = self.times.len() as f64;
        acts
    }

    /// Acts a second.
    fn rate(&self) -> f64 {
        self.acts() / self.seconds
    }

    /// Microseconds of processor time an act.
    fn cost(&self) -> f64 {
        self.cpu / self.acts() * 1e6
    }
}

/// Prints the table and the lines below it.
pub async fn run() -> Result<()> {
    println!(
        "A staff reply, sealed and durable, below HTTP. With: its audit line in the same work, numbered by the sealer."
    );
    println!("Processor time is that of the whole program, with the sealing of every line.");
    println!(
        "| writers | audited /s | p99 ms | without /s | p99 ms | rate, audited / without | processor us audited | without \
         | audited / without | load |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut last = None;
    for writers in [1, 8, 64] {
        let (mut with, mut without) = (Way::default(), Way::default());
        for _ in 0..TURNS {
            turn(writers, false, &mut without).await?;
            last = Some(turn(writers, true, &mut with).await?);
        }
        for way in [&mut with, &mut without] {
            way.times.sort_by(f64::total_cmp);
        }
        println!(
            "| {writers} | {:.0} | {:.2} | {:.0} | {:.2} | {:.2} | {:.0} | {:.0} | {:.2} | {} |",
            with.rate(),
            quantile(&with.times, 0.99),
            without.rate(),
            quantile(&without.times, 0.99),
            with.rate() / without.rate(),
            with.cost(),
            without.cost(),
            with.cost() / without.cost(),
            crate::load()
        );
    }
    let last: Arc<Site> = last.context("a turn")?;
    sealer().await?;
    chain(&last).await
}

/// One turn on a fresh store; a store with its lines, sealed, comes back.
async fn turn(writers: usize, audited: bool, way: &mut Way) -> Result<Arc<Site>> {
    let site = Arc::new(Site::open().await?);
    let member = site.member().await?;
    let mut talks = Vec::new();
    for _ in 0..writers {
        talks.push(site.somebody(0, 1).await?);
    }
    let (before, started) = (cpu::of_myself()?, Instant::now());
    let sealer = tokio::spawn(sealing(Arc::clone(&site)));
    let replying: Vec<_> = talks
        .into_iter()
        .map(|talk| {
            let site = Arc::clone(&site);
            tokio::spawn(async move { site.replies((talk, member), audited, started).await })
        })
        .collect();
    for one in replying {
        way.times.extend(one.await??);
    }
    way.seconds += started.elapsed().as_secs_f64();
    sealer.abort();
    // What the sealer has not come to belongs to the price too.
    seal(&site.counter.store, site.organisation).await.map_err(|fault| anyhow!("{fault}"))?;
    way.cpu += cpu::of_myself()? - before;
    Ok(site)
}

/// As the house does it.
async fn sealing(site: Arc<Site>) {
    loop {
        tokio::time::sleep(SEALED_EVERY).await;
        // Whatever fails here is sealed, and counted, at the end of the turn.
        drop(seal(&site.counter.store, site.organisation).await);
    }
}

impl Site {
    /// Who replies.
    async fn member(&self) -> Result<MemberId> {
        let (id, organisation) = (MemberId::new(&self.counter.world), self.organisation);
        let row = id.to_string();
        let key = self.counter.keyring.create(organisation, &row).await.map_err(|e| anyhow!("{e}"))?;
        let seal = |column| {
            let place = Place { organisation, table: "member", column, row: &row };
            key.seal(&place, "Bench").map_err(|error| anyhow!("{error}"))
        };
        let new = MemberRow {
            id,
            organisation,
            email: seal("email_sealed")?,
            name: seal("name_sealed")?,
            password_hash: "-".to_owned(),
            role: Role::Agent,
            disabled_at: None,
            created_at: self.counter.world.now(),
        };
        self.write(self.work().with(member::insert(new, vec![1; 16]))).await?;
        Ok(id)
    }

    /// One reply after the other until the turn is over; how long each took, ms.
    async fn replies(&self, (talk, member): (Somebody, MemberId), audited: bool, began: Instant) -> Result<Vec<f64>> {
        let mut times = Vec::new();
        while began.elapsed().as_secs_f64() < SECONDS {
            let one = Instant::now();
            self.write(self.reply(&talk, member, audited)?).await?;
            times.push(one.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(times)
    }

    /// The line that a reply leaves.
    fn line(&self, member: MemberId, object: &str) -> Statement {
        let actor = Actor::Member { organisation: self.organisation, member, role: Role::Agent };
        let (action, reason, object_kind, request) =
            ("message.reply", "support", "conversation", "req_0123456789abcdef");
        store::audit::insert(&self.counter.world, &actor, &Act { action, reason, object_kind, object, request })
    }

    /// The work of a reply, statement by statement as the desk writes it.
    fn reply(&self, talk: &Somebody, member: MemberId, audited: bool) -> Result<Work> {
        let (organisation, world) = (self.organisation, &self.counter.world);
        let (at, subject) = (world.now(), talk.talk.to_string());
        let due = NewJob {
            id: JobId::new(world),
            organisation,
            kind: "index_words",
            subject: subject.clone(),
            run_at: at,
            created_at: at,
        };
        let work = self
            .work()
            .with(conversation::step(organisation, talk.talk, Step::Staff, at))
            .with(self.message(talk, MessageKind::Agent, Some(member), at)?)
            .with(job::enqueue(due));
        let line = audited.then(|| self.line(member, &subject));
        Ok(work.extend(line).with(conversation::standing(organisation, talk.talk)))
    }
}

/// What the sealer alone costs: giving waiting lines their numbers and hashes.
async fn sealer() -> Result<()> {
    let site = Site::open().await?;
    let member = site.member().await?;
    for _ in 0..LINES / AT_ONCE {
        let lines = (0..AT_ONCE).map(|_| site.line(member, "con_of_nobody"));
        site.write(site.work().extend(lines)).await?;
    }
    let (before, started) = (cpu::of_myself()?, Instant::now());
    let sealed = seal(&site.counter.store, site.organisation).await.map_err(|fault| anyhow!("{fault}"))?;
    let (took, used) = (started.elapsed().as_secs_f64(), cpu::of_myself()? - before);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let lines = sealed as f64;
    println!("of it the sealer alone: {:.0} lines/s, {:.0} us of processor a line", lines / took, used / lines * 1e6);
    Ok(())
}

/// How fast a chain is walked where it lies, and verified as an exported file.
async fn chain(site: &Site) -> Result<()> {
    let privacy::erase::Counter { store, keyring, world } = &site.counter;
    let started = Instant::now();
    let verdict = walk(keyring, store, world, site.organisation).await.map_err(|fault| anyhow!("{fault}"))?;
    let walked = started.elapsed().as_secs_f64();
    if let Some(flaw) = verdict.flaw {
        return Err(anyhow!("the chain is broken: {flaw}"));
    }
    let exporter = Exporter::new(keyring, store, world, site.organisation).await;
    let (mut exporter, mut file) = (exporter.map_err(|fault| anyhow!("{fault}"))?, String::new());
    while let Some(piece) = exporter.next().await.map_err(|fault| anyhow!("{fault}"))? {
        file.push_str(&piece);
    }
    let started = Instant::now();
    let verified = verify::export(Cursor::new(&file), None, None)?;
    let offline = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let (lines, bytes) = (verdict.entries as f64, file.len() as f64 / 1e6);
    println!(
        "a chain of {lines} lines: walked {:.0} lines/s; exported ({bytes:.1} MB) and verified offline up to line {}, {:.0} lines/s; \
         load {}",
        lines / walked,
        verified.last,
        lines / offline,
        crate::load()
    );
    Ok(())
}
