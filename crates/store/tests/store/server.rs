//! The server engine's own stories: an unreachable server, a lost connection, two programs on one database.

use futures::future::join_all;
use store::{EngineName, Fence, Statement, Store, StoreConfig, StoreError, Work};
use testkit::{TestStore, engines};

use crate::scene::Scene;

async fn servers() -> Vec<TestStore> {
    engines().await.into_iter().filter(|store| store.engine() == EngineName::Postgres).collect()
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_a_clear_fault() {
    let url = "postgres://confidante:hunter2@127.0.0.1:9/confidante".to_owned();
    let opened = Store::open(StoreConfig::Postgres { url }).await.err().unwrap();
    let sentence = opened.to_string();
    assert!(sentence.contains("PostgreSQL") && !sentence.contains("hunter2"), "{sentence}");
    let url = "postgres://confidante:hunter2@:::/?".to_owned();
    let sentence = Store::open(StoreConfig::Postgres { url }).await.err().unwrap().to_string();
    assert!(!sentence.contains("hunter2"), "{sentence}");
}

#[tokio::test]
async fn the_writer_survives_the_loss_of_its_connection() {
    for store in servers().await {
        let scene = Scene::set(&store).await;
        for seq in 1..=3 {
            let cut = Statement::new(
                "SELECT count(pg_terminate_backend(pid)) AS cut FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                Vec::new(),
            );
            store.all(Fence::House, cut).await.unwrap();
            scene.write(&store, vec![scene.say(seq, None)]).await.unwrap();
            assert_eq!(scene.messages(&store).await, seq);
        }
    }
}

#[tokio::test]
async fn two_programs_share_one_database() {
    for store in servers().await {
        let scene = Scene::set(&store).await;
        let (first, second) = tokio::join!(Store::open(store.config()), Store::open(store.config()));
        let (first, second) = (first.unwrap(), second.unwrap());
        let writing = (1..=100i64).map(|seq| {
            let program = if seq % 2 == 0 { &first } else { &second };
            program.write(Work::new(scene.fence()).with(scene.say(seq, None)).with(scene.rename("Teeladen")))
        });
        let outcomes = join_all(writing).await;
        assert!(outcomes.iter().all(Result::is_ok), "{:?}", outcomes.into_iter().find_map(Result::err));
        assert_eq!(scene.messages(&store).await, 100);
        first.close().await;
        second.close().await;
    }
}

#[tokio::test]
async fn a_lock_held_by_somebody_else_for_too_long_is_a_fault_and_no_harm() {
    for store in servers().await {
        let scene = Scene::set(&store).await;
        let hold = Statement::new(
            "UPDATE organisation SET name = name || CAST(pg_sleep(1) AS TEXT) WHERE id = $1",
            vec![scene.organisation.into()],
        );
        let other = Store::open(store.config()).await.unwrap();
        let holding = other.write(Work::new(scene.fence()).with(hold));
        let waiting = scene.write(&store, vec![scene.rename("Teeladen")]);
        let (held, waited) = tokio::join!(holding, waiting);
        assert!(held.is_ok(), "{:?}", held.err());
        assert_eq!(waited, Ok::<(), StoreError>(()));
        other.close().await;
    }
}

/// A look through everything may take its time; whoever reads next on the same connection may not.
#[tokio::test]
async fn only_a_patient_read_may_take_longer_than_a_minute() {
    for store in servers().await {
        let limit = || Statement::new("SELECT current_setting('statement_timeout') AS most", Vec::new());
        for (statement, most) in [(limit(), "1min"), (limit().patiently(), "0"), (limit(), "1min")] {
            let row = store.one(Fence::House, statement).await.unwrap().unwrap();
            assert_eq!(row.text("most").unwrap(), most);
        }
    }
}
