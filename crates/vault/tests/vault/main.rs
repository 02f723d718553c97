//! The vault's promises, from outside.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests fail loudly")]

mod desk;
mod keyring;
mod master_file;
mod sealing;
mod second_hand;
