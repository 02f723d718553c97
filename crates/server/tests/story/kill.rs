//! The program is killed at random while it makes a backup or restores one: nothing half done is ever believed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::program;

/// Rounds of each kind; `KILLS` asks for more.
fn rounds() -> u64 {
    std::env::var("KILLS").ok().and_then(|many| many.parse().ok()).unwrap_or(6)
}

fn settings(command: &mut Command, data: &str) {
    command.env("CONFIDANTE_STORAGE_FOLDER", data).env("CONFIDANTE_BACKUP_ENABLED", "false");
}

/// Runs until a moment that differs from round to round, then kills; true if it had ended before.
fn killed(command: &mut Command, after: Duration) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    #[expect(clippy::disallowed_methods, reason = "a deadline of the test itself, over a real program")]
    let begun = std::time::Instant::now();
    while begun.elapsed() < after {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

/// A first start with the demo shop makes keys, an organisation and pages; then it is killed as well.
fn furnished(here: &Path) {
    let mut serve = program(here);
    settings(&mut serve, "data");
    serve.args(["serve", "--demo"]).env("CONFIDANTE_DEMO_LISTEN", "127.0.0.1:0");
    let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("Demo shop"), "{line}");
    std::thread::sleep(Duration::from_secs(1));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn backups(here: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(here.join("confidante-backup")) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut notes: Vec<String> = names.filter(|name| name.ends_with(".json")).collect();
    notes.sort();
    notes
}

#[test]
fn killed_anywhere_a_backup_is_whole_or_none_and_a_restore_is_finished_or_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    furnished(here);
    for round in 0..rounds() {
        let mut backup = program(here);
        settings(&mut backup, "data");
        killed(backup.arg("backup"), Duration::from_millis(20 + (round * 97) % 700));
        for note in backups(here) {
            let archive = here.join("confidante-backup").join(note.replace(".json", ".cfd"));
            assert!(archive.exists(), "a note without its archive: {note}");
        }
    }
    let mut last = program(here);
    settings(&mut last, "data");
    let done = last.arg("backup").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let made = backups(here).pop().expect("a backup");
    let archive = here.join("confidante-backup").join(made.replace(".json", ".cfd"));
    for round in 0..rounds() {
        let data = format!("restored-{round}");
        let restore = || {
            let mut command = program(here);
            settings(&mut command, &data);
            command.arg("restore").arg(&archive);
            command
        };
        let ended = killed(&mut restore(), Duration::from_millis(30 + (round * 131) % 900));
        let mut serve = program(here);
        settings(&mut serve, &data);
        if !here.join(&data).join("confidante.db").exists() {
            continue;
        }
        if !ended {
            let output = restore().output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            // Killed after its last commit it is whole: then there is data, and restoring again is refused.
            assert!(output.status.success() || said.contains("There is data already"), "{said}");
        }
        let mut serving = serve.arg("serve").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(700));
        assert!(serving.try_wait().unwrap().is_none(), "round {round}: what was restored is served");
        serving.kill().unwrap();
        serving.wait().unwrap();
    }
}

#[test]
fn half_a_restore_is_refused_with_its_own_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    furnished(here);
    let mut backup = program(here);
    settings(&mut backup, "data");
    assert!(backup.arg("backup").output().unwrap().status.success());
    let made = backups(here).pop().expect("a backup").replace(".json", ".cfd");
    let archive = here.join("confidante-backup").join(made);
    let bytes = std::fs::read(&archive).unwrap();
    std::fs::write(here.join("cut.cfd"), &bytes[..bytes.len() - 10]).unwrap();
    let mut restore = program(here);
    settings(&mut restore, "elsewhere");
    let output = restore.args(["restore", "cut.cfd"]).output().unwrap();
    assert_eq!(output.status.code(), Some(10), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!here.join("elsewhere").exists(), "nothing was touched");
    let mut again = program(here);
    settings(&mut again, "data");
    let output = again.arg("restore").arg(&archive).output().unwrap();
    assert_eq!(output.status.code(), Some(10), "there is data: {}", String::from_utf8_lossy(&output.stderr));
}
