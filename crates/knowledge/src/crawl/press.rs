//! Reads pages on threads of their own: as many as there are cores, with a deep stack, a time-out, and no way to take the house down.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// Parsers of hostile input recurse; the default stack of two megabytes is soon used up.
const STACK: usize = 32 * 1024 * 1024;

/// The threads.
#[derive(Clone)]
pub(super) struct Press {
    free: Arc<Semaphore>,
}

impl Press {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { free: Arc::new(Semaphore::new(cores)) }
    }

    /// Runs `read` on a thread of its own; says why there is no result.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, &'static str> {
        let free = self.free.clone();
        // A thread that never ends keeps its permit: at worst nothing more is read, but the machine is not flooded.
        let permit = tokio::time::timeout(patience * 4, free.acquire_owned()).await.map_err(|_| "reading_too_slow")?;
        let permit = permit.map_err(|_| "reading_failed")?;
        let (sender, receiver) = oneshot::channel();
        let thread = std::thread::Builder::new().name("read a page".to_owned()).stack_size(STACK);
        let spawned = thread.spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(read));
            drop(permit);
            let _ = sender.send(result.map_err(|_| "reading_failed"));
        });
        spawned.map_err(|_| "reading_failed")?;
        tokio::time::timeout(patience, receiver).await.map_err(|_| "reading_too_slow")?.map_err(|_| "reading_failed")?
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
}
