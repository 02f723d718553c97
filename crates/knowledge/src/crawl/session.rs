//! What a crawl knows while one process works on it; everything that must survive a crash is in the store.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{CrawlId, OrganisationId};
use outside::DeclaredSource;
use store::crawl::{Counts, CrawlRow};
use store::crawl_url::{self, WaitingRow};
use store::source::SourceRow;
use store::{Work, crawl, page, source};
use tokio::time::Instant;
use url::Url;

use super::Manner;
use super::pace::Pace;
use super::press::Press;
use super::progress::{Progress, State};
use super::robots::Robots;
use super::sitemap;
use crate::Fault;
use crate::library::{Library, Live, Room, fence};
use crate::links::{is_not_read, normal, same_site};

/// An address list grows no farther than this many times the pages wanted: calendars and filters go on for ever.
const FRONTIER: usize = 10;
/// News are told at most this often.
const NEWS_EVERY: Duration = Duration::from_millis(200);
/// The index is read anew at most this often while a crawl runs.
const INDEX_EVERY: Duration = Duration::from_secs(5);
/// The span over which the speed is measured.
const LATELY: Duration = Duration::from_secs(10);
/// Seeds written by one work.
const SEEDS_AT_ONCE: usize = 500;

/// One crawl under way.
pub(super) struct Session {
    library: Library,
    pub(super) organisation: OrganisationId,
    pub(super) crawl: CrawlRow,
    pub(super) source: SourceRow,
    pub(super) manner: Manner,
    pub(super) robots: Robots,
    pub(super) pace: Pace,
    pub(super) press: Press,
    pub(super) concurrent: usize,
    state: Mutex<Moving>,
    /// The door lets us to this website as long as the crawl lasts.
    _declared: DeclaredSource,
}

/// What changes from page to page.
pub(super) struct Moving {
    known: HashSet<String>,
    pub(super) queue: VecDeque<WaitingRow>,
    sites: Vec<Url>,
    passed_on: HashSet<String>,
    hashes: HashMap<Vec<u8>, String>,
    bytes: u64,
    pub(super) progress: Progress,
    recent: VecDeque<Instant>,
    begun: Instant,
    told: Option<Instant>,
    indexed: Instant,
}

impl Session {
    /// Prepares a crawl; nothing if it is not to run.
    pub(super) async fn open(
        library: &Library,
        organisation: OrganisationId,
        id: CrawlId,
        press: Press,
    ) -> Result<Option<Session>, Fault> {
        let room = &library.room;
        let Some(row) = room.store.one(fence(organisation), crawl::by_id(organisation, id)).await? else {
            return Ok(None);
        };
        let crawl = CrawlRow::from_row(&row)?;
        if crawl.state != State::Running.word() {
            return Ok(None);
        }
        let row = room.store.one(fence(organisation), source::by_id(organisation, crawl.source)).await?;
        let Some(source) = row.as_ref().map(SourceRow::from_row).transpose()? else { return Ok(None) };
        let Ok(start) = Url::parse(&source.url) else { return Ok(None) };
        let manner = room.manner.get().cloned().unwrap_or_default();
        let declared = room.door.declare_source(&start);
        let robots = Robots::fetch(&room.door, &start).await;
        let at_home = room.door.is_named(&start);
        let usual = if at_home {
            Duration::ZERO
        } else {
            Duration::from_secs_f64(1.0 / manner.rate_per_second.clamp(0.01, 1_000.0))
        };
        let gap = usual.max(robots.delay().min(manner.longest_delay));
        let concurrent = if at_home { manner.concurrent_at_home } else { manner.concurrent };
        let moving = Moving {
            known: HashSet::new(),
            queue: VecDeque::new(),
            sites: vec![start.clone()],
            passed_on: HashSet::new(),
            hashes: HashMap::new(),
            bytes: 0,
            progress: Progress::read(room, organisation, &crawl).await?,
            recent: VecDeque::new(),
            begun: Instant::now(),
            told: None,
            indexed: Instant::now(),
        };
        let (pace, state) = (Pace::new(gap), Mutex::new(moving));
        let library = library.clone();
        let session = Session {
            library,
            organisation,
            crawl,
            source,
            manner,
            robots,
            pace,
            press,
            concurrent: concurrent.max(1),
            state,
            _declared: declared,
        };
        session.load().await?;
        if session.moving().progress.counts.done == 0 {
            session.seed(&start).await?;
        }
        Ok(Some(session))
    }

    pub(super) fn room(&self) -> &Room {
        &self.library.room
    }

    pub(super) fn library(&self) -> &Library {
        &self.library
    }

    pub(super) fn moving(&self) -> MutexGuard<'_, Moving> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes up where an earlier run stopped.
    async fn load(&self) -> Result<(), Fault> {
        let (store, organisation, id) = (&self.room().store, self.organisation, self.crawl.id);
        let known = store.all(fence(organisation), crawl_url::known(organisation, id)).await?;
        let waiting = store.all(fence(organisation), crawl_url::waiting(organisation, id, 1_000_000)).await?;
        let hashes = match self.crawl.counts.done {
            0 => Vec::new(),
            _ => store.all(fence(organisation), page::hashes_of_source(organisation, self.crawl.source)).await?,
        };
        let mut moving = self.moving();
        for row in &known {
            let url = row.text("url")?;
            // Every address was admitted once: its host is one of the site's.
            if let Ok(parsed) = Url::parse(&url)
                && !moving.sites.iter().any(|site| same_site(site, &parsed))
            {
                moving.sites.push(parsed);
            }
            moving.known.insert(url);
        }
        for row in &waiting {
            moving.queue.push_back(WaitingRow::from_row(row)?);
        }
        for row in &hashes {
            moving.hashes.insert(row.bytes("hash")?, row.text("url")?);
        }
        Ok(())
    }

