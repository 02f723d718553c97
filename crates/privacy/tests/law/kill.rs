//! A process that forgets, erases and exports is killed with SIGKILL, again and again, at moments nobody chose. Afterwards
//! everything ends complete: nothing that had to go is left, nothing that had to stay is touched, nobody comes back.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use model::{ConversationId, ErasureId, MessageId, OrganisationId, PersonId, World};
use privacy::erase::{Counter, Eraser, Farewell, Forgetful};
use privacy::retain::Retainer;
use store::conversation::{Lane, NewConversation, Step};
use store::message::{MessageKind, NewMessage};
use store::{Fence, Statement, Store, StoreConfig, Work, conversation, erasure, message, person};
use vault::{BoxFuture, Keyring, MasterKey, Place};

/// How often each engine's process is killed; together more than a hundred times.
const KILLS: u64 = 52;
/// Where the child finds its store.
const WHERE: &str = "CONFIDANTE_KILL_WHERE";
/// In whose name it works.
const WHOSE: &str = "CONFIDANTE_KILL_WHOSE";
/// Its seed.
const SEED: &str = "CONFIDANTE_KILL_SEED";
/// Longer ago than any period of this story.
const LONG_AGO: Duration = Duration::from_secs(200 * 24 * 60 * 60);
const MESSAGES: usize = 8;

struct Nobody;

impl Farewell for Nobody {
    fn close<'a>(&'a self, _: OrganisationId, _: PersonId, _: ErasureId) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}

impl Forgetful for Nobody {
    fn name(&self) -> &'static str {
        "recognised"
    }

    fn forget<'a>(&'a self, _: OrganisationId, _: PersonId) -> BoxFuture<'a, Result<(), privacy::Fault>> {
        Box::pin(async { Ok(()) })
    }
}

/// A house over a store that a killed process left behind.
struct Site {
    counter: Counter,
    organisation: OrganisationId,
}

impl Site {
    fn over(store: Store, world: World, organisation: OrganisationId) -> Self {
        let keyring = Keyring::new(MasterKey::from_bytes([0x33; 32]), world.clone(), store.cupboard());
        Self { counter: Counter { store, keyring, world }, organisation }
    }

    fn work(&self) -> Work {
        Work::new(Fence::Organisation(self.organisation))
    }

    fn eraser(&self) -> Eraser {
        Eraser::new(self.counter.clone(), Arc::new(Nobody)).telling(Arc::new(Nobody))
    }

    /// Somebody with a conversation, who was here so long ago.
    async fn visitor(&self, ago: Duration) -> PersonId {
        let Counter { store, keyring, world } = &self.counter;
        let (person, talk, at) = (PersonId::new(world), ConversationId::new(world), world.now().minus(ago));
        let key = keyring.create(self.organisation, &person.to_string()).await.unwrap();
        let lane = Lane::Human;
        let new = NewConversation { id: talk, person, lane, locale: "de".into(), page_host: None, at };
        let mut work = self.work().with(person::insert(self.organisation, person, "de", at));
        work = work.with(conversation::insert(self.organisation, new));
        for _ in 0..MESSAGES {
            let id = MessageId::new(world);
            let row = id.to_string();
            let place = Place { organisation: self.organisation, table: "message", column: "body_sealed", row: &row };
            let body = key.seal(&place, "{\"text\":\"kept or gone, never half\"}").unwrap();
            let kind = MessageKind::Visitor;
            let said = NewMessage { id, conversation: talk, kind, author: None, body, client_id: None, at };
            work = work.with(conversation::step(self.organisation, talk, Step::Visitor, at));
            work = work.with(message::insert(self.organisation, said));
        }
        store.write(work).await.unwrap();
        person
    }

    async fn forget(&self) {
        let retainer = Retainer::new(self.counter.clone());
        while retainer.round(self.organisation).await.unwrap().full {}
    }

    async fn many(&self, sql: &'static str) -> i64 {
        let counted = Statement::new(sql, vec![self.organisation.into()]);
        let row = self.counter.store.one(Fence::Organisation(self.organisation), counted).await.unwrap().unwrap();
        row.int("many").unwrap()
    }

    /// Everything the export says of somebody.
    async fn exported(&self, person: PersonId) -> usize {
        let Counter { store, keyring, world } = &self.counter;
        let zip = privacy::export::zip(keyring, store, world, self.organisation, person).await.unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("data.json").unwrap(), &mut text).unwrap();
        text.matches("kept or gone, never half").count()
    }
}

