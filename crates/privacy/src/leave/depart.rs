//! The job that ends an organisation: keys first, then rows, then a look by the second hand, then the signed certificate.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use datamap::{KEY, TABLES, Table};
use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{DepartureId, Moment, OrganisationId, PersonId, Refusal, World};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::departure::{self, DepartureRow};
use store::sweep::{Trace, look};
use store::tenant::{self, Place};
use store::{Fence, Store, Work};

use super::{TENANT, holding, holdings, is_ledger};
use crate::erase::{Counter, Forgetful};
use crate::{Fault, receipt};

/// The kind of the job; its subject is the departure.
pub const KIND: &str = "departure";
/// The name of the format of the certificate.
pub const FORMAT: &str = "confidante.departure-certificate/1";
/// How many rows one statement deletes.
const BATCH: i64 = 500;
/// How often deleting and looking is repeated.
const ROUNDS: usize = 20;
/// For so long after it was asked for, an end is left to its own job.
const ALONE: Duration = Duration::from_secs(60 * 60);

const BACKUPS: &str = "Backups hold the organisation's words only sealed with keys that were destroyed. They age out within 30 \
days of the end. A server started from an older backup removes the organisation again before it answers its first request.";

/// What was deleted so far, by the map's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Steps {
    erased: BTreeMap<String, u64>,
}

/// How far an end is: for whoever knows its unguessable id.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Its id.
    pub id: DepartureId,
    /// `running` or `done`.
    pub state: String,
    /// What was deleted so far.
    pub erased: BTreeMap<String, u64>,
    /// Asked.
    pub created_at: Moment,
    /// Done.
    pub finished_at: Option<Moment>,
}

/// Asks that an organisation ends here. Asking twice is asking once. Ring the bell afterwards.
pub async fn request(store: &Store, world: &World, organisation: OrganisationId) -> Result<DepartureId, Fault> {
    let fence = Fence::Organisation(organisation);
    if let Some(row) = store.one(fence, departure::of_organisation(organisation)).await? {
        return Ok(DepartureRow::from_row(&row)?.id);
    }
    let id = DepartureId::new(world);
    let steps = serde_json::to_string(&Steps::default())?;
    let work = Work::new(fence).with(departure::insert(organisation, id, &steps, world.now())).with(jobs::enqueue(
        world,
        organisation,
        KIND,
        &id.to_string(),
        world.now(),
    ));
    store.write(work).await?;
    Ok(id)
}

async fn line(store: &Store, id: DepartureId) -> Result<DepartureRow, Fault> {
    let row = store.one(Fence::House, departure::by_id(id)).await?.ok_or_else(Refusal::not_found)?;
    Ok(DepartureRow::from_row(&row)?)
}

/// How far it is.
pub async fn progress(store: &Store, id: DepartureId) -> Result<Progress, Fault> {
    let row = line(store, id).await?;
    let Steps { erased } = serde_json::from_str(&row.steps)?;
    Ok(Progress { id: row.id, state: row.state, erased, created_at: row.created_at, finished_at: row.finished_at })
}

/// The signed certificate; not found before it is done.
pub async fn certificate(store: &Store, id: DepartureId) -> Result<String, Fault> {
    Ok(line(store, id).await?.certificate.ok_or_else(Refusal::not_found)?)
}

/// Before the first request is answered: goes on with what was under way and removes again whatever came back. How many.
pub async fn replay(departer: &Departer) -> Result<usize, Fault> {
    let mut again = 0;
    for row in departures(departer).await? {
        if row.state != "done" {
            match departer.run(row.id).await {
                // Nothing of it is left to be served; what is missing is done by and by.
                Err(fault) if !departer.is_there(row.organisation).await? => {
                    tracing::error!(%fault, "an organisation's end did not go on");
                }
                outcome => outcome?,
            }
            again += 1;
        } else if departer.is_there(row.organisation).await? {
            departer.empty(row.organisation, row.id, &mut Steps::default()).await?;
            again += 1;
        }
    }
    Ok(again)
}

