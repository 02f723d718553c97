//! The test house: a clock that moves when told, chance with a seed, and a store of one's own on each engine.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "this crate is used by tests only, where failing loudly is the point"
)]

mod chance;
mod clock;
mod cluster;
mod keep;
mod planted;
mod python;
mod world;

pub use chance::SeededChance;
pub use clock::TestClock;
pub use keep::{TestStore, engines, temp_store};
pub use planted::{Planted, planted};
pub use python::{not_tested, python};
pub use world::{moving_world, seeded_world, world};
