//! The runner: claims what is due, as soon as the bell rings, and gives it to workers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use model::World;
use store::job::{self, ClaimedRow};
use store::{Fence, Store, StoreError, Work};
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::run::{Bench, LEASE, run};
use crate::{Job, Pace, Reconciler};

/// How long a job waits at most when nobody rang: it was enqueued on another machine, or the ringer crashed.
const SLOW_POLL: Duration = Duration::from_secs(5);
/// A job that is due but locked by another machine is not asked for more often.
const SHORTEST_NAP: Duration = Duration::from_millis(10);
/// How long running jobs may take to end when the house closes.
const GRACE: Duration = Duration::from_secs(5);
/// How many jobs are done at once where nobody says otherwise.
const WORKERS: usize = 16;
/// At most this many are claimed by one statement.
const MOST_CLAIMED: usize = 64;

/// Wakes the runner. Ring after a commit that enqueued something; ringing too often costs next to nothing.
#[derive(Clone)]
pub struct Bell(Arc<[Notify; 2]>);

impl Bell {
    fn new() -> Self {
        Self(Arc::new([Notify::new(), Notify::new()]))
    }

    /// Rings.
    pub fn ring(&self) {
        for lane in self.0.iter() {
            lane.notify_one();
        }
    }

    async fn rung(&self, pace: Pace) {
        let [quick, slow] = &*self.0;
        match pace {
            Pace::Quick => quick.notified().await,
            Pace::Slow => slow.notified().await,
        }
    }
}

/// Puts reconcilers to work.
pub struct Runner {
    store: Store,
    world: World,
    reconcilers: Vec<Arc<dyn Reconciler>>,
    workers: usize,
    grace: Duration,
    bell: Bell,
}

impl Runner {
    /// A runner without reconcilers.
    pub fn new(store: Store, world: World) -> Self {
        Self { store, world, reconcilers: Vec::new(), workers: WORKERS, grace: GRACE, bell: Bell::new() }
    }

    /// The runner with one more kind of job it can do. Kinds it cannot do stay in the queue for one who can.
    #[must_use]
    pub fn with(mut self, reconciler: Arc<dyn Reconciler>) -> Self {
        self.reconcilers.push(reconciler);
        self
    }

    /// How many quick jobs are done at once; a quarter as many slow ones beside them.
    #[must_use]
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers.max(1);
        self
    }

    /// How long running jobs may take to end when the house closes.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// The bell that wakes this runner.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Starts. Jobs that were running when the last process died are taken again after their lease.
    pub fn start(self) -> Running {
        let stop = CancellationToken::new();
        let cut = CancellationToken::new();
        let bench = Bench { store: self.store.clone(), world: self.world.clone(), cut: cut.clone() };
        let (busy, _) = watch::channel(0usize);
        let all = job::kinds(self.reconcilers.iter().map(|reconciler| reconciler.kind()));
        let mut lanes = Vec::new();
        for (pace, workers) in [(Pace::Quick, self.workers), (Pace::Slow, self.workers.div_ceil(4))] {
            let mine = self.reconcilers.iter().filter(|reconciler| reconciler.pace() == pace);
            let reconcilers: HashMap<&'static str, Arc<dyn Reconciler>> =
                mine.map(|reconciler| (reconciler.kind(), Arc::clone(reconciler))).collect();
            if reconcilers.is_empty() {
                continue;
            }
            let kinds = job::kinds(reconcilers.keys().copied());
            let (bench, bell, stop, busy) = (bench.clone(), self.bell.clone(), stop.clone(), busy.clone());
            let lane = Lane { bench, bell, stop, busy, pace, kinds, reconcilers, workers, running: JoinSet::new() };
            lanes.push(tokio::spawn(lane.work()));
        }
        Running {
            lanes,
            stop,
            cut,
            bell: self.bell,
            store: self.store,
            world: self.world,
            kinds: all,
            grace: self.grace,
            busy,
        }
    }
}

/// A started runner. Dropping it lets the work go on; [`Running::stop`] ends it.
pub struct Running {
    lanes: Vec<JoinHandle<()>>,
    stop: CancellationToken,
    cut: CancellationToken,
    bell: Bell,
    store: Store,
    world: World,
    kinds: String,
    grace: Duration,
    busy: watch::Sender<usize>,
}

