//! What the assistant knows: crawl a website, keep frozen pages, cut passages, find them and quote them. Never sees a person.

pub mod bm25;
pub mod chunk;
mod collection;
pub mod crawl;
#[cfg(test)]
mod demo_tests;
pub mod encoder;
pub mod extract;
mod fault;
pub mod follow;
pub mod fuse;
mod hit;
mod kinds;
mod language;
mod learned;
mod library;
mod likeness;
mod links;
mod meanings;
mod page;
mod question;
pub mod quote;
mod rank;
mod reading;
#[cfg(test)]
mod sample;
mod search;
mod sentence;
mod shape;
mod shelf;
mod source;
mod stopwords;
mod synonyms;
mod terms;
mod words;

pub use collection::{Collection, Gatherer};
pub use crawl::{Manner, Progress};
pub use fault::Fault;
pub use hit::{Hit, Weights};
pub use language::Language;
pub use library::Library;
pub use likeness::{Gist, Likeness, repeats};
pub use page::{Edit, Page, PageFilter, PageList, PageRow, Passage, Snapshot, SnapshotRow, Version};
pub use question::Asks;
pub use search::Mix;
pub use source::{Limits, Source};
