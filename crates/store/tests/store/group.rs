//! Many writers share one commit, and none of them sinks another.

use futures::future::join_all;
use store::{Statement, StoreError, Work};
use testkit::engines;

use crate::scene::Scene;

#[tokio::test]
async fn of_many_works_at_once_only_the_failing_ones_fail() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        // Every third repeats the number of the one before it.
        let writing = (0..300i64).map(|n| {
            let seq = if n % 3 == 2 { n - 1 } else { n };
            let work = Work::new(scene.fence()).with(scene.say(seq, None));
            let store = store.store().clone();
            async move { store.write(work).await.map(|_| ()) }
        });
        let outcomes = join_all(writing).await;
        for (triple, outcomes) in outcomes.chunks(3).enumerate() {
            assert_eq!(outcomes[0], Ok(()), "triple {triple} ({})", store.name());
            // Which of the two came first is chance; that the other one failed, and nobody else, is not.
            let mut pair = [&outcomes[1], &outcomes[2]];
            pair.sort_by_key(|outcome| outcome.is_err());
            assert_eq!(pair, [&Ok(()), &Err(StoreError::Unique)], "triple {triple} ({})", store.name());
        }
        assert_eq!(scene.messages(&store).await, 200, "{}", store.name());
    }
}

#[tokio::test]
async fn of_two_who_take_the_same_turn_one_wins() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let writing =
            (0..40).map(|_| store.write(Work::new(scene.fence()).with(scene.touch(0)).with(scene.say(1, None))));
        let won = join_all(writing).await.into_iter().filter(Result::is_ok).count();
        assert_eq!((won, scene.messages(&store).await), (1, 1), "{}", store.name());
    }
}

#[tokio::test]
async fn works_in_one_group_keep_their_own_fences() {
    for store in engines().await {
        let ours = Scene::set(&store).await;
        let theirs = Scene::set_in(&store, testkit::seeded_world(2).0).await;
        let writing = (1..60i64).map(|seq| {
            let scene = if seq % 2 == 0 { &ours } else { &theirs };
            store.write(Work::new(scene.fence()).with(scene.say(seq, None)))
        });
        assert!(join_all(writing).await.iter().all(Result::is_ok), "{}", store.name());
        assert_eq!((ours.messages(&store).await, theirs.messages(&store).await), (29, 30), "{}", store.name());
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_its_work_whole() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let work = Work::new(scene.fence()).with(scene.say(1, None)).with(scene.touch(0));
        let mut gone = Box::pin(store.write(work));
        // Handed over; a quick writer may even have answered already.
        let _ = futures::poll!(gone.as_mut());
        drop(gone);
        scene.write(&store, vec![scene.rename("Teeladen")]).await.unwrap();
        assert_eq!(scene.messages(&store).await, 1, "it was handed over before ({})", store.name());
        let touched = Statement::new(
            "SELECT id FROM conversation WHERE organisation = $1 AND last_seq = 1",
            vec![scene.organisation.into()],
        );
        assert_eq!(store.all(scene.fence(), touched).await.unwrap().len(), 1, "{}", store.name());
    }
}
