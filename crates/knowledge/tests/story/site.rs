//! A website that can be rebuilt while it runs, a library that may reach it, and a runner that crawls.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use knowledge::{Library, Limits, Manner, Progress, Source};
use model::{OrganisationId, SourceId};
use outside::door::{Door, DoorConfig};
use testkit::TestStore;

/// How the website answers one path.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub delay: Duration,
}

impl Reply {
    pub fn html(body: &str) -> Self {
        Self::of("text/html; charset=utf-8", body.as_bytes())
    }

    pub fn of(media: &str, body: &[u8]) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type", media.to_owned())],
            body: body.to_vec(),
            delay: Duration::ZERO,
        }
    }

    pub fn to(location: &str) -> Self {
        Self { status: 302, headers: vec![("location", location.to_owned())], body: Vec::new(), delay: Duration::ZERO }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn slow(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

#[derive(Default)]
struct Pages {
    replies: HashMap<String, Reply>,
    asked: BTreeMap<String, usize>,
}

/// The website.
#[derive(Clone)]
pub struct Site {
    pages: Arc<Mutex<Pages>>,
    pub place: String,
}

impl Site {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let pages = Arc::new(Mutex::new(Pages::default()));
        let router = Router::new().fallback(answer).with_state(pages.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { pages, place }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.place)
    }

    pub fn set(&self, path: &str, reply: Reply) {
        self.pages.lock().unwrap().replies.insert(path.to_owned(), reply);
    }

    pub fn page(&self, path: &str, title: &str, main: &str) {
        self.set(
            path,
            Reply::html(&format!(
                "<html lang=en><title>{title}</title><body><main><h1>{title}</h1>{main}</main></body></html>"
            )),
        );
    }

    pub fn remove(&self, path: &str) {
        self.pages.lock().unwrap().replies.remove(path);
    }

    pub fn asked(&self, path: &str) -> usize {
        self.pages.lock().unwrap().asked.get(path).copied().unwrap_or(0)
    }
}

async fn answer(State(pages): State<Arc<Mutex<Pages>>>, request: Request) -> Response<Body> {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let reply = {
        let mut pages = pages.lock().unwrap();
        *pages.asked.entry(path.clone()).or_insert(0) += 1;
        pages.replies.get(&path).cloned()
    };
    let Some(reply) = reply else {
        return Response::builder().status(StatusCode::NOT_FOUND).body(Body::from("nothing here")).unwrap();
    };
    tokio::time::sleep(reply.delay).await;
    let etag = reply.headers.iter().find(|(name, _)| *name == "etag").map(|(_, value)| value.clone());
    let known = request.headers().get("if-none-match").and_then(|value| value.to_str().ok()).map(str::to_owned);
    if etag.is_some() && etag == known {
        return Response::builder().status(304).body(Body::empty()).unwrap();
    }
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}

/// A library with a store of its own.
pub struct House {
    pub store: TestStore,
    pub library: Library,
    pub organisation: OrganisationId,
    clock: Arc<testkit::TestClock>,
    running: jobs::Running,
}

pub fn quick() -> Manner {
    Manner { tries: 1, patience: Duration::from_secs(20), max_page_bytes: 2 * 1024 * 1024, ..Manner::default() }
}

impl House {
    pub async fn open(site: &Site) -> Self {
        Self::with(testkit::temp_store().await, site, quick()).await
    }

    pub async fn with(store: TestStore, site: &Site, manner: Manner) -> Self {
        let (world, clock) = testkit::seeded_world(7);
        let keyring = store.keyring(&world);
        let organisation = store.found(&world, &keyring).await;
        let door = Door::new(DoorConfig { allow_private: vec![site.place.clone()], ..DoorConfig::default() }).unwrap();
        let library = Library::new(store.store().clone(), world.clone(), door).with_manner(manner);
        let runner = jobs::Runner::new(store.store().clone(), world);
        library.ring_with(runner.bell());
        let running = library.reconcilers().into_iter().fold(runner, jobs::Runner::with).start();
        Self { store, library, organisation, clock, running }
    }

    pub async fn idle(&self) {
        tokio::time::timeout(Duration::from_secs(60), self.running.idle()).await.expect("a crawl ends").unwrap();
    }

    pub async fn source(&self, id: SourceId) -> Source {
        self.library.source(self.organisation, id).await.unwrap()
    }

    /// Crawls the whole site from its root.
    pub async fn crawl(&self, site: &Site) -> (SourceId, Progress) {
        let id = self.library.add_source(self.organisation, &site.url("/"), Limits::default()).await.unwrap();
        (id, self.ended(id).await)
    }

    pub async fn again(&self, id: SourceId) -> Progress {
        self.clock.advance(Duration::from_secs(60));
        self.library.crawl(self.organisation, id).await.unwrap();
        self.ended(id).await
    }

    pub async fn ended(&self, id: SourceId) -> Progress {
        self.idle().await;
        self.source(id).await.crawl.unwrap()
    }

    /// What the assistant would say.
    pub async fn ask(&self, question: &str) -> String {
        let hits = self.library.find(self.organisation, question, 8).await.unwrap();
        knowledge::quote::answer(question, &hits).text()
    }

    pub async fn close(self) {
        self.running.stop().await;
    }
}

/// The reasons as one line to compare.
pub fn reasons(progress: &Progress) -> String {
    let mut all: Vec<String> =
        progress.skipped_reasons.iter().map(|one| format!("{} {}", one.reason, one.count)).collect();
    all.sort();
    all.join(", ")
}
