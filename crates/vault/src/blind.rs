//! Blind indexes: equal words give equal bytes, and nobody without the key can tell which words.

use aws_lc_rs::hmac;

use crate::derive::hmac_sha256;

/// How long a blind index is: long enough that two words never meet by chance, short enough to index.
const LENGTH: usize = 16;

/// A keyed, truncated digest of `text` for one kind of field; the same text under another field gives other bytes.
pub(crate) fn blind(key: &hmac::Key, field: &str, text: &str) -> Vec<u8> {
    let mut message = Vec::with_capacity(4 + field.len() + text.len());
    message.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
    message.extend_from_slice(field.as_bytes());
    message.extend_from_slice(text.as_bytes());
    hmac_sha256(key, &message).into_iter().take(LENGTH).collect()
}