    /// Adds the addresses of the sitemaps and of the pages we already have.
    async fn seed(&self, start: &Url) -> Result<(), Fault> {
        let most = usize::try_from(self.source.max_pages).unwrap_or(usize::MAX).saturating_mul(2);
        let mut seeds = sitemap::addresses(&self.room().door, start, self.robots.sitemaps(), most).await;
        let limit = self.source.max_pages.saturating_mul(2);
        let rows = self
            .room()
            .store
            .all(fence(self.organisation), page::urls_of_source(self.organisation, self.crawl.source, limit))
            .await?;
        for row in &rows {
            seeds.extend(Url::parse(&row.text("url")?).ok());
        }
        let new = self.admit(seeds);
        for some in new.chunks(SEEDS_AT_ONCE) {
            let more = Counts { found: i64::try_from(some.len()).unwrap_or(0), ..Counts::default() };
            let depth = 1.min(self.source.max_depth);
            let inserts = some.iter().map(|url| crawl_url::insert(self.organisation, self.crawl.id, url, depth));
            let work = Work::new(fence(self.organisation))
                .with(crawl::count(self.organisation, self.crawl.id, more))
                .extend(inserts);
            self.room().store.write(work).await?;
            let mut moving = self.moving();
            moving.progress.counts.found += more.found;
            moving.queue.extend(some.iter().map(|url| WaitingRow { url: url.clone(), depth }));
        }
        Ok(())
    }

    /// The addresses that are of this site and new; they count as known from now on.
    pub(super) fn admit(&self, urls: Vec<Url>) -> Vec<String> {
        let most =
            usize::try_from(self.source.max_pages).unwrap_or(usize::MAX).saturating_mul(FRONTIER).saturating_add(1_000);
        let mut moving = self.moving();
        let mut new = Vec::new();
        for url in urls.into_iter().map(normal) {
            let ours = moving.sites.iter().any(|site| same_site(site, &url))
                && !is_not_read(&url)
                && url.as_str().len() <= 2_000;
            if ours && moving.known.len() < most && moving.known.insert(url.as_str().to_owned()) {
                new.push(url.into());
            }
        }
        new
    }

    pub(super) fn admit_site(&self, url: &Url) {
        let mut moving = self.moving();
        if !moving.sites.iter().any(|site| same_site(site, url)) {
            moving.sites.push(url.clone());
        }
    }

    pub(super) fn is_ours(&self, url: &Url) -> bool {
        self.moving().sites.iter().any(|site| same_site(site, url))
    }

    pub(super) fn was_passed_on(&self, url: &Url) -> bool {
        self.moving().passed_on.contains(url.as_str())
    }

    pub(super) fn pass_on(&self, url: &str) {
        self.moving().passed_on.insert(url.to_owned());
    }

    pub(super) fn count_bytes(&self, bytes: usize) {
        self.moving().bytes += bytes as u64;
    }

    /// The other address with the very same words, if there is one.
    pub(super) fn twin(&self, hash: &[u8], url: &str) -> bool {
        let mut moving = self.moving();
        moving.hashes.entry(hash.to_vec()).or_insert_with(|| url.to_owned()) != url
    }

    /// Why the crawl must end before its list is empty, if it must.
    pub(super) fn limit(&self) -> Option<&'static str> {
        let moving = self.moving();
        let counts = moving.progress.counts;
        if counts.added + counts.changed + counts.same >= self.source.max_pages {
            return Some("page_limit");
        }
        if moving.bytes > self.manner.max_total_bytes {
            return Some("byte_limit");
        }
        (self.room().world.now().since(self.crawl.started_at) > self.manner.max_time).then_some("time_limit")
    }

    /// Tells the news of a page that was written, unless there were some a moment ago.
    pub(super) fn tell(&self, url: Option<&str>, at_once: bool) {
        let (progress, reindex) = {
            let mut moving = self.moving();
            let now = Instant::now();
            if url.is_some() {
                moving.recent.push_back(now);
            }
            while moving.recent.front().is_some_and(|then| now.duration_since(*then) > LATELY) {
                moving.recent.pop_front();
            }
            let span = now.duration_since(moving.begun).min(LATELY).as_secs_f64().max(0.1);
            let rate = if moving.progress.state == State::Running { moving.recent.len() as f64 / span } else { 0.0 };
            moving.progress.at_speed(rate);
            moving.progress.now_url = url.map(str::to_owned).or(moving.progress.now_url.take());
            let reindex = now.duration_since(moving.indexed) > INDEX_EVERY;
            if reindex {
                moving.indexed = now;
            }
            if !at_once && moving.told.is_some_and(|then| now.duration_since(then) < NEWS_EVERY) {
                (None, reindex)
            } else {
                moving.told = Some(now);
                (Some(moving.progress.clone()), reindex)
            }
        };
        if reindex {
            self.library.changed(self.organisation);
        }
        if let Some(progress) = progress {
            let live = Live { rate_per_s: progress.rate_per_s, now_url: progress.now_url.clone() };
            self.room().note_live(self.crawl.id, Some(live));
            let _ = self.room().news.send((self.organisation, progress));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.room().note_live(self.crawl.id, None);
        self.library.changed(self.organisation);
    }
}
