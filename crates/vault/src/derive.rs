//! One key from another: HKDF-SHA256 (RFC 5869) for exactly 32 bytes, which is one block and cannot fail.

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

/// HMAC-SHA256 as an array.
pub(crate) fn hmac_sha256(key: &hmac::Key, message: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(key, message);
    let mut bytes = [0u8; 32];
    for (to, from) in bytes.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    bytes
}

/// Extract with `salt`, then expand with `label` to 32 bytes.
pub(crate) fn hkdf_sha256(salt: &[u8], secret: &[u8], label: &[u8]) -> [u8; 32] {
    let extracted = Zeroizing::new(hmac_sha256(&hmac::Key::new(hmac::HMAC_SHA256, salt), secret));
    let mut first_block = label.to_vec();
    first_block.push(1);
    hmac_sha256(&hmac::Key::new(hmac::HMAC_SHA256, extracted.as_slice()), &first_block)
}

/// A key for one purpose from a parent key. The salt names product and scheme, the label the purpose.
pub(crate) fn child(parent: &[u8; 32], label: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(hkdf_sha256(b"confidante key v1", parent, label.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn hmac_gives_the_answers_of_rfc_4231() {
        let cases = [
            (vec![0x0b; 20], b"Hi There".to_vec(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe".to_vec(),
                b"what do ya want for nothing?".to_vec(),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (vec![0xaa; 20], vec![0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ];
        for (key, message, answer) in cases {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
            assert_eq!(HEXLOWER.encode(&hmac_sha256(&key, &message)), answer);
        }
    }

    #[test]
    fn hkdf_gives_the_answers_of_rfc_5869() {
        // The first 32 of the 42 (82) bytes: the first block is the same whatever the length.
        let first = hkdf_sha256(&hex("000102030405060708090a0b0c"), &[0x0b; 22], &hex("f0f1f2f3f4f5f6f7f8f9"));
        assert_eq!(HEXLOWER.encode(&first), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
        let second: Vec<u8> = (0x00..=0x4f).collect();
        let salt: Vec<u8> = (0x60..=0xaf).collect();
        let label: Vec<u8> = (0xb0..=0xff).collect();
        assert_eq!(
            HEXLOWER.encode(&hkdf_sha256(&salt, &second, &label)),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        );
        let third = hkdf_sha256(&[], &[0x0b; 22], &[]);
        assert_eq!(HEXLOWER.encode(&third), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    #[test]
    fn hkdf_agrees_with_the_library() {
        let salt = aws_lc_rs::hkdf::Salt::new(aws_lc_rs::hkdf::HKDF_SHA256, b"confidante key v1");
        let mut theirs = [0u8; 32];
        let prk = salt.extract(&[9; 32]);
        prk.expand(&[b"purpose"], aws_lc_rs::hkdf::HKDF_SHA256).unwrap().fill(&mut theirs).unwrap();
        assert_eq!(*child(&[9; 32], "purpose"), theirs);
        assert_ne!(*child(&[9; 32], "another"), theirs);
    }
}
