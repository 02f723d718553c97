//! No tenant, no row: the first fence is in the statement, the second in the server.

use store::{EngineName, Fence, Statement, StoreError, Work, organisation};
use testkit::engines;

use crate::scene::Scene;

#[tokio::test]
async fn a_statement_that_does_not_name_its_organisation_is_refused() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let careless = Statement::new("SELECT id FROM person", Vec::new());
        let refused = store.all(scene.fence(), careless.clone()).await.map(|_| ());
        assert!(matches!(refused, Err(StoreError::Fault(_))), "{}", store.name());
        let refused = store.write(Work::new(scene.fence()).with(careless.clone())).await.map(|_| ());
        assert!(matches!(refused, Err(StoreError::Fault(_))), "{}", store.name());
        assert_eq!(store.all(Fence::House, careless).await.unwrap().len(), 1, "the house sees all ({})", store.name());
    }
}

#[tokio::test]
async fn another_organisations_statement_does_not_pass_this_fence() {
    for store in engines().await {
        let ours = Scene::set(&store).await;
        let theirs = Scene::set_in(&store, testkit::seeded_world(2).0).await;
        let refused = store.write(Work::new(ours.fence()).with(theirs.rename("Ours now"))).await.map(|_| ());
        assert!(matches!(refused, Err(StoreError::Fault(_))), "{}", store.name());
        let read = store.one(ours.fence(), organisation::by_id(theirs.organisation)).await.map(|_| ());
        assert!(matches!(read, Err(StoreError::Fault(_))), "{}", store.name());
        assert_eq!(theirs.name(&store).await, "Teestube am Markt");
    }
}

/// The statement names its organisation and forgets it in one place: only the server can notice.
#[tokio::test]
async fn a_hole_in_a_statement_finds_nothing_on_the_server() {
    for store in engines().await.into_iter().filter(|store| store.engine() == EngineName::Postgres) {
        let ours = Scene::set(&store).await;
        let theirs = Scene::set_in(&store, testkit::seeded_world(2).0).await;
        theirs.write(&store, vec![theirs.say(1, None)]).await.unwrap();
        for table in ["person", "conversation", "message"] {
            let holed = Statement::owned(
                format!("SELECT id FROM {table} WHERE organisation = $1 OR 1 = 1"),
                vec![ours.organisation.into()],
            );
            let found = store.all(ours.fence(), holed).await.unwrap();
            assert_eq!(found.len(), usize::from(table != "message"), "{table}");
        }
        let holed = Statement::new(
            "UPDATE organisation SET name = 'Ours' WHERE id = $1 OR 1 = 1",
            vec![ours.organisation.into()],
        );
        let done = store.write(Work::new(ours.fence()).with(holed)).await.unwrap();
        assert_eq!((done[0].changed, theirs.name(&store).await.as_str()), (1, "Teestube am Markt"));
        let smuggled = Statement::new(
            "INSERT INTO person (id, organisation, locale, created_at, last_seen_at) VALUES ($2, $3, $1, 0, 0)",
            vec![ours.organisation.into(), "per_smuggled".into(), theirs.organisation.into()],
        );
        let refused = store.write(Work::new(ours.fence()).with(smuggled)).await.map(|_| ());
        assert!(matches!(refused, Err(StoreError::Fault(_))), "{refused:?}");
    }
}

/// Connections are shared: the fence of the last reader must never be the next one's.
#[tokio::test]
async fn a_fence_does_not_stay_on_the_connection() {
    for store in engines().await {
        let ours = Scene::set(&store).await;
        let theirs = Scene::set_in(&store, testkit::seeded_world(2).0).await;
        for turn in 0..60 {
            let everyone = store.all(Fence::House, organisation::every()).await.unwrap();
            assert_eq!(everyone.len(), 2, "{}", store.name());
            let scene = if turn % 2 == 0 { &ours } else { &theirs };
            let seen = store.all(scene.fence(), organisation::by_id(scene.organisation)).await.unwrap();
            assert_eq!(seen.len(), 1, "{}", store.name());
        }
    }
}