/// Goes on with ends whose rows are gone and whose certificate is not written: their job went with the rows. How many.
pub async fn resume(departer: &Departer) -> Result<usize, Fault> {
    let mut ended = 0;
    for row in departures(departer).await?.iter().filter(|row| row.state != "done") {
        // Their own job is still there, or still at it.
        let fresh = departer.counter.world.now().since(row.created_at) < ALONE;
        if !fresh && !departer.is_there(row.organisation).await? {
            departer.run(row.id).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

async fn departures(departer: &Departer) -> Result<Vec<DepartureRow>, Fault> {
    let rows = departer.counter.store.all(Fence::House, departure::every()).await?;
    Ok(rows.iter().map(DepartureRow::from_row).collect::<Result<_, _>>()?)
}

/// Ends organisations. Cheap to clone.
#[derive(Clone)]
pub struct Departer {
    counter: Counter,
    memories: Vec<Arc<dyn Forgetful>>,
}

impl Departer {
    /// One that knows of no copy but the store.
    pub fn new(counter: Counter) -> Self {
        Self { counter, memories: Vec::new() }
    }

    /// Also tells this memory, such as the copy of the keys.
    #[must_use]
    pub fn telling(mut self, memory: Arc<dyn Forgetful>) -> Self {
        self.memories.push(memory);
        self
    }

    /// The counter over which it works.
    pub(super) fn counter(&self) -> &Counter {
        &self.counter
    }

    /// Does what is left to do.
    pub async fn run(&self, id: DepartureId) -> Result<(), Fault> {
        let Counter { store, keyring, world } = &self.counter;
        let row = match line(store, id).await {
            Err(Fault::Refused(_)) => return Ok(()),
            other => other?,
        };
        if row.state == "done" {
            return Ok(());
        }
        let mut steps: Steps = serde_json::from_str(&row.steps)?;
        let swept = self.empty(row.organisation, id, &mut steps).await?;
        for memory in &self.memories {
            // A memory that knows people forgets nobody in particular; the copy of the keys is written anew.
            memory.forget(row.organisation, PersonId::new(world)).await?;
        }
        let now = world.now();
        let document = json!({
            "format": FORMAT,
            "departure": id,
            "organisation": row.organisation,
            "requested_at": row.created_at,
            "finished_at": now,
            "erased": steps.erased.iter().map(|(what, many)| json!({ "what": what, "count": many })).collect::<Vec<_>>(),
            "stays": stays(),
            "backups": BACKUPS,
            "sweep": swept,
        });
        let signed = receipt::sign(document, keyring.signer())?;
        let text = serde_json::to_string(&steps)?;
        let finish = departure::finish(row.organisation, id, &text, &signed, now);
        store.write(Work::new(Fence::Organisation(row.organisation)).with(finish)).await?;
        Ok(store.settle().await?)
    }

    /// Whether the organisation's own row is there: as long as it is, so is the job.
    async fn is_there(&self, organisation: OrganisationId) -> Result<bool, Fault> {
        let row = store::organisation::by_id(organisation);
        Ok(self.counter.store.one(Fence::Organisation(organisation), row).await?.is_some())
    }

    /// Keys, rows, look; again until the look finds nothing. What others write meanwhile is found by the next round, and
    /// nothing can be written any more once the organisation's own row is gone.
    async fn empty(&self, organisation: OrganisationId, id: DepartureId, steps: &mut Steps) -> Result<Json, Fault> {
        let store = &self.counter.store;
        self.keys(organisation, steps).await?;
        for _ in 0..ROUNDS {
            match self.rows(organisation, id, steps).await {
                // Somebody wrote a row between the deletion of its kind and of its parent.
                Err(Fault::Broken(what)) if what.contains("still referred to") => continue,
                other => other?,
            }
            store.settle().await?;
            let (found, tables) = self.look(organisation).await?;
            if found == 0 {
                return Ok(json!({ "found": 0, "tables": tables }));
            }
        }
        Err(Fault::Broken(format!("departure {id}: rows of the organisation are still there")))
    }

    /// The organisation's key first: from here on nothing of it can be opened by anybody.
    async fn keys(&self, organisation: OrganisationId, steps: &mut Steps) -> Result<(), Fault> {
        let Counter { store, keyring, .. } = &self.counter;
        keyring.shred(organisation, TENANT).await?;
        for (table, of) in holdings().filter(|(table, _)| is_keys(table)) {
            let Some(subject) = table.mentions().next() else { continue };
            let (fence, mut seen) = (Fence::Organisation(organisation), 0);
            loop {
                let page = tenant::page(of, &[subject.name], organisation, &Place::Skip(seen), BATCH);
                let rows = store.all(fence, page).await?;
                seen += BATCH;
                for row in &rows {
                    keyring.forget(organisation, &row.text(subject.name)?);
                }
                if rows.is_empty() {
                    break;
                }
            }
            let gone = store.write(Work::new(fence).with(tenant::delete(of, organisation, BATCH))).await?;
            self.count(steps, table, gone);
        }
        // Erasures under way are done with everything else; of those before, only the fingerprint stays.
        let close = store::erasure::close_all(organisation);
        store.write(Work::new(Fence::Organisation(organisation)).with(close)).await?;
        Ok(store.settle().await?)
    }

    async fn rows(&self, organisation: OrganisationId, id: DepartureId, steps: &mut Steps) -> Result<(), Fault> {
        let Counter { store, .. } = &self.counter;
        let fence = Fence::Organisation(organisation);
        let own = id.to_string();
        for (table, of) in holdings().filter(|(table, _)| !is_ledger(table)) {
            if let Some(subject) = errand(table) {
                let others = tenant::delete_but(of, organisation, subject, &own);
                self.count(steps, table, store.write(Work::new(fence).with(others)).await?);
                continue;
            }
            if table.name == TENANT {
                // With it goes the row of this very work: nothing of the organisation can be written after this commit.
                let mut last = Work::new(fence);
                for (_, errands) in holdings().filter(|(table, _)| errand(table).is_some()) {
                    last = last.with(tenant::delete(errands, organisation, BATCH));
                }
                let done = store.write(last.with(tenant::delete(of, organisation, BATCH))).await?;
                self.count(steps, table, done.into_iter().rev().take(1).collect());
                continue;
            }
            loop {
                let done = store.write(Work::new(fence).with(tenant::delete(of, organisation, BATCH))).await?;
                let gone = done.first().map_or(0, |done| done.changed);
                self.count(steps, table, done);
                if gone == 0 || of.key.is_none() {
                    break;
                }
            }
            let save = departure::save(organisation, id, &serde_json::to_string(&*steps)?);
            // In a replay after a restore the line is closed already.
            let _ = store.write(Work::new(fence).with(save)).await;
        }
        Ok(())
    }

    fn count(&self, steps: &mut Steps, table: &Table, done: Vec<store::Done>) {
        let gone: u64 = done.iter().map(|done| done.changed).sum();
        if gone > 0 {
            *steps.erased.entry(table.rows.to_owned()).or_default() += gone;
        }
    }

    /// The second hand: asks the engine for its tables and looks for the organisation's id in every cell.
    async fn look(&self, organisation: OrganisationId) -> Result<(i64, usize), Fault> {
        let store = &self.counter.store;
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (table, column) in store.columns().await? {
            tables.entry(table).or_default().push(column);
        }
        let (mut found, many) = (0, tables.len());
        for (table, columns) in tables {
            if TABLES.iter().any(|known| known.name == table && is_ledger(known)) {
                continue;
            }
            let traces = [Trace::Text(organisation.to_string())];
            let Some(row) = store.one(Fence::House, look(store.engine(), &table, &columns, &traces, "")).await? else {
                continue;
            };
            for position in 0..columns.len() {
                found += row.int(&format!("cells_{position}"))?;
            }
        }
        Ok((found, many))
    }
}

fn is_keys(table: &Table) -> bool {
    table.fields.iter().any(|field| field.preset.name == KEY.name)
}

/// The column by which a piece of work names what it is about, in the table of the work to do.
fn errand(table: &'static Table) -> Option<&'static str> {
    table.fields.iter().find(|field| field.preset.name == datamap::ERRAND.name).map(|field| field.name)
}

/// What stays, and why.
fn stays() -> Vec<Json> {
    let ledgers = TABLES.iter().filter(|table| is_ledger(table) && holding(table).is_some());
    ledgers.map(|table| json!({ "what": table.rows, "why": table.says, "until": "two years after the end" })).collect()
}

impl Reconciler for Departer {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn most_attempts(&self) -> i64 {
        // Never given up: half an end is none.
        i64::MAX
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let id = job.subject.parse().map_err(|_| JobFault::lasting("no departure"))?;
            match self.run(id).await {
                Ok(()) => Ok(Next::Done),
                Err(fault) => {
                    tracing::error!(%fault, "an organisation's end did not go on");
                    Err(JobFault::new("departure"))
                }
            }
        })
    }
}
