//! Who answers: the switch of the whole house, her own wish for a person, and what happens when somebody was quicker.

use desk::handover::Turn;
use desk::inbox::StaffWords;
use desk::visitor::VisitorSession;
use desk::{Deed, Fault};
use model::{Actor, Kind};
use store::conversation::{ConversationRow, Lane};
use store::message::MessageKind;
use store::{Fence, Statement, Work};

use crate::house::{House, place};

const QUESTION: &str = "How many days do I have to return shoes?";

async fn row(house: &House, visitor: &VisitorSession) -> ConversationRow {
    house.desk.conversation_row(visitor.organisation, visitor.conversation).await.expect("a row")
}

async fn answers(house: &House, visitor: &VisitorSession) -> usize {
    house.log(visitor).await.iter().filter(|message| message.kind == MessageKind::Ai).count()
}

async fn switch(house: &House, visitor: &VisitorSession, on: bool) {
    let known = house.desk.organisation(visitor.organisation).await.expect("the shop");
    let mut settings = known.settings.clone();
    settings.ai_enabled = on;
    let name = known.name.clone();
    house.desk.change_settings(&house.staff(), &known, (&name, settings)).await.expect("changed");
}

fn conflicts<T>(outcome: Deed<T>) -> bool {
    matches!(outcome, Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict)
}

#[tokio::test(flavor = "multi_thread")]
async fn switched_off_the_assistant_answers_nobody_not_even_in_chats_that_were_its_own() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        assert_eq!(answers(&house, &visitor).await, 1);
        switch(&house, &visitor, false).await;
        house.ask(&visitor, QUESTION).await;
        assert_eq!((answers(&house, &visitor).await, row(&house, &visitor).await.lane), (1, Lane::Waiting));
        assert!(conflicts(house.desk.turn(place(&visitor), Turn::GiveBack, &house.staff()).await));
        // Nor does her own change of mind bring it back.
        for wants in [false, true] {
            house.desk.visitor_wants_ai(visitor.organisation, visitor.person, wants).await.expect("heard");
        }
        house.idle().await;
        assert_eq!((answers(&house, &visitor).await, row(&house, &visitor).await.lane), (1, Lane::Waiting));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asked_for_a_person_keeps_waiting_for_one() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        house.desk.ask_for_person(place(&visitor), visitor.person).await.expect("asked");
        house.clock.advance(std::time::Duration::from_secs(1));
        for wants in [false, true] {
            house.desk.visitor_wants_ai(visitor.organisation, visitor.person, wants).await.expect("heard");
        }
        assert!(row(&house, &visitor).await.lane == Lane::Waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_the_settings_the_second_is_told() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        let read = house.desk.organisation(visitor.organisation).await.expect("the shop");
        house.desk.renew_shop_identity(&house.staff()).await.expect("a secret");
        let late = house.desk.change_settings(&house.staff(), &read, (&read.name, read.settings.clone())).await;
        assert!(conflicts(late), "what somebody else changed meanwhile is not undone");
        let now = house.desk.organisation(visitor.organisation).await.expect("the shop");
        assert!(now.settings.identity_signed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_chat_is_opened_by_whoever_takes_it_or_asks_for_a_person() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        let staff = house.staff();
        let Actor::Member { member, .. } = staff else { panic!("staff") };
        for turn in [Turn::TakeOver(member), Turn::Close, Turn::TakeOver(member)] {
            house.desk.turn(place(&visitor), turn, &staff).await.expect("turned");
        }
        assert!(row(&house, &visitor).await.open, "taken over again");
        house.desk.turn(place(&visitor), Turn::Close, &staff).await.expect("closed");
        house.desk.ask_for_person(place(&visitor), visitor.person).await.expect("asked");
        let now = row(&house, &visitor).await;
        assert!(now.open && now.lane == Lane::Waiting && now.waiting_since.is_some(), "and somebody is told");
        let reply = house.staff_says(&visitor, "r1".into(), StaffWords::Reply("Here I am.")).await;
        assert!(conflicts(reply), "not before somebody has taken it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn into_a_deleted_conversation_nothing_is_taken() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        let deleted =
            store::retention::delete_conversation(visitor.organisation, visitor.conversation, house.desk.world.now());
        let work = Work::new(Fence::Organisation(visitor.organisation)).extend(deleted);
        house.desk.store.write(work).await.expect("deleted");
        let many = async || {
            let count = "SELECT count(*) AS many FROM message WHERE organisation = $1 AND conversation = $2";
            let count = Statement::new(count, vec![visitor.organisation.into(), visitor.conversation.into()]);
            let row = house.desk.store.one(Fence::Organisation(visitor.organisation), count).await.expect("a count");
            row.expect("a row").int("many").expect("a number")
        };
        let before = many().await;
        let late = house.desk.visitor_says(&visitor, "late".into(), "Are you there?").await;
        assert!(matches!(late, Err(Fault::Refused(_))), "she is told");
        assert_eq!(many().await, before, "and nothing of it is kept");
    }
}
