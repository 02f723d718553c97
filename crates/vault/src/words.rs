//! Normal forms for blind indexes: what must be found as equal must be written equally first.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// Words longer than this are cut: nobody searches for more, and a blind index hides the rest anyway.
const LONGEST: usize = 64;
/// At most this many different words of one text are indexed.
const MOST: usize = 1_000;

/// An e-mail address as it is compared: compatibility forms and case folded, no space around it.
pub fn normal_email(address: &str) -> String {
    address.trim().nfkc().flat_map(char::to_lowercase).collect()
}

/// The different words of a text as they are searched: folded, in alphabetical order. Scripts without spaces between
/// words (Chinese, Japanese) give one word per character.
pub fn words(text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut word = String::new();
    for letter in text.nfkc().flat_map(char::to_lowercase).nfc().chain([' ']) {
        let alone = is_alone(letter);
        if letter.is_alphanumeric() && !alone {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            found.insert(word.chars().take(LONGEST).collect::<String>());
            word.clear();
        }
        if alone {
            found.insert(letter.to_string());
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.into_iter().collect()
}

/// Ideographs and kana stand alone: no space says where a word ends.
fn is_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_is_written_in_one_way() {
        assert_eq!(normal_email("  Ada@Example.COM "), "ada@example.com");
        assert_eq!(normal_email("ａｄａ@example.com"), "ada@example.com");
        assert_eq!(normal_email("JOSE\u{301}@x.org"), normal_email("josé@x.org"));
    }

    #[test]
    fn a_text_becomes_its_different_words() {
        assert_eq!(words("Where is my ORDER, my order #4711?"), ["4711", "is", "my", "order", "where"]);
        assert_eq!(words("Größe"), words("GRO\u{308}ße"));
        assert_eq!(words("أين طلبي؟"), ["أين", "طلبي"]);
        assert_eq!(words("注文"), ["文", "注"]);
        assert!(words(" …!? ").is_empty());
    }

    #[test]
    fn a_huge_text_stays_within_bounds() {
        let text: String = (0..5_000).map(|number| format!("w{number} ")).collect();
        assert_eq!(words(&text).len(), MOST);
        assert_eq!(words(&"x".repeat(10_000)).first().map(String::len), Some(LONGEST));
    }
}
