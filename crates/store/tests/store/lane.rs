//! The assistant's lane: what is marked, closed or in a person's hands does not exist for it, on either engine.

use model::{AnswerId, DisclosureId, MessageId};
use store::conversation::{self, Step};
use store::lane::{self, LaneRow, Of};
use store::message::{MessageKind, NewMessage};
use store::{EngineName, Fence, Statement, Store, StoreError, disclosure, message};
use testkit::engines;

use crate::scene::Scene;

/// A conversation in which the visitor has said one thing.
async fn talking(store: &Store) -> Scene {
    let scene = Scene::set(store).await;
    let new = NewMessage {
        id: MessageId::new(&scene.world),
        conversation: scene.conversation,
        kind: MessageKind::Visitor,
        author: None,
        body: sealed(),
        client_id: None,
        at: scene.world.now(),
    };
    let step = conversation::step(scene.organisation, scene.conversation, Step::Visitor, scene.world.now());
    scene.write(store, vec![step, message::insert(scene.organisation, new)]).await.unwrap();
    scene
}

fn sealed() -> vault::Sealed {
    vault::Sealed::from_column(vec![7; 64])
}

/// How many conversations, messages and people the assistant can load.
async fn seen(store: &Store, scene: &Scene) -> [usize; 3] {
    let Scene { organisation, conversation, person, .. } = *scene;
    let reads = [
        lane::conversation(organisation, conversation),
        lane::messages(organisation, conversation, 10),
        lane::person(organisation, person),
    ];
    let mut counts = [0; 3];
    for (count, read) in counts.iter_mut().zip(reads) {
        *count = store.all(Fence::Assistant(organisation), read).await.unwrap().len();
    }
    counts
}

async fn row(store: &Store, scene: &Scene, of: Of) -> LaneRow {
    LaneRow::from_row(&store.one(scene.fence(), lane::of(scene.organisation, of)).await.unwrap().unwrap()).unwrap()
}

#[tokio::test]
async fn whatever_is_marked_does_not_exist_for_the_assistant() {
    for store in engines().await {
        let scene = talking(&store).await;
        let (organisation, at) = (scene.organisation, scene.world.now());
        for of in [Of::Person(scene.person), Of::Conversation(scene.conversation)] {
            let person_too = usize::from(matches!(of, Of::Conversation(_)));
            assert_eq!(seen(&store, &scene).await, [1, 1, 1], "{}", store.name());
            let free = row(&store, &scene, of).await;
            scene.write(&store, vec![lane::set_reasons(organisation, of, &free, "opt_out", at)]).await.unwrap();
            assert_eq!(seen(&store, &scene).await, [0, 0, person_too], "{}", store.name());
            let late = scene.write(&store, vec![lane::set_reasons(organisation, of, &free, "minor", at)]).await;
            assert_eq!(late, Err(StoreError::Guard { statement: 0 }), "somebody else was quicker");
            let marked = row(&store, &scene, of).await;
            assert_eq!((marked.ai_off_at, marked.ai_off_reasons.as_str()), (Some(at), "opt_out"));
            scene.write(&store, vec![lane::set_reasons(organisation, of, &marked, "", at)]).await.unwrap();

            scene.write(&store, vec![lane::restrict(organisation, of, "accuracy", at)]).await.unwrap();
            assert_eq!(seen(&store, &scene).await, [0, 0, person_too], "{}", store.name());
            let early = scene.write(&store, vec![lane::lift(organisation, of)]).await;
            assert_eq!(early, Err(StoreError::Guard { statement: 0 }), "she is told first ({})", store.name());
            scene.write(&store, vec![lane::told(organisation, of, at), lane::lift(organisation, of)]).await.unwrap();
        }
        assert_eq!(seen(&store, &scene).await, [1, 1, 1], "{}", store.name());
        let taken = conversation::step(organisation, scene.conversation, Step::RequestPerson, at);
        scene.write(&store, vec![taken]).await.unwrap();
        assert_eq!(seen(&store, &scene).await, [0, 0, 1], "{}", store.name());
    }
}

/// What was begun before the mark cannot end after it: no transfer can be recorded, no answer stored, nothing given back.
#[tokio::test]
async fn a_mark_set_meanwhile_stops_what_was_begun_before() {
    for store in engines().await {
        let scene = talking(&store).await;
        let Scene { organisation, conversation, person, .. } = scene;
        let at = scene.world.now();
        let transfer = || {
            let row = disclosure::DisclosureRow {
                id: DisclosureId::new(&scene.world),
                conversation,
                person,
                answer: AnswerId::new(&scene.world),
                recipient: "r".into(),
                purpose: "p".into(),
                categories_sent: String::new(),
                categories_withheld: String::new(),
                content_hash: vec![1],
                content: sealed(),
                bytes: 1,
                created_at: at,
                expires_at: at,
            };
            disclosure::insert(organisation, row)
        };
        let answer = || conversation::step(organisation, conversation, Step::Ai { epoch: 0 }, at);
        scene.write(&store, vec![transfer(), answer()]).await.unwrap();
        scene.write(&store, vec![lane::restrict(organisation, Of::Person(person), "objection", at)]).await.unwrap();
        for late in [transfer(), answer()] {
            let refused = scene.write(&store, vec![late]).await;
            assert_eq!(refused, Err(StoreError::Guard { statement: 0 }), "{}", store.name());
        }
        let taken = conversation::step(organisation, conversation, Step::RequestPerson, at);
        scene.write(&store, vec![taken]).await.unwrap();
        let back = scene.write(&store, vec![conversation::step(organisation, conversation, Step::GiveBack, at)]).await;
        assert_eq!(back, Err(StoreError::Guard { statement: 0 }), "{}", store.name());
    }
}

#[tokio::test]
async fn the_assistant_cannot_ask_for_anything_else() {
    for store in engines().await {
        let scene = talking(&store).await;
        let fence = Fence::Assistant(scene.organisation);
        let outside = Statement::new("SELECT id FROM message WHERE organisation = $1", vec![scene.organisation.into()]);
        assert!(matches!(store.one(fence, outside).await.map(drop), Err(StoreError::Fault(_))), "{}", store.name());
        // Past our own look at the statement: the server refuses the role.
        let sly = "SELECT seq FROM answerable_message WHERE organisation = $1 UNION ALL TABLE meta";
        let refused = store.one(fence, Statement::new(sly, vec![scene.organisation.into()])).await.map(drop);
        let Err(StoreError::Fault(why)) = refused else { panic!("{}: {refused:?}", store.name()) };
        if store.engine() == EngineName::Postgres {
            assert!(why.contains("42501"), "{why}");
            let rights = "SELECT CAST(table_name AS TEXT) AS holder, CAST(privilege_type AS TEXT) AS may \
                FROM information_schema.role_table_grants WHERE grantee = 'confidante_answer' ORDER BY 1";
            let rows = store.all(Fence::House, Statement::new(rights, Vec::new())).await.unwrap();
            let rights: Vec<_> =
                rows.iter().map(|row| (row.text("holder").unwrap(), row.text("may").unwrap())).collect();
            let views = ["answerable_conversation", "answerable_message", "answerable_person"];
            assert_eq!(rights, views.map(|view| (view.to_owned(), "SELECT".to_owned())));
        }
        for _ in 0..40 {
            assert_eq!(seen(&store, &scene).await, [1, 1, 1]);
            assert_eq!(scene.messages(&store).await, 1, "the role does not stay on the connection ({})", store.name());
        }
    }
}
