//! Erasing a person: asked for in one breath, done step by step as a reconciler, provable afterwards.

mod book;
mod eraser;
mod errand;
mod marks;
mod rows;

use model::{ErasureId, Moment, OrganisationId, PersonId, Refusal, World};
use serde::Serialize;
use store::erasure::{self, ErasureRow};
use store::{Fence, Store, StoreError, Work};
use vault::Keyring;

pub use book::{Act, State, Step};
pub use eraser::{Eraser, Farewell, Forgetful};
pub use errand::{KIND, enqueue};

use crate::{Fault, ledger};

/// What asking for an erasure needs.
#[derive(Clone)]
pub struct Counter {
    /// The store.
    pub store: Store,
    /// The keys.
    pub keyring: Keyring,
    /// Time and chance.
    pub world: World,
}

/// Asks that a person be erased; `asked_by` is a word of [`model::Actor::audit_name`]. Asking twice is asking once.
/// Ring the bell afterwards.
pub async fn request(
    counter: &Counter,
    organisation: OrganisationId,
    person: PersonId,
    asked_by: &str,
) -> Result<ErasureId, Fault> {
    request_with(counter, organisation, person, asked_by, |_| Vec::new()).await
}

/// The same; what `follow` makes of the erasure's id is committed with it, so that whoever asks can never lose it.
pub async fn request_with(
    counter: &Counter,
    organisation: OrganisationId,
    person: PersonId,
    asked_by: &str,
    follow: impl Fn(ErasureId) -> Vec<store::Statement>,
) -> Result<ErasureId, Fault> {
    if let Some(id) = under_way(counter, organisation, person).await? {
        return join(counter, organisation, id, follow(id)).await;
    }
    if !rows::exists(&counter.store, organisation, person).await? {
        return Err(Refusal::not_found().into());
    }
    let id = ErasureId::new(&counter.world);
    let line = ErasureRow {
        id,
        organisation,
        subject_mac: ledger::mac(&counter.keyring, organisation, person),
        person: Some(person),
        state: "running".to_owned(),
        steps: book::Book::new().text()?,
        requested_by: asked_by.to_owned(),
        receipt: None,
        created_at: counter.world.now(),
        finished_at: None,
    };
    let job = errand::enqueue(&counter.world, organisation, id);
    let work = Work::new(Fence::Organisation(organisation)).with(erasure::insert(line)).with(job).extend(follow(id));
    match counter.store.write(work).await {
        // Somebody asked in the same moment and was quicker.
        Err(StoreError::Unique) => match under_way(counter, organisation, person).await? {
            Some(id) => join(counter, organisation, id, follow(id)).await,
            None => Err(Refusal::not_found().into()),
        },
        written => Ok(written.map(|_| id)?),
    }
}

/// The open erasure of a person.
async fn under_way(
    counter: &Counter,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Option<ErasureId>, Fault> {
    let of_person = erasure::of_person(organisation, person);
    let row = counter.store.one(Fence::Organisation(organisation), of_person).await?;
    Ok(row.map(|row| ErasureRow::from_row(&row)).transpose()?.map(|line| line.id))
}

/// Asked for once more: its job is there and will be tried at once, whatever became of it meanwhile.
async fn join(
    counter: &Counter,
    organisation: OrganisationId,
    id: ErasureId,
    follow: Vec<store::Statement>,
) -> Result<ErasureId, Fault> {
    let job = errand::enqueue(&counter.world, organisation, id);
    counter.store.write(Work::new(Fence::Organisation(organisation)).with(job).extend(follow)).await?;
    Ok(id)
}

/// How far an erasure is: for whoever knows its unguessable id.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    /// Its id.
    pub id: ErasureId,
    /// Where.
    #[serde(skip)]
    pub organisation: OrganisationId,
    /// `running`, `failed` or `done`.
    pub state: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// Who asked: a word.
    pub requested_by: String,
    /// Asked.
    pub created_at: Moment,
    /// Done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Moment>,
}

impl Progress {
    fn from_row(row: &ErasureRow) -> Result<Self, Fault> {
        Ok(Self {
            id: row.id,
            organisation: row.organisation,
            state: row.state.clone(),
            steps: book::Book::from_text(&row.steps)?.steps,
            requested_by: row.requested_by.clone(),
            created_at: row.created_at,
            finished_at: row.finished_at,
        })
    }
}

/// How far it is.
pub async fn progress(store: &Store, id: ErasureId) -> Result<Progress, Fault> {
    Progress::from_row(&line(store, id).await?)
}

/// The signed receipt; not found before it is done.
pub async fn receipt(store: &Store, id: ErasureId) -> Result<String, Fault> {
    Ok(line(store, id).await?.receipt.ok_or_else(Refusal::not_found)?)
}

/// The newest erasures of an organisation.
pub async fn latest(store: &Store, organisation: OrganisationId, limit: i64) -> Result<Vec<Progress>, Fault> {
    let rows = store.all(Fence::Organisation(organisation), erasure::latest(organisation, limit)).await?;
    rows.iter().map(|row| Progress::from_row(&ErasureRow::from_row(row)?)).collect()
}

async fn line(store: &Store, id: ErasureId) -> Result<ErasureRow, Fault> {
    let row = store.one(Fence::House, erasure::by_id(id)).await?.ok_or_else(Refusal::not_found)?;
    Ok(ErasureRow::from_row(&row)?)
}
