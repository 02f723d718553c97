//! The store's stories, each told once and run on both engines.

mod conformance;
mod cupboard;
mod fence;
mod files;
mod group;
mod reads;
mod schema;
mod scene;
mod server;
