//! Leaving: an organisation takes everything on the map with it, and then nothing of it is left.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use datamap::{Export, TABLES, Table};
use model::{OrganisationId, TenantExportId};
use privacy::leave::{
    Departer, Exporter, ask_for_export, ask_to_leave, certificate, progress, ready, replay, resume, unpacked,
};
use serde_json::Value as Json;
use store::Fence;
use vault::{ArchiveKey, MasterKey};

use crate::dump::{Hay, cells, files, found};
use crate::house::{House, STAFF_EMAIL, STAFF_NAME};
use crate::plant::{Planted, plant};

fn key() -> ArchiveKey {
    ArchiveKey::new(&MasterKey::from_bytes([0x33; 32]))
}

struct Yard {
    room: tempfile::TempDir,
    exporter: Exporter,
}

fn yard(house: &House) -> Yard {
    let room = tempfile::tempdir().unwrap();
    let exporter = Exporter::new(house.counter(), key(), room.path().join("exports"));
    Yard { room, exporter }
}

fn exports(yard: &Yard, house: &House) -> std::path::PathBuf {
    yard.room.path().join("exports").join(house.organisation.to_string())
}

async fn asked(house: &House) -> TenantExportId {
    ask_for_export(&house.store, &house.world, house.organisation).await.unwrap()
}

/// The finished zip, opened: path and contents.
async fn taken(house: &House, yard: &Yard, id: TenantExportId) -> BTreeMap<String, Vec<u8>> {
    let folder = yard.room.path().join("exports");
    let path = ready(&house.store, &house.world, (house.organisation, id), &folder).await.unwrap();
    let mut bytes = Vec::new();
    unpacked(&path, &key()).unwrap().read_to_end(&mut bytes).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for position in 0..zip.len() {
        let mut file = zip.by_index(position).unwrap();
        let mut contents = Vec::new();
        file.read_to_end(&mut contents).unwrap();
        all.insert(file.name().unwrap().to_string(), contents);
    }
    all
}

