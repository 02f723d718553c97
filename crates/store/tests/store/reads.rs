//! Reads see the last answered commit, many at a time, and cannot write.

use futures::future::join_all;
use store::{Statement, StoreError, conversation, person};
use testkit::engines;

use crate::scene::{RENAME, Scene};

#[tokio::test]
async fn a_read_sees_what_was_answered_before_it() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        for seq in 1..=20 {
            scene.write(&store, vec![scene.say(seq, None)]).await.unwrap();
            assert_eq!(scene.messages(&store).await, seq, "{}", store.name());
        }
    }
}

#[tokio::test]
async fn many_reads_at_once_are_all_answered() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let reading =
            (0..200).map(|_| store.all(scene.fence(), conversation::by_id(scene.organisation, scene.conversation)));
        assert!(join_all(reading).await.into_iter().all(|found| found.unwrap().len() == 1), "{}", store.name());
    }
}

#[tokio::test]
async fn a_read_cannot_write() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let sly = Statement::new(RENAME, vec![scene.organisation.into(), "Nobody".into()]);
        assert!(matches!(store.all(scene.fence(), sly).await, Err(StoreError::Fault(_))), "{}", store.name());
        assert_eq!(scene.name(&store).await, "Teestube am Markt");
    }
}

#[tokio::test]
async fn nothing_found_is_nothing_and_not_a_fault() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let nobody = model::PersonId::new(&scene.world);
        let found = store.one(scene.fence(), person::by_id(scene.organisation, nobody)).await.unwrap();
        assert!(found.is_none(), "{}", store.name());
    }
}
