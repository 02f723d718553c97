//! The configuration: one file, environment overrides, no unknown keys, no secrets. `confidante.toml` is its manual.

mod load;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use load::{load, load_with};

/// The manual: every setting with its default and what it means.
pub const MANUAL: &str = include_str!("../confidante.toml");

/// Every setting. It names secrets (files, variables, commands) and never contains one, so it may be shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Addresses and log.
    pub server: Server,
    /// Engine and folders.
    pub storage: Storage,
    /// The master key.
    pub keys: Keys,
    /// Crawling websites.
    pub crawl: Crawl,
    /// What finds by meaning, if anything.
    pub encoder: Encoder,
    /// A language model, if any.
    pub model: Model,
    /// Letters to people and notices to recipients.
    pub mail: Mail,
    /// Authorised agents.
    pub agents: Agents,
    /// Backups.
    pub backup: Backup,
    /// How often and how much.
    pub limits: Rates,
    /// The demo shop.
    pub demo: Demo,
}

/// Addresses and log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How the world reaches this server; empty means the listen address.
    pub public_url: String,
    /// Whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Text or JSON.
    pub log_format: LogFormat,
    /// The least important level that is logged.
    pub log_level: LogLevel,
}

/// What a log line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Only faults.
    Error,
    /// Also what may become one.
    Warn,
    /// Also every request.
    Info,
    /// Also what the house does by itself.
    Debug,
}

/// Engine and folders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Storage {
    /// Which database.
    pub engine: Engine,
    /// The data.
    pub folder: PathBuf,
    /// The wrapped keys, apart from the data.
    pub keys_folder: PathBuf,
    /// The variable that holds the PostgreSQL URL.
    pub postgres_url_env: String,
}

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// One encrypted file.
    Sqlite,
    /// For more than one machine.
    Postgres,
}

/// The master key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keys {
    /// Which of the three below counts.
    pub source: KeySource,
    /// A file.
    pub file: PathBuf,
    /// The name of a variable.
    pub env: String,
    /// A shell command.
    pub command: String,
}

/// Where the master key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// A file, created when missing.
    File,
    /// An environment variable.
    Env,
    /// What a command prints.
    Command,
}

/// Crawling websites.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Crawl {
    /// Private `host:port` pairs that may be read all the same.
    pub allow_private: Vec<String>,
    /// Pages per source.
    pub max_pages: u32,
    /// Depth of links.
    pub max_depth: u32,
    /// Requests a second to one host.
    pub rate_per_second: u32,
    /// The largest page.
    pub max_page_bytes: usize,
    /// Pages at the same time from one website.
    pub concurrent: usize,
}

/// An encoder: a small model on this machine that finds passages by their meaning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Encoder {
    /// The folder with `model.safetensors` and `vocab.txt`; empty means passages are found by their words alone.
    pub folder: String,
    /// The SHA-256 of `model.safetensors`.
    pub weights_sha256: String,
    /// The SHA-256 of `vocab.txt`.
    pub vocabulary_sha256: String,
}

/// A language model behind an OpenAI-compatible endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Model {
    /// The endpoint; empty means no model.
    pub base_url: String,
    /// The model's name.
    pub name: String,
    /// The file that holds the key.
    pub key_file: String,
    /// The variable that holds the key.
    pub key_env: String,
    /// Who receives the masked text.
    pub recipient: String,
    /// In which country.
    pub country: String,
    /// What allows the transfer.
    pub mechanism: String,
    /// The contract.
    pub contract: String,
    /// Private `host:port` pairs that an organisation may name as its provider.
    pub allow_private: Vec<String>,
}

/// A mail relay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Its name or address; empty means no mail.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub protection: MailProtection,
    /// The user name, if it wants one.
    pub user: String,
    /// The file that holds the password.
    pub password_file: String,
    /// The variable that holds the password.
    pub password_env: String,
    /// Who writes.
    pub from: String,
    /// Who runs it.
    pub recipient: String,
    /// In which country.
    pub country: String,
    /// What allows the transfer.
    pub mechanism: String,
    /// The contract.
    pub contract: String,
    /// Privacy addresses of recipients.
    pub contacts: Vec<String>,
}

