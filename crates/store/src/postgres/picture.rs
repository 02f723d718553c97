//! One consistent picture of the tables: a read-only transaction at the isolation level that sees one moment.

use futures::StreamExt;
use std::pin::pin;
use tokio::sync::mpsc::Sender;
use tokio_postgres::types::ToSql;

use super::connect::Connector;
use super::fence::RAISE;
use super::flight::fault;
use crate::dump::{Batch, Piece, Shelf};
use crate::{StoreError, Value};

pub(crate) async fn picture(url: &str, shelves: &[Shelf], pieces: &Sender<Piece>) -> Result<(), StoreError> {
    let client = Connector::new(url)?.connect().await?;
    let begin = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    client.batch_execute(begin).await.map_err(|error| fault(&error))?;
    client.execute(RAISE, &[&"*"]).await.map_err(|error| fault(&error))?;
    for (position, shelf) in shelves.iter().enumerate() {
        // The rows come one by one: while nobody takes the next piece, the server waits.
        let none: [&(dyn ToSql + Sync); 0] = [];
        let rows = client.query_raw(&shelf.query(), none).await.map_err(|error| fault(&error))?;
        let mut rows = pin!(rows);
        let mut batch = Batch::default();
        while let Some(row) = rows.next().await {
            let row = row.map_err(|error| fault(&error))?;
            let cells = (0..shelf.columns.len()).map(|index| row.try_get::<_, Value>(index));
            if let Some(rows) = batch.add(cells.collect::<Result<_, _>>().map_err(|error| fault(&error))?) {
                give(pieces, Piece::Rows(position, rows)).await?;
            }
        }
        if let Some(rows) = batch.rest() {
            give(pieces, Piece::Rows(position, rows)).await?;
        }
    }
    client.batch_execute("COMMIT").await.map_err(|error| fault(&error))?;
    give(pieces, Piece::End).await
}

async fn give(pieces: &Sender<Piece>, piece: Piece) -> Result<(), StoreError> {
    pieces.send(piece).await.map_err(|_| StoreError::Closed)
}
