//! The reconciler: looks at the ledger line, does the next act, notes it. Killed anywhere, it goes on from there.

use std::sync::Arc;

use model::{ErasureId, OrganisationId, PersonId, World};
use store::erasure::{self, ErasureRow};
use store::{Fence, Store, Work, lane};
use vault::{BoxFuture, Keyring};

use super::book::{Act, Book, State};
use super::{Counter, Progress, line, marks, rows};
use crate::sweep::sweep_for;
use crate::{Fault, legal_hold, plan, receipt};

/// How often deleting notes how far it is.
const NOTES: u64 = 20;
/// How often deleting and sweeping is repeated before the job's own patience takes over.
const ROUNDS: usize = 3;

/// The cache that [`Keyring::forget`] reaches.
const KEYS: &str = "keys";
/// The memory that [`Farewell`] reaches.
const STREAMS: &str = "live";

/// Whoever keeps her streams open: closes them, silences answers that are being written, and shows the progress.
pub trait Farewell: Send + Sync {
    /// Says goodbye to every open stream of hers (`erased` with this id) and stops whatever is being written for her.
    fn close<'a>(&'a self, organisation: OrganisationId, person: PersonId, erasure: ErasureId) -> BoxFuture<'a, ()>;

    /// The erasure has come further.
    fn progress(&self, progress: &Progress) {
        let _ = progress;
    }
}

/// Whoever keeps something of a person in memory; see `datamap::CACHES` and `datamap::INDEXES`.
pub trait Forgetful: Send + Sync {
    /// The name of the cache in the map.
    fn name(&self) -> &'static str;

    /// Forgets her; where it cannot, the erasure is tried again later and no receipt is given.
    fn forget<'a>(&'a self, organisation: OrganisationId, person: PersonId) -> BoxFuture<'a, Result<(), Fault>>;
}

/// Erases. Cheap to clone.
#[derive(Clone)]
pub struct Eraser {
    pub(crate) store: Store,
    pub(crate) keyring: Keyring,
    world: World,
    farewell: Arc<dyn Farewell>,
    memories: Vec<Arc<dyn Forgetful>>,
}

/// One erasure under way.
struct Case {
    id: ErasureId,
    organisation: OrganisationId,
    person: PersonId,
    row: ErasureRow,
    book: Book,
}

impl Eraser {
    /// An eraser that knows of no memory but the keyring's.
    pub fn new(counter: Counter, farewell: Arc<dyn Farewell>) -> Self {
        let Counter { store, keyring, world } = counter;
        Self { store, keyring, world, farewell, memories: Vec::new() }
    }

    /// Also tells this memory.
    #[must_use]
    pub fn telling(mut self, memory: Arc<dyn Forgetful>) -> Self {
        self.memories.push(memory);
        self
    }

