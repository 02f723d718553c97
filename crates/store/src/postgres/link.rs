//! The writer's connection with its prepared statements.

use std::borrow::Cow;
use std::collections::HashMap;

use tokio_postgres::{Client, Statement as Prepared};

use super::connect::Connector;
use super::fence::RAISE;
use super::flight::fault;
use crate::{StoreError, Work};

/// Statements kept prepared at most; the nouns have far fewer, put-together ones come and go.
const KEPT: usize = 1000;

/// A live connection.
pub(crate) struct Link {
    pub(crate) client: Client,
    pub(crate) raise: Prepared,
    prepared: HashMap<Cow<'static, str>, Prepared>,
}

impl Link {
    pub(crate) async fn new(connector: &Connector) -> Result<Self, StoreError> {
        let client = connector.connect().await?;
        let raise = client.prepare(RAISE).await.map_err(|error| fault(&error))?;
        Ok(Self { client, raise, prepared: HashMap::new() })
    }

    /// Prepares what the work needs and was not prepared before.
    pub(crate) async fn prepare(&mut self, work: &Work) -> Result<(), StoreError> {
        for statement in &work.statements {
            if !self.prepared.contains_key(&statement.sql) {
                let prepared = self.client.prepare(&statement.sql).await.map_err(|error| fault(&error))?;
                self.prepared.insert(statement.sql.clone(), prepared);
            }
        }
        Ok(())
    }

    /// The prepared form of a statement of a work that was given to [`Link::prepare`].
    pub(crate) fn prepared(&self, sql: &str) -> Result<&Prepared, StoreError> {
        self.prepared.get(sql).ok_or_else(|| StoreError::fault("a statement was not prepared"))
    }

    /// Forgets prepared statements when there are too many; between groups only.
    pub(crate) fn tidy(&mut self) {
        if self.prepared.len() > KEPT {
            self.prepared.clear();
        }
    }
}