/// What of the map must be in an export: the tables of an organisation with at least one printed column.
fn printed() -> impl Iterator<Item = (&'static Table, Vec<&'static str>)> {
    let of_tenant = |table: &&Table| table.name == "organisation" || table.field("organisation").is_some();
    let ledger = |table: &&Table| !["erasure", "departure"].contains(&table.name);
    TABLES.iter().filter(of_tenant).filter(ledger).filter_map(|table| {
        let fields = table.fields.iter().filter(|field| field.preset.export != Export::Described);
        let names: Vec<&str> = fields.map(|field| field.name.strip_suffix("_sealed").unwrap_or(field.name)).collect();
        (!names.is_empty()).then_some((table, names))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_of_an_organisation_is_complete_against_the_map() {
    for house in House::both().await {
        let yard = yard(&house);
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let id = asked(&house).await;
        yard.exporter.run(house.organisation, id).await.unwrap();
        let disk = Hay::new(&files(yard.room.path()));
        let all = taken(&house, &yard, id).await;
        for (table, names) in printed() {
            let json: Json = serde_json::from_slice(&all[&format!("json/{}.json", table.name)]).unwrap();
            let rows = json.as_array().unwrap();
            let many = store::tenant::count(
                store::tenant::Holding { table: table.name, tenant: tenant(table), key: None },
                house.organisation,
            );
            let many = house.store.one(Fence::Organisation(house.organisation), many).await.unwrap().unwrap();
            assert_eq!(rows.len() as i64, many.int("many").unwrap(), "{}: every row", table.name);
            for row in rows {
                for name in &names {
                    assert!(row.get(name).is_some(), "{}.{name} is not in the JSON", table.name);
                }
            }
            let csv = String::from_utf8(all[&format!("csv/{}.csv", table.name)].clone()).unwrap();
            assert_eq!(csv.lines().next().unwrap(), names.join(","), "{}: the columns of the CSV", table.name);
        }
        let everything = Hay::new(&all.values().flatten().copied().collect::<Vec<u8>>());
        for marker in ada.markers.iter().chain(&bob.markers) {
            let field = datamap::table(marker.table).unwrap().field(marker.column).unwrap();
            let wanted = field.preset.export != Export::Described;
            assert_eq!(everything.has(&marker.needle), wanted, "{}.{}", marker.table, marker.column);
            assert!(!disk.has(&marker.needle), "{}.{} lies readable on the disk", marker.table, marker.column);
        }
        for words in [STAFF_NAME, STAFF_EMAIL, "Nadel & Faden"] {
            assert!(everything.has(words.as_bytes()), "{words}");
        }
        assert_eq!(fs::read_dir(exports(&yard, &house).join(id.to_string())).unwrap().count(), 1, "one file");
    }
}

fn tenant(table: &Table) -> &'static str {
    if table.name == "organisation" { "id" } else { "organisation" }
}

/// Pieces that are there are believed, pieces that were cut are written again: killed anywhere, the same comes out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_export_goes_on_and_ends_in_the_same_place() {
    let house = House::embedded().await;
    let yard = yard(&house);
    plant(&house, "ada").await;
    let id = asked(&house).await;
    yard.exporter.run(house.organisation, id).await.unwrap();
    let whole = taken(&house, &yard, id).await;
    let again = asked(&house).await;
    let other = exports(&yard, &house).join(again.to_string());
    fs::create_dir_all(&other).unwrap();
    // Some pieces as a kill leaves them: cut, and half under another name.
    fs::write(other.join("000-000000.piece"), b"CFDARCH1 cut").unwrap();
    fs::write(other.join("001-000000.part"), b"half").unwrap();
    fs::write(other.join("whole.part"), b"half").unwrap();
    let unready =
        ready(&house.store, &house.world, (house.organisation, again), &yard.room.path().join("exports")).await;
    assert!(unready.is_err(), "nothing half done can be fetched");
    yard.exporter.run(house.organisation, again).await.unwrap();
    let resumed = taken(&house, &yard, again).await;
    assert_eq!(resumed.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    assert_eq!(resumed["json/message.json"], whole["json/message.json"]);
    house.clock.advance(std::time::Duration::from_secs(8 * 24 * 60 * 60));
    yard.exporter.run(house.organisation, again).await.unwrap();
    assert!(!other.exists(), "after a week it is gone");
}

/// However large the files are that people sent, only a few of them are in memory at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_files_are_taken_along_a_few_at_a_time() {
    for house in House::both().await {
        let yard = yard(&house);
        let ada = plant(&house, "ada").await;
        for _ in 0..5 {
            large_file(&house, &ada).await;
        }
        let id = asked(&house).await;
        // Something stands where the pieces are put together, so that they stay.
        let folder = exports(&yard, &house).join(id.to_string());
        fs::create_dir_all(folder.join("whole.part")).unwrap();
        assert!(yard.exporter.run(house.organisation, id).await.is_err());
        let pieces = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let sizes: Vec<u64> = pieces.map(|path| fs::metadata(path).unwrap().len()).collect();
        assert!(sizes.iter().all(|size| *size < 9_000_000), "no piece holds them all: {sizes:?}");
        assert!(sizes.iter().filter(|size| **size > 4_000_000).count() >= 5, "{sizes:?}");
        fs::remove_dir(folder.join("whole.part")).unwrap();
        yard.exporter.run(house.organisation, id).await.unwrap();
        let all = taken(&house, &yard, id).await;
        let rows: Vec<Json> = serde_json::from_slice(&all["json/file.json"]).unwrap();
        assert_eq!(rows.len(), 6, "every row once");
        let large = all.iter().filter(|(path, bytes)| path.starts_with("files/") && bytes.len() == LARGE).count();
        assert_eq!(large, 5, "and every file");
        let whole = privacy::leave::whole(&house.keyring, &house.store, house.organisation).await.unwrap();
        assert_eq!(whole.missing, 0, "a page that was full is not taken for rows that are missing: {:?}", whole.where_);
    }
}

const LARGE: usize = 4_500_000;

async fn large_file(house: &House, whose: &Planted) {
    let id = model::FileId::new(&house.world).to_string();
    let key = house.keyring.subject(house.organisation, &whose.person.to_string()).await.unwrap();
    let place = |column| vault::Place { organisation: house.organisation, table: "file", column, row: &id };
    let row = vec![
        ("id", id.as_str().into()),
        ("organisation", house.organisation.into()),
        ("conversation", whose.ids["conversation"].as_str().into()),
        ("person", whose.person.into()),
        ("message", whose.ids["message"].as_str().into()),
        ("name_sealed", key.seal(&place("name_sealed"), "boots.jpg").unwrap().into()),
        ("mime", "image/jpeg".into()),
        ("bytes", (LARGE as i64).into()),
        ("content_sealed", key.seal_bytes(&place("content_sealed"), &vec![7; LARGE]).unwrap().into()),
        ("created_at", house.world.now().into()),
    ];
    house.insert("file", row).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_an_organisation_that_left_all_of_the_other() {
    for house in House::both().await {
        let (ada, _) = (plant(&house, "ada").await, plant(&house, "bob").await);
        let (eve, dan) = (plant(&house, "eve").await, plant(&house, "dan").await);
        house.erase(eve.person).await;
        // One that is under way when the organisation ends.
        let asked = privacy::erase::request(&house.counter(), house.organisation, dan.person, "visitor").await.unwrap();
        let other = neighbour(&house).await;
        let id = ask_to_leave(&house.store, &house.world, house.organisation).await.unwrap();
        assert_eq!(ask_to_leave(&house.store, &house.world, house.organisation).await.unwrap(), id, "twice is once");
        let departer = Departer::new(house.counter());
        departer.run(id).await.unwrap();
        let dump = cells(&house).await;
        for marker in &ada.markers {
            assert!(!found(&dump, &marker.needle), "{}.{}", marker.table, marker.column);
        }
        for words in [STAFF_NAME, STAFF_EMAIL, "Nadel & Faden"] {
            assert!(!found(&dump, words.as_bytes()), "{words}");
        }
        assert!(house.keyring.organisation(house.organisation).await.is_err(), "no key is left");
        assert!(found(&dump, b"The neighbour"), "nobody else lost anything");
        assert!(house.keyring.organisation(other).await.is_ok());
        assert!(!found(&dump, dan.person.to_string().as_bytes()), "nor who was being erased");
        assert_eq!(privacy::erase::progress(&house.store, asked).await.unwrap().state, "done");
        assert_eq!(privacy::ledger::replay(&house.eraser()).await.unwrap(), Default::default(), "a start goes on");
        let left = progress(&house.store, id).await.unwrap();
        assert_eq!(left.state, "done");
        assert!(left.erased["messages"] == 3 && left.erased["organisations"] == 1, "{:?}", left.erased);
        let text = certificate(&house.store, id).await.unwrap();
        assert!(!text.contains("Nadel") && text.contains(&house.organisation.to_string()));
        let seen = privacy::verify::certificate(&text, None).unwrap();
        assert_eq!((seen.organisation, seen.found), (house.organisation.to_string(), 0));
        assert!(privacy::verify::certificate(&text.replacen("\"count\": 3", "\"count\": 4", 1), None).is_err());
        departer.run(id).await.unwrap();
        assert_eq!(replay(&departer).await.unwrap(), 0, "nothing is left to do");
        // An older backup brings the row of the organisation back.
        let row = store::organisation::OrganisationRow {
            id: house.organisation,
            name: "Back from the dead".to_owned(),
            widget_key: "wk_back".to_owned(),
            settings: "{}".to_owned(),
            created_at: house.world.now(),
        };
        house.store.write(house.work().with(store::organisation::insert(row))).await.unwrap();
        assert_eq!(replay(&departer).await.unwrap(), 1);
        assert!(!found(&cells(&house).await, b"Back from the dead"), "and it goes again");
    }
}

/// Its job goes with its rows: what is missing afterwards is done by the house.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_that_was_stopped_after_its_last_row_is_finished_without_its_job() {
    struct Deaf(std::sync::atomic::AtomicBool);
    impl privacy::erase::Forgetful for Deaf {
        fn name(&self) -> &'static str {
            "deaf"
        }

        fn forget<'a>(
            &'a self,
            _: OrganisationId,
            _: model::PersonId,
        ) -> vault::BoxFuture<'a, Result<(), privacy::Fault>> {
            let deaf = self.0.swap(false, std::sync::atomic::Ordering::SeqCst);
            Box::pin(async move { if deaf { Err(privacy::Fault::Broken("out of order".into())) } else { Ok(()) } })
        }
    }
    for house in House::both().await {
        plant(&house, "ada").await;
        let id = ask_to_leave(&house.store, &house.world, house.organisation).await.unwrap();
        let departer = Departer::new(house.counter()).telling(std::sync::Arc::new(Deaf(true.into())));
        assert!(departer.run(id).await.is_err());
        assert!(certificate(&house.store, id).await.is_err(), "no certificate while somebody remembers");
        assert_eq!(resume(&departer).await.unwrap(), 0, "its own job may still be at it");
        house.clock.advance(std::time::Duration::from_secs(60 * 60));
        assert_eq!(resume(&departer).await.unwrap(), 1);
        assert!(certificate(&house.store, id).await.is_ok());
        assert_eq!(resume(&departer).await.unwrap(), 0, "nothing is left to do");
    }
}