fn told(config: &StoreConfig) -> String {
    match config {
        StoreConfig::Sqlite { folder, keys_folder, .. } => format!("{}\n{}", folder.display(), keys_folder.display()),
        StoreConfig::Postgres { url } => url.clone(),
    }
}

fn found(told: &str) -> StoreConfig {
    match told.split_once('\n') {
        Some((folder, keys_folder)) => StoreConfig::Sqlite {
            folder: folder.into(),
            keys_folder: keys_folder.into(),
            data_key: [0x11; 32],
            keys_key: [0x22; 32],
        },
        None => StoreConfig::Postgres { url: told.to_owned() },
    }
}

/// Not a test of its own: the process that is killed. It works until somebody ends it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the story below, which kills it"]
async fn child() {
    let (Ok(place), Ok(whose), Ok(seed)) = (std::env::var(WHERE), std::env::var(WHOSE), std::env::var(SEED)) else {
        return;
    };
    let (world, _) = testkit::seeded_world(seed.parse().unwrap());
    let store = Store::open(found(&place)).await.unwrap();
    let site = Site::over(store, world, whose.parse().unwrap());
    let eraser = site.eraser();
    // What the last one left behind, as at every start of the server.
    privacy::ledger::replay(&eraser).await.unwrap();
    loop {
        for _ in 0..4 {
            site.visitor(LONG_AGO).await;
        }
        let leaving = site.visitor(Duration::ZERO).await;
        assert_eq!(site.exported(leaving).await, MESSAGES);
        let id = privacy::erase::request(&site.counter, site.organisation, leaving, "visitor").await.unwrap();
        site.forget().await;
        eraser.run(id).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_a_hundred_times_everything_ends_complete() {
    for store in testkit::engines().await {
        let (world, _) = testkit::seeded_world(1);
        let organisation = store.found(&world, &store.keyring(&world)).await;
        let site = Site::over(store.store().clone(), world, organisation);
        let mut staying = Vec::new();
        for _ in 0..5 {
            staying.push(site.visitor(Duration::ZERO).await);
        }
        site.counter.store.close().await;
        let mut at_work = 0;
        for kill in 0..KILLS {
            // Between opening the store and several rounds: the seed says when.
            let wait = 60 + (kill.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) % 540;
            eprintln!("{}: kill {kill} after {wait} ms, seed {}", store.name(), kill + 100);
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["kill::child", "--exact", "--ignored"])
                .env(WHERE, told(&store.config()))
                .env(WHOSE, organisation.to_string())
                .env(SEED, (kill + 100).to_string())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            tokio::time::sleep(Duration::from_millis(wait)).await;
            at_work += u64::from(child.try_wait().unwrap().is_none());
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert_eq!(at_work, KILLS, "each was killed at work, none had given up");

        let (world, _) = testkit::seeded_world(2);
        let site = Site::over(Store::open(store.config()).await.unwrap(), world, organisation);
        let eraser = site.eraser();
        privacy::ledger::replay(&eraser).await.unwrap();
        site.forget().await;
        let left = site.many("SELECT count(*) AS many FROM person WHERE organisation = $1 AND locale <> 'zxx'").await;
        let unasked = site.many("SELECT count(*) AS many FROM erasure WHERE organisation = $1").await;
        assert!(unasked > 0, "erasures were under way");
        let unfinished = site.counter.store.all(Fence::House, erasure::unfinished()).await.unwrap();
        assert!(unfinished.is_empty(), "{} erasures did not end", unfinished.len());
        for person in &staying {
            assert_eq!(site.exported(*person).await, MESSAGES, "whoever stays has every word");
        }
        // Besides them only those who had just come when their process was killed: whole, or not there at all.
        let half = "SELECT count(*) AS many FROM person p WHERE p.organisation = $1 AND p.locale <> 'zxx' AND \
            (SELECT count(*) FROM message m WHERE m.organisation = p.organisation AND m.person = p.id) <> 8";
        assert_eq!(site.many(half).await, 0, "nobody is half there; {left} stay");
        let orphans = "SELECT count(*) AS many FROM message m WHERE m.organisation = $1 AND NOT EXISTS \
            (SELECT 1 FROM person p WHERE p.organisation = m.organisation AND p.id = m.person)";
        assert_eq!(site.many(orphans).await, 0);
        let quiet = person::quiet_since(organisation, site.counter.world.now().minus(LONG_AGO / 2), 1_000);
        let quiet = site.counter.store.all(Fence::Organisation(organisation), quiet).await.unwrap();
        assert!(quiet.is_empty(), "{} who had to go are still there ({})", quiet.len(), store.name());
        site.counter.store.close().await;
    }
}
