//! A small house for the queue: a store, a clock that moves when told, and reconcilers that do what the test says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Moment, OrganisationId, World};
use store::job::JobRow;
use store::{Fence, Store, Work};
use testkit::{TestClock, TestStore};
use tokio::sync::{Notify, mpsc};

/// An open store with one organisation.
pub struct House {
    pub store: Store,
    pub world: World,
    pub clock: Arc<TestClock>,
    pub organisation: OrganisationId,
    _keep: TestStore,
}

impl House {
    /// A house on each engine that this machine has.
    pub async fn each() -> Vec<Self> {
        let mut houses = Vec::new();
        for keep in testkit::engines().await {
            let (world, clock) = testkit::moving_world();
            let organisation = keep.found(&world, &keep.keyring(&world)).await;
            houses.push(Self { store: keep.store().clone(), world, clock, organisation, _keep: keep });
        }
        houses
    }

    /// Enqueues a job that is due now.
    pub async fn enqueue(&self, kind: &'static str, subject: &str) {
        self.enqueue_at(kind, subject, self.world.now()).await;
    }

    pub async fn enqueue_at(&self, kind: &'static str, subject: &str, run_at: Moment) {
        let statement = jobs::enqueue(&self.world, self.organisation, kind, subject, run_at);
        self.store.write(Work::new(Fence::Organisation(self.organisation)).with(statement)).await.unwrap();
    }

    /// The job's row, if it has one.
    pub async fn row(&self, kind: &str, subject: &str) -> Option<JobRow> {
        let statement = store::job::by_subject(self.organisation, kind, subject);
        let row = self.store.one(Fence::Organisation(self.organisation), statement).await.unwrap();
        row.map(|row| JobRow::from_row(&row).unwrap())
    }
}

/// What a scripted reconciler does on one run.
pub enum Act {
    End(Result<Next, JobFault>),
    Panic,
    /// Waits for the gate, then is done.
    Wait,
}

/// A reconciler that follows a script and tells who came.
pub struct Scripted {
    kind: &'static str,
    pace: Pace,
    script: Mutex<VecDeque<Act>>,
    told: mpsc::UnboundedSender<Job>,
    pub gate: Notify,
}

impl Scripted {
    pub fn new(kind: &'static str, acts: Vec<Act>) -> (Arc<Self>, mpsc::UnboundedReceiver<Job>) {
        Self::paced(kind, Pace::Quick, acts)
    }

    pub fn paced(kind: &'static str, pace: Pace, acts: Vec<Act>) -> (Arc<Self>, mpsc::UnboundedReceiver<Job>) {
        let (told, came) = mpsc::unbounded_channel();
        (Arc::new(Self { kind, pace, script: Mutex::new(acts.into()), told, gate: Notify::new() }), came)
    }
}

impl Reconciler for Scripted {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn pace(&self) -> Pace {
        self.pace
    }

    fn most_attempts(&self) -> i64 {
        3
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        let act = self.script.lock().unwrap().pop_front();
        self.told.send(job.clone()).ok();
        Box::pin(async move {
            match act {
                None => Ok(Next::Done),
                Some(Act::End(end)) => end,
                Some(Act::Panic) => panic!("as scripted"),
                Some(Act::Wait) => {
                    self.gate.notified().await;
                    Ok(Next::Done)
                }
            }
        })
    }
}
