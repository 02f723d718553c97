//! The store's stories, each told once and run on both engines.

#![expect(clippy::unwrap_used, reason = "the stage of a story may fail loudly")]

mod conformance;
mod consent;
mod cupboard;
mod dump;
mod fence;
mod files;
mod group;
mod lane;
mod reads;
mod scene;
mod schema;
mod server;
