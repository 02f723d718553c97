//! The model clients against scripted servers.

mod dialects;
mod lineup;
mod planted;
mod scene;
#[path = "../house/model.rs"]
mod scripted;
mod stream;
mod wire;
