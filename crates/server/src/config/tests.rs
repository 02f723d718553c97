//! The manual file and the structs say the same; the environment wins; what is unknown is refused.

use std::fs;

use toml::Table;

use super::*;
use crate::stop::Exit;

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_manual_names_every_setting_with_its_default_and_no_other() {
    let manual: Table = MANUAL.parse().unwrap();
    let defaults = Table::try_from(Config::default()).unwrap();
    assert_eq!(manual, defaults, "confidante.toml and config.rs must say the same");
}

#[test]
fn the_manual_explains_every_section_and_every_line_is_short_enough_to_read() {
    for line in MANUAL.lines() {
        assert!(line.len() <= 130, "too long: {line}");
    }
    assert!(MANUAL.matches("\n# ").count() > 30, "a manual explains");
}

#[test]
fn the_environment_wins_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("confidante.toml");
    fs::write(&file, "[server]\nlisten = \"127.0.0.1:1\"\n[limits]\nmessages = 7\n").unwrap();
    let environment = env(&[
        ("CONFIDANTE_SERVER_LISTEN", "127.0.0.1:2"),
        ("CONFIDANTE_CRAWL_ALLOW_PRIVATE", "127.0.0.1:80, wiki.lan:8080"),
        ("CONFIDANTE_DEMO_ENABLED", "true"),
        ("CONFIDANTE_MASTER_KEY", "not a setting, but named by one"),
    ]);
    let config = load_with(Some(&file), environment).unwrap();
    assert_eq!(config.server.listen.port(), 2);
    assert_eq!(config.limits.messages, 7);
    assert_eq!(config.crawl.allow_private, ["127.0.0.1:80", "wiki.lan:8080"]);
    assert!(config.demo.enabled);
}

#[test]
fn what_is_wrong_is_refused_with_one_sentence_and_the_exit_code_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("confidante.toml");
    let cases = [
        ("[server]\nlissen = \"127.0.0.1:1\"", "", "", "lissen"),
        ("[server]\nlisten = 5", "", "", "listen"),
        ("not toml", "", "", "wrong"),
        ("", "CONFIDANTE_LIMITS_MESSAGES", "many", "must be a integer"),
        ("", "CONFIDANTE_SERVER_LISSEN", "x", "not a setting"),
        ("[model]\nbase_url = \"http://127.0.0.1:1\"", "", "", "recipient"),
        ("[encoder]\nfolder = \"weights\"", "", "", "weights_sha256"),
        ("[keys]\nfile = \"confidante-data/master.key\"", "", "", "inside"),
        ("[limits]\nmessages = 0", "", "", "at least 1"),
        ("[server]\npublic_url = \"https://a.example/path\"", "", "", "no path"),
        ("[server]\npublic_url = \"ftp://a.example\"", "", "", "http://"),
    ];
    for (text, name, value, said) in cases {
        fs::write(&file, text).unwrap();
        let environment = if name.is_empty() { Vec::new() } else { env(&[(name, value)]) };
        let Err(stop) = load_with(Some(&file), environment) else { panic!("accepted: {text} {name}={value}") };
        assert_eq!(stop.exit, Exit::Config);
        assert!(stop.sentence.contains(said), "{} should say {said}", stop.sentence);
    }
}
