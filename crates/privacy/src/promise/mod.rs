//! The promise ledger: each sentence that is published about privacy, bound to checks that run on the live system.
//!
//! A sentence whose check fails, is stale or has never run is not published. What no check can see is attested by a member of
//! the staff until a date, and says so.

mod check;
mod finding;
mod list;
mod look;
mod prover;
mod register;
mod standing;
mod unit;

use datamap::Plain;
use model::{Locale, OrganisationId};
use vault::BoxFuture;

pub use check::Check;
pub use finding::Finding;
pub use list::promises;
pub use prover::{KIND, Prover, enqueue};
pub use register::markdown;
pub use standing::{Attested, Look, STALE, Standing, Verdict, attest, history, standing};
pub use unit::Group;

use crate::Fault;

/// One promise: a sentence that may be published while its proof holds.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// A stable name: `words-sealed`.
    pub id: &'static str,
    /// Under which heading it is published.
    pub group: Group,
    /// The rows of the register of promises that it answers, by id.
    pub rows: &'static [&'static str],
    /// The sentence. `{organisation}`, `{days}`, `{age}` and `{recipients}` are filled in.
    pub says: Plain,
    /// What in the configuration makes it apply.
    pub when: When,
    /// What proves it.
    pub proof: Proof,
}

/// When a promise applies; one that does not apply is neither published nor counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In every installation.
    Always,
    /// The embedded engine keeps the data.
    Embedded,
    /// No language model is configured.
    NoModel,
    /// A language model is configured.
    Model,
    /// The assistant answers before a person does.
    Assistant,
    /// This server makes backups.
    Backups,
    /// Visitors are asked about their age before the chat.
    AgeAsked,
}

impl When {
    /// The condition in words, for the register.
    pub const fn words(self) -> &'static str {
        match self {
            When::Always => "always",
            When::Embedded => "embedded database",
            When::NoModel => "no language model configured",
            When::Model => "language model configured",
            When::Assistant => "assistant switched on",
            When::Backups => "backups switched on",
            When::AgeAsked => "age asked before the chat",
        }
    }
}

/// What proves a promise.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    /// All of these checks, run on the live system.
    Live(&'static [Check]),
    /// Nothing on this server can see it: a member of the staff vouches for it until a date.
    Attested,
}

impl Promise {
    /// The checks that prove it; none where it is attested.
    pub fn checks(&self) -> &'static [Check] {
        match self.proof {
            Proof::Live(checks) => checks,
            Proof::Attested => &[],
        }
    }

    /// Whether it applies under these circumstances.
    pub fn applies(&self, scene: &Scene) -> bool {
        match self.when {
            When::Always => true,
            When::Embedded => scene.embedded,
            When::NoModel => scene.recipients.is_empty(),
            When::Model => !scene.recipients.is_empty(),
            When::Assistant => scene.assistant,
            When::Backups => scene.backups,
            When::AgeAsked => scene.ask_age.is_some(),
        }
    }

    /// The sentence in a language, with its blanks filled.
    pub fn sentence(&self, locale: Locale, scene: &Scene) -> String {
        let named = scene.recipients.iter().map(|(name, country)| format!("{name} ({country})")).collect::<Vec<_>>();
        said(locale, &self.says)
            .replace("{organisation}", &scene.organisation)
            .replace("{age}", &scene.ask_age.unwrap_or_default().to_string())
            .replace("{days}", &scene.keep_days.to_string())
            .replace("{recipients}", &named.join(", "))
    }
}

/// The words in a language.
pub fn said(locale: Locale, plain: &Plain) -> &'static str {
    match locale {
        Locale::En => plain.en,
        Locale::De => plain.de,
        Locale::Ar => plain.ar,
    }
}

/// The promise with this id.
pub fn promise(id: &str) -> Option<&'static Promise> {
    promises().find(|promise| promise.id == id)
}

/// What of the configuration decides which promises apply, and what fills their blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The organisation's name.
    pub organisation: String,
    /// The embedded engine keeps the data.
    pub embedded: bool,
    /// Who may receive masked words of visitors, with the country.
    pub recipients: Vec<(String, String)>,
    /// Everybody who is registered, switched on or not.
    pub registered: Vec<String>,
    /// The assistant answers before a person does.
    pub assistant: bool,
    /// This server makes backups.
    pub backups: bool,
    /// The organisation's retention period.
    pub keep_days: u32,
    /// Visitors are asked whether they are younger than this.
    pub ask_age: Option<u8>,
}

/// Sees what the store cannot show: configuration, files, the server's own answers, the masker.
pub trait Witness: Send + Sync {
    /// What decides which promises apply in this organisation.
    fn scene<'a>(&'a self, organisation: OrganisationId) -> BoxFuture<'a, Result<Scene, Fault>>;

    /// Looks; nothing where this check is not its business.
    fn see<'a>(&'a self, check: Check, organisation: OrganisationId) -> BoxFuture<'a, Result<Option<Finding>, Fault>>;
}
