//! The engine for more than one machine: one writer connection that groups commits, a pool for reads, row-level security.

mod connect;
mod fence;
mod flight;
mod group;
mod link;
mod migrate;
mod picture;
mod tls;
mod value;
mod writer;

use deadpool_postgres::{Object, Pool, PoolError};
use tokio_postgres::types::FromSql;

use crate::errand::{Errands, Logs};
use crate::{Done, Fence, Statement, StoreError, Value, Work};

use connect::Connector;
use flight::{command, fault, launch};
pub(crate) use picture::picture;

/// Connections for reading.
const READERS: usize = 16;

/// The open engine.
pub(crate) struct Postgres {
    writer: Errands,
    readers: Pool,
}

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        let connector = Connector::new(url)?;
        migrate::migrate(&connector).await?;
        let readers = Pool::builder(connector.readers()).max_size(READERS).build();
        let readers = readers.map_err(|error| StoreError::fault(error.to_string()))?;
        Ok(Self { writer: writer::start(connector), readers })
    }

    pub(crate) async fn write(&self, work: Work) -> Result<Vec<Done>, StoreError> {
        self.writer.write(work).await
    }

    /// Sets the fence and asks, in one round trip; the fence always comes first, whoever used the connection before.
    pub(crate) async fn read(&self, fence: &Fence, statement: &Statement) -> Result<Done, StoreError> {
        let client = self.reader().await?;
        let raise = client.prepare_cached(fence.raise(statement.patient)).await.map_err(|error| fault(&error))?;
        let prepared = client.prepare_cached(&statement.sql).await.map_err(|error| fault(&error))?;
        let word = [fence.word().into()];
        let raised = launch(&client, &raise, &word).await;
        let answer = launch(&client, &prepared, &statement.params).await;
        // On the wire before anything is awaited: a reader that goes away leaves no role behind on the connection.
        let oneself = match fence {
            Fence::Assistant(_) => Some(command(&client, fence::AS_ONESELF).await),
            _ => None,
        };
        raised.land().await?;
        let answer = answer.land().await;
        if let Some(oneself) = oneself {
            oneself.land().await?;
        }
        answer
    }

    /// Prepares the statement without running it, and looks whether every column of its answer can be read.
    pub(crate) async fn check(&self, sql: &str) -> Result<(), StoreError> {
        let prepared = self.reader().await?.prepare(sql).await.map_err(|error| fault(&error))?;
        match prepared.columns().iter().find(|column| !Value::accepts(column.type_())) {
            Some(column) => Err(StoreError::fault(format!("column {} is {}: cast it", column.name(), column.type_()))),
            None => Ok(()),
        }
    }

    async fn reader(&self) -> Result<Object, StoreError> {
        self.readers.get().await.map_err(|error| match error {
            PoolError::Closed => StoreError::Closed,
            PoolError::Backend(error) => fault(&error),
            other => StoreError::fault(other.to_string()),
        })
    }

    pub(crate) async fn settle(&self, logs: Logs) -> Result<(), StoreError> {
        self.writer.settle(logs).await
    }

    pub(crate) async fn close(&self) {
        self.readers.close();
        self.writer.close().await;
    }
}

impl Fence {
    /// How this fence is raised on a reader's connection.
    fn raise(&self, patient: bool) -> &'static str {
        match self {
            Fence::Assistant(_) => fence::RAISE_AS_ASSISTANT,
            Fence::Organisation(_) | Fence::House if patient => fence::RAISE_PATIENTLY,
            Fence::Organisation(_) | Fence::House => fence::RAISE_FOR_SESSION,
        }
    }
}

/// Every table and column of both schemas.
pub(crate) const COLUMNS: &str = "SELECT CAST(table_name AS TEXT) COLLATE \"C\" AS holder, \
    CAST(column_name AS TEXT) COLLATE \"C\" AS field FROM information_schema.columns \
    JOIN information_schema.tables USING (table_schema, table_name) \
    WHERE table_schema IN ('public', 'keyring') AND table_type = 'BASE TABLE' ORDER BY 1, 2";
