//! The key above all keys.

use data_encoding::HEXLOWER;
use model::World;
use zeroize::Zeroizing;

use crate::MasterKeyError;
use crate::derive::child;

/// The installation's master key. Whoever has it and the keys file can read everything; whoever has only the data
/// cannot read a word. Never printed: it has no `Debug` or `Display`.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// A new key from the injected chance.
    pub fn generate(world: &World) -> Self {
        Self(Zeroizing::new(world.random::<32>()))
    }

    /// From 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From 64 hexadecimal digits, as they stand in the key file or in an environment variable.
    pub fn from_hex(text: &str) -> Result<Self, MasterKeyError> {
        let text = Zeroizing::new(text.trim().to_ascii_lowercase());
        let bytes = Zeroizing::new(HEXLOWER.decode(text.as_bytes()).map_err(|_| MasterKeyError::NotHex)?);
        let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| MasterKeyError::Length(text.len()))?;
        if bytes == [0; 32] {
            return Err(MasterKeyError::Zero);
        }
        Ok(Self::from_bytes(bytes))
    }

    /// The 64 hexadecimal digits, for the key file.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(self.0.as_slice()))
    }

    /// A key for one purpose (HKDF-SHA256): one label, one key; none leads back to the master key.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        *child(&self.0, label)
    }
}
