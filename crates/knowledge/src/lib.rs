//! What the assistant knows: crawl a website, keep frozen pages, cut passages, find them and quote them. Never sees a person.

pub mod bm25;
pub mod chunk;
pub mod extract;
mod hit;
mod language;
mod question;
pub mod quote;
#[cfg(test)]
mod sample;
mod sentence;
mod stopwords;
mod words;

pub use hit::{Hit, Weights};
pub use language::Language;
pub use question::Asks;
