//! All SQL, once, for both engines: five verbs, one file per noun. Sees only sealed words, never plain ones.

pub mod agent_request;
pub mod answer;
pub mod api_key;
pub mod attestation;
pub mod audit;
pub mod audit_checkpoint;
pub mod authorised_agent;
mod config;
pub mod consent;
pub mod consent_text;
pub mod conversation;
pub mod conversation_word;
pub mod crawl;
pub mod crawl_url;
pub mod departure;
pub mod disclosure;
pub mod dump;
pub mod erasure;
mod errand;
mod fault;
pub mod file;
pub mod import;
pub mod invitation;
pub mod job;
pub mod lane;
pub mod legal_hold;
pub mod lineage;
pub mod mask_rule;
pub mod member;
pub mod message;
pub mod organisation;
pub mod page;
pub mod passage;
pub mod person;
mod postgres;
pub mod probe;
pub mod proof;
pub mod provider;
pub mod request;
pub mod request_file;
pub mod request_step;
pub mod request_words;
pub mod retention;
pub mod review;
mod row;
mod schema;
mod sealed;
pub mod session;
pub mod sighting;
pub mod snapshot;
pub mod source;
pub mod spending;
mod sqlite;
mod statement;
pub mod subject;
pub mod survey_answer;
pub mod sweep;
pub mod tenant;
pub mod tenant_export;
pub mod test_run;
pub mod test_set;
pub mod used_signature;
mod value;
pub mod visitor_session;
mod work;
pub mod wrapped_key;

use std::sync::Arc;

pub use config::{EngineName, StoreConfig};
pub use fault::StoreError;
pub use row::Row;
pub use statement::{Expect, Statement};
pub use value::Value;
pub use work::{Done, Fence, Work};

pub(crate) use statement::{params, statements};

use errand::Logs;
use postgres::Postgres;
use sqlite::Sqlite;

/// Every statement of every noun: `(noun, [(name, SQL)])`. One test prepares them all on both engines.
pub const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("agent_request", agent_request::ALL),
    ("answer", answer::ALL),
    ("api_key", api_key::ALL),
    ("attestation", attestation::ALL),
    ("audit", audit::ALL),
    ("audit_checkpoint", audit_checkpoint::ALL),
    ("consent", consent::ALL),
    ("consent_text", consent_text::ALL),
    ("authorised_agent", authorised_agent::ALL),
    ("conversation", conversation::ALL),
    ("conversation_word", conversation_word::ALL),
    ("crawl", crawl::ALL),
    ("crawl_url", crawl_url::ALL),
    ("departure", departure::ALL),
    ("disclosure", disclosure::ALL),
    ("erasure", erasure::ALL),
    ("file", file::ALL),
    ("import", import::ALL),
    ("invitation", invitation::ALL),
    ("job", job::ALL),
    ("lane", lane::ALL),
    ("legal_hold", legal_hold::ALL),
    ("lineage", lineage::ALL),
    ("member", member::ALL),
    ("message", message::ALL),
    ("organisation", organisation::ALL),
    ("page", page::ALL),
    ("passage", passage::ALL),
    ("person", person::ALL),
    ("proof", proof::ALL),
    ("request", request::ALL),
    ("request_file", request_file::ALL),
    ("request_step", request_step::ALL),
    ("request_words", request_words::ALL),
    ("retention", retention::ALL),
    ("review", review::ALL),
    ("session", session::ALL),
    ("sighting", sighting::ALL),
    ("snapshot", snapshot::ALL),
    ("source", source::ALL),
    ("provider", provider::ALL),
    ("mask_rule", mask_rule::ALL),
    ("spending", spending::ALL),
    ("survey_answer", survey_answer::ALL),
    ("tenant_export", tenant_export::ALL),
    ("used_signature", used_signature::ALL),
    ("test_run", test_run::ALL),
    ("test_set", test_set::ALL),
    ("visitor_session", visitor_session::ALL),
    ("wrapped_key", wrapped_key::ALL),
];

/// The open store. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the store, creating the schema where there is none.
    pub async fn open(config: StoreConfig) -> Result<Self, StoreError> {
        let engine = match config {
            StoreConfig::Sqlite { folder, keys_folder, data_key, keys_key } => {
                Engine::Sqlite(Sqlite::open(folder, keys_folder, [data_key, keys_key]).await?)
            }
            StoreConfig::Postgres { url } => Engine::Postgres(Postgres::open(&url).await?),
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Does the work durably, all of it or nothing; answers with what each statement did.
    pub async fn write(&self, work: Work) -> Result<Vec<Done>, StoreError> {
        work::admit(&work.fence, &work.statements)?;
        work::fits(&work.statements)?;
        match &*self.engine {
            Engine::Sqlite(engine) => engine.write(work).await,
            Engine::Postgres(engine) => engine.write(work).await,
        }
    }

    /// The first row, if there is any.
    pub async fn one(&self, fence: Fence, statement: Statement) -> Result<Option<Row>, StoreError> {
        Ok(self.all(fence, statement).await?.into_iter().next())
    }

    /// All rows.
    pub async fn all(&self, fence: Fence, statement: Statement) -> Result<Vec<Row>, StoreError> {
        work::admit(&fence, [&statement])?;
        let done = match &*self.engine {
            Engine::Sqlite(engine) => engine.read(statement).await?,
            Engine::Postgres(engine) => engine.read(&fence, &statement).await?,
        };
        Ok(done.rows)
    }

    /// Whether this engine understands the statement and can read its answer; nothing is run.
    pub async fn check(&self, sql: &str) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.check(sql).await,
            Engine::Postgres(engine) => engine.check(sql).await,
        }
    }

    /// Every table and column of the live database, sorted; the data map is compared with it.
    pub async fn columns(&self) -> Result<Vec<(String, String)>, StoreError> {
        let query = match &*self.engine {
            Engine::Sqlite(_) => sqlite::COLUMNS,
            Engine::Postgres(_) => postgres::COLUMNS,
        };
        let rows = self.all(Fence::House, Statement::new(query, Vec::new())).await?;
        rows.iter().map(|row| Ok((row.text("holder")?, row.text("field")?))).collect()
    }

    /// Leaves nothing overwritten behind in the engine's own logs, as far as the engine lets us.
    pub async fn settle(&self) -> Result<(), StoreError> {
        self.settle_logs(Logs::Everything).await
    }

    /// The same for the keyring alone, which keeps nobody who writes waiting.
    pub(crate) async fn settle_keyring(&self) -> Result<(), StoreError> {
        self.settle_logs(Logs::Keyring).await
    }

    async fn settle_logs(&self, logs: Logs) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.settle(logs).await,
            Engine::Postgres(engine) => engine.settle(logs).await,
        }
    }

    /// Finishes what is under way, then closes. Every later call answers [`StoreError::Closed`].
    pub async fn close(&self) {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.close().await,
            Engine::Postgres(engine) => engine.close().await,
        }
    }

    /// Where the vault keeps its wrapped keys.
    pub fn cupboard(&self) -> Arc<dyn vault::Cupboard> {
        Arc::new(self.clone())
    }

    /// The file of the tables and the file of the keys, where the engine is the embedded one.
    pub fn files(&self) -> Option<&[std::path::PathBuf; 2]> {
        match &*self.engine {
            Engine::Sqlite(engine) => Some(engine.files()),
            Engine::Postgres(_) => None,
        }
    }

    /// Which engine this is.
    pub fn engine(&self) -> EngineName {
        match &*self.engine {
            Engine::Sqlite(_) => EngineName::Sqlite,
            Engine::Postgres(_) => EngineName::Postgres,
        }
    }
}
