//! The real program breaks a promise and says so in public by itself: its retention is stopped, somebody's time is over; mended,
//! the promise is made again.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use model::{Moment, PersonId, World};
use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};
use store::{Fence, Statement, Store, StoreConfig, Work};
use testkit::{SeededChance, TestClock};
use vault::{Keyring, MasterKey};

use crate::house::{PASSWORD, client};
use crate::program::program;

const SENTENCE: &str = "90 days after your last activity everything about you is erased";

/// A server that ends with this value.
struct Served {
    child: Child,
    address: String,
    token: Option<String>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn serve(folder: &Path) -> Served {
    let (child, line) = crate::program::serving(folder);
    let address = line.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let token = line.split("token=").nth(1).map(|token| token.trim().to_owned());
    Served { child, address, token }
}

impl Served {
    async fn post(&self, path: &str, body: Value) -> reqwest::Response {
        let request = client().post(format!("http://{}{path}", self.address)).header("x-confidante", "1").json(&body);
        request.send().await.unwrap()
    }

    async fn cookie(&self) -> String {
        let entered = self.post("/v1/session", json!({ "email": "ana@shop.example", "password": PASSWORD })).await;
        entered.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    /// The public page, without signing in.
    async fn page(&self, key: &str) -> String {
        client().get(format!("http://{}/trust/{key}?lang=en", self.address)).send().await.unwrap().text().await.unwrap()
    }

    /// Waits until the public page says something, and says how it reads then.
    async fn page_with(&self, key: &str, words: &str) -> String {
        for _ in 0..300 {
            let page = self.page(key).await;
            if page.contains(words) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{words} did not appear on the public page: {}", self.page(key).await);
    }

    /// What `confidante promises` says about the promise, and how it ends.
    async fn told(&self, folder: &Path) -> (String, bool) {
        let mut command = program(folder);
        command.arg("promises").env("CONFIDANTE_SERVER_LISTEN", &self.address).stdout(Stdio::piped());
        let output: Output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let line = text.lines().find(|line| line.contains(" kept-for-days")).unwrap_or_else(|| panic!("{text}"));
        (line.split_whitespace().next().unwrap().to_owned(), output.status.success())
    }
}

#[expect(clippy::disallowed_methods, reason = "the real program lives in real time")]
fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Moment::from_millis(i64::try_from(since.as_millis()).unwrap())
}

/// Behind the program's back: its retention job is given up, and somebody has been quiet for 92 days.
async fn break_it(folder: &Path) {
    let master = || MasterKey::load(&folder.join("confidante-keys/master.key")).unwrap();
    let place = StoreConfig::Sqlite {
        folder: folder.join("confidante-data"),
        keys_folder: folder.join("confidante-keys"),
        data_key: master().derive("sqlite data file"),
        keys_key: master().derive("sqlite keys file"),
    };
    let store = Store::open(place).await.unwrap();
    let world = World { clock: Arc::new(TestClock::at(now())), chance: Arc::new(SeededChance::new(92)) };
    let found = store.all(Fence::House, store::organisation::every()).await.unwrap();
    let organisation = found[0].id("id").unwrap();
    let person = PersonId::new(&world);
    let keyring = Keyring::new(master(), world.clone(), store.cupboard());
    keyring.create(organisation, &person.to_string()).await.unwrap();
    let quiet = store::person::insert(organisation, person, "de", world.now().minus(Duration::from_secs(92 * 86_400)));
    let stop = "UPDATE job SET state = 'failed' WHERE organisation = $1 AND kind = 'retain'";
    let stop = Statement::new(stop, vec![organisation.into()]);
    store.write(Work::new(Fence::Organisation(organisation)).with(quiet).with(stop)).await.unwrap();
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_retention_is_public_by_itself_until_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let key = {
        let served = serve(here);
        let setup = json!({ "setup_token": served.token, "organisation": "Nadel & Faden", "name": "Ana Duarte",
            "email": "ana@shop.example", "password": PASSWORD });
        assert_eq!(served.post("/v1/setup", setup).await.status(), 201);
        let me = client().get(format!("http://{}/v1/me", served.address)).header(COOKIE, served.cookie().await);
        let me: Value = serde_json::from_str(&me.send().await.unwrap().text().await.unwrap()).unwrap();
        let key = me["organisation"]["widget_key"].as_str().unwrap().to_owned();
        served.page_with(&key, SENTENCE).await;
        assert_eq!(served.told(here).await.0, "holds");
        key
    };
    break_it(here).await;

    let served = serve(here);
    // Nobody asks for it: the program looks by itself.
    let page = served.page_with(&key, "id=\"withdrawn-kept-for-days\"").await;
    assert!(!page.contains(SENTENCE), "what does not hold is not said");
    assert_eq!(served.told(here).await, ("fails".to_owned(), false), "and its exit code says so too");

    let mend = client().put(format!("http://{}/v1/retention", served.address)).header("x-confidante", "1");
    let mend = mend.header(COOKIE, served.cookie().await).json(&json!({ "class": "conversation", "days": 90 }));
    assert_eq!(mend.send().await.unwrap().status(), 200);
    for _ in 0..100 {
        if served.told(here).await.0 == "holds" {
            let page = served.page(&key).await;
            assert!(page.contains(SENTENCE) && !page.contains("withdrawn-kept-for-days"), "{page}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("mended, it is not said again");
}
