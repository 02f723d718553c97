//! The OpenAPI document: committed, current, and the same as the permission table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use server::http::document;
use server::http::permission::PERMISSIONS;

fn current() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap();
    text.push('\n');
    text
}

#[test]
fn the_committed_document_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, current()).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == current(), "openapi.json is stale; run: UPDATE_OPENAPI=1 cargo test -p server document");
}

#[test]
fn every_address_is_in_the_permission_table_and_every_permission_has_an_address() {
    let document: Value = serde_json::to_value(document()).unwrap();
    let mut served = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "put", "post", "delete", "patch", "head", "options"] {
            if item.get(method).is_some() {
                served.insert((method.to_owned(), path.clone()));
            }
        }
    }
    let listed: Vec<_> =
        PERMISSIONS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    let unique: BTreeSet<_> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), unique.len(), "an address is listed twice");
    assert_eq!(served, unique);
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document: Value = serde_json::to_value(document()).unwrap();
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(target)) = fields.get("$ref") {
                    assert!(document.pointer(&target[1..]).is_some(), "{target} leads nowhere");
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
