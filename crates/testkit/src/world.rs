//! Worlds for tests: 1 March 2026, nine in the morning, and chance with a seed.

use std::sync::Arc;

use model::{Moment, World};

use crate::{SeededChance, TestClock};

/// 2026-03-01T09:00:00Z.
const MORNING: Moment = Moment::from_millis(1_772_355_600_000);

/// A world that stands still.
pub fn world() -> World {
    moving_world().0
}

/// A world, and the clock that moves it.
pub fn moving_world() -> (World, Arc<TestClock>) {
    seeded_world(1)
}

/// A world with another seed, for tests that need two which differ.
pub fn seeded_world(seed: u64) -> (World, Arc<TestClock>) {
    let clock = Arc::new(TestClock::at(MORNING));
    let world = World { clock: Arc::clone(&clock) as Arc<dyn model::Clock>, chance: Arc::new(SeededChance::new(seed)) };
    (world, clock)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn time_moves_only_when_told_and_chance_repeats_itself() {
        let (world, clock) = moving_world();
        let before = world.now();
        clock.advance(Duration::from_secs(60));
        assert_eq!(world.now().since(before), Duration::from_secs(60));
        let (again, _) = moving_world();
        let first: [u8; 12] = world.random();
        assert_eq!(first, again.random::<12>());
        assert_ne!(first, world.random::<12>());
    }
}
