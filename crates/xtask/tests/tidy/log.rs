//! The log says only what the data map lists: fixed sentences and named fields, never words that were opened.

use regex::Regex;

use crate::files::{Written, none, rust};

/// What stands between the parentheses that begin at `open`, which is behind the first of them.
fn inside(text: &str, open: usize) -> &str {
    let (mut depth, mut quoted, mut before) = (1_usize, false, ' ');
    for (at, c) in text[open..].char_indices() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[open..open + at];
        }
        before = c;
    }
    &text[open..]
}

/// The arguments of a call, as they are separated on its own level.
fn arguments(call: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut before) = (0_usize, false, ' ');
    let mut arguments = vec![String::new()];
    for c in call.chars() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 && !quoted {
            arguments.push(String::new());
        } else if let Some(last) = arguments.last_mut() {
            last.push(c);
        }
        before = c;
    }
    arguments.iter().map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// What is wrong with one call.
fn wrong(call: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if call.contains("expose") {
        wrong.push("opened words are logged".to_owned());
    }
    for argument in arguments(call) {
        if argument.starts_with('"') {
            if argument.contains('{') {
                wrong.push(format!("a sentence of the log is fixed: {argument}"));
            }
            continue;
        }
        let name = argument.split('=').next().unwrap_or_default().trim().trim_start_matches(['%', '?']);
        if !datamap::LOG.iter().any(|field| field.name == name) {
            wrong.push(format!("the field {name:?} is not on the data map"));
        }
    }
    wrong
}

fn calls(file: &Written) -> Vec<&str> {
    let begin = Regex::new(r"\b(tracing::)?(error|warn|info|debug|trace)!\(").unwrap();
    let product = file.text.split("#[cfg(test)]").next().unwrap_or_default();
    begin.find_iter(product).map(|found| inside(product, found.end())).collect()
}

#[test]
fn the_log_says_only_what_the_map_lists() {
    let files: Vec<Written> = rust()
        .into_iter()
        .filter(|file| file.path.contains("/src/") && !file.path.starts_with("crates/bench/"))
        .collect();
    let seen: usize = files.iter().map(|file| calls(file).len()).sum();
    assert!(seen > 25, "only {seen} lines that log were found");
    let findings: Vec<String> = files
        .iter()
        .flat_map(|file| calls(file).into_iter().flat_map(wrong).map(|what| format!("{}: {what}", file.path)))
        .collect();
    none("The log names no person:", &findings);
    let spans = Regex::new(r"#\[(tracing::)?instrument|\b(span|\w+_span)!\(").unwrap();
    let spans: Vec<String> =
        files.iter().filter(|file| spans.is_match(&file.text)).map(|file| file.path.clone()).collect();
    none("Spans carry arguments into every line: log what is needed by name:", &spans);
}

#[test]
fn a_line_that_would_name_somebody_is_found() {
    assert!(wrong(r#"%fault, job = %job.id, "a job failed""#).is_empty());
    for bad in [
        r#"email = "x", "corrected""#,
        r#"what = email.expose(), "corrected""#,
        r#""corrected {email}""#,
        r#"?person, "seen""#,
        r#"%request.person(a, b), "seen""#,
    ] {
        assert!(!wrong(bad).is_empty(), "{bad}");
    }
}
