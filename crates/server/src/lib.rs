//! The server: configuration, routes, web assets and the OpenAPI document. The only floor that knows HTTP and JSON bodies.

pub mod backup;
pub mod cli;
mod cli_backup;
mod cli_promises;
pub mod config;
pub mod http;
pub mod reconcilers;
pub mod start;
pub mod state;
pub mod stop;

mod answerer;
mod demo;
mod document;
mod encoder;
mod log;
mod master;
mod panics;
mod post;
pub mod witness;
mod world;

pub use http::app;
pub use start::{Running, start, start_over};
