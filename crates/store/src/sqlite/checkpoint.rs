//! Copies pages from the log into the data file beside the writer, so that no group waits for it.
//!
//! The engine's own way is that the writer does it every thousand pages, in the middle of its work. Here a second thread copies
//! while groups go on being committed. It can never come to the end while they do: past a larger size the engine lets the
//! writer copy the little that is left, after which the log begins anew.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::run::fault;
use crate::StoreError;

/// This many pages of the log wait to be copied before the thread is woken.
const COPY: i64 = 2_000;
/// At this many pages in the log the writer copies the rest: 64 MB.
pub(crate) const FINISH: i64 = 16_000;
/// What the file of the log keeps after a burst, in bytes: it is written over, which is quicker than growing it.
pub(crate) const KEEP: i64 = 32 * 1024 * 1024;

/// The writer's hand on the thread that copies.
pub(crate) struct Checkpoints {
    copier: Option<(SyncSender<()>, JoinHandle<()>)>,
}

/// Starts the thread with a connection of its own.
pub(crate) fn start(connection: Connection) -> Result<Checkpoints, StoreError> {
    let (ask, asked) = sync_channel(1);
    let thread = std::thread::Builder::new().name("store copier".to_owned());
    let copier = thread.spawn(move || serve(&connection, &asked));
    let copier = copier.map_err(|error| StoreError::fault(format!("the copier does not start: {error}")))?;
    Ok(Checkpoints { copier: Some((ask, copier)) })
}

impl Checkpoints {
    /// Looks at the log after a group, and wakes the thread if there is enough to copy.
    pub(crate) fn mind(&self, connection: &Connection) {
        if let Some((ask, _)) = &self.copier
            && waiting(connection).is_ok_and(|pages| pages > COPY)
        {
            // A full box means that it is busy with just that.
            let _ = ask.try_send(());
        }
    }

    /// Ends the thread and waits for it: nothing may hold the files when their locks are let go.
    pub(crate) fn close(mut self) {
        if let Some((ask, copier)) = self.copier.take() {
            drop(ask);
            let _ = copier.join();
        }
    }
}

/// How many pages of the log are not in the data file yet.
fn waiting(connection: &Connection) -> rusqlite::Result<i64> {
    let mut look = connection.prepare_cached("PRAGMA main.wal_checkpoint(NOOP)")?;
    look.query_row([], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))
}

fn serve(connection: &Connection, asked: &Receiver<()>) {
    while asked.recv().is_ok() {
        // Without waiting for anybody: what a reader still needs where it is stays there.
        let copied = connection.query_row("PRAGMA main.wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = copied.map_err(fault) {
            // Nothing is lost: the log keeps growing, and the next group asks again.
            tracing::error!(%error, "the log could not be copied into the data file");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::connection::{Keys, open, open_copier};
    use crate::sqlite::folder::Folders;

    #[test]
    fn the_log_is_copied_beside_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::lock(folder.path(), folder.path()).unwrap();
        let keys = Keys::new([[1; 32], [2; 32]]);
        let connection = open(&folders, &keys).unwrap();
        let checkpoints = start(open_copier(&folders, &keys).unwrap()).unwrap();
        connection.execute_batch("CREATE TABLE t (x BLOB)").unwrap();
        let many = "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) \
                    SELECT randomblob(3000) FROM n";
        connection.execute_batch(many).unwrap();
        assert!(waiting(&connection).unwrap() > COPY, "the writer copies nothing by itself");
        checkpoints.mind(&connection);
        checkpoints.close();
        assert_eq!(waiting(&connection).unwrap(), 0);
    }
}
