//! An export holds everything of hers, nothing of anybody else, and keeps to its published schema.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use datamap::{Export, TABLES};
use serde_json::Value as Json;

use crate::dump::Hay;
use crate::house::{House, STAFF_EMAIL, STAFF_NAME};
use crate::plant::plant;

async fn unpacked(house: &House, person: model::PersonId) -> BTreeMap<String, Vec<u8>> {
    let (keyring, store, world) = (&house.keyring, &house.store, &house.world);
    let zip = privacy::export::zip(keyring, store, world, house.organisation, person).await.unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut files = BTreeMap::new();
    for position in 0..archive.len() {
        let mut file = archive.by_index(position).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_of_hers_nothing_of_his() {
    for house in House::both().await {
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let files = unpacked(&house, ada.person).await;
        let all: Vec<u8> = files.values().flatten().copied().collect();
        let all = Hay::new(&all);
        for marker in &ada.markers {
            let field = datamap::table(marker.table).unwrap().field(marker.column).unwrap();
            let printed = field.preset.export != Export::Described;
            assert_eq!(all.has(&marker.needle), printed, "{}.{}", marker.table, marker.column);
        }
        for marker in &bob.markers {
            assert!(!all.has(&marker.needle), "{}.{} of somebody else", marker.table, marker.column);
        }
        for (table, id) in &bob.ids {
            assert!(!all.has(id.as_bytes()), "the id of a {table} of somebody else");
        }
        assert!(all.has(STAFF_NAME.as_bytes()), "she sees who answered her");
        assert!(!all.has(STAFF_EMAIL.as_bytes()), "but not how to reach them");
        assert!(!all.has(house.member.to_string().as_bytes()), "nor their id");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_printed_field_of_the_map_is_in_the_document() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let files = unpacked(&house, ada.person).await;
    let document: Json = serde_json::from_slice(&files["data.json"]).unwrap();
    for table in TABLES.iter().filter(|table| table.person().is_some()) {
        let row = &document["tables"][table.name]["rows"][0];
        for field in table.fields {
            let printed = field.preset.export != Export::Described && field.references != Some("organisation");
            let name = field.name.strip_suffix("_sealed").unwrap_or(field.name);
            assert_eq!(row.get(name).is_some(), printed, "{}.{}", table.name, field.name);
        }
    }
    assert_eq!(document["about"].as_array().unwrap().len(), 9, "the nine items of Art. 15");
    let audit = document["tables"]["audit"]["rows"].as_array().unwrap();
    assert!(audit.len() >= ada.ids.len() - 1, "who looked at what of hers");
    let file = document["tables"]["file"]["rows"][0]["content"].as_str().unwrap();
    assert!(files.contains_key(file), "the file is where the document says");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_runs_nothing_and_loads_nothing() {
    let house = House::embedded().await;
    let ada = plant(&house, "<script>alert(1)</script>").await;
    let page = String::from_utf8(unpacked(&house, ada.person).await["index.html"].clone()).unwrap();
    assert!(!page.contains("<script") && page.contains("&lt;script"), "her words are words");
    for sign in ["src=", "http://", "https://", "url(", "onerror", "@import"] {
        assert!(!page.contains(sign), "{sign}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_fingerprints_is_complete_and_true() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let files = unpacked(&house, ada.person).await;
    let manifest: Json = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["sha256"].as_object().unwrap();
    assert_eq!(listed.len(), files.len() - 1);
    for (path, print) in listed {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &files[path]);
        assert_eq!(print.as_str().unwrap(), data_encoding::HEXLOWER.encode(digest.as_ref()), "{path}");
    }
}

/// A second implementation of JSON Schema judges the document, where the machine has one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_document_keeps_to_the_published_schema() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let files = unpacked(&house, ada.person).await;
    let room = tempfile::tempdir().unwrap();
    for name in ["data.json", "export.schema.json"] {
        std::fs::write(room.path().join(name), &files[name]).unwrap();
    }
    let program = "import json,sys\ntry:\n import jsonschema\nexcept ImportError:\n sys.exit(77)\n\
        jsonschema.Draft202012Validator(json.load(open('export.schema.json'))).validate(json.load(open('data.json')))";
    let judged = std::process::Command::new("python3").args(["-c", program]).current_dir(room.path()).output();
    match judged {
        Ok(judged) if judged.status.code() == Some(77) => eprintln!("skipped: python3 has no jsonschema here"),
        Ok(judged) => assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr)),
        Err(_) => eprintln!("skipped: there is no python3 here"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_an_export_of_nobody() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    house.erase(ada.person).await;
    let stranger = model::PersonId::new(&house.world);
    for person in [ada.person, stranger] {
        let (keyring, store, world) = (&house.keyring, &house.store, &house.world);
        let refused = privacy::export::zip(keyring, store, world, house.organisation, person).await;
        assert!(matches!(refused, Err(privacy::Fault::Refused(_))));
    }
}
