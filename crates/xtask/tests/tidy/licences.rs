//! `deny.toml` is kept: every crate that we build has a licence from its list, comes from the registry, and is none we refused.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseItem};

use crate::files;

struct Rules {
    allowed: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Rules {
    fn read() -> Self {
        let text = std::fs::read_to_string(files::root().join("deny.toml")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let allowed =
            table["licenses"]["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned());
        let refused =
            table["bans"]["deny"].as_array().unwrap().iter().map(|one| one["crate"].as_str().unwrap().to_owned());
        Self { allowed: allowed.collect(), refused: refused.collect() }
    }

    fn allow(&self, licence: &str) -> bool {
        // Older manifests part their choices with a stroke.
        let Ok(expression) = Expression::parse(&licence.replace('/', " OR ")) else { return false };
        expression.evaluate(|one| {
            let name = match &one.license {
                LicenseItem::Spdx { id, .. } => id.name,
                LicenseItem::Other(_) => return false,
            };
            self.allowed.contains(&match &one.addition {
                Some(addition) => format!("{name} WITH {addition}"),
                None => name.to_owned(),
            })
        })
    }
}

/// What is built for the machine that runs this test.
fn packages() -> Vec<Value> {
    let host = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let host = String::from_utf8(host).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--format-version", "1", "--filter-platform", host])
        .current_dir(files::root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn every_crate_is_one_we_may_distribute() {
    let rules = Rules::read();
    let mut wrong = Vec::new();
    let packages = packages();
    assert!(packages.len() > 100, "the list of crates is there");
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        // Ours have no source: they are here.
        let Some(source) = package["source"].as_str() else { continue };
        if !source.starts_with("registry+") {
            wrong.push(format!("{name} comes from {source}"));
        }
        if rules.refused.contains(name) {
            wrong.push(format!("{name} is refused by deny.toml"));
        }
        let licence = package["license"].as_str().unwrap_or_default();
        if !rules.allow(licence) {
            wrong.push(format!("{name} has the licence {licence:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_licence_is_judged_as_a_whole() {
    let rules = Rules { allowed: BTreeSet::from(["MIT".to_owned()]), refused: BTreeSet::new() };
    assert!(rules.allow("MIT OR GPL-3.0-only") && rules.allow("MIT/Apache-2.0"));
    for licence in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "MIT WITH LLVM-exception", "LicenseRef-own", ""] {
        assert!(!rules.allow(licence), "{licence}");
    }
}
