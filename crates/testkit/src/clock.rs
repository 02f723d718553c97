//! A clock that stands still until a test moves it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use model::{Clock, Moment};

/// Stands still until it is moved, so that a test of thirty days takes no time and never flickers.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock that shows `moment`.
    pub fn at(moment: Moment) -> Self {
        Self(AtomicI64::new(moment.millis()))
    }

    /// Moves it forward.
    pub fn advance(&self, span: Duration) {
        self.set(self.now().plus(span));
    }

    /// Makes it show `moment`.
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.millis(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}