async fn neighbour(house: &House) -> OrganisationId {
    let id = OrganisationId::new(&house.world);
    house.keyring.create_organisation(id).await.unwrap();
    let row = store::organisation::OrganisationRow {
        id,
        name: "The neighbour".to_owned(),
        widget_key: format!("wk_{id}"),
        settings: "{}".to_owned(),
        created_at: house.world.now(),
    };
    house.store.write(store::Work::new(Fence::Organisation(id)).with(store::organisation::insert(row))).await.unwrap();
    id
}

/// An export that was made before somebody was erased holds her: it goes with her.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_reaches_exports_that_lie_ready() {
    let house = House::embedded().await;
    let yard = yard(&house);
    let ada = plant(&house, "ada").await;
    let id = asked(&house).await;
    yard.exporter.run(house.organisation, id).await.unwrap();
    assert!(exports(&yard, &house).exists());
    let erasure = privacy::erase::request(&house.counter(), house.organisation, ada.person, "visitor").await.unwrap();
    let shelf = std::sync::Arc::new(privacy::leave::Shelf(yard.room.path().join("exports")));
    house.eraser().telling(shelf).run(erasure).await.unwrap();
    assert!(!exports(&yard, &house).exists(), "nothing of hers in any file");
    let folder = yard.room.path().join("exports");
    assert!(ready(&house.store, &house.world, (house.organisation, id), &folder).await.is_err(), "not found any more");
}
