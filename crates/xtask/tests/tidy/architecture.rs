//! ARCHITECTURE.md is held to its word: short, and every invariant names a test that exists.

use std::collections::BTreeSet;

use regex::Regex;

use crate::files::{none, root, rust, web};

fn document() -> String {
    std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

/// The numbered items below the heading `## Invariants`.
fn invariants(document: &str) -> Vec<String> {
    let section = document.split("\n## Invariants").nth(1).expect("a section `## Invariants`");
    let section = section.split("\n## ").next().unwrap_or_default();
    let number = Regex::new(r"(?m)^\d+\. ").unwrap();
    number.split(section).skip(1).map(str::to_owned).collect()
}

/// The names in backticks behind "Kept by".
fn keepers(invariant: &str) -> Vec<String> {
    let Some((_, names)) = invariant.split_once("Kept by") else { return Vec::new() };
    Regex::new(r"`([^`]+)`").unwrap().captures_iter(names).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let function = Regex::new(r"fn (\w+)").unwrap();
    let rust = rust();
    let tests: BTreeSet<&str> = rust
        .iter()
        .flat_map(|file| function.captures_iter(&file.text).map(|found| found.get(1).unwrap().as_str()))
        .collect();
    let stories: BTreeSet<String> = web().into_iter().map(|file| file.path).collect();
    let all = invariants(&document());
    assert!(all.len() >= 5, "the section is read");
    let mut findings = Vec::new();
    for invariant in &all {
        let kept_by = keepers(invariant);
        let title = invariant.lines().next().unwrap_or_default();
        if kept_by.is_empty() {
            findings.push(format!("nothing keeps: {title}"));
        }
        let missing = kept_by.iter().filter(|name| !tests.contains(name.as_str()) && !stories.contains(name.as_str()));
        findings.extend(missing.map(|name| format!("there is no `{name}` to keep: {title}")));
    }
    none("An invariant without its test is a wish:", &findings);
}

#[test]
fn the_document_can_be_read_in_one_sitting() {
    assert!(document().lines().count() <= 150, "ARCHITECTURE.md is longer than 150 lines");
}

#[test]
fn every_path_the_documents_name_exists() {
    let path = Regex::new(r"`((?:crates|web|docs|demo)/[\w./-]+)`").unwrap();
    let mut findings = Vec::new();
    for name in ["ARCHITECTURE.md", "README.md", "STYLE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let missing = path.captures_iter(&text).filter(|found| !root().join(&found[1]).exists());
        findings.extend(missing.map(|found| format!("{name}: {}", &found[1])));
    }
    findings.retain(|finding| !finding.contains("web/dist"));
    none("The documents name paths that are not there:", &findings);
}
