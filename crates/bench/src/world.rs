//! The real clock and numbers that nobody could foresee, for what is measured inside this program.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use model::{Chance, Clock, Moment, World};

struct Now;

impl Clock for Now {
    fn now(&self) -> Moment {
        let millis = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |span| span.as_millis());
        Moment::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }
}

/// Good enough for ids: nothing that is measured here is secret.
struct Numbers(RandomState, AtomicU64);

impl Chance for Numbers {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.0.hash_one(self.1.fetch_add(1, Ordering::Relaxed));
            chunk.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, random)| *byte = random);
        }
    }
}

/// A world to measure in.
pub fn real() -> World {
    World { clock: Arc::new(Now), chance: Arc::new(Numbers(RandomState::new(), AtomicU64::new(0))) }
}
