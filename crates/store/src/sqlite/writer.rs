//! The one thread that writes: takes every waiting work, commits them as one group, then answers each caller.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::checkpoint::Checkpoints;
use super::connection::PATIENCE;
use super::folder::Folders;
use super::run::{fault, run};
use crate::errand::{Errand, Errands, GROUP, Logs, Outcome, Settling, Waiting};
use crate::{StoreError, Work};

/// How often, and how long, a group that is smaller than the one before it is waited for.
const PAUSES: usize = 3;
const PAUSE: Duration = Duration::from_micros(20);
/// How long readers of a log that is to be emptied are waited for.
const A_MOMENT: Duration = Duration::from_millis(20);

/// Waits, when dropped, until the writer has closed its files: a program that ended meanwhile would take the engine away
/// under a thread that still uses it.
pub(crate) struct Ended(Option<JoinHandle<()>>);

impl Drop for Ended {
    fn drop(&mut self) {
        // A writer that panicked has ended as well.
        let _ = self.0.take().map(JoinHandle::join);
    }
}

/// Starts the thread. It owns the locks on the folders and lets go of them last.
pub(crate) fn start(
    connection: Connection,
    folders: Folders,
    checkpoints: Checkpoints,
) -> Result<(Errands, Ended), StoreError> {
    let (errands, waiting) = Errands::channel();
    let thread = thread::Builder::new().name("store writer".to_owned());
    let started = thread.spawn(move || serve(connection, folders, checkpoints, waiting));
    let started = started.map_err(|error| StoreError::fault(format!("the writer does not start: {error}")))?;
    Ok((errands, Ended(Some(started))))
}

fn serve(connection: Connection, folders: Folders, checkpoints: Checkpoints, mut waiting: mpsc::Receiver<Errand>) {
    let mut errands = Vec::with_capacity(GROUP);
    let mut group = Vec::with_capacity(GROUP);
    let mut settling = Vec::new();
    let mut closing = None;
    let mut latest = 0;
    while closing.is_none() && waiting.blocking_recv_many(&mut errands, GROUP) > 0 {
        gather(&mut waiting, &mut errands, latest);
        latest = errands.len();
        for errand in errands.drain(..) {
            match errand {
                Errand::Write(work, answer) => group.push((work, answer)),
                Errand::Settle(asked) => settling.push(asked),
                Errand::Close(answer) => closing = Some(answer),
            }
        }
        commit_and_answer(&connection, &mut group);
        settle_and_answer(&connection, &mut settling);
        checkpoints.mind(&connection);
    }
    drop(waiting);
    checkpoints.close();
    drop(connection);
    drop(folders);
    if let Some(answer) = closing {
        let _ = answer.send(());
    }
}

/// The writers answered a moment ago are about to send their next works: waiting for them for a fraction of a flush
/// saves a flush for the few that were quickest. A lone writer is never kept waiting.
fn gather(waiting: &mut mpsc::Receiver<Errand>, errands: &mut Vec<Errand>, latest: usize) {
    for _ in 0..PAUSES {
        if errands.len() >= latest {
            return;
        }
        thread::sleep(PAUSE);
        while errands.len() < GROUP {
            let Ok(errand) = waiting.try_recv() else { break };
            errands.push(errand);
        }
    }
}

/// A caller that has gone away meanwhile misses its answer; its work stands all the same.
fn commit_and_answer(connection: &Connection, group: &mut Vec<Waiting>) {
    let works: Vec<&Work> = group.iter().map(|(work, _)| work).collect();
    let outcomes = commit(connection, &works);
    for ((_, answer), outcome) in group.drain(..).zip(outcomes) {
        let _ = answer.send(outcome);
    }
}

/// Commits the works as one group, in the hope that none fails: then they need no savepoints, for each of which the engine
/// would keep, and encrypt, a copy of every page that the work touches. If one fails, all are undone and done again behind
/// savepoints. Where the engine gives the whole group up (a full disk, say), each work is tried alone, so that each caller gets
/// its own answer.
fn commit(connection: &Connection, works: &[&Work]) -> Vec<Outcome> {
    if let [_, _, ..] = works {
        if let Some(outcomes) = together(connection, works) {
            return outcomes;
        }
        if let Ok(outcomes) = behind_savepoints(connection, works) {
            return outcomes;
        }
    }
    works.iter().map(|work| alone(connection, work)).collect()
}

/// All of them or, where one fails, nothing.
fn together(connection: &Connection, works: &[&Work]) -> Option<Vec<Outcome>> {
    command(connection, "BEGIN IMMEDIATE").ok()?;
    let done: Result<Vec<_>, _> = works.iter().map(|work| each(connection, work)).collect();
    let committed = done.and_then(|done| command(connection, "COMMIT").map(|()| done));
    let done = committed.inspect_err(|_| abandon(connection)).ok()?;
    Some(done.into_iter().map(Ok).collect())
}

