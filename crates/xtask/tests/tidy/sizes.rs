//! Small files, small functions, and one sentence at the top of each file.

use crate::files::{none, root, rust, web};

/// The longest file, in lines.
const LONGEST_FILE: usize = 400;

#[test]
fn no_file_is_longer_than_400_lines() {
    let length = |text: &str| text.lines().count();
    let long = |file: &crate::files::Written| length(&file.text) > LONGEST_FILE;
    let findings: Vec<String> = rust()
        .into_iter()
        .chain(web())
        .filter(long)
        .map(|file| format!("{} has {} lines", file.path, length(&file.text)))
        .collect();
    none("A file tells one story; split these by concern:", &findings);
}

#[test]
fn clippy_keeps_functions_short() {
    let config: toml::Table = std::fs::read_to_string(root().join("clippy.toml")).unwrap().parse().unwrap();
    assert_eq!(config["too-many-lines-threshold"].as_integer(), Some(60));
    assert_eq!(config["too-many-arguments-threshold"].as_integer(), Some(5));
    let workspace: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let lints = &workspace["workspace"]["lints"]["clippy"];
    for lint in
        ["too_many_lines", "too_many_arguments", "unwrap_used", "expect_used", "indexing_slicing", "print_stdout"]
    {
        assert_eq!(lints[lint].as_str(), Some("warn"), "{lint}: warnings are errors in the test command");
    }
}

#[test]
fn every_crate_keeps_the_lints_of_the_house() {
    let findings: Vec<String> = crate::files::below("crates", &["Cargo.toml"])
        .into_iter()
        .filter(|file| !file.text.contains("[lints]\nworkspace = true"))
        .map(|file| file.path)
        .collect();
    none("Without `[lints] workspace = true`:", &findings);
}

#[test]
fn every_file_says_what_lives_there() {
    let findings: Vec<String> =
        rust().into_iter().filter(|file| !file.text.starts_with("//! ")).map(|file| file.path).collect();
    none("The first line of every file is a `//!` sentence that says what lives there:", &findings);
}

#[test]
fn raw_clocks_and_dice_are_banned() {
    let config: toml::Table = std::fs::read_to_string(root().join("clippy.toml")).unwrap().parse().unwrap();
    let banned = config["disallowed-methods"].as_array().unwrap();
    let banned: Vec<&str> = banned.iter().filter_map(|entry| entry["path"].as_str()).collect();
    for raw in ["std::time::SystemTime::now", "std::time::Instant::now", "uuid::Uuid::now_v7", "uuid::Uuid::new_v4"] {
        assert!(banned.contains(&raw), "{raw}: time and chance are injected");
    }
}