/// Authorised agents, by the Data Rights Protocol.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agents {
    /// Private `host:port` pairs at which an agent may be told how a request stands, also without TLS.
    pub allow_private: Vec<String>,
}

/// How the way to the mail relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailProtection {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS.
    Starttls,
    /// None: only on this machine.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 465,
            protection: MailProtection::Tls,
            user: String::new(),
            password_file: String::new(),
            password_env: String::new(),
            from: String::new(),
            recipient: String::new(),
            country: String::new(),
            mechanism: String::new(),
            contract: String::new(),
            contacts: Vec::new(),
        }
    }
}

/// Backups: what is written when, where it lies, and the bucket it is sent to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Backup {
    /// Whether this server makes backups by itself.
    pub enabled: bool,
    /// Where the backups of the data lie.
    pub folder: PathBuf,
    /// Where the copy of the keys and of the ledger of erasures lies.
    pub keys_folder: PathBuf,
    /// Hours between two backups.
    pub every_hours: u32,
    /// Days a backup is kept.
    pub keep_days: u32,
    /// An S3-compatible service; empty means backups stay here.
    pub bucket_endpoint: String,
    /// The bucket for the backups of the data.
    pub bucket: String,
    /// The bucket for the copy of the keys; empty means it stays here.
    pub keys_bucket: String,
    /// What names in the bucket begin with.
    pub bucket_prefix: String,
    /// The region that signatures name.
    pub bucket_region: String,
    /// The public half of the bucket's key.
    pub bucket_access_key: String,
    /// The file that holds the secret half.
    pub bucket_secret_file: String,
    /// The variable that holds the secret half.
    pub bucket_secret_env: String,
}

/// How often and how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Sign-ins a minute and network.
    pub sign_in: u32,
    /// Chats begun a minute and network.
    pub sessions: u32,
    /// Messages a minute and chat.
    pub messages: u32,
    /// Public forms a minute and network.
    pub public_forms: u32,
    /// Looks at an erasure a minute and network.
    pub progress: u32,
    /// Requests a minute and member or key.
    pub requests: u32,
}

/// The demo shop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Demo {
    /// Whether it is served.
    pub enabled: bool,
    /// Where.
    pub listen: SocketAddr,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8787)),
            public_url: String::new(),
            trusted_proxies: Vec::new(),
            log_format: LogFormat::Text,
            log_level: LogLevel::Info,
        }
    }
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            engine: Engine::Sqlite,
            folder: "confidante-data".into(),
            keys_folder: "confidante-keys".into(),
            postgres_url_env: "CONFIDANTE_POSTGRES_URL".into(),
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            source: KeySource::File,
            file: "confidante-keys/master.key".into(),
            env: "CONFIDANTE_MASTER_KEY".into(),
            command: String::new(),
        }
    }
}

impl Default for Crawl {
    fn default() -> Self {
        Self {
            allow_private: Vec::new(),
            max_pages: 2_000,
            max_depth: 10,
            rate_per_second: 5,
            max_page_bytes: 8_000_000,
            concurrent: 4,
        }
    }
}

impl Default for Backup {
    fn default() -> Self {
        Self {
            enabled: true,
            folder: "confidante-backup".into(),
            keys_folder: "confidante-backup-keys".into(),
            every_hours: 24,
            keep_days: 30,
            bucket_endpoint: String::new(),
            bucket: String::new(),
            keys_bucket: String::new(),
            bucket_prefix: "confidante/".to_owned(),
            bucket_region: "us-east-1".to_owned(),
            bucket_access_key: String::new(),
            bucket_secret_file: String::new(),
            bucket_secret_env: "CONFIDANTE_BUCKET_SECRET".to_owned(),
        }
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self { sign_in: 10, sessions: 30, messages: 30, public_forms: 60, progress: 300, requests: 1_200 }
    }
}

impl Default for Demo {
    fn default() -> Self {
        Self { enabled: false, listen: SocketAddr::from(([127, 0, 0, 1], 8788)) }
    }
}
