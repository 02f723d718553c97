//! The manifest of the data map is loaded by Fideslang's own reference library, from PyPI.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const IMPORT: &str = "import fideslang.models";
/// What the manifest was written for.
const PACKAGE: &str = "fideslang==3.1.4";

#[test]
fn the_reference_library_loads_the_map_and_knows_every_key() {
    let python = match testkit::python(Path::new(env!("CARGO_TARGET_TMPDIR")), PACKAGE, IMPORT) {
        Ok(python) => python,
        Err(why) => return testkit::not_tested("loading the data map", &why),
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
