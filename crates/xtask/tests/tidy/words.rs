//! SQL stays in the store, nothing is left for later, and no file knows on which machine it was written.

use regex::Regex;

use crate::files::{Written, below, none, rust, web};

/// The part of a file before its unit tests: tests may name what the product may not.
fn product(file: &Written) -> &str {
    file.text.split("#[cfg(test)]").next().unwrap_or_default()
}

#[test]
fn sql_lives_in_the_store() {
    let sql = Regex::new(
        r"\b(SELECT\s[^;]*?\sFROM\s|INSERT\s+INTO\s|DELETE\s+FROM\s|UPDATE\s+\w+\s+SET\s|(CREATE|ALTER|DROP)\s+(TABLE|INDEX)\s)",
    )
    .unwrap();
    let elsewhere = |file: &Written| {
        let product = file.path.contains("/src/");
        let home = ["crates/store/", "crates/testkit/", "crates/bench/"];
        product && !home.iter().any(|home| file.path.starts_with(home))
    };
    let findings: Vec<String> = rust()
        .iter()
        .filter(|file| elsewhere(file))
        .filter_map(|file| sql.find(product(file)).map(|found| format!("{}: {}", file.path, found.as_str().trim())))
        .collect();
    none("SQL is written in crates/store and nowhere else:", &findings);
}

#[test]
fn nothing_is_left_for_later() {
    let later = Regex::new(concat!(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b|\b(unim", r"plemented|to", r"do)!")).unwrap();
    let findings: Vec<String> = rust()
        .iter()
        .chain(&web())
        .filter_map(|file| later.find(&file.text).map(|found| format!("{}: {}", file.path, found.as_str())))
        .collect();
    none("Do it now, or write an issue:", &findings);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places =
        Regex::new(concat!(r#"[\s"'`(](/ro"#, r#"ot/|/ho"#, r#"me/\w+/|/Us"#, r#"ers/\w+/|/wo"#, r"rk/)")).unwrap();
    let findings: Vec<String> =
        below("", &[".rs", ".ts", ".tsx", ".svelte", ".mjs", ".md", ".toml", ".json", "Makefile", "run"])
            .iter()
            .filter_map(|file| places.find(&file.text).map(|found| format!("{}: {}", file.path, found.as_str().trim())))
            .collect();
    none("Paths of one machine:", &findings);
}
