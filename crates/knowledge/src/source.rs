//! Sources: websites that are crawled, and the crawls over them.

use model::{CrawlId, Moment, OrganisationId, Refusal, SourceId};
use store::{Work, crawl, crawl_url, page, source};
use url::Url;

use crate::Fault;
use crate::crawl::{KIND, Progress, State};
use crate::library::{Library, fence};
use crate::links::normal;

/// How far a crawl goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Never more pages than this.
    pub max_pages: u32,
    /// Never farther from the start than this many links.
    pub max_depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_pages: 2_000, max_depth: 10 }
    }
}

/// The largest limits that are accepted.
const MOST_PAGES: u32 = 50_000;
const MOST_DEPTH: u32 = 50;

/// A website with its last crawl.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Where the crawl starts.
    pub url: String,
    /// What it is: `web`.
    pub kind: String,
    /// Pages in use.
    pub pages: i64,
    /// Never more pages than this.
    pub max_pages: i64,
    /// Never farther from the start than this many links.
    pub max_depth: i64,
    /// When it was added.
    pub created_at: Moment,
    /// When a crawl last came to its end.
    pub last_crawled_at: Option<Moment>,
    /// The last crawl, running or not.
    pub crawl: Option<Progress>,
}

impl Library {
    /// Adds a website and begins to crawl it.
    pub async fn add_source(&self, organisation: OrganisationId, url: &str, limits: Limits) -> Result<SourceId, Fault> {
        let url = start_address(url)?;
        // Whoever adds a private address is told so now, and not by a crawl that finds nothing.
        self.room.door.check(&url).map_err(|refusal| Refusal::new(model::Kind::Forbidden, refusal.to_string()))?;
        if !(1..=MOST_PAGES).contains(&limits.max_pages) || !(0..=MOST_DEPTH).contains(&limits.max_depth) {
            return Err(Refusal::invalid(format!(
                "A crawl takes 1 to {MOST_PAGES} pages and 0 to {MOST_DEPTH} links from the start."
            ))
            .into());
        }
        if self.sources(organisation).await?.iter().any(|known| known.url == url.as_str()) {
            return Err(Refusal::conflict("This website is a source already.").into());
        }
        let (id, now) = (SourceId::new(&self.room.world), self.room.world.now());
        let new = source::NewSource {
            id,
            url: url.as_str(),
            max_pages: limits.max_pages.into(),
            max_depth: limits.max_depth.into(),
            at: now,
        };
        let work = Work::new(fence(organisation)).with(source::insert(organisation, &new));
        self.begin(organisation, id, url.as_str(), work).await?;
        Ok(id)
    }

    /// All sources, oldest first.
    pub async fn sources(&self, organisation: OrganisationId) -> Result<Vec<Source>, Fault> {
        let rows = self.room.store.all(fence(organisation), source::all_of(organisation)).await?;
        let mut sources = Vec::with_capacity(rows.len());
        for row in &rows {
            sources.push(self.with_crawl(organisation, source::SourceRow::from_row(row)?).await?);
        }
        Ok(sources)
    }

    /// One source.
    pub async fn source(&self, organisation: OrganisationId, id: SourceId) -> Result<Source, Fault> {
        let row = self.room.store.one(fence(organisation), source::by_id(organisation, id)).await?;
        let row = row.ok_or_else(Refusal::not_found)?;
        self.with_crawl(organisation, source::SourceRow::from_row(&row)?).await
    }

    /// Removes a source and its pages; the frozen versions stay for the answers that cite them.
    pub async fn remove_source(&self, organisation: OrganisationId, id: SourceId) -> Result<(), Fault> {
        self.source(organisation, id).await?;
        let work = Work::new(fence(organisation))
            .with(page::let_go_of_source(organisation, id, self.room.world.now()))
            .with(crawl_url::delete_of_source(organisation, id))
            .with(crawl::delete_of_source(organisation, id))
            .with(source::delete(organisation, id));
        self.room.store.write(work).await?;
        self.changed(organisation);
        Ok(())
    }

