//! One HTTP client for the whole house: guarded against reaching into private networks, bounded in bytes and in time.

mod address;
pub(crate) mod body;
mod connection;
mod fetch;
mod fetched;
mod guard;
mod refusal;
pub(crate) mod register;
mod resolver;

use std::sync::Arc;
use std::time::Duration;

use register::By;
use url::Url;

pub use address::is_public;
pub use fetch::FetchRequest;
pub use fetched::{Fetched, Headers};
pub use guard::{Guard, UnreadableAddress};
pub use refusal::FetchRefusal;
pub use register::DeclaredSource;

/// How the door behaves. The defaults are meant for production.
#[derive(Clone, Debug)]
pub struct DoorConfig {
    /// `host:port` pairs which the operator's config names although they are private; compared exactly.
    pub allow_private: Vec<String>,
    /// How we introduce ourselves.
    pub user_agent: String,
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// How long the other side may stay silent.
    pub read_timeout: Duration,
    /// How long one fetch may take altogether, redirects included.
    pub total_timeout: Duration,
    /// How often a fetch may be sent elsewhere.
    pub max_redirects: usize,
}

impl Default for DoorConfig {
    fn default() -> Self {
        Self {
            allow_private: Vec::new(),
            user_agent: concat!("Confidante/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(45),
            max_redirects: 5,
        }
    }
}

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum DoorFault {
    /// An entry of `allow_private` is not a `host:port` pair.
    #[error("{0}")]
    Address(#[from] UnreadableAddress),
    /// The TLS library did not start.
    #[error("the HTTP client could not be built: {0}")]
    Client(String),
}

/// The door. Cheap to clone; all clones share their connections.
#[derive(Clone)]
pub struct Door {
    /// Resolves names through the filter: for every address that somebody else chose.
    open: reqwest::Client,
    /// Resolves names without it: only for addresses that the operator's config names.
    named: reqwest::Client,
    guard: Arc<Guard>,
    config: Arc<DoorConfig>,
    register: Arc<register::Register>,
}

impl Door {
    /// Builds the door.
    pub fn new(config: DoorConfig) -> Result<Self, DoorFault> {
        let guard = Arc::new(Guard::new(&config.allow_private)?);
        let open = connection::client(&config, connection::Names::Filtered)?;
        let named = connection::client(&config, connection::Names::Trusted)?;
        Ok(Self { open, named, guard, config: Arc::new(config), register: Arc::default() })
    }

    /// A door which also lets through to one address that the operator's config names (an own model server, say), and
    /// which puts up with that much silence.
    pub fn towards(&self, url: &Url, silence: Duration) -> Result<Self, DoorFault> {
        let config = DoorConfig { read_timeout: silence, ..DoorConfig::clone(&self.config) };
        let guard = Arc::new(self.guard.with(url)?);
        let open = connection::client(&config, connection::Names::Filtered)?;
        let named = connection::client(&config, connection::Names::Trusted)?;
        Ok(Self { open, named, guard, config: Arc::new(config), register: Arc::clone(&self.register) })
    }

    /// Declares the website of a source: it may be read as long as the returned value lives.
    pub fn declare_source(&self, start: &Url) -> DeclaredSource {
        self.register.declare_source(start)
    }

    /// Declares a provider under its name: from now on it may be reached at the host and port of `at`, and nowhere else.
    pub fn declare_provider(&self, name: &str, at: &Url) {
        self.register.declare_provider(name, at);
    }

    /// Withdraws a provider: whatever still holds a client for it is refused from now on.
    pub fn withdraw_provider(&self, name: &str) {
        self.register.withdraw_provider(name);
    }

    /// Refuses an address that would never be fetched, before anything is looked up or written down.
    pub fn check(&self, url: &Url) -> Result<(), FetchRefusal> {
        // RFC 6761: these names stand for this machine, whoever is asked.
        let own = |name: &str| name == "localhost" || name.ends_with(".localhost");
        match self.guard.check(url)? {
            guard::Verdict::Public if url.domain().is_some_and(own) => Err(FetchRefusal::Private),
            _ => Ok(()),
        }
    }

    /// Whether the operator's config names this address: a machine of his own, which needs no politeness.
    pub fn is_named(&self, url: &Url) -> bool {
        self.guard.check(url) == Ok(guard::Verdict::Named)
    }

    /// The client for an address, once the guard has let it pass and somebody has declared it. The addresses of the
    /// operator's list are declared by the operator; a provider needs a declaration of its own even there.
    pub(crate) fn client_for(&self, url: &Url, by: By<'_>) -> Result<&reqwest::Client, FetchRefusal> {
        let verdict = self.guard.check(url)?;
        let operators = matches!((by, verdict), (By::Source, guard::Verdict::Named));
        if !operators && !self.register.admits(url, by) {
            return Err(FetchRefusal::NotDeclared);
        }
        match verdict {
            guard::Verdict::Named => Ok(&self.named),
            guard::Verdict::Public => Ok(&self.open),
        }
    }

    /// How long one exchange may take altogether.
    pub(crate) fn patience(&self) -> Duration {
        self.config.total_timeout
    }

    pub(crate) fn sent_on(&self, from: &Url, to: &Url) {
        self.register.sent_on(from, to);
    }
}
