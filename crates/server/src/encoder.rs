//! Turns the configuration's `[encoder]` into an encoder, or into nothing: then pages are found by their words alone.

use std::path::Path;
use std::sync::Arc;

use knowledge::encoder::{Encoder, Hashes, MiniLm};

use crate::config;
use crate::stop::Stop;

/// The configured encoder, if any; its files are verified before they are used.
pub fn configured(named: &config::Encoder) -> Result<Option<Arc<dyn Encoder>>, Stop> {
    if named.folder.is_empty() {
        return Ok(None);
    }
    let hashes = Hashes { weights: &named.weights_sha256, vocabulary: &named.vocabulary_sha256 };
    let loaded = MiniLm::load(Path::new(&named.folder), hashes);
    let encoder = loaded.map_err(|fault| Stop::config(format!("encoder: {fault}.")))?;
    Ok(Some(Arc::new(encoder)))
}