impl Running {
    /// Takes no more jobs, gives the running ones a moment to end, then releases what is left for the next start.
    pub async fn stop(self) {
        self.stop.cancel();
        let ended = futures::future::join_all(self.lanes);
        tokio::pin!(ended);
        if tokio::time::timeout(self.grace, &mut ended).await.is_err() {
            self.cut.cancel();
            ended.await;
        }
    }

    /// Returns when no job is due and none is running here; for tests, after the clock was moved.
    pub async fn idle(&self) -> Result<(), StoreError> {
        let mut busy = self.busy.subscribe();
        // A lane that just claimed, finished, or found nothing says so; the poll covers what came in between.
        let poll = Duration::from_millis(20);
        loop {
            if *busy.borrow_and_update() > 0 {
                let _ = tokio::time::timeout(poll, busy.changed()).await;
                continue;
            }
            let due = self.store.one(Fence::House, job::next(&self.kinds, millis(LEASE))).await?;
            let due = due.map(|row| row.maybe_moment("due")).transpose()?.flatten();
            // What was begun or ended while the queue was read is not in what was read.
            if busy.has_changed().unwrap_or(false) {
                continue;
            }
            if due.is_none_or(|due| due > self.world.now()) {
                return Ok(());
            }
            // Not while something runs: each ring is a look into the queue, which what runs would have to wait for.
            self.bell.ring();
            let _ = tokio::time::timeout(poll, busy.changed()).await;
        }
    }
}

/// The workers of one pace.
struct Lane {
    bench: Bench,
    bell: Bell,
    stop: CancellationToken,
    busy: watch::Sender<usize>,
    pace: Pace,
    kinds: String,
    reconcilers: HashMap<&'static str, Arc<dyn Reconciler>>,
    workers: usize,
    running: JoinSet<()>,
}

impl Lane {
    async fn work(mut self) {
        while !self.stop.is_cancelled() {
            let free = self.workers.saturating_sub(self.running.len()).min(MOST_CLAIMED);
            let claimed = if free == 0 { Ok(0) } else { self.claim(free).await };
            let nap = match claimed {
                // There may be more.
                Ok(claimed) if claimed == free && free > 0 => continue,
                Ok(_) => self.until_next().await,
                Err(StoreError::Closed) => break,
                Err(error) => {
                    tracing::error!(%error, "jobs could not be claimed");
                    SLOW_POLL
                }
            };
            tokio::select! {
                () = self.stop.cancelled() => {}
                () = self.bell.rung(self.pace), if free > 0 => {}
                _ = self.running.join_next(), if !self.running.is_empty() => {}
                () = tokio::time::sleep(nap), if free > 0 => {}
            }
            while self.running.try_join_next().is_some() {}
        }
        while self.running.join_next().await.is_some() {}
    }

    /// Claims and starts up to `free` jobs.
    async fn claim(&mut self, free: usize) -> Result<usize, StoreError> {
        let now = self.bench.world.now();
        let limit = u32::try_from(free).unwrap_or(1);
        // Counted as busy from before the claim, so that `idle` never looks between claim and start.
        let claiming = Busy::new(&self.busy);
        let claim = Work::new(Fence::House).with(job::claim(&self.kinds, now, now.minus(LEASE), limit));
        let mut done = self.bench.store.write(claim).await?;
        let rows = done.pop().map(|done| done.rows).unwrap_or_default();
        for row in &rows {
            let row = ClaimedRow::from_row(row)?;
            let Some((kind, reconciler)) = self.reconcilers.get_key_value(row.kind.as_str()) else { continue };
            let ClaimedRow { id, organisation, subject, attempts, .. } = row;
            let job = Job { id, organisation, kind, subject, attempts };
            let (bench, reconciler, busy) = (self.bench.clone(), Arc::clone(reconciler), Busy::new(&self.busy));
            self.running.spawn(async move {
                run(bench, &*reconciler, job, now).await;
                drop(busy);
            });
        }
        drop(claiming);
        Ok(rows.len())
    }

    /// How long nothing will be due, as far as is known.
    async fn until_next(&self) -> Duration {
        let next = self.bench.store.one(Fence::House, job::next(&self.kinds, millis(LEASE))).await;
        let due = next.ok().flatten().and_then(|row| row.maybe_moment("due").ok().flatten());
        due.map_or(SLOW_POLL, |due| due.since(self.bench.world.now()).clamp(SHORTEST_NAP, SLOW_POLL))
    }
}

/// One thing under way, counted until dropped.
struct Busy(watch::Sender<usize>);

impl Busy {
    fn new(count: &watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}
