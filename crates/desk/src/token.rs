//! Tokens: 256 unpredictable bits with a prefix that says what they open. Shown once; only their hash is kept.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use model::World;

/// A new token and the hash under which it is stored.
pub(crate) fn fresh(world: &World, prefix: &str) -> (String, Vec<u8>) {
    let token = format!("{prefix}{}", HEXLOWER.encode(&world.random::<32>()));
    let hash = hashed(&token);
    (token, hash)
}

/// The hash of a token. Nothing slower is needed: 256 random bits cannot be guessed.
pub(crate) fn hashed(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}
