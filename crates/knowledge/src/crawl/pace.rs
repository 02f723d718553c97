//! Keeps the distance between two requests to one website.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// Hands out moments to begin a request, one after the other.
pub(super) struct Pace {
    gap: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn new(gap: Duration) -> Self {
        Self { gap, next: Mutex::new(None) }
    }

    /// Returns when the next request may begin.
    pub(super) async fn turn(&self) {
        if self.gap.is_zero() {
            return;
        }
        let at = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            let at = next.unwrap_or(now).max(now);
            *next = Some(at + self.gap);
            at
        };
        tokio::time::sleep_until(at).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn requests_keep_their_distance_even_when_asked_at_once() {
        let (pace, start) = (Pace::new(Duration::from_millis(20)), Instant::now());
        futures::future::join_all((0..6).map(|_| pace.turn())).await;
        assert!(start.elapsed() >= Duration::from_millis(100), "five gaps between six requests");
        Pace::new(Duration::ZERO).turn().await;
    }
}
