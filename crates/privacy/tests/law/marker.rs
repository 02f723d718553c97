//! The marker test (Invariant 3): two people, one erased; nothing of hers is left, all of his is.

use std::io::Write;
use std::sync::{Arc, Mutex};

use crate::dump::{Hay, cells, files, found};
use crate::house::House;
use crate::plant::{Marker, Planted, plant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_hers_all_of_his() {
    let log = Log::listen();
    for house in House::both().await {
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let before = cells(&house).await;
        expect(&before, &ada, true);
        expect(&before, &bob, true);

        let erasure = house.erase_by_the_runner(ada.person).await;

        let after = cells(&house).await;
        expect(&after, &ada, false);
        expect(&after, &bob, true);
        house.store.settle().await.unwrap();
        let disk = Hay::new(&files(house.folder()));
        // The server engine does not encrypt its files: what is not sealed can be read on its disk, his for good, hers until
        // the server's own log is reused. What is sealed never could.
        let sealed = |marker: &&Marker| !house.is_postgres() || marker.column.ends_with("_sealed");
        for marker in ada.markers.iter().chain(&bob.markers).filter(sealed) {
            assert!(!disk.has(&marker.needle), "{}.{} is readable on disk", marker.table, marker.column);
        }
        let receipt = privacy::erase::receipt(&house.store, erasure).await.unwrap();
        let progress = format!("{:?}", privacy::erase::progress(&house.store, erasure).await.unwrap());
        for text in [receipt.as_bytes(), progress.as_bytes(), &log.text()] {
            for marker in &ada.markers {
                assert!(!found(text, &marker.needle), "{}.{} is in receipt or log", marker.table, marker.column);
            }
            assert!(!found(text, ada.person.to_string().as_bytes()), "her id is in receipt or log");
        }
    }
}

/// Every planted string, every id of hers and her key's mark: all there, or none.
fn expect(dump: &[u8], who: &Planted, there: bool) {
    let dump = Hay::new(dump);
    for marker in &who.markers {
        let (table, column) = (marker.table, marker.column);
        assert_eq!(dump.has(&marker.needle), there, "{table}.{column}: what was planted there must be {}", word(there));
    }
    for (table, id) in &who.ids {
        if *table != "conversation_word" {
            assert_eq!(dump.has(id.as_bytes()), there, "the id of a {table} must be {}", word(there));
        }
    }
    assert_eq!(dump.has(&who.key_id), there, "an envelope of the person's key must be {}", word(there));
}

fn word(there: bool) -> &'static str {
    if there { "there" } else { "gone" }
}

/// Everything any crate says to the log, at the most talkative level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn listen() -> Log {
        let log = Log::default();
        let writer = log.clone();
        let listening =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
        let _ = tracing::subscriber::set_global_default(listening.finish());
        log
    }

    fn text(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
