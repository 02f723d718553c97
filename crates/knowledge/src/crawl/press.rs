//! Reads pages on threads of their own: as many as there are cores, with a deep stack, a time-out, and no way to take the house down.
//!
//! The threads stay. One for each page would be let go of (`pthread_detach`) in the very moment in which it ends, and there glibc looks
//! at the thread's memory after it may have been given back (<https://sourceware.org/bugzilla/show_bug.cgi?id=19951>, seen with 2.36):
//! stacks as deep as these are too large for its store of old stacks, so that is the end of the whole program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// Parsers of hostile input recurse; the default stack of two megabytes is soon used up.
const STACK: usize = 32 * 1024 * 1024;

/// One page to be read. It never unwinds.
type Sheet = Box<dyn FnOnce() + Send>;

/// The threads. They end when the last of these is dropped.
#[derive(Clone)]
pub(super) struct Press {
    /// A permit for each thread that is free.
    free: Arc<Semaphore>,
    sheets: Sender<Sheet>,
}

impl Press {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (sheets, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let threads = (0..cores).filter(|_| {
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("read pages".to_owned()).stack_size(STACK);
            thread.spawn(move || work(&waiting)).is_ok()
        });
        Self { free: Arc::new(Semaphore::new(threads.count())), sheets }
    }

    /// Runs `read` on one of the threads; says why there is no result.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, &'static str> {
        let free = self.free.clone();
        // A page that never ends keeps its thread: at worst nothing more is read, but the machine is not flooded.
        let permit = tokio::time::timeout(patience * 4, free.acquire_owned()).await.map_err(|_| "reading_too_slow")?;
        let permit = permit.map_err(|_| "reading_failed")?;
        let (sender, receiver) = oneshot::channel();
        let sheet = move || {
            let result = catch_unwind(AssertUnwindSafe(read));
            drop(permit);
            let _ = sender.send(result.map_err(|_| "reading_failed"));
        };
        self.sheets.send(Box::new(sheet)).map_err(|_| "reading_failed")?;
        tokio::time::timeout(patience, receiver).await.map_err(|_| "reading_too_slow")?.map_err(|_| "reading_failed")?
    }
}

/// What each thread does until nobody can bring it anything any more.
fn work(waiting: &Mutex<Receiver<Sheet>>) {
    loop {
        let sheet = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match sheet {
            Ok(sheet) => sheet(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_and_an_endless_page_are_only_reasons() {
        let press = Press::new();
        assert_eq!(press.run(Duration::from_secs(5), || 7).await, Ok(7));
        assert_eq!(press.run(Duration::from_secs(5), || -> u8 { panic!("on purpose") }).await, Err("reading_failed"));
        let slow = press.run(Duration::from_millis(20), || std::thread::sleep(Duration::from_millis(300))).await;
        assert_eq!(slow, Err("reading_too_slow"));
        assert_eq!(press.run(Duration::from_secs(5), || 8).await, Ok(8));
    }

    #[tokio::test]
    async fn however_many_pages_there_are_the_threads_stay_the_same_few() {
        let press = Press::new();
        let pages = (0..500).map(|_| press.run(Duration::from_secs(5), || std::thread::current().id()));
        let threads: std::collections::HashSet<_> =
            futures::future::join_all(pages).await.into_iter().map(Result::unwrap).collect();
        assert!(threads.len() <= std::thread::available_parallelism().unwrap().get(), "{}", threads.len());
    }
}
