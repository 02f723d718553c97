//! Stories over HTTP: a whole server on a loopback port, actors who talk to it, and a clock that moves when told. Each story
//! runs on every engine this machine has.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a story that goes wrong must end loudly")]

mod bad_input;
mod demo;
mod document;
mod first_run;
mod header;
mod house;
mod key;
mod permission;
mod program;
mod public_page;
mod session;
mod setting;
mod team;
