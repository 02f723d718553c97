//! How long to wait after a failed run.

use std::time::Duration;

use model::World;

/// After the first failure.
const SHORTEST: Duration = Duration::from_secs(1);
/// However often it failed.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Doubles with every failed run, plus up to a quarter by chance, so that what failed together does not come back together.
pub(crate) fn pause(world: &World, attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    let base = SHORTEST.saturating_mul(2u32.saturating_pow(doublings)).min(LONGEST);
    let [chance] = world.random::<1>();
    base + (base / 4).mul_f64(f64::from(chance) / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    struct Fixed(u8);
    impl model::Clock for Fixed {
        fn now(&self) -> model::Moment {
            model::Moment::from_millis(0)
        }
    }
    impl model::Chance for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn world(byte: u8) -> World {
        World { clock: Arc::new(Fixed(byte)), chance: Arc::new(Fixed(byte)) }
    }

    #[test]
    fn pauses_double_up_to_a_bound() {
        let seconds: Vec<u64> = (1..=5).map(|attempts| pause(&world(0), attempts).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16]);
        assert_eq!(pause(&world(0), i64::MAX), LONGEST);
        assert_eq!(pause(&world(0), -3), SHORTEST);
    }

    #[test]
    fn chance_adds_a_quarter_at_most() {
        assert_eq!(pause(&world(255), 3), Duration::from_secs(5));
        assert!(pause(&world(100), 3) < Duration::from_secs(5));
    }
}
