//! Statements in flight: sent in order at once, their answers awaited later, so that many share one round trip.

use std::pin::Pin;
use std::sync::Arc;

use futures::future::{Future, MaybeDone, maybe_done};
use futures::{TryStreamExt, poll};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error, Statement as Prepared};

use super::value::Wire;
use crate::{Done, Row, StoreError, Value};

/// A statement that was sent.
pub(crate) struct Flight<'a>(Pin<Box<MaybeDone<Running<'a>>>>);

type Running<'a> = Pin<Box<dyn Future<Output = Result<Done, Error>> + Send + 'a>>;

/// Sends the statement: the first poll puts it on the wire, behind whatever was launched before it.
pub(crate) async fn launch<'a>(client: &'a Client, prepared: &'a Prepared, params: &'a [Value]) -> Flight<'a> {
    let running: Running<'a> = Box::pin(run(client, prepared, params));
    send(running).await
}

/// Sends a command such as `BEGIN`.
pub(crate) async fn command<'a>(client: &'a Client, sql: &'a str) -> Flight<'a> {
    let running: Running<'a> = Box::pin(async move {
        client.batch_execute(sql).await?;
        Ok(Done { changed: 0, rows: Vec::new() })
    });
    send(running).await
}

async fn send(running: Running<'_>) -> Flight<'_> {
    let mut flight = Box::pin(maybe_done(running));
    let _ = poll!(flight.as_mut());
    Flight(flight)
}

impl Flight<'_> {
    /// Waits for the answer.
    pub(crate) async fn land(mut self) -> Result<Done, StoreError> {
        self.0.as_mut().await;
        match self.0.as_mut().take_output() {
            Some(outcome) => outcome.map_err(|error| fault(&error)),
            None => Err(StoreError::fault("an answer was taken twice")),
        }
    }
}

async fn run(client: &Client, prepared: &Prepared, params: &[Value]) -> Result<Done, Error> {
    let stream = client.query_raw(prepared, params.iter().map(Wire)).await?;
    let mut stream = std::pin::pin!(stream);
    if prepared.columns().is_empty() {
        while stream.try_next().await?.is_some() {}
        return Ok(Done { changed: stream.rows_affected().unwrap_or(0), rows: Vec::new() });
    }
    let names: Arc<[String]> = prepared.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut rows = Vec::new();
    while let Some(row) = stream.try_next().await? {
        let values = (0..names.len()).map(|index| row.try_get(index)).collect::<Result<Vec<Value>, _>>()?;
        rows.push(Row::new(Arc::clone(&names), values));
    }
    Ok(Done { changed: u64::try_from(rows.len()).unwrap_or(u64::MAX), rows })
}

/// The store's error for this engine's. A message of the server is repeated only where it can name nothing but our SQL.
pub(crate) fn fault(error: &Error) -> StoreError {
    let Some(failure) = error.as_db_error() else { return StoreError::fault(unsent(error)) };
    let code = failure.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        StoreError::Unique
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION || *code == SqlState::RESTRICT_VIOLATION {
        StoreError::Foreign
    } else if *code == SqlState::DISK_FULL {
        StoreError::Full
    } else if ["08", "28", "42", "57"].iter().any(|class| code.code().starts_with(class)) {
        StoreError::fault(format!("PostgreSQL {}: {}", code.code(), failure.message()))
    } else {
        StoreError::fault(format!("PostgreSQL {} {}", code.code(), failure.constraint().unwrap_or_default()))
    }
}

/// An error of the connection or of the encoding, with its cause.
fn unsent(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("PostgreSQL: {error}: {cause}"),
        None => format!("PostgreSQL: {error}"),
    }
}

/// Whether another attempt at the same work may succeed: somebody else held a lock.
pub(crate) fn worth_another_try(error: &StoreError) -> bool {
    let codes = [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::LOCK_NOT_AVAILABLE];
    matches!(error, StoreError::Fault(text) if codes.iter().any(|code| text.starts_with(&format!("PostgreSQL {} ", code.code()))))
}
