//! The peer: a bare rusqlite loop with the same grouping and the same durability, without HTTP, keys, words or jobs.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use anyhow::Result;
use rusqlite::Connection;

/// How many writes one commit takes at most, as in the store.
const GROUP: usize = 256;

type Reply = SyncSender<()>;

/// Writes from this many threads for `seconds`; writes a second and the 99th percentile in milliseconds.
pub fn run(writers: usize, seconds: f64) -> Result<(f64, f64)> {
    let folder = tempfile::tempdir()?;
    let connection = Connection::open(folder.path().join("bare.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
         CREATE TABLE conversation (id INTEGER PRIMARY KEY, last_seq INTEGER, last_activity_at INTEGER);
         CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, seq INTEGER, body BLOB, created_at INTEGER);",
    )?;
    for id in 0..writers {
        connection.execute("INSERT INTO conversation VALUES (?1, 0, 0)", [i64::try_from(id)?])?;
    }
    let (send, receive) = sync_channel::<(i64, Reply)>(1024);
    let writer = std::thread::spawn(move || write(&connection, &receive));
    let started = Instant::now();
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
    let rate = times.len() as f64 / elapsed;
    Ok((rate, crate::quantile(&times, 0.99)))
}

fn speak(id: usize, send: &SyncSender<(i64, Reply)>, seconds: f64) -> Vec<f64> {
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

fn write(connection: &Connection, receive: &Receiver<(i64, Reply)>) -> Result<()> {
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
        for (_, reply) in group {
            let _ = reply.send(());
        }
    }
    Ok(())
}
