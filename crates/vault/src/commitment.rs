//! A salted commitment: binds words without telling them, and can be opened as long as the salt is kept.

use aws_lc_rs::digest::{Context, SHA256};

/// How long the salt of a commitment is. Without it nobody can find out whether a guessed word is the right one.
pub const SALT: usize = 16;

/// SHA-256 over a label, the salt and the words: destroying the salt shreds the words and leaves the commitment standing.
pub fn commitment(salt: &[u8], words: &str) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(b"confidante commitment v1\0");
    context.update(&[u8::try_from(salt.len()).unwrap_or(u8::MAX)]);
    context.update(salt);
    context.update(words.as_bytes());
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_depends_on_salt_and_words_and_not_on_where_one_ends() {
        let one = commitment(&[1; SALT], "per_a");
        assert_eq!(one.len(), 32);
        assert_ne!(one, commitment(&[2; SALT], "per_a"));
        assert_ne!(one, commitment(&[1; SALT], "per_b"));
        assert_ne!(commitment(b"a", "bc"), commitment(b"ab", "c"));
    }

    /// As the second implementation computes it; never to be changed.
    #[test]
    fn it_stays_what_it_was() {
        let hex = data_encoding::HEXLOWER.encode(&commitment(&[7; SALT], "per_ada"));
        assert_eq!(hex, "aabcc4982b32d0006617eea7a92a016c858b29f92bc7f72e60b944bed2db10aa");
    }
}
