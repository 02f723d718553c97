//! Invariant 1: every column is on the map and everything on the map is a column, on both engines; the same for files.

use std::collections::BTreeSet;

use datamap::{FILES, TABLES};

use crate::house::House;
use crate::plant::plant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_is_on_the_map_and_the_map_is_no_wish() {
    for house in House::both().await {
        let live: BTreeSet<(String, String)> = house.store.columns().await.unwrap().into_iter().collect();
        let mapped: BTreeSet<(String, String)> = TABLES
            .iter()
            .flat_map(|table| table.fields.iter().map(|field| (table.name.to_owned(), field.name.to_owned())))
            .collect();
        let unlisted: Vec<_> = live.difference(&mapped).collect();
        let missing: Vec<_> = mapped.difference(&live).collect();
        assert!(unlisted.is_empty(), "stored, but not on the map: {unlisted:?}");
        assert!(missing.is_empty(), "on the map, but not stored: {missing:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_file_on_disk_is_on_the_map() {
    let house = House::embedded().await;
    plant(&house, "ada").await;
    for folder in ["data", "keys"] {
        for entry in std::fs::read_dir(house.folder().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(FILES.iter().any(|file| file.name == name), "{name} is on disk, but not on the map");
        }
    }
}
