//! Crawling: reads a website page by page, politely, resumably, and says at every moment how far it is.

mod crawler;
mod judge;
mod keep;
mod manner;
mod pace;
mod press;
mod progress;
mod robots;
mod session;
mod sitemap;
mod visit;

pub use crawler::{Crawler, KIND};
pub use manner::Manner;
pub use progress::{Failure, Progress, Reason, State};
