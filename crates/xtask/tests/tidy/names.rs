//! Names that say nothing are not used for files or public things.

use regex::Regex;

use crate::files::{none, rust, web};

/// Words under which everything and nothing can be kept.
const EMPTY_WORDS: &[&str] = &["util", "common", "helper", "manager", "misc", "data", "info", "process", "handle"];

fn empty_word(name: &str) -> Option<&'static str> {
    let mut spaced = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !spaced.ends_with(char::is_uppercase) {
            spaced.push('_');
        }
        spaced.push(letter);
    }
    let spaced = spaced.to_lowercase();
    let words = spaced.split(['_', '-', '.']);
    words
        .flat_map(|word| EMPTY_WORDS.iter().find(|empty| word == **empty || word.strip_suffix('s') == Some(empty)))
        .copied()
        .next()
}

#[test]
fn no_file_has_an_empty_name() {
    let named = |path: &str| path.rsplit('/').next().and_then(empty_word);
    let findings: Vec<String> = rust()
        .into_iter()
        .chain(web())
        .filter_map(|file| named(&file.path).map(|word| format!("{}: {word}", file.path)))
        .collect();
    none("These file names say nothing; name the thing or the deed:", &findings);
}

#[test]
fn no_public_name_is_empty() {
    let public = Regex::new(r"(?m)^\s*pub (?:async )?(?:fn|struct|enum|trait|mod|const|static|type) (\w+)").unwrap();
    let mut findings = Vec::new();
    for file in rust() {
        for found in public.captures_iter(&file.text) {
            if let Some(word) = empty_word(&found[1]) {
                findings.push(format!("{}: {} ({word})", file.path, &found[1]));
            }
        }
    }
    none("These public names say nothing; name the thing or the deed:", &findings);
}

#[test]
fn the_rule_sees_through_spellings() {
    assert_eq!(empty_word("http_utils.rs"), Some("util"));
    assert_eq!(empty_word("SessionManager"), Some("manager"));
    assert_eq!(empty_word("MISC"), Some("misc"));
    assert_eq!(empty_word("datamap"), None);
    assert_eq!(empty_word("handover.rs"), None);
}
