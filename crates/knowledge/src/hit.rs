//! A passage that was found for a question, with what is needed to quote and cite it.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Moment, PageId, PassageId, SnapshotId};

use crate::language::Language;

/// What a word of the question tells in this organisation's knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weight {
    /// Near 0 for words on every page, 1 for the rarest and for unknown ones.
    pub(crate) tells: f64,
    /// Whether it stands anywhere in the knowledge.
    pub(crate) known: bool,
}

/// What the words of a question tell, by language and folded word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights(pub(crate) HashMap<(Language, String), Weight>);

impl Weights {
    /// The weight of a folded word; a word that was never looked up tells most.
    pub(crate) fn of(&self, language: Language, folded: &str) -> Weight {
        self.0.get(&(language, folded.to_owned())).copied().unwrap_or(Weight { tells: 1.0, known: false })
    }
}

/// One found passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The passage.
    pub passage_id: PassageId,
    /// The page it stands on.
    pub page_id: PageId,
    /// The frozen version it was cut from.
    pub snapshot_id: SnapshotId,
    /// The title of the page.
    pub title: String,
    /// The address of the page; none for pages written by hand.
    pub url: Option<String>,
    /// The headings above it, outermost first, joined by " › ".
    pub heading: String,
    /// The lines of the passage.
    pub text: String,
    /// BM25; only comparable within one search.
    pub score: f64,
    /// When the frozen version was fetched or written.
    pub fetched_at: Moment,
    /// The language of the page.
    pub language: Language,
    /// What the words of the question weigh; the same for all hits of a search.
    pub weights: Arc<Weights>,
}
