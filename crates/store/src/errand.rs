//! The letter box of a writer: deeds put their works in, one writer takes whatever waits and answers each.

use tokio::sync::{mpsc, oneshot};

use crate::{Done, StoreError, Work};

/// Works in one commit at most: a flush costs the same for one as for all of them.
pub(crate) const GROUP: usize = 256;

/// What becomes of a work.
pub(crate) type Outcome = Result<Vec<Done>, StoreError>;

/// A work and who waits for it.
pub(crate) type Waiting = (Work, oneshot::Sender<Outcome>);

/// Whose logs are meant, and who waits until nothing is left in them.
pub(crate) type Settling = (Logs, oneshot::Sender<Result<(), StoreError>>);

/// The logs of which files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logs {
    /// Of the keyring alone: it is small, so nobody waits long.
    Keyring,
    /// Of everything: whoever writes meanwhile waits until it is copied.
    Everything,
}

/// What a writer is asked for.
pub(crate) enum Errand {
    /// Commit this work, with whatever else waits.
    Write(Work, oneshot::Sender<Outcome>),
    /// Leave nothing overwritten behind in the engine's logs.
    Settle(Settling),
    /// Finish, then go.
    Close(oneshot::Sender<()>),
}

/// The sending side.
pub(crate) struct Errands(mpsc::Sender<Errand>);

impl Errands {
    /// Both sides. A full box makes callers wait instead of taking memory.
    pub(crate) fn channel() -> (Self, mpsc::Receiver<Errand>) {
        let (errands, waiting) = mpsc::channel(4 * GROUP);
        (Self(errands), waiting)
    }

    pub(crate) async fn write(&self, work: Work) -> Outcome {
        let (answer, outcome) = oneshot::channel();
        self.0.send(Errand::Write(work, answer)).await.map_err(|_| StoreError::Closed)?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }

    pub(crate) async fn settle(&self, logs: Logs) -> Result<(), StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.0.send(Errand::Settle((logs, answer))).await.map_err(|_| StoreError::Closed)?;
        outcome.await.map_err(|_| StoreError::Closed)?
    }

    pub(crate) async fn close(&self) {
        let (answer, closed) = oneshot::channel();
        if self.0.send(Errand::Close(answer)).await.is_ok() {
            // An error means that the writer is gone, which is what was asked for.
            let _ = closed.await;
        }
    }
}
