//! One consistent picture of the tables: a read-only transaction at the isolation level that sees one moment.

use futures::StreamExt;
use std::pin::pin;
use tokio::sync::mpsc::Sender;
use tokio_postgres::types::ToSql;

use super::connect::Connector;
use super::fence::RAISE;
use super::flight::fault;
use crate::dump::{Piece, ROWS, Shelf};
use crate::{StoreError, Value};

pub(crate) async fn picture(url: &str, shelves: &[Shelf], pieces: &Sender<Piece>) -> Result<(), StoreError> {
    let client = Connector::new(url)?.connect().await?;
    let begin = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
        BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    client.batch_execute(begin).await.map_err(|error| fault(&error))?;
    client.execute(RAISE, &[&"*"]).await.map_err(|error| fault(&error))?;
    for (position, shelf) in shelves.iter().enumerate() {
        let none: [&(dyn ToSql + Sync); 0] = [];
        let rows = client.query_raw(&shelf.query(), none).await.map_err(|error| fault(&error))?;
        let mut rows = pin!(rows);
        let mut batch: Vec<Vec<Value>> = Vec::with_capacity(ROWS);
        while let Some(row) = rows.next().await {
            let row = row.map_err(|error| fault(&error))?;
            let cells = (0..shelf.columns.len()).map(|index| row.try_get::<_, Value>(index));
            batch.push(cells.collect::<Result<_, _>>().map_err(|error| fault(&error))?);
            if batch.len() == ROWS {
                give(pieces, Piece::Rows(position, std::mem::take(&mut batch))).await?;
            }
        }
        if !batch.is_empty() {
            give(pieces, Piece::Rows(position, batch)).await?;
        }
    }
    client.batch_execute("COMMIT").await.map_err(|error| fault(&error))?;
    give(pieces, Piece::End).await
}

async fn give(pieces: &Sender<Piece>, piece: Piece) -> Result<(), StoreError> {
    pieces.send(piece).await.map_err(|_| StoreError::Closed)
}
