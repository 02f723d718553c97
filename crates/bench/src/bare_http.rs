//! The peer behind HTTP: the bare loop reached through the shortest possible axum handler, so that what HTTP itself costs on
//! these cores is seen apart from what the house does.

use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::bare::{self, Engine, Waiting};

/// Conversations that exist.
const CONVERSATIONS: usize = 64;

impl Waiting for oneshot::Sender<()> {
    fn written(self) {
        let _ = self.send(());
    }
}

type Sender = SyncSender<(i64, oneshot::Sender<()>)>;

/// Serves until killed; the file is plain.
pub async fn serve(port: u16) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let connection = bare::open(folder.path(), Engine::Plain, CONVERSATIONS)?;
    let (send, receive) = sync_channel(1024);
    let thread = std::thread::Builder::new().name("store writer".to_owned());
    thread.spawn(move || bare::write(&connection, &receive))?;
    let app = Router::new().route("/messages/{id}", post(say)).with_state(send);
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, app).await?;
    Ok(())
}

async fn say(
    State(send): State<Sender>,
    Path(id): Path<i64>,
    Json(message): Json<Value>,
) -> Result<(StatusCode, Json<Value>), StatusCode> {
    let (reply, written) = oneshot::channel();
    // Never full: there are fewer clients than places.
    send.try_send((id, reply)).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    written.await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok((StatusCode::CREATED, Json(json!({"client_id": message["client_id"], "text": message["text"]}))))
}
