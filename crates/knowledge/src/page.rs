//! Pages: what was crawled and what was written by hand, with their frozen versions.

use aws_lc_rs::digest::{SHA256, digest};
use model::{Moment, OrganisationId, PageId, PassageId, Refusal, SnapshotId, SourceId};
use store::{Fence, Statement, Work, page, passage, snapshot};

pub use store::page::PageRow;
pub use store::snapshot::SnapshotRow;

use crate::Fault;
use crate::chunk::{Piece, cut};
use crate::extract::from_plain;
use crate::language::Language;
use crate::library::{Library, fence};

/// The longest page that can be written by hand, in characters.
const LONGEST: usize = 200_000;
const LONGEST_TITLE: usize = 300;
/// Versions that are listed with a page.
const MOST_VERSIONS: i64 = 50;

/// Which pages are listed.
#[derive(Clone, Debug, Default)]
pub struct PageFilter {
    /// Only this source's.
    pub source: Option<SourceId>,
    /// Only with these words in title or address.
    pub words: String,
    /// Only after this one.
    pub after: Option<PageId>,
    /// At most so many; 50 where it is zero.
    pub limit: u32,
}

/// A part of the list of pages.
#[derive(Clone, Debug)]
pub struct PageList {
    /// The pages.
    pub items: Vec<PageRow>,
    /// Where to go on, if there are more.
    pub next: Option<PageId>,
}

/// A passage of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its id.
    pub id: PassageId,
    /// The headings above it.
    pub heading: String,
    /// Its lines.
    pub text: String,
}

/// One version in the list of a page's versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: SnapshotId,
    /// SHA-256 over title and content, in hexadecimal.
    pub hash: String,
    /// When it was fetched or written.
    pub fetched_at: Moment,
}

/// A page as the console shows it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page itself.
    pub row: PageRow,
    /// The readable content of the version in force.
    pub content: String,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// All versions, newest first.
    pub snapshots: Vec<Version>,
}

/// A frozen version with its passages, for the page a citation opens.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The version itself.
    pub row: SnapshotRow,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// What is to change about a page; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The title.
    pub title: Option<String>,
    /// The content.
    pub content: Option<String>,
    /// `active` or `excluded`.
    pub state: Option<String>,
}

impl Library {
    /// Pages, in the order they were added.
    pub async fn pages(&self, organisation: OrganisationId, filter: &PageFilter) -> Result<PageList, Fault> {
        let limit = if filter.limit == 0 { 50 } else { filter.limit.min(200) };
        let after = filter.after.map(|id| id.to_string()).unwrap_or_default();
        let words: String = filter.words.chars().take(200).collect();
        let list = page::list(organisation, filter.source, &words, &after, i64::from(limit) + 1);
        let rows = self.room.store.all(fence(organisation), list).await?;
        let mut items = rows.iter().map(PageRow::from_row).collect::<Result<Vec<_>, _>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().map(|last| last.id).filter(|_| more);
        Ok(PageList { items, next })
    }

    /// One page with its content, passages and versions.
    pub async fn page(&self, organisation: OrganisationId, id: PageId) -> Result<Page, Fault> {
        let row = self.page_row(organisation, id).await?;
        let (content, passages) = match row.snapshot {
            Some(snapshot) => {
                let snapshot = self.snapshot(organisation, snapshot).await?;
                (snapshot.row.content, snapshot.passages)
            }
            None => (String::new(), Vec::new()),
        };
        let rows = self.room.store.all(fence(organisation), snapshot::of_page(organisation, id, MOST_VERSIONS)).await?;
        let version = |row: &store::Row| -> Result<Version, Fault> {
            let hash = data_encoding::HEXLOWER.encode(&row.bytes("hash")?);
            Ok(Version { id: row.id("id")?, hash, fetched_at: row.moment("fetched_at")? })
        };
        Ok(Page { row, content, passages, snapshots: rows.iter().map(version).collect::<Result<_, _>>()? })
    }

    /// Adds a page that was written by hand.
    pub async fn add_manual(&self, organisation: OrganisationId, title: &str, content: &str) -> Result<PageId, Fault> {
        let (id, page) = self.written_page(organisation, "manual", (title, content))?;
        self.room.store.write(Work::new(fence(organisation)).extend(page)).await?;
        self.changed(organisation);
        Ok(id)
    }

    /// A page written by hand, `manual` or `learned` from a conversation, as statements for the work it belongs to. Say
    /// [`Library::changed`] after that.
    pub fn written_page(
        &self,
        organisation: OrganisationId,
        kind: &str,
        (title, content): (&str, &str),
    ) -> Result<(PageId, Vec<Statement>), Refusal> {
        let (title, content) = written(title, content)?;
        let id = PageId::new(&self.room.world);
        let frozen = Frozen::new(self, id, &title, &content, None);
        let new = page::NewPage {
            id,
            source: None,
            url: None,
            kind,
            title: &title,
            snapshot: frozen.snapshot,
            etag: None,
            last_modified: None,
            at: frozen.at,
        };
        let mut statements = vec![page::insert(organisation, &new)];
        statements.extend(frozen.statements(organisation));
        Ok((id, statements))
    }

