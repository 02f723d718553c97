//! An erasure can be killed anywhere and asked for twice; it ends in the same place.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use privacy::erase::State;

use crate::dump::{Hay, cells};
use crate::house::House;
use crate::plant::plant;

/// A future that is dropped in the middle: as when the power goes, except that what was committed stays committed.
struct Killed<F> {
    inner: Pin<Box<F>>,
    lives: usize,
}

impl<F: Future> Future for Killed<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.lives == 0 {
            return Poll::Ready(None);
        }
        self.lives -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_it_goes_on_and_ends_in_the_same_place() {
    for house in House::both().await {
        let mut whole: Option<Vec<(String, u64)>> = None;
        let mut lives = 1;
        loop {
            let ada = plant(&house, &format!("ada{lives}")).await;
            let id = privacy::erase::request(&house.counter(), house.organisation, ada.person, "member").await.unwrap();
            let eraser = house.eraser();
            let survived = Killed { inner: Box::pin(eraser.run(id)), lives }.await;
            let reached_the_end = survived.is_some();
            if !reached_the_end {
                // A new process: nothing in memory but the ledger's line.
                house.eraser().run(id).await.unwrap();
            }
            let progress = privacy::erase::progress(&house.store, id).await.unwrap();
            assert_eq!(progress.state, "done", "killed after {lives} steps");
            assert!(progress.steps.iter().all(|step| step.state == State::Done && step.done == step.total));
            let receipt = privacy::erase::receipt(&house.store, id).await.unwrap();
            let verified = privacy::verify::receipt(&receipt, None).unwrap();
            assert_eq!(verified.found, 0);
            let erased = whole.get_or_insert_with(|| verified.erased.clone());
            assert_eq!(*erased, verified.erased, "killed after {lives} steps, the receipt counts the same");
            let dump = Hay::new(&cells(&house).await);
            for marker in &ada.markers {
                assert!(!dump.has(&marker.needle), "{}.{} after {lives} steps", marker.table, marker.column);
            }
            if reached_the_end {
                break;
            }
            // Every await of the first acts, then every few: the later ones repeat themselves table by table.
            lives += if lives < 24 { 1 } else { 7 };
        }
        assert!(lives > 40, "it was killed in {lives} places");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_twice_is_asking_once() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let ask = || async { privacy::erase::request(&house.counter(), house.organisation, ada.person, "visitor").await };
    let first = ask().await.unwrap();
    assert_eq!(ask().await.unwrap(), first);
    house.eraser().run(first).await.unwrap();
    house.eraser().run(first).await.unwrap();
    assert!(matches!(ask().await, Err(privacy::Fault::Refused(_))), "whoever was erased is unknown");
}

/// The button pressed twice, the staff in the same moment: one line, one job, one receipt.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_at_the_same_moment_is_asking_once() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        let counter = house.counter();
        let ask = |_| privacy::erase::request(&counter, house.organisation, ada.person, "visitor");
        let asked: Vec<_> = futures::future::join_all((0..8).map(ask)).await.into_iter().map(Result::unwrap).collect();
        assert!(asked.iter().all(|id| *id == asked[0]), "{asked:?}");
        house.eraser().run(asked[0]).await.unwrap();
        assert!(privacy::erase::receipt(&house.store, asked[0]).await.is_ok());
        assert_eq!(privacy::ledger::replay(&house.eraser()).await.unwrap(), Default::default());
    }
}

