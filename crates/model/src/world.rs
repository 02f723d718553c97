//! Time and chance, injected: the only two things a program cannot compute.

use std::sync::Arc;

use crate::Moment;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// Where unpredictable bytes come from.
pub trait Chance: Send + Sync {
    /// Fills `bytes` with unpredictable ones.
    fn fill(&self, bytes: &mut [u8]);
}

/// Clock and chance together, as every deed needs them.
#[derive(Clone)]
pub struct World {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The chance.
    pub chance: Arc<dyn Chance>,
}

impl World {
    /// Now.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// `N` unpredictable bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.chance.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    struct Fixed(i64);
    impl Clock for Fixed {
        fn now(&self) -> Moment {
            Moment::from_millis(self.0)
        }
    }
    impl Chance for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    pub(crate) fn fixed(millis: i64) -> World {
        World { clock: Arc::new(Fixed(millis)), chance: Arc::new(Fixed(millis)) }
    }
}