    /// Changes a page. Other words make a new version; the old one stays frozen. Only pages written by hand can be reworded.
    pub async fn edit(&self, organisation: OrganisationId, id: PageId, edit: &Edit) -> Result<Page, Fault> {
        let before = self.page(organisation, id).await?;
        let now = self.room.world.now();
        let mut work = Work::new(fence(organisation));
        if edit.title.is_some() || edit.content.is_some() {
            if !matches!(before.row.kind.as_str(), "manual" | "learned") {
                return Err(Refusal::conflict(
                    "A page of a website is changed on the website. You can leave it out here.",
                )
                .into());
            }
            let title = edit.title.as_deref().unwrap_or(&before.row.title);
            let (title, content) = written(title, edit.content.as_deref().unwrap_or(&before.content))?;
            let frozen = Frozen::new(self, id, &title, &content, None);
            if before.row.hash.as_deref() != Some(&frozen.hash) {
                let new = page::NewPage {
                    id,
                    source: None,
                    url: None,
                    kind: &before.row.kind,
                    title: &title,
                    snapshot: frozen.snapshot,
                    etag: None,
                    last_modified: None,
                    at: now,
                };
                work = work.extend(frozen.statements(organisation)).with(page::renew(organisation, &new));
            }
        }
        if let Some(state) = &edit.state {
            if !matches!(state.as_str(), "active" | "excluded") {
                return Err(Refusal::invalid("The state of a page is one of active, excluded.").into());
            }
            work = work.with(page::set_state(organisation, id, state, now));
        }
        self.room.store.write(work).await?;
        self.changed(organisation);
        self.page(organisation, id).await
    }

    /// Removes a page; its frozen versions stay for the answers that cite them, and go with the last of those.
    pub async fn remove(&self, organisation: OrganisationId, id: PageId) -> Result<(), Fault> {
        self.page_row(organisation, id).await?;
        let work = Work::new(fence(organisation)).with(page::remove(organisation, id, self.room.world.now()));
        self.room.store.write(work).await?;
        self.changed(organisation);
        Ok(())
    }

    /// A frozen version, for the staff.
    pub async fn snapshot(&self, organisation: OrganisationId, id: SnapshotId) -> Result<Snapshot, Fault> {
        let row = self.room.store.one(fence(organisation), snapshot::by_id(organisation, id)).await?;
        self.with_passages(SnapshotRow::from_row(&row.ok_or_else(Refusal::not_found)?)?).await
    }

    /// A frozen version, for whoever follows a citation.
    pub async fn public_snapshot(&self, id: SnapshotId) -> Result<Snapshot, Fault> {
        let row = self.room.store.one(Fence::House, snapshot::public(id)).await?;
        self.with_passages(SnapshotRow::from_row(&row.ok_or_else(Refusal::not_found)?)?).await
    }

    async fn with_passages(&self, row: SnapshotRow) -> Result<Snapshot, Fault> {
        let rows = self.room.store.all(fence(row.organisation), passage::of_snapshot(row.organisation, row.id)).await?;
        let read = |row: &store::Row| -> Result<Passage, Fault> {
            Ok(Passage { id: row.id("id")?, heading: row.text("heading")?, text: row.text("content")? })
        };
        Ok(Snapshot { passages: rows.iter().map(read).collect::<Result<_, _>>()?, row })
    }

    async fn page_row(&self, organisation: OrganisationId, id: PageId) -> Result<PageRow, Fault> {
        let row = self.room.store.one(fence(organisation), page::by_id(organisation, id)).await?;
        let row = PageRow::from_row(&row.ok_or_else(Refusal::not_found)?)?;
        // A page that was removed is not there, although its versions are.
        if row.state == "removed" || row.state == "gone" && row.source.is_none() {
            Err(Refusal::not_found().into())
        } else {
            Ok(row)
        }
    }
}

fn written(title: &str, content: &str) -> Result<(String, String), Refusal> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(Refusal::invalid(format!("A page needs a title of 1 to {LONGEST_TITLE} characters.")));
    }
    if content.chars().count() > LONGEST {
        return Err(Refusal::invalid(format!("A page holds at most {LONGEST} characters.")));
    }
    let content = from_plain(&content.replace('\0', ""), "").content;
    if content.trim().is_empty() { Err(Refusal::invalid("A page needs some content.")) } else { Ok((title, content)) }
}

/// A version that is about to be frozen, with its passages.
pub(crate) struct Frozen<'a> {
    pub(crate) snapshot: SnapshotId,
    pub(crate) hash: Vec<u8>,
    pub(crate) at: Moment,
    page: PageId,
    title: &'a str,
    content: &'a str,
    language: Language,
    pieces: Vec<(PassageId, Piece)>,
}

/// SHA-256 over title and content: what says whether a page has changed.
pub(crate) fn hash(title: &str, content: &str) -> Vec<u8> {
    digest(&SHA256, format!("{title}\n{content}").as_bytes()).as_ref().to_vec()
}

impl<'a> Frozen<'a> {
    pub(crate) fn new(
        library: &Library,
        page: PageId,
        title: &'a str,
        content: &'a str,
        language: Option<&str>,
    ) -> Self {
        let world = &library.room.world;
        let pieces = cut(title, content).into_iter().map(|piece| (PassageId::new(world), piece)).collect();
        Self {
            snapshot: SnapshotId::new(world),
            hash: hash(title, content),
            at: world.now(),
            page,
            title,
            content,
            language: Language::of_page(language, content),
            pieces,
        }
    }

    /// The version and its passages as statements; the page must exist before them.
    pub(crate) fn statements(&self, organisation: OrganisationId) -> Vec<Statement> {
        let new = snapshot::NewSnapshot {
            id: self.snapshot,
            page: self.page,
            hash: &self.hash,
            title: self.title,
            content: self.content,
            language: self.language.tag(),
            at: self.at,
        };
        let mut statements = vec![snapshot::insert(organisation, &new)];
        for (position, (id, piece)) in self.pieces.iter().enumerate() {
            statements.push(passage::insert(
                organisation,
                &passage::NewPassage {
                    id: *id,
                    page: self.page,
                    snapshot: self.snapshot,
                    position: i64::try_from(position).unwrap_or(i64::MAX),
                    heading: &piece.heading,
                    content: &piece.text,
                },
            ));
        }
        statements
    }
}
