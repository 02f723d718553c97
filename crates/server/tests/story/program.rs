//! The program itself: what it prints, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Write};
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

/// A PDF with these objects, each as it stands in the file, and a table that says where they are.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let (mut file, mut table) =
        (b"%PDF-1.5\n".to_vec(), format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{} 0 obj\n", number + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let begin = file.len();
    let end = format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n", objects.len() + 1);
    file.extend([table.as_bytes(), end.as_bytes()].concat());
    file
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let begin = format!("<< {dictionary} /Length {} >>\nstream\n", content.len());
    [begin.as_bytes(), content, b"\nendstream"].concat()
}

/// The result of one task, and whether it succeeded.
fn taken_apart(task: &str, document: &[u8]) -> (bool, Vec<u8>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_confidante"));
    command.args(["document", task]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(document).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.success(), output.stdout)
}

/// A small file that asks for a petabyte ends the process that takes it apart, and nothing else.
#[test]
fn a_document_is_taken_apart_where_it_can_harm_nobody() {
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let pages = b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec();
    let info = b"<< /Author (Ana) >>".to_vec();
    let (done, cleaned) = taken_apart("clean-pdf", &pdf(&[catalog.clone(), pages.clone(), info]));
    assert!(done && cleaned.starts_with(b"%PDF") && !cleaned.windows(3).any(|window| window == b"Ana"));

    let mut widths = b"%PDF-1.5\n".to_vec();
    let begin = widths.len();
    widths.extend(b"1 0 obj\n");
    widths.extend(stream("/Type /XRef /Size 1 /W [1000000000000000 1 1] /Root 2 0 R", &[0; 8]));
    widths.extend(format!("\nendobj\nstartxref\n{begin}\n%%EOF\n").bytes());
    assert!(!taken_apart("clean-pdf", &widths).0 && !taken_apart("read-pdf", &widths).0);
}
