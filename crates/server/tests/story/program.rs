//! The program itself: what it prints, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_confidante"));
    // Whatever the shell around the tests has set for a server of its own is not meant for this one.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CONFIDANTE_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("CONFIDANTE_SERVER_LISTEN", "127.0.0.1:0").stdin(Stdio::null());
    command
}

fn ends(command: &mut Command, code: i32, said: &str) {
    let Output { status, stderr, .. } = command.output().expect("the program runs");
    let stderr = String::from_utf8_lossy(&stderr);
    let last = stderr.trim_end().lines().last().unwrap_or_default();
    assert_eq!(status.code(), Some(code), "{stderr}");
    assert!(last.starts_with("confidante: ") && last.contains(said), "{last} says {said}");
}

/// Starts a server and waits until it says where the console is.
pub fn serving(folder: &Path) -> (Child, String) {
    let mut child = program(folder).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

#[test]
fn each_reason_not_to_start_has_its_sentence_and_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (mut child, line) = serving(here);
    assert!(line.contains("/console/setup#token="), "{line}");
    ends(program(here).arg("serve"), 4, "Another process");

    let port = line.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    ends(program(here).arg("serve").env("CONFIDANTE_SERVER_LISTEN", port), 8, "cannot be listened on");

    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert_eq!(child.wait().unwrap().code(), Some(0), "it stops when asked");

    let other = "0123456789abcdef".repeat(4);
    let wrong =
        program(here).arg("serve").env("CONFIDANTE_KEYS_SOURCE", "env").env("CONFIDANTE_MASTER_KEY", &other).output();
    assert_eq!(wrong.unwrap().status.code(), Some(5), "another master key");
    ends(program(here).arg("serve").env("CONFIDANTE_LIMITS_NOTHING", "1"), 3, "not a setting");
    ends(program(here).args(["serve", "--config", "nowhere.toml"]), 3, "cannot be read");

    let (mut again, line) = serving(here);
    assert!(line.contains("/console/setup#token="), "nothing was damaged: {line}");
    again.kill().unwrap();
    again.wait().unwrap();
}

#[test]
fn it_prints_its_manual_and_judges_receipts_offline() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let printed = program(here).arg("config").output().unwrap();
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), server::config::MANUAL);
    let help = program(here).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for word in ["DESCRIPTION", "FILES", "ENVIRONMENT", "SIGNALS", "EXIT STATUS", "EXAMPLES"] {
        assert!(help.contains(word), "{word}");
    }
    fs::write(here.join("receipt.json"), "{\"format\":\"something else\"}").unwrap();
    ends(program(here).args(["verify", "receipt.json"]), 9, "NOT GENUINE");
    ends(program(here).args(["verify", "nowhere.json"]), 1, "cannot be read");
    assert_eq!(fs::read_dir(here).unwrap().count(), 1, "neither leaves anything behind");
}
