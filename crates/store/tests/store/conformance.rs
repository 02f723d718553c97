//! A work is all or nothing, guards hold, and both engines name every failure alike.

use store::{Expect, Fence, Statement, StoreError, Value, Work, person};
use testkit::engines;

use crate::scene::{SAY, Scene};

#[tokio::test]
async fn a_work_answers_with_what_each_statement_did() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let returning = Statement::new(
            "UPDATE conversation SET epoch = epoch + 1 WHERE organisation = $1 AND id = $2 RETURNING epoch, last_seq, closed_at",
            vec![scene.organisation.into(), scene.conversation.into()],
        );
        let done = store.write(Work::new(scene.fence()).with(scene.say(1, None)).with(returning)).await.unwrap();
        assert_eq!((done[0].changed, done[0].rows.len()), (1, 0), "{}", store.name());
        assert_eq!((done[1].changed, done[1].rows.len()), (1, 1), "{}", store.name());
        assert_eq!(done[1].rows[0].int("epoch"), Ok(1));
        assert_eq!(done[1].rows[0].maybe_moment("closed_at"), Ok(None));
        assert_eq!(done[1].rows[0].names(), ["epoch", "last_seq", "closed_at"]);
    }
}

#[tokio::test]
async fn values_are_bound_by_their_number_not_by_their_place() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let backwards = Statement::new(
            "SELECT CAST($3 AS TEXT) AS third, CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first",
            vec![scene.organisation.into(), "two".into(), "three".into()],
        );
        let row = store.one(scene.fence(), backwards).await.unwrap().unwrap();
        assert_eq!(row.text("second").unwrap() + &row.text("third").unwrap(), "twothree", "{}", store.name());
        assert_eq!(row.id("first"), Ok(scene.organisation));
    }
}

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_went_in() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let bytes: Vec<u8> = (0..=255).collect();
        let text = "Grüße, سلام, 👩‍🚀 '\"; DROP TABLE person; --\n";
        let statement = Statement::new(
            "SELECT CAST($1 AS TEXT) AS id, CAST($2 AS TEXT) AS text, CAST($3 AS BIGINT) AS low, CAST($4 AS BIGINT) AS high, \
             CAST($5 AS TEXT) AS blank, name FROM organisation WHERE id = $1",
            vec![scene.organisation.into(), text.into(), i64::MIN.into(), i64::MAX.into(), Value::Null],
        );
        let row = store.one(scene.fence(), statement).await.unwrap().unwrap();
        assert_eq!(row.text("text").as_deref(), Ok(text), "{}", store.name());
        assert_eq!((row.int("low"), row.int("high")), (Ok(i64::MIN), Ok(i64::MAX)));
        assert_eq!(row.maybe_text("blank"), Ok(None));
        let keep = Statement::new(
            "UPDATE person SET email_index = $3, name_sealed = $4 WHERE organisation = $1 AND id = $2",
            vec![scene.organisation.into(), scene.person.into(), bytes.clone().into(), Vec::new().into()],
        );
        scene.write(&store, vec![keep]).await.unwrap();
        let found = person::by_email_index(scene.organisation, bytes);
        let row = store.one(scene.fence(), found).await.unwrap().unwrap();
        assert_eq!(row.bytes("name_sealed"), Ok(Vec::new()), "empty bytes are not nothing ({})", store.name());
    }
}

#[tokio::test]
async fn a_broken_guard_undoes_the_whole_work_and_says_where() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        scene.write(&store, vec![scene.say(1, None), scene.touch(0)]).await.unwrap();
        let late = scene.write(&store, vec![scene.rename("Nobody"), scene.say(2, None), scene.touch(0)]).await;
        assert_eq!(late, Err(StoreError::Guard { statement: 2 }), "{}", store.name());
        assert_eq!((scene.name(&store).await.as_str(), scene.messages(&store).await), ("Teestube am Markt", 1));
        let at_least = scene.rename("Teeladen").expect(Expect::AtLeast(2));
        assert_eq!(scene.write(&store, vec![at_least]).await, Err(StoreError::Guard { statement: 0 }));
    }
}

