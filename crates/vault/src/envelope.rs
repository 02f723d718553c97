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

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    /// Key, nonce, plain text, associated data; ciphertext and tag.
    type Vector = ([&'static str; 4], [&'static str; 2]);

    fn answers(algorithm: &'static Algorithm, vectors: &[Vector]) {
        for ([key, nonce, plain, associated], [ciphertext, tag]) in vectors {
            let key = LessSafeKey::new(UnboundKey::new(algorithm, &hex(key)).unwrap());
            let nonce: [u8; NONCE_LEN] = hex(nonce).try_into().unwrap();
            let mut body = hex(plain);
            let sealed = key.seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(hex(associated)),
                &mut body,
            );
            assert_eq!(HEXLOWER.encode(&body), *ciphertext);
            assert_eq!(HEXLOWER.encode(sealed.unwrap().as_ref()), *tag);
            let mut whole = hex(&format!("{ciphertext}{tag}"));
            let opened =
                key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(hex(associated)), &mut whole).unwrap();
            assert_eq!(HEXLOWER.encode(opened), *plain);
        }
    }

    const ZERO_KEY: &str = "0000000000000000000000000000000000000000000000000000000000000000";
    const ZERO_NONCE: &str = "000000000000000000000000";
    const FEED_KEY: &str = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";

    /// Test cases 13 to 16 of the GCM submission to NIST (SP 800-38D), the 256-bit ones with a 96-bit nonce.
    #[test]
    fn gcm_gives_the_answers_of_nist() {
        answers(
            &AES_256_GCM,
            &[
                ([ZERO_KEY, ZERO_NONCE, "", ""], ["", "530f8afbc74536b9a963b4f1c4cb738b"]),
                (
                    [ZERO_KEY, ZERO_NONCE, "00000000000000000000000000000000", ""],
                    ["cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"],
                ),
                (
                    [
                        FEED_KEY,
                        "cafebabefacedbaddecaf888",
                        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
                        "",
                    ],
                    [
                        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
                        "b094dac5d93471bdec1a502270e3cc6c",
                    ],
                ),
                (
                    [
                        FEED_KEY,
                        "cafebabefacedbaddecaf888",
                        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
                        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                    ],
                    [
                        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
                        "76fc6ece0f4e1768cddf8853bb2d551b",
                    ],
                ),
            ],
        );
    }

    /// RFC 8452, appendix C.2.
    #[test]
    fn gcm_siv_gives_the_answers_of_rfc_8452() {
        let key = "0100000000000000000000000000000000000000000000000000000000000000";
        let nonce = "030000000000000000000000";
        answers(
            &AES_256_GCM_SIV,
            &[
                ([key, nonce, "", ""], ["", "07f5f4169bbf55a8400cd47ea6fd400f"]),
                ([key, nonce, "0100000000000000", ""], ["c2ef328e5c71c83b", "843122130f7364b761e0b97427e3df28"]),
            ],
        );
    }

    /// Version 1 as it lies in existing databases: this test may be added to, never changed.
    #[test]
    fn version_one_stays_readable() {
        struct Fixed;
        impl model::Clock for Fixed {
            fn now(&self) -> model::Moment {
                model::Moment::from_millis(1_750_000_000_000)
            }
        }
        impl model::Chance for Fixed {
            fn fill(&self, bytes: &mut [u8]) {
                bytes.fill(5);
            }
        }
        let world = model::World { clock: std::sync::Arc::new(Fixed), chance: std::sync::Arc::new(Fixed) };
        let organisation = model::OrganisationId::new(&world);
        let place = Place { organisation, table: "message", column: "body_sealed", row: "msg_1" };
        let golden = [
            (Suite::Gcm, "0101e189751cd32ca4800909090909090909090909096c6d01b7e1bea8dd0f7cada44c0fa81f9e19e306b6"),
            (Suite::GcmSiv, "0102e189751cd32ca480090909090909090909090909ff08a8ef5c3cb471c487ae1a8dd284a71573b88be6"),
        ];
        for (suite, bytes) in golden {
            let key = EnvelopeKey::new(suite, &[3; 32]);
            assert_eq!(HEXLOWER.encode(&key.seal([9; 12], &place, b"hello").unwrap()), bytes);
            assert_eq!(key.open(&place, &hex(bytes)).unwrap().as_slice(), b"hello");
        }
    }
}
