//! The one task that writes: takes every waiting work, commits them as one group, then answers each caller.

use tokio::sync::mpsc;

use super::connect::Connector;
use super::flight::command;
use super::group::{self, UNKNOWN};
use super::link::Link;
use crate::errand::{Errand, Errands, GROUP, Outcome, Settling, Waiting};
use crate::{StoreError, Work};

/// Starts the task on the current runtime.
pub(crate) fn start(connector: Connector) -> Errands {
    let (errands, waiting) = Errands::channel();
    tokio::spawn(Writer { connector, link: None }.serve(waiting));
    errands
}

struct Writer {
    connector: Connector,
    link: Option<Link>,
}

impl Writer {
    async fn serve(mut self, mut waiting: mpsc::Receiver<Errand>) {
        let mut errands = Vec::with_capacity(GROUP);
        let mut group = Vec::with_capacity(GROUP);
        let mut settling = Vec::new();
        let mut closing = None;
        while closing.is_none() && waiting.recv_many(&mut errands, GROUP).await > 0 {
            for errand in errands.drain(..) {
                match errand {
                    Errand::Write(work, answer) => group.push((work, answer)),
                    Errand::Settle(asked) => settling.push(asked),
                    Errand::Close(answer) => closing = Some(answer),
                }
            }
            self.commit_and_answer(&mut group).await;
            self.settle_and_answer(&mut settling).await;
        }
        drop(waiting);
        self.link = None;
        if let Some(answer) = closing {
            let _ = answer.send(());
        }
    }

    /// A caller that has gone away meanwhile misses its answer; its work stands all the same.
    async fn commit_and_answer(&mut self, group: &mut Vec<Waiting>) {
        if group.is_empty() {
            return;
        }
        let works: Vec<&Work> = group.iter().map(|(work, _)| work).collect();
        let outcomes = self.commit(&works).await;
        for ((_, answer), outcome) in group.drain(..).zip(outcomes) {
            let _ = answer.send(outcome);
        }
    }

    /// A connection that died before the commit is replaced and the group tried once more: nothing of it was written.
    async fn commit(&mut self, works: &[&Work]) -> Vec<Outcome> {
        let mut attempt = self.try_commit(works).await;
        if matches!(&attempt, Err(StoreError::Fault(text)) if !text.starts_with(UNKNOWN)) {
            attempt = self.try_commit(works).await;
        }
        attempt.unwrap_or_else(|error| works.iter().map(|_| Err(error.clone())).collect())
    }

    async fn try_commit(&mut self, works: &[&Work]) -> Result<Vec<Outcome>, StoreError> {
        let mut link = self.link().await?;
        let outcomes = group::commit(&mut link, works).await?;
        link.tidy();
        self.link = Some(link);
        Ok(outcomes)
    }

    /// The connection, taken out: it is put back only after a success, because a broken one is of no more use.
    async fn link(&mut self) -> Result<Link, StoreError> {
        match self.link.take().filter(|link| !link.client.is_closed()) {
            Some(link) => Ok(link),
            None => Link::new(&self.connector).await,
        }
    }

    /// Once for all who asked.
    async fn settle_and_answer(&mut self, settling: &mut Vec<Settling>) {
        if settling.is_empty() {
            return;
        }
        let outcome = self.settle().await;
        for (_, answer) in settling.drain(..) {
            let _ = answer.send(outcome.clone());
        }
    }

    /// Removes dead rows from the keyring's pages. The server's own log forgets in its own time.
    async fn settle(&mut self) -> Result<(), StoreError> {
        let link = self.link().await?;
        command(&link.client, "VACUUM keyring.wrapped_key").await.land().await?;
        self.link = Some(link);
        Ok(())
    }
}
