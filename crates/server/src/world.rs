//! The real clock and the system's randomness: the only place where either enters the program.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::fill;
use model::{Chance, Clock, Moment, World};

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    fn now(&self) -> Moment {
        let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.as_millis());
        Moment::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        // Predictable keys and tokens would be worse than no server.
        if fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// The world as it is.
pub fn real() -> World {
    World { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance) }
}