    /// Caches and indexes of the map that can hold something of a visitor and that nobody made known here. The keyring and the
    /// streams are told by themselves.
    pub fn untold(&self) -> Vec<&'static str> {
        let told =
            |name: &str| [KEYS, STREAMS].contains(&name) || self.memories.iter().any(|memory| memory.name() == name);
        let copies = datamap::CACHES.iter().chain(datamap::INDEXES);
        copies.filter(|copy| copy.of_visitors && !told(copy.name)).map(|copy| copy.name).collect()
    }

    /// The counter at which this eraser's erasures are asked for.
    pub fn counter(&self) -> Counter {
        Counter { store: self.store.clone(), keyring: self.keyring.clone(), world: self.world.clone() }
    }

    /// Does what is left to do of an erasure; nothing if there is no such one or it is done.
    pub async fn run(&self, id: ErasureId) -> Result<(), Fault> {
        let row = match line(&self.store, id).await {
            Err(Fault::Refused(_)) => return Ok(()),
            other => other?,
        };
        let Some(person) = row.person else {
            // Done, but whoever did it may have been stopped before its last act.
            self.store.settle().await?;
            return self.show(id).await;
        };
        let book = Book::from_text(&row.steps)?;
        let mut case = Case { id, organisation: row.organisation, person, book, row };
        let mut rounds = 0;
        while let Some(act) = case.book.next() {
            // Asked until the last moment in which something could be kept.
            if matches!(act, Act::Streams | Act::Key) && self.waits_for_a_hold(&case).await? {
                return Ok(());
            }
            case.book.set(act, State::Running);
            self.note(&case, "running").await?;
            match act {
                Act::Streams => self.streams(&mut case).await?,
                Act::Key => self.key(&mut case).await?,
                Act::Rows => self.rows(&mut case).await?,
                Act::Copies => self.copies(&case).await?,
                Act::Sweep => {
                    rounds += 1;
                    if !self.sweep(&mut case, rounds).await? {
                        continue;
                    }
                }
                Act::Receipt => return self.close(case).await,
            }
            case.book.set(act, State::Done);
            self.note(&case, "running").await?;
        }
        Ok(())
    }

    /// What must be kept for a claim is kept (Art. 17(3)), restricted meanwhile (Art. 18), and everything else goes now. The
    /// round of retention takes the erasure up again when the hold is over.
    async fn waits_for_a_hold(&self, case: &Case) -> Result<bool, Fault> {
        let Case { organisation, person, .. } = *case;
        let Some(held) = legal_hold::held(&self.store, organisation, person, self.world.now()).await? else {
            return Ok(false);
        };
        let restrict = lane::restrict(organisation, lane::Of::Person(person), "claims", self.world.now());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(restrict)).await?;
        if !held.whole {
            crate::retain::purge_but(&self.counter(), (organisation, person), &held.conversations).await?;
        }
        self.note(case, "held").await?;
        Ok(true)
    }

    async fn streams(&self, case: &mut Case) -> Result<(), Fault> {
        self.farewell.close(case.organisation, case.person, case.id).await;
        // Noted only while her key is there: afterwards nobody can tell an envelope of hers any more.
        case.book.marks = Some(marks::marks(&self.keyring, &self.store, case.organisation, case.person).await?);
        case.book.told = marks::told(&self.store, case.organisation, case.person).await?;
        Ok(())
    }

    async fn key(&self, case: &mut Case) -> Result<(), Fault> {
        self.keyring.shred(case.organisation, &case.person.to_string()).await?;
        // Counted once, after nothing more can be sealed for her and before anything is deleted.
        case.book.erased = rows::counted(&self.store, case.organisation, case.person).await?;
        case.book.erased.insert("keys".to_owned(), 1);
        Ok(())
    }

    async fn rows(&self, case: &mut Case) -> Result<(), Fault> {
        let mut names = case.book.marks.as_ref().map_or_else(Vec::new, |marks| marks.names.clone());
        // By name too: a line that mentioned her while her rows were going can be found by no row of hers any more.
        names.push(case.person.to_string());
        rows::unmention(&self.store, case.organisation, case.person, &names).await?;
        let total: u64 = case.book.erased.iter().filter(|(what, _)| *what != "keys").map(|(_, many)| many).sum();
        let left = |counts: &std::collections::BTreeMap<String, u64>| counts.values().sum::<u64>();
        let mut done = total.saturating_sub(left(&rows::counted(&self.store, case.organisation, case.person).await?));
        let mut told = done;
        // Children first: a table that is empty stays empty, because nothing can be sealed for her any more.
        for (_, owned) in plan::owned() {
            loop {
                let gone = rows::delete_some(&self.store, owned, case.organisation, case.person).await?;
                if gone == 0 {
                    break;
                }
                done += gone;
                // The book holds what the sweep looks for, so a note is not cheap.
                if (done - told) * NOTES >= total {
                    told = done;
                    case.book.progress(Act::Rows, done, total.max(done));
                    self.note(case, "running").await?;
                }
            }
        }
        case.book.progress(Act::Rows, done, total.max(done));
        Ok(())
    }

    async fn copies(&self, case: &Case) -> Result<(), Fault> {
        self.keyring.forget(case.organisation, &case.person.to_string());
        for memory in &self.memories {
            memory.forget(case.organisation, case.person).await?;
        }
        Ok(self.store.settle().await?)
    }

    /// True when nothing was found. Otherwise back to the rows; after some rounds it is a fault and the job tries later.
    async fn sweep(&self, case: &mut Case, rounds: usize) -> Result<bool, Fault> {
        let marks = case.book.marks.clone().unwrap_or_default();
        let swept = sweep_for(&self.store, case.person, &marks, case.id).await?;
        let (found, tables) = (swept.found, count(&swept));
        let left: Vec<_> =
            swept.tables.iter().filter(|table| table.found > 0).map(|table| table.table.as_str()).collect();
        let left = left.join(", ");
        case.book.swept = Some(swept);
        if found == 0 {
            case.book.progress(Act::Sweep, tables, tables);
            return Ok(true);
        }
        case.book.back_to_rows();
        if rounds < ROUNDS {
            return Ok(false);
        }
        self.note(case, "failed").await?;
        Err(Fault::Broken(format!("erasure {}: the sweep found {found} cells in {left}", case.id)))
    }

    /// The receipt, and the last trace of who it was.
    async fn close(&self, mut case: Case) -> Result<(), Fault> {
        let now = self.world.now();
        let name = crate::notice::facts(&self.store, case.organisation).await?.0;
        let written = receipt::write(receipt::Facts {
            line: &case.row,
            organisation_name: &name,
            erased: &case.book.erased,
            told: &case.book.told,
            swept: case.book.swept.as_ref(),
            finished_at: now,
        });
        let signed = receipt::sign(written, self.keyring.signer())?;
        case.book.set(Act::Receipt, State::Done);
        (case.book.marks, case.book.swept) = (None, None);
        let fence = Fence::Organisation(case.organisation);
        let finish = erasure::finish(case.organisation, case.id, &case.book.text()?, &signed, now);
        self.store.write(Work::new(fence).with(finish)).await?;
        // Once more, because the line itself named her until now.
        self.store.settle().await?;
        self.show(case.id).await
    }

    async fn note(&self, case: &Case, state: &str) -> Result<(), Fault> {
        let save = erasure::save(case.organisation, case.id, state, &case.book.text()?);
        self.store.write(Work::new(Fence::Organisation(case.organisation)).with(save)).await?;
        self.show(case.id).await
    }

    async fn show(&self, id: ErasureId) -> Result<(), Fault> {
        self.farewell.progress(&super::progress(&self.store, id).await?);
        Ok(())
    }
}

fn count(swept: &crate::Swept) -> u64 {
    u64::try_from(swept.tables.len()).unwrap_or(u64::MAX)
}
