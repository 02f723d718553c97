//! Measures durable writes (a message and its conversation's next number) through the store, beside a bare loop on the
//! same encrypted file that commits equally large groups. `cargo run --release -p store --example group_commit`

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement looks at the clock, prints, and fails loudly"
)]

use std::time::{Duration, Instant};

use model::{ConversationId, MessageId, OrganisationId, PersonId, World};
use rusqlite::{Connection, params};
use store::conversation::{Lane, NewConversation};
use store::organisation::OrganisationRow;
use store::{Expect, Fence, Statement, Store, StoreConfig, Work, conversation, organisation, person};
use testkit::TestStore;

const SPAN: Duration = Duration::from_secs(3);
const SAY: &str = "INSERT INTO message (id, organisation, conversation, person, seq, kind, body_sealed, created_at) \
    VALUES ($1, $2, $3, $4, $5, 'visitor', $6, $7)";
const TOUCH: &str = "UPDATE conversation SET last_seq = $3, last_activity_at = $4 WHERE organisation = $1 AND id = $2";

/// One conversation; each writer has its own, as in life.
#[derive(Clone)]
struct Thread {
    world: World,
    organisation: OrganisationId,
    person: PersonId,
    conversation: ConversationId,
}

impl Thread {
    async fn begin(store: &Store, world: &World) -> Self {
        let organisation = OrganisationId::new(world);
        let thread = Self {
            world: world.clone(),
            organisation,
            person: PersonId::new(world),
            conversation: ConversationId::new(world),
        };
        let at = world.now();
        let row = OrganisationRow {
            id: organisation,
            name: "Bench".into(),
            widget_key: organisation.to_string(),
            settings: "{}".into(),
            created_at: at,
        };
        let new = NewConversation {
            id: thread.conversation,
            person: thread.person,
            lane: Lane::Ai,
            locale: "en".into(),
            page_host: None,
            at,
        };
        let work = Work::new(Fence::Organisation(organisation))
            .with(organisation::insert(row))
            .with(person::insert(organisation, thread.person, "en", at))
            .with(conversation::insert(organisation, new));
        store.write(work).await.expect("the conversation begins");
        thread
    }

    fn work(&self, seq: i64) -> Work {
        let (organisation, conversation, at) = (self.organisation, self.conversation, self.world.now());
        let say = vec![
            MessageId::new(&self.world).into(),
            organisation.into(),
            conversation.into(),
            self.person.into(),
            seq.into(),
            vec![7u8; 240].into(),
            at.into(),
        ];
        let touch = vec![organisation.into(), conversation.into(), seq.into(), at.into()];
        Work::new(Fence::Organisation(organisation))
            .with(Statement::new(SAY, say).expect(Expect::Exactly(1)))
            .with(Statement::new(TOUCH, touch).expect(Expect::Exactly(1)))
    }
}

/// Works per second and the slowest in a hundred, through the store.
async fn through_store(store: &TestStore, writers: usize) -> (f64, Duration) {
    let world = testkit::seeded_world(writers as u64).0;
    let mut tasks = Vec::new();
    let mut threads = Vec::new();
    for _ in 0..writers {
        threads.push(Thread::begin(store, &world).await);
    }
    let begun = Instant::now();
    for thread in threads {
        let store = store.store().clone();
        tasks.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while begun.elapsed() < SPAN {
                let sent = Instant::now();
                store.write(thread.work(waits.len() as i64 + 1)).await.expect("written");
                waits.push(sent.elapsed());
            }
            waits
        }));
    }
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.expect("a writer ends well"));
    }
    let rate = waits.len() as f64 / begun.elapsed().as_secs_f64();
    waits.sort();
    (rate, waits[waits.len() * 99 / 100])
}

/// Works per second in a bare loop: prepared statements, one commit for `group` works, nothing else.
fn bare(connection: &Connection, threads: &[Thread]) -> f64 {
    let begun = Instant::now();
    let mut seq = 1_000_000i64;
    let mut done = 0;
    while begun.elapsed() < SPAN {
        connection.execute_batch("BEGIN IMMEDIATE").expect("begun");
        seq += 1;
        for thread in threads {
            let (organisation, conversation) = (thread.organisation.to_string(), thread.conversation.to_string());
            let (id, at) = (MessageId::new(&thread.world).to_string(), thread.world.now().millis());
            let mut say = connection.prepare_cached(SAY).expect("prepared");
            let body = vec![7u8; 240];
            say.execute(params![id, organisation, conversation, thread.person.to_string(), seq, body, at])
                .expect("said");
            let mut touch = connection.prepare_cached(TOUCH).expect("prepared");
            touch.execute(params![organisation, conversation, seq, at]).expect("touched");
        }
        connection.execute_batch("COMMIT").expect("committed");
        done += threads.len();
    }
    done as f64 / begun.elapsed().as_secs_f64()
}

/// The store's own file, opened by hand with the store's own durability.
fn open_bare(config: &StoreConfig) -> Connection {
    let StoreConfig::Sqlite { folder, data_key, .. } = config else {
        panic!("the bare loop is about the embedded engine")
    };
    let connection = Connection::open(folder.join("confidante.db")).expect("opened");
    let key: String = data_key.iter().map(|byte| format!("{byte:02x}")).collect();
    let pragmas = format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;"
    );
    connection.execute_batch(&pragmas).expect("keyed");
    connection
}

#[tokio::main]
async fn main() {
    println!("engine        writers   store/s   p99 ms    bare/s   store/bare");
    for writers in [1, 8, 64] {
        let store = testkit::temp_store().await;
        let (rate, p99) = through_store(&store, writers).await;
        store.close().await;

        let fresh = testkit::temp_store().await;
        let world = testkit::seeded_world(99).0;
        let mut threads = Vec::new();
        for _ in 0..writers {
            threads.push(Thread::begin(&fresh, &world).await);
        }
        fresh.close().await;
        let limit = bare(&open_bare(&fresh.config()), &threads);
        let ratio = 100.0 * rate / limit;
        println!("SQLite       {writers:>8} {rate:>9.0} {:>8.2} {limit:>9.0} {ratio:>10.0} %", p99.as_secs_f64() * 1e3);
    }
    for store in testkit::engines().await.into_iter().skip(1) {
        for writers in [1, 8, 64] {
            let (rate, p99) = through_store(&store, writers).await;
            println!("{:<12} {writers:>8} {rate:>9.0} {:>8.2}   (fsync off)", store.name(), p99.as_secs_f64() * 1e3);
        }
    }
}