fn behind_savepoints(connection: &Connection, works: &[&Work]) -> Result<Vec<Outcome>, StoreError> {
    command(connection, "BEGIN IMMEDIATE")?;
    let mut outcomes = Vec::with_capacity(works.len());
    for work in works {
        let kept = command(connection, "SAVEPOINT work").and_then(|()| {
            outcomes.push(each(connection, work));
            if outcomes.last().is_some_and(Result::is_err) {
                command(connection, "ROLLBACK TO work")?;
            }
            command(connection, "RELEASE work")
        });
        if let Err(error) = kept {
            abandon(connection);
            return Err(error);
        }
    }
    command(connection, "COMMIT").inspect_err(|_| abandon(connection))?;
    Ok(outcomes)
}

fn alone(connection: &Connection, work: &Work) -> Outcome {
    command(connection, "BEGIN IMMEDIATE")?;
    let outcome = each(connection, work).and_then(|done| command(connection, "COMMIT").map(|()| done));
    if outcome.is_err() {
        abandon(connection);
    }
    outcome
}

fn each(connection: &Connection, work: &Work) -> Outcome {
    work.statements.iter().enumerate().map(|(position, statement)| run(connection, statement, position)).collect()
}

fn command(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql).and_then(|mut prepared| prepared.raw_execute()).map(|_| ()).map_err(fault)
}

/// Some errors end the transaction by themselves; the others need to be told.
fn abandon(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = command(connection, "ROLLBACK")
    {
        tracing::error!(%error, "a transaction could not be rolled back");
    }
}

/// Once for all who asked: after the works that were asked for with them.
fn settle_and_answer(connection: &Connection, settling: &mut Vec<Settling>) {
    if settling.is_empty() {
        return;
    }
    let everything = settling.iter().any(|(logs, _)| *logs == Logs::Everything);
    let outcome = settle(connection, if everything { &["main", "keyring"] } else { &["keyring"] });
    for (_, answer) in settling.drain(..) {
        let _ = answer.send(outcome.clone());
    }
}

/// Brings every page into these files and empties their logs. A reader who takes long is not waited for here, where nobody can
/// write meanwhile, but by whoever asked.
fn settle(connection: &Connection, files: &[&str]) -> Result<(), StoreError> {
    connection.busy_timeout(A_MOMENT).map_err(fault)?;
    let emptied = files.iter().try_for_each(|file| {
        let query = format!("PRAGMA {file}.wal_checkpoint(TRUNCATE)");
        let busy: i64 = connection.query_row(&query, [], |row| row.get(0)).map_err(fault)?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    });
    connection.busy_timeout(PATIENCE).map_err(fault)?;
    emptied
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::connection::{Keys, open, open_reader};
    use crate::sqlite::migrate::migrate;
    use crate::{Fence, Statement, params};

    const FOUND: &str =
        "INSERT INTO organisation (id, name, widget_key, settings, created_at) VALUES ($1, $2, $1, $2, 0)";

    fn big(id: usize) -> Work {
        let statement = Statement::new(FOUND, params![format!("org_{id}"), "x".repeat(20_000)]);
        Work::new(Fence::House).with(statement)
    }

    fn limit(connection: &Connection, spare_pages: i64) {
        let pages: i64 = connection.query_row("PRAGMA main.page_count", [], |row| row.get(0)).unwrap();
        let sql = format!("PRAGMA main.max_page_count = {}", pages + spare_pages);
        connection.query_row(&sql, [], |_| Ok(())).unwrap();
    }

    /// Whoever reads for long, as a backup does, must not keep all who write waiting.
    #[test]
    fn a_log_that_is_read_is_not_emptied_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::lock(folder.path(), folder.path()).unwrap();
        let keys = Keys::new([[1; 32], [2; 32]]);
        let connection = open(&folders, &keys).unwrap();
        migrate(&connection).unwrap();
        let reader = open_reader(&folders, &keys).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM organisation;").unwrap();
        assert!(commit(&connection, &[&big(1)]).iter().all(Result::is_ok));
        assert_eq!(settle(&connection, &["main", "keyring"]), Err(StoreError::Busy));
        assert!(commit(&connection, &[&big(2)]).iter().all(Result::is_ok), "writing goes on");
        reader.execute_batch("COMMIT").unwrap();
        assert_eq!(settle(&connection, &["main", "keyring"]), Ok(()));
    }

    /// The engine meets its page limit as it meets a full disk: with the same error at the same places.
    #[test]
    fn a_full_disk_fails_what_does_not_fit_and_damages_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::lock(folder.path(), folder.path()).unwrap();
        let connection = open(&folders, &Keys::new([[1; 32], [2; 32]])).unwrap();
        migrate(&connection).unwrap();
        limit(&connection, 40);
        let works: Vec<Work> = (0..20).map(big).collect();
        let outcomes = commit(&connection, &works.iter().collect::<Vec<_>>());
        let fitted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert!((1..20).contains(&fitted), "{fitted} of 20 fitted");
        assert!(outcomes.iter().all(|outcome| !outcome.as_ref().is_err_and(|error| *error != StoreError::Full)));
        let kept: i64 = connection.query_row("SELECT count(*) FROM organisation", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, i64::try_from(fitted).unwrap(), "what was answered is there, and nothing else");
        let sound: String = connection.query_row("PRAGMA main.integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        limit(&connection, 1_000_000);
        assert!(commit(&connection, &[&big(99)]).iter().all(Result::is_ok), "with room again, writing goes on");
    }
}
