//! The AI-free lane: whoever is not to be answered by the assistant is not loaded by it, not sent, not answered.

use desk::Fault;
use desk::handover::Turn;
use desk::lane::{AiOff, Ground};
use desk::live::{DraftEnd, Happening};
use desk::person::Contact;
use desk::visitor::VisitorSession;
use model::Kind;
use store::conversation::Lane;
use store::lane::Of;
use store::message::MessageKind;
use store::{Fence, Statement, Work};

use crate::house::{House, place};
use crate::scripted_model::{Line, ScriptedModel};

const QUESTION: &str = "How many days do I have to return shoes?";

fn answers() -> Vec<Line> {
    (0..9).map(|_| Line::Says(vec!["Sixty days [1]."])).collect()
}

async fn kinds(house: &House, visitor: &VisitorSession) -> Vec<MessageKind> {
    house.log(visitor).await.iter().map(|message| message.kind).collect()
}

/// What went out about this person; the house's own planted people are not counted.
async fn transfers(house: &House, visitor: &VisitorSession) -> i64 {
    let count = "SELECT count(*) AS many FROM disclosure WHERE organisation = $1 AND person = $2";
    let count = Statement::new(count, vec![visitor.organisation.into(), visitor.person.into()]);
    let row = house.desk.store.one(Fence::Organisation(visitor.organisation), count).await.expect("a count");
    row.expect("a row").int("many").expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_opting_out_no_model_receives_a_word_and_a_person_is_asked() {
    for store in testkit::engines().await {
        let model = ScriptedModel::start(answers(), false).await;
        let house = House::open(store, Some(&model.address)).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        assert_eq!((model.received().len(), transfers(&house, &visitor).await), (1, 1), "before, it is asked");
        let marks = house.desk.visitor_wants_ai(visitor.organisation, visitor.person, false).await.expect("heard");
        assert_eq!(marks.ai_off, [AiOff::OptOut]);
        house.ask(&visitor, "And what does shipping cost?").await;
        assert_eq!((model.received().len(), transfers(&house, &visitor).await), (1, 1), "afterwards, never again");
        let row = house.desk.conversation_row(visitor.organisation, visitor.conversation).await.expect("a row");
        assert!(row.lane == Lane::Waiting && row.waiting_since.is_some(), "a person is asked");
        let back = house.desk.turn(place(&visitor), Turn::GiveBack, &house.staff()).await.map(drop);
        assert!(matches!(back, Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict), "not by the staff");

        house.desk.visitor_wants_ai(visitor.organisation, visitor.person, true).await.expect("heard");
        house.idle().await;
        assert_eq!(model.received().len(), 2, "what nobody took up meanwhile is answered when she wants it again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_does_the_answerer_of_this_server_load_a_word() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        for reason in [AiOff::OptOut, AiOff::Minor, AiOff::SpecialCategory] {
            let visitor = house.visitor().await;
            house.desk.ai_off(&house.staff(), Of::Conversation(visitor.conversation), reason).await.expect("marked");
            house.ask(&visitor, QUESTION).await;
            assert!(!kinds(&house, &visitor).await.contains(&MessageKind::Ai), "{}", reason.word());
        }
    }
}

/// The rule is in the data: whoever sets the mark, by whatever way, the job finds nothing and gives the conversation away.
#[tokio::test(flavor = "multi_thread")]
async fn a_mark_in_the_data_is_enough() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        for (table, column) in [
            ("person", "ai_off_at"),
            ("person", "restricted_at"),
            ("conversation", "ai_off_at"),
            ("conversation", "restricted_at"),
        ] {
            let visitor = house.visitor().await;
            let id = if table == "person" { visitor.person.to_string() } else { visitor.conversation.to_string() };
            let mark = format!("UPDATE {table} SET {column} = 1 WHERE organisation = $1 AND id = $2");
            let mark = Statement::owned(mark, vec![visitor.organisation.into(), id.into()]);
            let work = Work::new(Fence::Organisation(visitor.organisation)).with(mark);
            house.desk.store.write(work).await.expect("marked");
            house.ask(&visitor, QUESTION).await;
            assert_eq!(kinds(&house, &visitor).await, [MessageKind::Visitor, MessageKind::System], "{table}.{column}");
            let row = house.desk.conversation_row(visitor.organisation, visitor.conversation).await.expect("a row");
            assert!(row.lane == Lane::Waiting, "{table}.{column}: a person is asked");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opting_out_silences_the_assistant_in_the_middle_of_a_sentence() {
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
            if let Happening::Delta { append, .. } = &*news.recv().await.expect("the assistant writes").happening {
                written.push_str(append.expose());
            }
        }
        house.desk.visitor_wants_ai(visitor.organisation, visitor.person, false).await.expect("heard");
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
        assert_eq!(after, ["silenced"], "not one more word");
        assert_eq!(kinds(&house, &visitor).await, [MessageKind::Visitor, MessageKind::System], "nor half an answer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restricted_is_kept_as_it_is_until_she_was_told_and_it_is_lifted() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let (visitor, staff) = (house.visitor().await, house.staff());
        house.ask(&visitor, QUESTION).await;
        let of = Of::Person(visitor.person);
        let marks = house.desk.restrict(&staff, of, Ground::Accuracy).await.expect("restricted");
        assert_eq!(marks.restriction.map(|restriction| restriction.ground), Some(Ground::Accuracy));
        let contact = || Contact { name: Some("Ana".into()), ..Contact::default() };
        let changed = house.desk.correct_person(visitor.organisation, visitor.person, contact()).await.map(drop);
        assert!(matches!(changed, Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict));
        house.clock.advance(std::time::Duration::from_secs(200 * 24 * 60 * 60));
        house.idle().await;
        assert!(house.desk.person(visitor.organisation, visitor.person).await.is_ok(), "kept beyond its period");

        let early = house.desk.lift_restriction(&staff, of).await.map(drop);
        assert!(matches!(early, Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict), "she is told first");
        house.desk.restriction_told(&staff, of).await.expect("told");
        assert_eq!(house.desk.lift_restriction(&staff, of).await.expect("lifted").restriction, None);
        house.clock.advance(std::time::Duration::from_secs(2 * 60 * 60));
        house.idle().await;
        assert!(house.desk.person(visitor.organisation, visitor.person).await.is_err(), "now its period counts");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_stands_by_itself() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let (visitor, staff) = (house.visitor().await, house.staff());
        let of = Of::Person(visitor.person);
        house.desk.ai_off(&staff, of, AiOff::Minor).await.expect("marked");
        house.desk.visitor_wants_ai(visitor.organisation, visitor.person, false).await.expect("heard");
        let marks = house.desk.visitor_wants_ai(visitor.organisation, visitor.person, true).await.expect("heard");
        assert_eq!(marks.ai_off, [AiOff::Minor], "her wish does not undo the law");
        assert!(marks.ai_off_at.is_some());
        house.ask(&visitor, QUESTION).await;
        assert!(!kinds(&house, &visitor).await.contains(&MessageKind::Ai));
        let stranger = house.desk.found("Another shop", desk::setting::Settings::default()).await.expect("founded");
        let foreign = house.desk.marks(stranger.id, of).await.map(drop);
        assert!(matches!(foreign, Err(Fault::Refused(refusal)) if refusal.kind == Kind::NotFound));
    }
}
