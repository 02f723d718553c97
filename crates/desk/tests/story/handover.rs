//! From the assistant to a person and back, and who sees what.

use desk::body::SystemCode;
use desk::handover::Turn;
use desk::inbox::{Listing, StaffWords};
use desk::live::{DraftEnd, Happening};
use desk::restricted::Reader;
use model::Kind;
use store::conversation::Lane;
use store::message::MessageKind;

use crate::house::{House, place};
use crate::scripted_model::{Line, ScriptedModel};

const QUESTION: &str = "How many days do I have to return shoes?";

#[tokio::test(flavor = "multi_thread")]
async fn taking_over_silences_the_assistant_in_the_middle_of_a_sentence() {
    for store in testkit::engines().await {
        let pieces = vec!["You have ", "sixty days to return shoes [1]. The ", "return is ", "free of charge [1]."];
        let model = ScriptedModel::start(vec![Line::Says(pieces)], true).await;
        let house = House::open(store, Some(&model.address)).await;
        let visitor = house.visitor().await;
        let (mut news, _) = house.desk.live.watch_conversation(visitor.conversation);
        house.desk.visitor_says(&visitor, "q".into(), QUESTION).await.expect("accepted");
        model.permits.add_permits(2);
        let mut written = String::new();
        while !written.contains("sixty") {
            let event = news.recv().await.expect("the assistant writes");
            if let Happening::Delta { append, .. } = &*event.happening {
                written.push_str(append.expose());
            }
        }
        let head =
            house.desk.turn(place(&visitor), Turn::TakeOver(house.owner), &house.staff()).await.expect("taken over");
        assert_eq!(head.lane, Lane::Human);
        model.permits.add_permits(10);
        house.idle().await;
        let mut after = Vec::new();
        while let Ok(event) = news.try_recv() {
            match &*event.happening {
                Happening::Delta { .. } => after.push("delta"),
                Happening::DraftEnd { end: DraftEnd::Silenced, .. } => after.push("silenced"),
                _ => {}
            }
        }
        assert_eq!(after, ["silenced"], "not one more word after the take-over");
        let kinds: Vec<_> = house.log(&visitor).await.iter().map(|message| message.kind).collect();
        assert_eq!(kinds, [MessageKind::Visitor, MessageKind::System], "half an answer is not an answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_in_a_persons_hands_does_not_exist_for_the_assistant() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.desk.ask_for_person(place(&visitor), visitor.person).await.expect("asked");
        let last = house.ask(&visitor, QUESTION).await;
        assert_eq!(last.kind, MessageKind::Visitor, "nobody answers before a person does");
        let unseen = store::lane::messages(visitor.organisation, visitor.conversation, 10);
        let rows = house.desk.store.all(store::Fence::Assistant(visitor.organisation), unseen).await.expect("a query");
        assert!(rows.is_empty(), "the assistant's query cannot load its messages");
        house.desk.turn(place(&visitor), Turn::GiveBack, &house.staff()).await.expect("given back");
        house.idle().await;
        assert_eq!(house.log(&visitor).await.last().map(|message| message.kind), Some(MessageKind::Ai));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_needs_the_conversation_and_a_note_stays_inside() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        let early = house.staff_says(&visitor, "r1".into(), StaffWords::Reply("Hello")).await;
        assert!(matches!(early, Err(desk::Fault::Refused(refusal)) if refusal.kind == Kind::Conflict));
        house.staff_says(&visitor, "n1".into(), StaffWords::Note("careful")).await.expect("a note");
        house.desk.turn(place(&visitor), Turn::TakeOver(house.owner), &house.staff()).await.expect("taken over");
        house.staff_says(&visitor, "r2".into(), StaffWords::Reply("Hello")).await.expect("a reply");
        let log = house.log(&visitor).await;
        assert!(log.iter().all(|message| message.kind != MessageKind::Note && !message.body.text.contains("careful")));
        let last = log.last().expect("a reply");
        assert_eq!(last.author.as_ref().map(|name| name.expose()), Some("Marta"));
        let staff = house.staff();
        let reader = Reader { actor: &staff, because: None };
        let (_, thread) = house.desk.thread(reader, visitor.conversation).await.expect("the thread");
        let thread = thread.expect("nothing is restricted");
        assert!(thread.iter().any(|message| message.kind == MessageKind::Note));
        assert!(thread.iter().any(|message| message.body.system == Some(SystemCode::PersonJoined)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_was_said_is_found_and_strangers_find_nothing() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, "My parcel went to Lisbon by mistake").await;
        let search = |text: &str| Listing { sought: Some(text.to_owned()), ..Listing::default() };
        let (found, _) = house.desk.inbox(visitor.organisation, search("lisbon parcel")).await.expect("a list");
        assert_eq!(found.iter().map(|item| item.row.id).collect::<Vec<_>>(), [visitor.conversation]);
        let (missing, _) = house.desk.inbox(visitor.organisation, search("lisbon madrid")).await.expect("a list");
        assert!(missing.is_empty());
        let stranger = house.desk.found("Another shop", desk::setting::Settings::default()).await.expect("founded");
        let foreign = house.desk.conversation_row(stranger.id, visitor.conversation).await;
        assert!(matches!(foreign, Err(desk::Fault::Refused(refusal)) if refusal.kind == Kind::NotFound));
        let counts = house.desk.counts(visitor.organisation, Some(house.owner)).await.expect("counts");
        assert_eq!((counts.open, counts.waiting, counts.unassigned, counts.closed), (1, 0, 1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_settled_with_a_person_is_not_answered_again_after_giving_back() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.desk.turn(place(&visitor), Turn::TakeOver(house.owner), &house.staff()).await.expect("taken over");
        house.staff_says(&visitor, "r".into(), StaffWords::Reply("Hello")).await.expect("a reply");
        house.desk.visitor_says(&visitor, "t".into(), "Thank you, Marta.").await.expect("accepted");
        house.desk.turn(place(&visitor), Turn::GiveBack, &house.staff()).await.expect("given back");
        house.idle().await;
        assert_eq!(house.log(&visitor).await.last().map(|message| message.kind), Some(MessageKind::System));
        assert_eq!(house.ask(&visitor, QUESTION).await.kind, MessageKind::Ai, "a new question is answered");
    }
}
