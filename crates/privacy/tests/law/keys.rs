//! The keys that a restore puts back: all of them, or the restore is not over; and under a ledger that is new enough.

use std::time::Duration;

use model::{DepartureId, ErasureId, OrganisationId};
use privacy::backup::{BackupFault, KeyCopy, Sources, restore};
use store::dump::{self, Restore, Shelf};
use store::{Fence, Statement, Store, StoreConfig, Value, Work};

use crate::backup::{Yard, key, master, seen, silent, there, yard};
use crate::house::{House, row};
use crate::plant::plant;

/// The keys of so many organisations that they come in several batches.
async fn many_keys(house: &House) {
    let columns = ["organisation", "subject", "wrapped"].map(str::to_owned).to_vec();
    let shelf = Shelf { table: "wrapped_key".to_owned(), columns };
    let another = || OrganisationId::new(&house.world).into();
    let rows = (0..1_200).map(|_| vec![another(), "organisation".into(), Value::Bytes(vec![7; 60])]).collect();
    dump::put_back(&house.store, &shelf, rows).await.unwrap();
}

async fn keys_in(config: &StoreConfig) -> i64 {
    let store = Store::open(config.clone()).await.unwrap();
    let many = dump::count(&store, "wrapped_key").await.unwrap();
    store.close().await;
    many
}

async fn told(config: &StoreConfig, sql: &'static str) {
    let store = Store::open(config.clone()).await.unwrap();
    store.write(Work::new(Fence::House).with(Statement::new(sql, Vec::new()))).await.unwrap();
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_that_broke_off_among_the_keys_puts_all_of_them_back() {
    for house in House::both().await {
        let yard = yard(&house);
        let (ada, eve) = (plant(&house, "ada").await, plant(&house, "eve").await);
        house.erase(eve.person).await;
        many_keys(&house).await;
        let (_, file) = yard.make().await;
        yard.copy.renew().await.unwrap();
        let place = yard.empty("new");
        told(
            &place,
            "CREATE TRIGGER keyring.full BEFORE INSERT ON wrapped_key WHEN (SELECT count(*) FROM wrapped_key) = 700 \
             BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        )
        .await;
        yard.restore(&file, &place, &house.world).await.unwrap_err();
        assert_eq!(keys_in(&place).await, 500, "half of them are there");
        let folder = yard.room.path().join("keys");
        let copy = KeyCopy::new(place.clone(), (key(), house.world.clone()), folder, None);
        let fault = copy.renew().await.unwrap_err();
        assert!(matches!(fault, BackupFault::Unfinished), "the one good copy is not written over: {fault}");
        told(&place, "DROP TRIGGER keyring.full").await;
        let sources = Sources { data: file.clone(), keys: None };
        let fault = restore(&sources, &place, (&master(), &house.world), &silent).await.unwrap_err();
        assert!(matches!(fault, BackupFault::HalfKeys), "half of the keys are no keys: {fault}");
        yard.restore(&file, &place, &house.world).await.unwrap();
        let all = dump::count(&house.store, "wrapped_key").await.unwrap();
        assert_eq!(keys_in(&place).await, all, "every key, and no second time");
        assert!(there(&seen(&place, &house).await, &ada).iter().all(|found| *found), "every field of hers, opened");
    }
}

/// The keys were there before: a restore of the data that broke off does not exchange them for an older copy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_were_here_are_kept_however_often_a_restore_begins() {
    let house = House::embedded().await;
    let yard = yard(&house);
    yard.copy.renew().await.unwrap();
    let old = yard.room.path().join("old.cfd");
    std::fs::copy(yard.copy.newest().unwrap(), &old).unwrap();
    let bob = plant(&house, "bob").await;
    let (_, file) = yard.make().await;
    yard.copy.renew().await.unwrap();
    let place = yard.empty("new");
    yard.restore(&file, &place, &house.world).await.unwrap();
    let store = Store::open(place.clone()).await.unwrap();
    dump::mark(&store, Restore::Data).await.unwrap();
    store.close().await;
    let sources = Sources { data: file, keys: Some(old) };
    restore(&sources, &place, (&master(), &house.world), &silent).await.unwrap();
    assert!(there(&seen(&place, &house).await, &bob).iter().all(|found| *found), "his key is newer than the copy");
}

/// An organisation that ended here, and one line in the ledger of erasures that is left of it.
async fn ended(house: &House) {
    let gone = OrganisationId::new(&house.world);
    let now = || Value::from(house.world.now());
    let line = |table, id: String, more: Vec<(&'static str, Value)>| {
        let of =
            vec![("id", id.into()), ("organisation", gone.into()), ("state", "done".into()), ("steps", "{}".into())];
        row(table, [of, vec![("created_at", now()), ("finished_at", now())], more].concat())
    };
    let erased = vec![("subject_mac", Value::Bytes(vec![7; 32])), ("requested_by", "visitor".into())];
    let work = Work::new(Fence::House)
        .with(line("erasure", ErasureId::new(&house.world).to_string(), erased))
        .with(line("departure", DepartureId::new(&house.world).to_string(), vec![("certificate", "{}".into())]));
    house.store.write(work).await.unwrap();
}

fn day(yard: &Yard) -> std::path::PathBuf {
    let to = yard.room.path().join("yesterday.cfd");
    std::fs::copy(yard.copy.newest().unwrap(), &to).unwrap();
    to
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_is_not_older_because_that_of_an_ended_organisation_went() {
    for house in House::both().await {
        let yard = yard(&house);
        let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
        ended(&house).await;
        house.erase(ada.person).await;
        house.clock.advance(privacy::holdings::days(datamap::term("account").unwrap().days) - Duration::from_secs(60));
        yard.copy.renew().await.unwrap();
        let yesterday = day(&yard);
        house.erase(bob.person).await;
        let (_, file) = yard.make().await;
        house.clock.advance(Duration::from_secs(120));
        assert_eq!(privacy::leave::let_go(&house.store, &house.world).await.unwrap(), 1, "what was left of the other");
        yard.copy.renew().await.unwrap();
        // As many lines as were noted, one of them that of the other, but not the newest: bob would come back.
        let old = Sources { data: file.clone(), keys: Some(yesterday) };
        let fault = restore(&old, &yard.empty("old"), (&master(), &house.world), &silent).await.unwrap_err();
        assert!(matches!(fault, BackupFault::OldLedger { here: 2, then: 2 }), "{fault}");
        yard.restore(&file, &yard.empty("new"), &house.world).await.unwrap();
        let head = vault::archive_head(&mut std::fs::File::open(&file).unwrap()).unwrap();
        let newest = privacy::erase::latest(&house.store, house.organisation, 1).await.unwrap();
        assert!(!format!("{head:?}").contains(&newest[0].id.to_string()), "its id would open its receipt");
        assert!(vault::ArchiveReader::begin(std::fs::File::open(&file).unwrap(), &key()).is_ok());
    }
}
