//! A Python with one package from PyPI, for second implementations and foreign clients in the tests.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that can do `import`: the machine's, or one with `package` (`name==version`) of our own below `folder`, which is the
/// test's `CARGO_TARGET_TMPDIR`. Says why where there is none.
pub fn python(folder: &Path, package: &str, import: &str) -> Result<PathBuf, String> {
    let own = folder.join(package.split("==").next().unwrap_or(package));
    let own_python = own.join("bin/python");
    for python in [PathBuf::from("python3"), own_python.clone()] {
        if runs(&python, &["-c", import]).is_ok() {
            return Ok(python);
        }
    }
    runs(Path::new("python3"), &["-m", "venv", own.to_str().ok_or("an odd folder name")?])?;
    runs(&own_python, &["-m", "pip", "install", "--quiet", package])?;
    runs(&own_python, &["-c", import]).map(|()| own_python)
}

/// Loud on a developer's machine, fatal where CI promises to have Python.
pub fn not_tested(what: &str, why: &str) {
    let sentence = format!("\n*** NOT TESTED: {what} needs python3 and pip ***\n{why}\n");
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{sentence}");
    // Written past the test runner, which would swallow the words of a test that passes.
    std::io::stderr().write_all(sentence.as_bytes()).expect("standard error takes words");
}

fn runs(program: &Path, arguments: &[&str]) -> Result<(), String> {
    let output =
        Command::new(program).args(arguments).output().map_err(|error| format!("{}: {error}", program.display()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{} {arguments:?}: {}", program.display(), String::from_utf8_lossy(&output.stderr).trim()))
}