/// A memory that is out of order for longer than any patience: she still waits, nobody else does, and asking again is heard.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_that_cannot_go_on_is_never_given_up_and_stops_no_start() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        let ask =
            || async { privacy::erase::request(&house.counter(), house.organisation, ada.person, "member").await };
        let id = ask().await.unwrap();
        let memory = Memory::of(&house, Vec::new());
        memory.works.store(false, Ordering::SeqCst);
        let eraser = privacy::erase::Eraser::new(house.counter(), house.farewell()).telling(memory.clone());
        let replayed = privacy::ledger::replay(&eraser).await.unwrap();
        assert_eq!((replayed.resumed, replayed.waiting), (0, 1));
        let job = || async {
            let job = store::job::by_subject(house.organisation, privacy::erase::KIND, &id.to_string());
            let row = house.store.one(store::Fence::Organisation(house.organisation), job).await.unwrap();
            store::job::JobRow::from_row(&row.unwrap()).unwrap()
        };
        let runner = jobs::Runner::new(house.store.clone(), house.world.clone()).with(std::sync::Arc::new(eraser));
        let (bell, running) = (runner.bell(), runner.start());
        for _ in 0..25 {
            running.idle().await.unwrap();
            house.clock.advance(std::time::Duration::from_secs(24 * 60 * 60));
            bell.ring();
        }
        running.idle().await.unwrap();
        let waiting = job().await;
        assert!(waiting.state == "ready" && waiting.attempts > 20, "{waiting:?}");
        memory.works.store(true, Ordering::SeqCst);
        assert_eq!(ask().await.unwrap(), id);
        bell.ring();
        running.idle().await.unwrap();
        running.stop().await;
        assert!(privacy::erase::receipt(&house.store, id).await.is_ok(), "asked for again, it is tried at once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledger_line_ends_without_identity() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let id = house.erase(ada.person).await;
    let row = house.store.one(store::Fence::House, store::erasure::by_id(id)).await.unwrap().unwrap();
    let line = store::erasure::ErasureRow::from_row(&row).unwrap();
    assert!(line.person.is_none() && line.state == "done");
    assert!(!line.steps.contains("marks") && !line.steps.contains("con_"), "what the sweep looked for is gone too");
    assert_eq!(line.subject_mac.len(), 32);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holdings_count_until_and_vanish() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let now = house.world.now();
    let held = || privacy::holdings::holdings(&house.store, house.organisation, ada.person, now, 30);
    let before = held().await.unwrap();
    let messages = before.iter().find(|holding| holding.what == "messages").unwrap();
    assert_eq!((messages.count, messages.until), (1, now.plus(privacy::holdings::days(30))));
    let sent = before.iter().find(|holding| holding.what == "records of what left this server").unwrap();
    assert_eq!(sent.until, messages.until, "the record that something left stays as long as the conversation");
    let tabs = before.iter().find(|holding| holding.what == "browser sessions").unwrap();
    assert_eq!(tabs.until, now, "a row that names its own end ends then");
    house.erase(ada.person).await;
    assert!(held().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cache_that_nobody_tells_is_named() {
    let house = House::embedded().await;
    assert!(house.eraser().untold().is_empty());
    let deaf = privacy::erase::Eraser::new(house.counter(), house.farewell());
    assert_eq!(deaf.untold(), ["recognised", "knowledge index"]);
}

/// The sweep is only worth something if it can find something.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_hand_finds_what_the_first_forgot() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        let nobody = model::ErasureId::new(&house.world);
        let before = privacy::sweep(&house.store, ada.person, nobody).await.unwrap();
        let with_her = before.tables.iter().filter(|table| table.found > 0).count();
        assert!(with_her >= 9, "her id stands in {with_her} tables");
        house.erase(ada.person).await;
        let after = privacy::sweep(&house.store, ada.person, nobody).await.unwrap();
        assert_eq!(after.found, 0);
        assert_eq!(after.tables.len(), datamap::TABLES.len(), "it looked everywhere");
        // Somebody writes her id into a place where nobody would look for it.
        let hidden = format!("https://shop.example/?who={}", ada.person);
        let url = vec![
            ("id", model::SightingId::new(&house.world).into()),
            ("organisation", house.organisation.into()),
            ("host", hidden.into()),
            ("first_seen_at", 1_i64.into()),
            ("last_seen_at", 1_i64.into()),
        ];
        house.insert("sighting", url).await;
        assert_eq!(privacy::sweep(&house.store, ada.person, nobody).await.unwrap().found, 1);
    }
}

