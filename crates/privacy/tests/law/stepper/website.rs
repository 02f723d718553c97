//! What the website said: a page that is refreshed again and again, and pages that are removed.

use std::time::Duration;

use model::{Moment, PageId, PassageId, SnapshotId};
use store::page::{self, NewPage};
use store::passage::{self, NewPassage};
use store::snapshot::{self, NewSnapshot};
use store::{Fence, Statement};

use super::{Stepper, days};

/// What was said ninety days ago to the instant is not older than ninety days.
const INSTANT: Duration = Duration::from_millis(1);

/// The page that is refreshed.
const URL: &str = "https://shop.example/returns";

impl Stepper<'_> {
    /// The page gets another version, and another page comes and is removed at once.
    pub async fn plant_website(&mut self, at: Moment) {
        let organisation = self.house.organisation;
        let ends = self.last_that_may_cite(at).await;
        let row =
            self.house.store.one(Fence::Organisation(organisation), page::by_url(organisation, URL)).await.unwrap();
        let known: Option<PageId> = row.map(|row| row.id("id").unwrap());
        let (version, passage, statements) = self.version((known, URL), at);
        self.write(statements).await;
        if let Some((old, its)) = self.in_force.replace((version, passage)) {
            self.item("old version of a page", old, ends);
            self.item("passage of an old version", its, ends);
        }
        let url = format!("{URL}/{}", at.millis());
        let (removed, _, statements) = self.version((None, &url), at);
        self.write(statements).await;
        let row =
            self.house.store.one(Fence::Organisation(organisation), page::by_url(organisation, &url)).await.unwrap();
        self.write(vec![page::remove(organisation, row.unwrap().id("id").unwrap(), at)]).await;
        self.item("version of a removed page", removed, ends);
    }

    /// A version with one passage, of a page that is known or new.
    fn version(&self, (known, url): (Option<PageId>, &str), at: Moment) -> (SnapshotId, PassageId, Vec<Statement>) {
        let (organisation, world) = (self.house.organisation, &self.house.world);
        let id = known.unwrap_or_else(|| PageId::new(world));
        let (version, piece) = (SnapshotId::new(world), PassageId::new(world));
        let content = format!("Thirty days, said at {}.", at.millis());
        let new = NewPage {
            id,
            source: None,
            url: Some(url),
            kind: "html",
            title: "Returns",
            snapshot: version,
            etag: Some("\"1\""),
            last_modified: None,
            at,
        };
        let frozen = NewSnapshot {
            id: version,
            page: id,
            hash: content.as_bytes(),
            title: "Returns",
            content: &content,
            language: "en",
            at,
        };
        let cut = NewPassage { id: piece, page: id, snapshot: version, position: 0, heading: "", content: &content };
        let first = if known.is_some() { page::renew(organisation, &new) } else { page::insert(organisation, &new) };
        let all = vec![first, snapshot::insert(organisation, &frozen), passage::insert(organisation, &cut)];
        (version, piece, all)
    }

    /// When the last conversation that began before now is gone: each lives ninety days, and none began earlier than it was heard.
    async fn last_that_may_cite(&self, at: Moment) -> Moment {
        let sql =
            "SELECT MAX(last_activity_at) AS last_at FROM conversation WHERE organisation = $1 AND created_at < $2";
        let look = Statement::new(sql, vec![self.house.organisation.into(), at.into()]);
        let row = self.house.store.one(Fence::Organisation(self.house.organisation), look).await.unwrap();
        row.unwrap().maybe_moment("last_at").unwrap().map_or(at, |last| last.plus(days(90)).plus(INSTANT))
    }
}
