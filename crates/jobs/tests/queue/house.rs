//! A small house for the queue: an empty store, a clock that moves when told, and reconcilers that do what the test says.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Chance, Clock, Moment, OrganisationId, World};
use store::job::JobRow;
use store::organisation::OrganisationRow;
use store::{Fence, Store, StoreConfig, Work};
use tokio::sync::{Notify, mpsc};

/// A clock that moves when told.
pub struct Hands(AtomicI64, AtomicU32);

impl Hands {
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(span.as_millis() as i64, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl Chance for Hands {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.1.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        for (position, byte) in bytes.iter_mut().enumerate() {
            *byte = count.get(position).copied().unwrap_or(0);
        }
    }
}

/// An open store with one organisation.
pub struct House {
    pub store: Store,
    pub world: World,
    pub hands: Arc<Hands>,
    pub organisation: OrganisationId,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn open() -> Self {
        let hands = Arc::new(Hands(AtomicI64::new(1_750_000_000_000), AtomicU32::new(0)));
        let world = World { clock: hands.clone(), chance: hands.clone() };
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig::Sqlite {
            folder: folder.path().join("data"),
            keys_folder: folder.path().join("keys"),
            data_key: [1; 32],
            keys_key: [2; 32],
        };
        let store = Store::open(config).await.unwrap();
        let organisation = OrganisationId::new(&world);
        let row = OrganisationRow {
            id: organisation,
            name: "Shop".to_owned(),
            widget_key: "wk_test".to_owned(),
            settings: "{}".to_owned(),
            created_at: world.now(),
        };
        let work = Work::new(Fence::Organisation(organisation)).with(store::organisation::insert(row));
        store.write(work).await.unwrap();
        Self { store, world, hands, organisation, _folder: folder }
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
