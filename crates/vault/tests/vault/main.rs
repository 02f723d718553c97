//! The vault's promises, from outside.

mod desk;
mod keyring;
mod master_file;
mod sealing;
mod second_hand;