#[tokio::test]
async fn a_second_delivery_of_the_same_message_is_refused_as_such() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        scene.write(&store, vec![scene.say(1, Some("first")), scene.touch(0)]).await.unwrap();
        let again = scene.write(&store, vec![scene.say(2, Some("first")), scene.touch(1)]).await;
        assert_eq!(again, Err(StoreError::Unique), "{}", store.name());
        let same_number = scene.write(&store, vec![scene.say(1, Some("other"))]).await;
        assert_eq!(same_number, Err(StoreError::Unique), "{}", store.name());
        scene
            .write(&store, vec![scene.say(2, None), scene.touch(1), scene.say(3, None), scene.touch(2)])
            .await
            .unwrap();
        assert_eq!(scene.messages(&store).await, 3, "messages without such an id do not collide ({})", store.name());
    }
}

#[tokio::test]
async fn a_row_cannot_refer_to_nothing_nor_lose_what_it_refers_to() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let other = Scene::set_in(&store, testkit::seeded_world(2).0).await;
        let mut astray = scene.say(1, None);
        let values: Vec<Value> = vec![
            model::MessageId::new(&scene.world).into(),
            scene.organisation.into(),
            other.conversation.into(),
            scene.person.into(),
            1.into(),
            vec![1u8].into(),
            Value::Null,
            scene.world.now().into(),
        ];
        let of_another = Statement::new(SAY, values);
        assert_eq!(
            scene.write(&store, vec![of_another]).await,
            Err(StoreError::Foreign),
            "no row refers across organisations ({})",
            store.name()
        );
        astray = astray.expect(Expect::Exactly(1));
        scene.write(&store, vec![astray]).await.unwrap();
        let delete = Statement::new(
            "DELETE FROM person WHERE organisation = $1 AND id = $2",
            vec![scene.organisation.into(), scene.person.into()],
        );
        assert_eq!(scene.write(&store, vec![delete]).await, Err(StoreError::Foreign), "{}", store.name());
    }
}

#[tokio::test]
async fn a_wrong_statement_is_a_fault_and_changes_nothing() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let organisation = || Value::from(scene.organisation);
        let wrong = [
            Statement::new("UPDATE organisation SET no_such_column = 1 WHERE id = $1", vec![organisation()]),
            Statement::new("THIS IS NO SQL $1", vec![organisation()]),
            Statement::new("SELECT $1, $2", vec![organisation()]),
            Statement::new("SELECT id FROM organisation WHERE id = $1", vec![organisation(), 1.into()]),
            Statement::new("UPDATE organisation SET name = NULL WHERE id = $1", vec![organisation()]),
            Statement::new(
                "UPDATE organisation SET created_at = $2 WHERE id = $1",
                vec![organisation(), "noon".into()],
            ),
        ];
        for statement in wrong {
            let outcome = scene.write(&store, vec![scene.rename("Nobody"), statement]).await;
            assert!(matches!(outcome, Err(StoreError::Fault(_))), "{}: {outcome:?}", store.name());
        }
        assert_eq!(scene.name(&store).await, "Teestube am Markt", "{}", store.name());
        scene.write(&store, vec![scene.rename("Teeladen")]).await.unwrap();
        assert_eq!(scene.name(&store).await, "Teeladen", "the writer lives on ({})", store.name());
    }
}

#[tokio::test]
async fn an_empty_work_is_done_at_once() {
    for store in engines().await {
        assert!(store.write(Work::new(Fence::House)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_was_answered_is_there_after_opening_again() {
    for mut store in engines().await {
        let scene = Scene::set(&store).await;
        scene.write(&store, vec![scene.say(1, None), scene.touch(0)]).await.unwrap();
        store.reopen().await;
        assert_eq!(scene.messages(&store).await, 1, "{}", store.name());
    }
}

#[tokio::test]
async fn a_closed_store_says_so() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        store.close().await;
        assert_eq!(
            scene.write(&store, vec![scene.rename("Nobody")]).await,
            Err(StoreError::Closed),
            "{}",
            store.name()
        );
        let read = store.one(scene.fence(), person::by_id(scene.organisation, scene.person)).await;
        assert_eq!(read.map(|_| ()), Err(StoreError::Closed), "{}", store.name());
        store.close().await;
    }
}
