//! The installation's signature (Ed25519, RFC 8032), under which receipts are given.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::MasterKey;

/// Signs receipts. The key is derived from the master key, so it needs no file of its own.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    #[expect(clippy::expect_used, reason = "any 32 bytes are an Ed25519 seed")]
    pub(crate) fn new(master: &MasterKey) -> Self {
        let seed = zeroize::Zeroizing::new(master.derive("receipt signature"));
        Self(Ed25519KeyPair::from_seed_unchecked(seed.as_slice()).expect("32 bytes are a seed"))
    }

    /// The signature of `message`, 64 bytes.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }

    /// The public key, 32 bytes: whoever has it can verify without us.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }
}

/// True if `signature` is the holder of `public_key`'s signature of `message`.
pub fn verify(public_key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(message, signature).is_ok()
}
