//! The manifest of the data map is loaded by Fideslang's own reference library, from PyPI.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const IMPORT: &str = "import fideslang.models";
/// What the manifest was written for.
const PACKAGE: &str = "fideslang==3.1.4";

#[test]
fn the_reference_library_loads_the_map_and_knows_every_key() {
    let python = match python() {
        Ok(python) => python,
        Err(why) => return missing(&why),
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law/load_manifest.py");
    let mut child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python starts");
    let manifest = privacy::fideslang::manifest();
    child.stdin.take().unwrap().write_all(manifest.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "fideslang complains, see its words above");
    let fields: usize = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
    assert_eq!(fields, datamap::TABLES.iter().map(|table| table.fields.len()).sum::<usize>(), "it saw every column");
}

/// A Python with the library: the machine's, or one of our own under the target folder.
fn python() -> Result<PathBuf, String> {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fideslang");
    let own_python = own.join("bin/python");
    for python in [PathBuf::from("python3"), own_python.clone()] {
        if runs(&python, &["-c", IMPORT]).is_ok() {
            return Ok(python);
        }
    }
    runs(Path::new("python3"), &["-m", "venv", own.to_str().ok_or("an odd folder name")?])?;
    runs(&own_python, &["-m", "pip", "install", "--quiet", PACKAGE])?;
    runs(&own_python, &["-c", IMPORT]).map(|()| own_python)
}

fn runs(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let output =
        Command::new(program).args(arguments).output().map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{} {arguments:?}: {}", program.display(), String::from_utf8_lossy(&output.stderr).trim()))
}

/// Loud on a developer's machine, fatal where CI promises to have Python.
fn missing(why: &str) {
    let sentence = format!("\n*** NOT TESTED: loading the data map needs python3 and pip for {PACKAGE} ***\n{why}\n");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{sentence}");
    // Written past the test runner, which would swallow the words of a test that passes.
    std::io::stderr().write_all(sentence.as_bytes()).unwrap();
}