/// A memory that does something while an erasure tells it, after her rows have gone and before anybody looks for what is left.
struct Memory {
    store: store::Store,
    writes: std::sync::Mutex<Vec<store::Work>>,
    works: std::sync::atomic::AtomicBool,
    told: std::sync::atomic::AtomicUsize,
}

impl Memory {
    fn of(house: &House, writes: Vec<store::Work>) -> std::sync::Arc<Self> {
        let (writes, works) = (std::sync::Mutex::new(writes), true.into());
        std::sync::Arc::new(Self { store: house.store.clone(), writes, works, told: 0.into() })
    }
}

impl privacy::erase::Forgetful for Memory {
    fn name(&self) -> &'static str {
        "recognised"
    }

    fn forget<'a>(
        &'a self,
        _: model::OrganisationId,
        _: model::PersonId,
    ) -> vault::BoxFuture<'a, Result<(), privacy::Fault>> {
        Box::pin(async {
            self.told.fetch_add(1, Ordering::SeqCst);
            let writes = std::mem::take(&mut *self.writes.lock().unwrap());
            for work in writes {
                self.store.write(work).await.unwrap();
            }
            match self.works.load(Ordering::SeqCst) {
                true => Ok(()),
                false => Err(privacy::Fault::Broken("the memory does not answer".to_owned())),
            }
        })
    }
}

fn looked_at(house: &House, person: model::PersonId) -> store::Work {
    let actor = model::Actor::House { organisation: house.organisation };
    let (object, action) = (person.to_string(), "person.view");
    let act = store::audit::Act { action, reason: "support", object_kind: "person", object: &object, request: "" };
    house.work().with(store::audit::insert(&house.world, &actor, &act))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_names_her_while_her_rows_go_is_found_and_goes_too() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        let memory = Memory::of(&house, vec![looked_at(&house, ada.person)]);
        let id = privacy::erase::request(&house.counter(), house.organisation, ada.person, "visitor").await.unwrap();
        let eraser = privacy::erase::Eraser::new(house.counter(), house.farewell()).telling(memory.clone());
        eraser.run(id).await.unwrap();
        assert_eq!(memory.told.load(Ordering::SeqCst), 2, "told again, because something was found");
        assert_eq!(privacy::sweep(&house.store, ada.person, id).await.unwrap().found, 0);
        assert!(privacy::erase::receipt(&house.store, id).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_no_receipt_while_a_memory_does_not_forget_or_the_second_hand_finds_something() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        let id = privacy::erase::request(&house.counter(), house.organisation, ada.person, "visitor").await.unwrap();
        let memory = Memory::of(&house, Vec::new());
        memory.works.store(false, Ordering::SeqCst);
        let eraser = privacy::erase::Eraser::new(house.counter(), house.farewell()).telling(memory.clone());
        assert!(eraser.run(id).await.is_err());
        assert!(privacy::erase::receipt(&house.store, id).await.is_err(), "she is still remembered");
        memory.works.store(true, Ordering::SeqCst);
        // A place that no deletion knows of.
        let hidden = model::SightingId::new(&house.world);
        let sighting = vec![
            ("id", hidden.into()),
            ("organisation", house.organisation.into()),
            ("host", format!("{}.example", ada.person).into()),
            ("first_seen_at", 1_i64.into()),
            ("last_seen_at", 1_i64.into()),
        ];
        house.insert("sighting", sighting).await;
        assert!(eraser.run(id).await.is_err());
        assert!(privacy::erase::receipt(&house.store, id).await.is_err(), "something of hers is still there");
        assert_eq!(privacy::erase::progress(&house.store, id).await.unwrap().state, "failed");
        let clean = "DELETE FROM sighting WHERE organisation = $1 AND id = $2";
        let clean = store::Statement::owned(clean.to_owned(), vec![house.organisation.into(), hidden.into()]);
        house.store.write(house.work().with(clean)).await.unwrap();
        eraser.run(id).await.unwrap();
        assert!(privacy::erase::receipt(&house.store, id).await.is_ok());
    }
}