    /// Crawls the source again.
    pub async fn crawl(&self, organisation: OrganisationId, id: SourceId) -> Result<Source, Fault> {
        let source = self.source(organisation, id).await?;
        if source.crawl.as_ref().is_some_and(|crawl| matches!(crawl.state, State::Running | State::Paused)) {
            return Err(Refusal::conflict("This website is being crawled already.").into());
        }
        // The addresses of earlier crawls are told no more; their pages stay.
        let work = Work::new(fence(organisation)).with(crawl_url::delete_of_source(organisation, id));
        self.begin(organisation, id, &source.url, work).await?;
        self.source(organisation, id).await
    }

    /// Pauses the running crawl: no further page is written.
    pub async fn pause(&self, organisation: OrganisationId, id: SourceId) -> Result<Source, Fault> {
        self.step(organisation, id, &[State::Running], State::Paused).await
    }

    /// Goes on with a paused crawl where it was.
    pub async fn resume(&self, organisation: OrganisationId, id: SourceId) -> Result<Source, Fault> {
        self.step(organisation, id, &[State::Paused, State::Stopped, State::Failed], State::Running).await
    }

    /// Ends the crawl; what was read stays.
    pub async fn stop(&self, organisation: OrganisationId, id: SourceId) -> Result<Source, Fault> {
        self.step(organisation, id, &[State::Running, State::Paused], State::Stopped).await
    }

    async fn begin(&self, organisation: OrganisationId, id: SourceId, url: &str, work: Work) -> Result<(), Fault> {
        let (crawl, now) = (CrawlId::new(&self.room.world), self.room.world.now());
        let counts = crawl::Counts { found: 1, ..crawl::Counts::default() };
        let work = work
            .with(crawl::insert(organisation, crawl, id, now))
            .with(crawl_url::insert(organisation, crawl, url, 0))
            .with(crawl::count(organisation, crawl, counts))
            .with(jobs::enqueue(&self.room.world, organisation, KIND, &crawl.to_string(), now));
        self.room.store.write(work).await?;
        self.ring();
        Ok(())
    }

    async fn step(
        &self,
        organisation: OrganisationId,
        id: SourceId,
        from: &[State],
        to: State,
    ) -> Result<Source, Fault> {
        let source = self.source(organisation, id).await?;
        let now = self.room.world.now();
        let crawl = source.crawl.filter(|crawl| from.contains(&crawl.state));
        let crawl = crawl.ok_or_else(|| Refusal::conflict("The crawl is not in a state that allows this."))?;
        let ended = (to == State::Stopped).then_some(now);
        let mut work = Work::new(fence(organisation)).with(crawl::step(
            organisation,
            crawl.id,
            (crawl.state.word(), to.word()),
            ended,
        ));
        if to == State::Running {
            work = work.with(jobs::enqueue(&self.room.world, organisation, KIND, &crawl.id.to_string(), now));
        }
        self.room.store.write(work).await?;
        self.ring();
        self.changed(organisation);
        let source = self.source(organisation, id).await?;
        if let Some(progress) = &source.crawl {
            let _ = self.room.news.send((organisation, progress.clone()));
        }
        Ok(source)
    }

    fn ring(&self) {
        if let Some(bell) = self.room.bell.get() {
            bell.ring();
        }
    }

    async fn with_crawl(&self, organisation: OrganisationId, row: source::SourceRow) -> Result<Source, Fault> {
        let latest = self.room.store.one(fence(organisation), crawl::latest(organisation, row.id)).await?;
        let crawl = match latest {
            Some(latest) => Some(Progress::read(&self.room, organisation, &crawl::CrawlRow::from_row(&latest)?).await?),
            None => None,
        };
        Ok(Source {
            id: row.id,
            url: row.url,
            kind: row.kind,
            pages: row.pages,
            max_pages: row.max_pages,
            max_depth: row.max_depth,
            created_at: row.created_at,
            last_crawled_at: row.last_crawled_at,
            crawl,
        })
    }
}

/// What somebody typed into the field "website".
fn start_address(typed: &str) -> Result<Url, Refusal> {
    let typed = typed.trim();
    let unreadable = || Refusal::invalid("This is not the address of a website. It looks like https://shop.example.");
    if typed.is_empty() || typed.len() > 2_000 || typed.contains(char::is_whitespace) {
        return Err(unreadable());
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).map_err(|_| unreadable())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::invalid("Only http and https addresses can be crawled."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::invalid("An address with a user name or password cannot be crawled."));
    }
    Ok(normal(url))
}
