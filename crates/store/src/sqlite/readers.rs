//! Connections that only read: each sees the last commit, none waits for the writer.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::run::{fault, run, without_row_lock};
use crate::{Done, Statement, StoreError};

/// The idle connections, and as many permits.
pub(crate) struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    size: u32,
}

impl Readers {
    pub(crate) fn new(connections: Vec<Connection>) -> Arc<Self> {
        let size = connections.len();
        Arc::new(Self {
            idle: Mutex::new(connections),
            permits: Arc::new(Semaphore::new(size)),
            size: u32::try_from(size).unwrap_or(u32::MAX),
        })
    }

    pub(crate) async fn read(self: &Arc<Self>, statement: Statement) -> Result<Done, StoreError> {
        self.lend(move |connection| run(connection, &statement, 0)).await
    }

    /// Prepares the statement without running it.
    pub(crate) async fn check(self: &Arc<Self>, sql: String) -> Result<(), StoreError> {
        self.lend(move |connection| connection.prepare(&without_row_lock(&sql)).map(|_| ()).map_err(fault)).await
    }

    /// Works with a connection off the runtime's threads. A caller that goes away leaves the connection to its return.
    async fn lend<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let readers = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let Some(connection) = readers.take() else { return Err(StoreError::Closed) };
            let outcome = work(&connection);
            readers.put_back(connection);
            outcome
        });
        reading.await.map_err(|_| StoreError::fault("a read was interrupted"))?
    }

    /// Lets the reads under way finish, then closes every connection.
    pub(crate) async fn close(&self) {
        if self.permits.acquire_many(self.size).await.is_ok() {
            self.permits.close();
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    fn take(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
