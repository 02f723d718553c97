//! The account of one answer: what was understood, searched, read, said and checked. Sealed with the person's key.

use knowledge::Hit;
use model::{MessageId, Moment, PassageId, SnapshotId};
use serde::{Deserialize, Serialize};

/// The account of one answer. Everything that quotes the person is masked.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Trace {
    /// The visitor's message.
    pub asked: Option<MessageId>,
    /// The question, masked.
    pub question: String,
    /// What was searched for.
    pub queries: Vec<String>,
    /// What was found.
    pub passages: Vec<Read>,
    /// Which sentence rests on which passage.
    pub sentences: Vec<Supported>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// `built-in` or `model`.
    pub answerer: String,
    /// The model's name.
    pub model: Option<String>,
    /// Which wording of the prompt it was given.
    #[serde(default)]
    pub prompt_version: Option<String>,
    /// What the provider counted: tokens sent and received.
    #[serde(default)]
    pub tokens: Option<(u64, u64)>,
    /// Which providers were asked before, and why that came to nothing.
    #[serde(default)]
    pub tried: Vec<(String, String)>,
    /// What the model wrote and nobody was told.
    #[serde(default)]
    pub withheld: Vec<Withheld>,
    /// Placeholders and what kind of data each stands for; never the data.
    pub placeholders: Vec<(String, String)>,
}

/// A passage that was found.
#[derive(Clone, Serialize, Deserialize)]
pub struct Read {
    /// Its number in the answer.
    pub n: usize,
    /// The frozen page.
    pub snapshot: SnapshotId,
    /// The passage.
    pub passage: PassageId,
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: Option<String>,
    /// The heading above the passage.
    pub heading: String,
    /// The passage's words.
    pub text: String,
    /// How well it fits.
    pub score: f64,
    /// Whether the answer rests on it.
    pub kept: bool,
    /// When the page was frozen.
    pub fetched_at: Moment,
}

/// A sentence of the answer and the passage it rests on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Supported {
    /// The sentence.
    pub text: String,
    /// The passage's number, if any supports it.
    pub passage_n: Option<usize>,
    /// How well.
    pub score: f64,
}

/// A sentence that was not told.
#[derive(Clone, Serialize, Deserialize)]
pub struct Withheld {
    /// The sentence, masked.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// Something that was checked before the answer was given.
#[derive(Clone, Serialize, Deserialize)]
pub struct Check {
    /// What.
    pub name: String,
    /// How it went.
    pub ok: bool,
}

impl Check {
    /// A check with its result.
    pub fn new(name: &str, ok: bool) -> Self {
        Self { name: name.to_owned(), ok }
    }
}

/// The hits as the account lists them; numbers start at 1.
pub fn read(hits: &[Hit]) -> Vec<Read> {
    let one = |(index, hit): (usize, &Hit)| Read {
        n: index + 1,
        snapshot: hit.snapshot_id,
        passage: hit.passage_id,
        title: hit.title.clone(),
        url: hit.url.clone(),
        heading: hit.heading.clone(),
        text: hit.text.clone(),
        score: hit.score,
        kept: false,
        fetched_at: hit.fetched_at,
    };
    hits.iter().enumerate().map(one).collect()
}
