//! The sealed bytes: `version | suite | key id | nonce | ciphertext | tag`, with header and place authenticated.

use aws_lc_rs::aead::{AES_256_GCM, AES_256_GCM_SIV, Aad, Algorithm, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::{Zeroize, Zeroizing};

use crate::derive::child;
use crate::{Place, SealError};

pub(crate) const VERSION: u8 = 1;
const KEY_ID_LEN: usize = 8;
/// Version, suite and key id.
const HEADER_LEN: usize = 2 + KEY_ID_LEN;
const TAG_LEN: usize = 16;
/// How much longer than the words an envelope is.
pub(crate) const OVERHEAD: usize = HEADER_LEN + NONCE_LEN + TAG_LEN;

/// Which cipher.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    /// AES-256-GCM for what people say: one key per person stays far from the bound for random nonces.
    Gcm,
    /// AES-256-GCM-SIV for wrapping keys: forgives a repeated nonce, as after a restored machine image.
    GcmSiv,
}

impl Suite {
    fn byte(self) -> u8 {
        match self {
            Suite::Gcm => 1,
            Suite::GcmSiv => 2,
        }
    }

    fn algorithm(self) -> &'static Algorithm {
        match self {
            Suite::Gcm => &AES_256_GCM,
            Suite::GcmSiv => &AES_256_GCM_SIV,
        }
    }
}

/// A key that is ready to seal and open.
pub(crate) struct EnvelopeKey {
    key: LessSafeKey,
    /// Version, suite, key id. The id is derived from the key, so a value opens under no other key than its own.
    header: [u8; HEADER_LEN],
}

impl EnvelopeKey {
    #[expect(clippy::expect_used, reason = "any 32 bytes are an AES-256 key")]
    pub(crate) fn new(suite: Suite, bytes: &[u8; 32]) -> Self {
        let key = UnboundKey::new(suite.algorithm(), bytes).expect("32 bytes are a key");
        let mut header = [VERSION; HEADER_LEN];
        let id = child(bytes, "key id");
        for (to, from) in header.iter_mut().zip([VERSION, suite.byte()].iter().chain(id.iter())) {
            *to = *from;
        }
        Self { key: LessSafeKey::new(key), header }
    }

    /// Seals `plain` for `place`. The nonce must be unpredictable and new.
    pub(crate) fn seal(&self, nonce: [u8; NONCE_LEN], place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut body = Vec::with_capacity(plain.len());
        body.extend_from_slice(plain);
        let aad = Aad::from(self.associated(place));
        let tag = self.key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, &mut body);
        let Ok(tag) = tag else {
            body.zeroize();
            return Err(SealError::Envelope);
        };
        let mut sealed = Vec::with_capacity(OVERHEAD + body.len());
        sealed.extend_from_slice(&self.header);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&body);
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens what was sealed for `place` with this key.
    pub(crate) fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (header, rest) = sealed.split_at_checked(HEADER_LEN).ok_or(SealError::Envelope)?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(SealError::Envelope)?;
        if body.len() < TAG_LEN || header.get(..2) != self.header.get(..2) {
            return Err(SealError::Envelope);
        }
        if header != self.header {
            return Err(SealError::WrongKey);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Envelope)?;
        let mut plain = Zeroizing::new(body.to_vec());
        let length = match self.key.open_in_place(nonce, Aad::from(self.associated(place)), &mut plain) {
            Ok(opened) => opened.len(),
            Err(_) => return Err(SealError::Altered),
        };
        plain.truncate(length);
        Ok(plain)
    }

    fn associated(&self, place: &Place<'_>) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LEN + 96);
        bytes.extend_from_slice(&self.header);
        place.append_to(&mut bytes);
        bytes
    }
}
