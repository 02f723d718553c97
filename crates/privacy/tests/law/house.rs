//! A house on a fresh store, with one organisation, one member of the staff and a fixed world.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{ErasureId, MemberId, OrganisationId, PersonId, World};
use privacy::erase::{Counter, Eraser, Farewell, Forgetful};
use store::{EngineName, Fence, Store, Value, Work};
use testkit::TestStore;
use vault::{BoxFuture, Keyring, Place};

/// Everything a privacy test needs.
pub struct House {
    pub store: Store,
    pub keyring: Keyring,
    pub world: World,
    pub clock: Arc<testkit::TestClock>,
    pub organisation: OrganisationId,
    pub member: MemberId,
    keep: TestStore,
    pub seed: u64,
}

pub const STAFF_NAME: &str = "Staffwoman Zelda Quux";
pub const STAFF_EMAIL: &str = "zelda.quux@staff.example";

impl House {
    /// On the embedded engine.
    pub async fn embedded() -> House {
        Self::on(testkit::temp_store().await).await
    }

    /// On every engine this machine has.
    pub async fn both() -> Vec<House> {
        let mut houses = Vec::new();
        for keep in testkit::engines().await {
            houses.push(Self::on(keep).await);
        }
        houses
    }

    async fn on(keep: TestStore) -> House {
        // Every house has a seed of its own: tests share one PostgreSQL cluster, and its files are searched.
        static SEED: AtomicU64 = AtomicU64::new(0);
        let seed = (u64::from(std::process::id()) << 20) + SEED.fetch_add(1, Ordering::SeqCst);
        let (world, clock) = testkit::seeded_world(seed);
        let keyring = keep.keyring(&world);
        let organisation = OrganisationId::new(&world);
        let member = MemberId::new(&world);
        let store = keep.store().clone();
        let house = House { store, keyring, world, clock, organisation, member, keep, seed };
        house.furnish().await;
        house
    }

    /// What the store was opened with.
    pub fn config(&self) -> store::StoreConfig {
        self.keep.config()
    }

    /// Erases, and lets the copy of the keys forget as well.
    pub async fn erase_telling(&self, person: PersonId, copy: privacy::backup::KeyCopy) {
        let id = privacy::erase::request(&self.counter(), self.organisation, person, "visitor").await.unwrap();
        self.eraser().telling(Arc::new(copy)).run(id).await.unwrap();
    }

    /// The folder with the engine's files.
    pub fn folder(&self) -> &Path {
        self.keep.folder()
    }

    async fn furnish(&self) {
        let (organisation, member, now) = (self.organisation, self.member, self.world.now());
        self.keyring.create_organisation(organisation).await.unwrap();
        let new = store::organisation::OrganisationRow {
            id: organisation,
            name: "Nadel & Faden".to_owned(),
            widget_key: format!("wk_{organisation}"),
            settings: r#"{"keep_days":30}"#.to_owned(),
            created_at: now,
        };
        self.store.write(self.work().with(store::organisation::insert(new))).await.unwrap();
        let key = self.keyring.create(organisation, &member.to_string()).await.unwrap();
        let seal = |column, words: &str| {
            let row = member.to_string();
            Value::from(key.seal(&Place { organisation, table: "member", column, row: &row }, words).unwrap())
        };
        self.insert(
            "member",
            vec![
                ("id", member.into()),
                ("organisation", organisation.into()),
                ("email_sealed", seal("email_sealed", STAFF_EMAIL)),
                ("email_index", Value::Bytes(vec![7; 16])),
                ("name_sealed", seal("name_sealed", STAFF_NAME)),
                ("password_hash", "$argon2id$".into()),
                ("role", "agent".into()),
                ("created_at", now.into()),
            ],
        )
        .await;
    }

    /// A work behind the organisation's fence.
    pub fn work(&self) -> Work {
        Work::new(Fence::Organisation(self.organisation))
    }

    /// Puts one row into a table.
    pub async fn insert(&self, table: &str, cells: Vec<(&str, Value)>) {
        let columns: Vec<&str> = cells.iter().map(|(column, _)| *column).collect();
        let columns = columns.join(", ");
        if let Err(error) = self.store.write(self.work().with(row(table, cells))).await {
            panic!("{table} ({columns}): {error}");
        }
    }

    pub fn counter(&self) -> Counter {
        Counter { store: self.store.clone(), keyring: self.keyring.clone(), world: self.world.clone() }
    }

    pub fn farewell(&self) -> Arc<dyn Farewell> {
        Arc::new(Silence(""))
    }

    pub fn eraser(&self) -> Eraser {
        let eraser = Eraser::new(self.counter(), Arc::new(Silence(""))).telling(Arc::new(Silence("recognised")));
        eraser.telling(Arc::new(Silence("knowledge index")))
    }

    /// Asks for an erasure and runs it.
    pub async fn erase(&self, person: PersonId) -> ErasureId {
        let id = privacy::erase::request(&self.counter(), self.organisation, person, "visitor").await.unwrap();
        self.eraser().run(id).await.unwrap();
        id
    }

    /// Asks for an erasure and lets the job runner do it, as the server does.
    pub async fn erase_by_the_runner(&self, person: PersonId) -> ErasureId {
        let id = privacy::erase::request(&self.counter(), self.organisation, person, "visitor").await.unwrap();
        let runner = jobs::Runner::new(self.store.clone(), self.world.clone()).with(Arc::new(self.eraser()));
        let running = runner.start();
        running.idle().await.unwrap();
        running.stop().await;
        id
    }

    pub fn is_postgres(&self) -> bool {
        self.store.engine() == EngineName::Postgres
    }
}

/// What puts one row into a table.
pub fn row(table: &str, cells: Vec<(&str, Value)>) -> store::Statement {
    let (columns, values): (Vec<&str>, Vec<Value>) = cells.into_iter().unzip();
    let numbers: Vec<String> = (1..=values.len()).map(|number| format!("${number}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), numbers.join(", "));
    store::Statement::owned(sql, values)
}

/// Nobody has a stream open, and the memory of this name holds nothing.
struct Silence(&'static str);

impl Farewell for Silence {
    fn close<'a>(&'a self, _: OrganisationId, _: PersonId, _: ErasureId) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

impl Forgetful for Silence {
    fn name(&self) -> &'static str {
        self.0
    }

    fn forget<'a>(&'a self, _: OrganisationId, _: PersonId) -> BoxFuture<'a, Result<(), privacy::Fault>> {
        Box::pin(async { Ok(()) })
    }
}
