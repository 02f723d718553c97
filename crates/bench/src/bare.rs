//! The peer: a bare rusqlite loop with the same grouping and the same durability, without HTTP, keys, words or jobs. Also over
//! the encrypted engine, so that the price of encryption shows.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use anyhow::Result;
use rusqlite::Connection;

use crate::{cpu, quantile};

/// How many writes one commit takes at most, as in the store.
const GROUP: usize = 256;

/// Whether the file is encrypted whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// `SQLite` as everybody knows it.
    Plain,
    /// `SQLCipher` with its defaults.
    Encrypted,
}

/// Who waits for a write.
pub trait Waiting: Send {
    /// It is on the disk.
    fn written(self);
}

impl Waiting for SyncSender<()> {
    fn written(self) {
        let _ = self.send(());
    }
}

/// What was measured.
pub struct Measured {
    /// Writes a second.
    pub rate: f64,
    /// The 99th percentile, in milliseconds.
    pub p99: f64,
    /// Processor time of one write, writers and loop together, in microseconds.
    pub cpu: f64,
}

/// The file and its two tables, with rows for so many conversations.
pub fn open(folder: &std::path::Path, engine: Engine, conversations: usize) -> Result<Connection> {
    let connection = Connection::open(folder.join("bare.db"))?;
    if engine == Engine::Encrypted {
        connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)))?;
    }
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
         CREATE TABLE conversation (id INTEGER PRIMARY KEY, last_seq INTEGER, last_activity_at INTEGER);
         CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, seq INTEGER, body BLOB, created_at INTEGER);",
    )?;
    for id in 0..conversations {
        connection.execute("INSERT INTO conversation VALUES (?1, 0, 0)", [i64::try_from(id)?])?;
    }
    Ok(connection)
}

/// Writes from this many threads for `seconds`.
pub fn run(engine: Engine, writers: usize, seconds: f64) -> Result<Measured> {
    let folder = tempfile::tempdir()?;
    let connection = open(folder.path(), engine, writers)?;
    let (send, receive) = sync_channel::<(i64, SyncSender<()>)>(1024);
    let writer = std::thread::spawn(move || write(&connection, &receive));
    let (started, used) = (Instant::now(), cpu::of_myself()?);
    let speakers: Vec<_> = (0..writers)
        .map(|id| {
            let send = send.clone();
            std::thread::spawn(move || speak(id, &send, seconds))
        })
        .collect();
    drop(send);
    let mut times: Vec<f64> = speakers.into_iter().flat_map(|speaker| speaker.join().unwrap_or_default()).collect();
    let elapsed = started.elapsed().as_secs_f64();
    let _ = writer.join();
    times.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let many = times.len() as f64;
    let cpu = (cpu::of_myself()? - used) / many * 1e6;
    Ok(Measured { rate: many / elapsed, p99: quantile(&times, 0.99), cpu })
}

fn speak(id: usize, send: &SyncSender<(i64, SyncSender<()>)>, seconds: f64) -> Vec<f64> {
    let started = Instant::now();
    let mut times = Vec::new();
    let (reply, answered) = sync_channel(1);
    while started.elapsed().as_secs_f64() < seconds {
        let one = Instant::now();
        if send.send((i64::try_from(id).unwrap_or_default(), reply.clone())).is_err() || answered.recv().is_err() {
            break;
        }
        times.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    times
}

/// The loop: takes what waits, writes it as one commit, answers each.
pub fn write<W: Waiting>(connection: &Connection, receive: &Receiver<(i64, W)>) -> Result<()> {
    let mut touch = connection.prepare(
        "UPDATE conversation SET last_seq = last_seq + 1, last_activity_at = ?2 WHERE id = ?1 RETURNING last_seq",
    )?;
    let mut insert =
        connection.prepare("INSERT INTO message (conversation, seq, body, created_at) VALUES (?1, ?2, ?3, ?4)")?;
    let body = [7u8; 260];
    while let Ok(first) = receive.recv() {
        let mut group = vec![first];
        group.extend(receive.try_iter().take(GROUP - 1));
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for (id, _) in &group {
            connection.execute_batch("SAVEPOINT one")?;
            let seq: i64 = touch.query_row((id, 1), |row| row.get(0))?;
            insert.execute((id, seq, &body[..], 1))?;
            connection.execute_batch("RELEASE one")?;
        }
        connection.execute_batch("COMMIT")?;
        for (_, waiting) in group {
            waiting.written();
        }
    }
    Ok(())
}
