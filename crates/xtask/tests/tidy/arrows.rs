//! Arrows between crates point down only, and each foreign library has the one home it is meant for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::files::{none, root};

/// Each crate of the house and what it may use. A crate that is not listed may not exist.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("datamap", &[]),
    ("vault", &["model"]),
    ("masking", &["model"]),
    ("store", &["model", "vault"]),
    ("outside", &["model", "masking"]),
    ("jobs", &["model", "store"]),
    ("knowledge", &["model", "vault", "store", "jobs", "outside"]),
    ("privacy", &["model", "datamap", "vault", "store", "jobs"]),
    ("desk", &["model", "vault", "store", "jobs", "masking", "outside", "knowledge", "privacy"]),
    ("server", &["model", "datamap", "vault", "store", "jobs", "masking", "outside", "knowledge", "privacy", "desk"]),
    ("testkit", &["model", "vault", "store"]),
    ("xtask", &["datamap", "privacy"]),
    ("eval", &["model", "masking", "outside", "knowledge"]),
    ("bench", &["model", "vault", "store", "jobs", "masking", "outside", "knowledge", "privacy", "desk", "server"]),
];

/// Crates a customer's message can reach. None of them may ever lead to the merchant's own assistant.
const CUSTOMER_SIDE: &[&str] =
    &["desk", "privacy", "knowledge", "outside", "masking", "jobs", "store", "vault", "datamap", "model"];

/// Foreign libraries with one home; `bench` measures them bare and is excepted.
const HOMES: &[(&str, &str)] = &[
    ("axum", "server"),
    ("axum-extra", "server"),
    ("utoipa-axum", "server"),
    ("tower-http", "server"),
    ("rusqlite", "store"),
    ("tokio-postgres", "store"),
    ("deadpool-postgres", "store"),
    ("reqwest", "outside"),
    ("lettre", "outside"),
];

struct Package {
    name: String,
    uses: BTreeSet<String>,
    uses_in_tests: BTreeSet<String>,
}

fn packages() -> Vec<Package> {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = |package: &Value| {
        let named = |test: bool| {
            let wanted = |dependency: &&Value| (dependency["kind"] == "dev") == test;
            let name = |dependency: &Value| dependency["name"].as_str().unwrap().to_owned();
            package["dependencies"].as_array().unwrap().iter().filter(wanted).map(name).collect()
        };
        let name = package["name"].as_str().unwrap().to_owned();
        Package { name, uses: named(false), uses_in_tests: named(true) }
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

#[test]
fn crate_arrows_point_down() {
    let house: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut findings = Vec::new();
    for package in packages() {
        let Some(allowed) = house.get(package.name.as_str()) else {
            findings.push(format!("{} has no floor: add it to MAY_USE and say why in ARCHITECTURE.md", package.name));
            continue;
        };
        let own = package.uses.iter().filter(|used| house.contains_key(used.as_str()));
        let forbidden = own.filter(|used| !allowed.contains(&used.as_str()));
        findings.extend(forbidden.map(|used| format!("{} uses {used}", package.name)));
    }
    none("Arrows between crates point down only (ARCHITECTURE.md, Floors):", &findings);
}

#[test]
fn the_customers_side_cannot_reach_the_merchants_assistant() {
    let house: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let real: BTreeMap<String, BTreeSet<String>> =
        packages().into_iter().map(|package| (package.name, package.uses)).collect();
    for start in CUSTOMER_SIDE {
        let mut reached = BTreeSet::from([(*start).to_owned()]);
        let mut open = vec![(*start).to_owned()];
        while let Some(next) = open.pop() {
            for used in real.get(&next).into_iter().flatten() {
                if reached.insert(used.clone()) {
                    open.push(used.clone());
                }
            }
        }
        assert!(!reached.contains("office"), "{start} reaches office");
        assert!(!house.get(start).unwrap().contains(&"office"), "the table lets {start} reach office");
    }
}

#[test]
fn foreign_libraries_stay_at_home() {
    let mut findings = Vec::new();
    for package in packages().into_iter().filter(|package| package.name != "bench") {
        let strays = HOMES.iter().filter(|(library, home)| package.uses.contains(*library) && package.name != *home);
        findings
            .extend(strays.map(|(library, home)| format!("{} uses {library}, which lives in {home}", package.name)));
    }
    none("These libraries have one home:", &findings);
}

#[test]
fn the_test_house_is_used_by_tests_only() {
    let users: Vec<String> =
        packages().into_iter().filter(|package| package.uses.contains("testkit")).map(|package| package.name).collect();
    none("testkit belongs under [dev-dependencies] in:", &users);
    assert!(packages().iter().any(|package| package.uses_in_tests.contains("testkit")), "the rule looks at something");
}
