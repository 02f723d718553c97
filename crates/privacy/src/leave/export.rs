//! The job that exports a whole organisation: table by table, page by page, resumable at every page.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use datamap::Table;
use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{OrganisationId, PersonId, Refusal, TenantExportId, World};
use store::tenant::Place;
use store::tenant_export::{self as rows, TenantExportRow};
use store::{Fence, Store, Work};
use vault::ArchiveKey;

use super::gather::{Gatherer, printed};
use super::pack::pack;
use super::piece::Pieces;
use super::{holdings, is_ledger};
use crate::Fault;
use crate::erase::{Counter, Forgetful};

/// The kind of the job; its subject is the export.
pub const KIND: &str = "tenant_export";
/// The name of the format.
pub const FORMAT: &str = "confidante.organisation-export/1";
/// How long a finished export lies ready.
const READY: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How many exports the list shows.
const LATEST: i64 = 20;

/// Every table with something to hand over, parents first.
pub(super) fn tables() -> Vec<(&'static Table, store::tenant::Holding)> {
    let mut tables: Vec<_> = holdings().filter(|(table, _)| !is_ledger(table) && !printed(table).is_empty()).collect();
    tables.reverse();
    tables
}

/// Asks for an export. Ring the bell afterwards.
pub async fn request(store: &Store, world: &World, organisation: OrganisationId) -> Result<TenantExportId, Fault> {
    let id = TenantExportId::new(world);
    let now = world.now();
    let many = i64::try_from(tables().len()).unwrap_or(i64::MAX);
    let work = Work::new(Fence::Organisation(organisation))
        .with(rows::insert(organisation, id, many, [now, now.plus(READY)]))
        .with(jobs::enqueue(world, organisation, KIND, &id.to_string(), now));
    store.write(work).await?;
    Ok(id)
}

/// The newest exports.
pub async fn latest(store: &Store, organisation: OrganisationId) -> Result<Vec<TenantExportRow>, Fault> {
    let found = store.all(Fence::Organisation(organisation), rows::latest(organisation, LATEST)).await?;
    Ok(found.iter().map(TenantExportRow::from_row).collect::<Result<_, _>>()?)
}

/// The file of a finished export that has not expired.
pub async fn ready(
    store: &Store,
    world: &World,
    (organisation, id): (OrganisationId, TenantExportId),
    folder: &std::path::Path,
) -> Result<PathBuf, Fault> {
    let row = store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
    let row = TenantExportRow::from_row(&row.ok_or_else(Refusal::not_found)?)?;
    let path = folder.join(organisation.to_string()).join(id.to_string()).join("whole.cfd");
    if row.state != "done" || row.expires_at <= world.now() || !path.exists() {
        return Err(Refusal::not_found().into());
    }
    Ok(path)
}

/// The folder of the exports, as a memory that erasures reach: what was exported before somebody was erased still holds her,
/// so the organisation's exports go with her, and its owner asks for a new one. They go with the organisation too.
pub struct Shelf(pub PathBuf);

impl Forgetful for Shelf {
    fn name(&self) -> &'static str {
        "exports of the organisation"
    }

    fn forget<'a>(&'a self, organisation: OrganisationId, _: PersonId) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            match fs::remove_dir_all(self.0.join(organisation.to_string())) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}

/// Does the exports.
pub struct Exporter {
    counter: Counter,
    key: ArchiveKey,
    folder: PathBuf,
}

impl Exporter {
    /// An exporter whose pieces lie in `folder`, sealed.
    pub fn new(counter: Counter, key: ArchiveKey, folder: PathBuf) -> Self {
        Self { counter, key, folder }
    }

    /// Does what is left to do of one export. `true` once it is ready.
    pub async fn run(&self, organisation: OrganisationId, id: TenantExportId) -> Result<Option<Duration>, Fault> {
        let Counter { store, keyring, world } = &self.counter;
        let fence = Fence::Organisation(organisation);
        let Some(row) = store.one(fence, rows::by_id(organisation, id)).await? else { return Ok(None) };
        let row = TenantExportRow::from_row(&row)?;
        let folder = self.folder.join(organisation.to_string()).join(id.to_string());
        let pieces = Pieces { folder, key: self.key.clone(), world: world.clone() };
        if row.expires_at <= world.now() {
            drop(fs::remove_dir_all(&pieces.folder));
            store.write(Work::new(fence).with(rows::forget(organisation, id))).await?;
            return Ok(None);
        }
        if row.state == "done" {
            return Ok(Some(row.expires_at.since(world.now())));
        }
        fs::create_dir_all(&pieces.folder)?;
        let (mut gatherer, mut written) = (Gatherer::new(keyring, store, organisation), 0);
        for (position, (table, of)) in tables().into_iter().enumerate() {
            let mut at = if of.key.is_some() { Place::After(String::new()) } else { Place::Skip(0) };
            for number in 0.. {
                let begin = match pieces.begin(position, number) {
                    Some(begin) => begin,
                    None => pieces.write((position, number), &gatherer.page(table, of, &at).await?)?,
                };
                written += i64::try_from(begin.rows).unwrap_or(0);
                let Some(next) = begin.next() else { break };
                at = next;
            }
            let done = i64::try_from(position + 1).unwrap_or(i64::MAX);
            store.write(Work::new(fence).with(rows::save(organisation, id, [done, written]))).await?;
        }
        let (packing, now) = (pieces.clone(), world.now());
        let all: Vec<&'static Table> = tables().into_iter().map(|(table, _)| table).collect();
        let packed = tokio::task::spawn_blocking(move || pack(&packing, &all, organisation, now)).await;
        let size = packed.map_err(|_| Fault::Broken("packing an export was interrupted".to_owned()))??;
        store.write(Work::new(fence).with(rows::finish(organisation, id, size, world.now()))).await?;
        for entry in fs::read_dir(&pieces.folder)? {
            let path = entry?.path();
            if path != pieces.whole() {
                fs::remove_file(path)?;
            }
        }
        Ok(Some(row.expires_at.since(world.now())))
    }
}

impl Reconciler for Exporter {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let id = job.subject.parse().map_err(|_| JobFault::lasting("no export"))?;
            match self.run(job.organisation, id).await {
                Ok(Some(wait)) => Ok(Next::Again(wait.max(Duration::from_secs(1)))),
                Ok(None) => Ok(Next::Done),
                Err(fault) => {
                    tracing::error!(%fault, "an export of an organisation did not go on");
                    Err(JobFault::new("export"))
                }
            }
        })
    }
}
