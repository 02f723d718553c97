//! Encoders: what turns a text into a vector of its meaning, here on this machine. Off unless the configuration names one.

mod minilm;
mod tensors;
mod vectors;
mod wordpiece;

pub use minilm::{Hashes, MiniLm};
pub use vectors::Vectors;

/// Turns a text into a vector of length 1; near vectors are near meanings.
pub trait Encoder: Send + Sync {
    /// What it is called in the account of an answer.
    fn name(&self) -> &str;
    /// How many numbers a vector has.
    fn dimensions(&self) -> usize;
    /// The vector of a text; texts longer than the model reads are cut. Takes tens of milliseconds: not for threads that serve.
    fn encode(&self, text: &str) -> Vec<f32>;
}

/// Why an encoder could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum EncoderFault {
    /// A file is missing or cannot be read.
    #[error("the encoder's file {0} cannot be read")]
    Missing(String),
    /// A file is not the one that the configuration names.
    #[error("the encoder's file {file} has the SHA-256 {found}, not the one in the configuration")]
    Changed {
        /// The file.
        file: String,
        /// What was found, in hexadecimal.
        found: String,
    },
    /// The file is not of the form that is expected.
    #[error("the encoder's weights are not of the expected form: {0}")]
    Form(String),
}
