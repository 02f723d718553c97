//! Stories of the desk, told on both engines: asking, answering, taking over, what leaves and what does not.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a story that goes wrong must end loudly")]

mod answering;
mod handover;
mod house;
mod retention;
mod scripted_model;
