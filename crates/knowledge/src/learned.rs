//! Pages that were learned from what somebody asked: when nobody is left whose words their titles repeat, the titles are
//! written anew from the answers, which are the staff's own words.

use model::{OrganisationId, PageId, SnapshotId};
use store::{Work, lineage, page, snapshot};
use unicode_segmentation::UnicodeSegmentation;

use crate::Fault;
use crate::library::{Library, fence};
use crate::page::hash;

/// How many pages one round looks at.
const ROUND: i64 = 100;
/// How many versions of a page are looked at.
const VERSIONS: i64 = 1_000;
/// The longest title that is made of an answer, in characters.
const LONGEST: usize = 80;

impl Library {
    /// Withdraws every title that repeats the words of somebody who is not here any more; answers how many. Safe to run twice.
    pub async fn withdraw_orphans(&self, organisation: OrganisationId) -> Result<usize, Fault> {
        let mut withdrawn = 0;
        loop {
            let found = self.room.store.all(fence(organisation), lineage::orphaned(organisation, ROUND)).await?;
            for row in &found {
                self.retitle(organisation, row.id("id")?).await?;
            }
            withdrawn += found.len();
            if found.is_empty() {
                break;
            }
        }
        if withdrawn > 0 {
            self.changed(organisation);
        }
        Ok(withdrawn)
    }

    /// Every version gets a title of its own words; ids, words and dates stay, so that citations open what they cite.
    async fn retitle(&self, organisation: OrganisationId, id: PageId) -> Result<(), Fault> {
        let versions = self.room.store.all(fence(organisation), snapshot::of_page(organisation, id, VERSIONS)).await?;
        let mut work = Work::new(fence(organisation));
        let mut newest = None;
        for version in &versions {
            let version: SnapshotId = version.id("id")?;
            let content = self.snapshot(organisation, version).await?.row.content;
            let title = title_of(&content);
            work = work.with(snapshot::retitle(organisation, version, &title, &hash(&title, &content)));
            newest.get_or_insert(title);
        }
        let title = newest.unwrap_or_default();
        self.room.store.write(work.with(page::retitle(organisation, id, &title, self.room.world.now()))).await?;
        Ok(())
    }
}

/// A title out of the first words of an answer.
fn title_of(content: &str) -> String {
    let line = content.lines().map(|line| line.trim_start_matches('#').trim()).find(|line| !line.is_empty());
    let first = line.and_then(|line| line.unicode_sentences().next()).unwrap_or_default().trim();
    let mut title = String::new();
    for word in first.split_whitespace() {
        if !title.is_empty() && title.chars().count() + word.chars().count() >= LONGEST {
            title.push('…');
            break;
        }
        title.push_str(if title.is_empty() { "" } else { " " });
        title.extend(word.chars().take(LONGEST));
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_sentence_of_the_answer_cut_between_words() {
        assert_eq!(title_of("\n## Wool\n\nWash it cold."), "Wool");
        assert_eq!(title_of("We gift-wrap every order. It is free."), "We gift-wrap every order.");
        let long = title_of(&"eleven chars ".repeat(20));
        assert!(long.chars().count() <= LONGEST + 1 && long.ends_with("chars…"), "{long}");
    }
}
