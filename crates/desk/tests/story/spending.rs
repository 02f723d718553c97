//! What a call has cost is booked, also where nobody listens to its end: no limit is evaded by leaving.

use std::time::Duration;

use desk::handover::Turn;
use desk::live::Happening;
use desk::spending::Spending;
use desk::visitor::VisitorSession;
use store::message::MessageKind;
use store::spending::LimitRow;

use crate::house::{House, place, speaks_of};
use crate::scripted_model::{Line, ScriptedModel};

const QUESTION: &str = "How many days do I have to return shoes?";

async fn spent(house: &House) -> Spending {
    house.desk.spending(house.organisation.id).await.expect("the books")
}

/// She asks, is here, and has seen the first words; the model has more to say and waits.
async fn in_the_middle(house: &House, model: &ScriptedModel) -> (VisitorSession, desk::live::Here) {
    model.permits.forget_permits(1_000);
    model.will(vec![Line::Says(vec!["You have sixty days to return shoes [1]. ", "The return is ", "free [1]."])]);
    let visitor = house.visitor().await;
    let here = house.desk.live.enter(visitor.conversation).expect("room for her");
    let (mut news, _) = house.desk.live.watch_conversation(visitor.conversation);
    house.desk.visitor_says(&visitor, "q".into(), QUESTION).await.expect("accepted");
    model.permits.add_permits(2);
    while !matches!(&*news.recv().await.expect("the assistant writes").happening, Happening::Delta { .. }) {}
    (visitor, here)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_breaks_an_answer_off_what_left_and_what_came_is_booked() {
    for store in testkit::engines().await {
        let model = ScriptedModel::start(Vec::new(), true).await;
        let house = House::open(store, Some(&model.address)).await;
        house.desk.live.forgive(Duration::ZERO);
        let mut before = 0;
        for ending in ["she leaves", "a person takes over", "the provider falls silent"] {
            let (visitor, here) = in_the_middle(&house, &model).await;
            match ending {
                "she leaves" => drop(here),
                "a person takes over" => {
                    let turn = Turn::TakeOver(house.owner);
                    house.desk.turn(place(&visitor), turn, &house.staff()).await.expect("taken over");
                }
                _ => model.break_off(),
            }
            house.idle().await;
            let books = spent(&house).await;
            let row = books.days.first().expect("a line in the books");
            assert!(books.today.tokens > before + 100, "{ending}: the question left: {row:?}");
            assert!(row.tokens_out >= row.calls * 9, "{ending}: the words that came count: {row:?}");
            before = books.today.tokens;
        }
        assert_eq!(spent(&house).await.days.first().map(|row| row.calls), Some(3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_not_evaded_by_leaving() {
    for store in testkit::engines().await {
        let model = ScriptedModel::start(Vec::new(), true).await;
        let house = House::open(store, Some(&model.address)).await;
        house.desk.live.forgive(Duration::ZERO);
        let limits = LimitRow { currency: "EUR".to_owned(), tokens_day: Some(1), ..LimitRow::default() };
        house.desk.set_spending_limits(&house.staff(), limits).await.expect("a limit");
        let (_, here) = in_the_middle(&house, &model).await;
        drop(here);
        house.idle().await;
        assert!(!spent(&house).await.may_go_on());
        let heard = model.received().len();
        let answer = house.ask(&house.visitor().await, QUESTION).await;
        assert_eq!(answer.kind, MessageKind::Ai);
        assert!(speaks_of(&answer.body, "60 days"), "the pages still answer");
        assert_eq!(model.received().len(), heard, "the model is asked no more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_transfer_of_one_answer_counts_and_a_refusal_costs_nothing() {
    let again = serde_json::json!({ "choices": [{ "index": 0, "finish_reason": "tool_calls", "delta": { "tool_calls": [
        { "index": 0, "id": "c1", "type": "function", "function": { "name": "search_pages", "arguments": "{\"query\":\"shipping\"}" } }] } }] });
    for store in testkit::engines().await {
        let model = ScriptedModel::start(
            vec![
                Line::Fails(503),
                Line::Sends(format!("data: {again}\n\ndata: [DONE]\n\n")),
                Line::Tells("You have sixty days to return shoes [1].".to_owned()),
            ],
            false,
        )
        .await;
        let house = House::open(store, Some(&model.address)).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, QUESTION).await;
        assert_eq!(model.received().len(), 3);
        let books = spent(&house).await;
        let row = books.days.first().expect("a line in the books");
        assert_eq!(row.calls, 2, "the refusal is none");
        let words: usize = model.received().iter().skip(1).map(String::len).sum();
        let sent = i64::try_from(words / 4).expect("small");
        assert!(row.tokens_in > sent / 3 && row.tokens_in <= sent, "the words of both transfers: {row:?}, {sent}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_at_the_same_moment_do_not_pass_a_limit_together() {
    for store in testkit::engines().await {
        let model = ScriptedModel::start(Vec::new(), true).await;
        let house = House::open(store, Some(&model.address)).await;
        // Enough for one question, and not for what two may cost.
        let limits = LimitRow { currency: "EUR".to_owned(), tokens_day: Some(5_000), ..LimitRow::default() };
        house.desk.set_spending_limits(&house.staff(), limits).await.expect("a limit");
        let (first, _here) = in_the_middle(&house, &model).await;
        let second = house.visitor().await;
        let (mut news, _) = house.desk.live.watch_conversation(second.conversation);
        house.desk.visitor_says(&second, "q".into(), QUESTION).await.expect("accepted");
        let answer = loop {
            let news = news.recv().await.expect("an answer");
            if let Happening::Message(message) = &*news.happening
                && message.kind == MessageKind::Ai
            {
                break message.body.clone();
            }
        };
        assert!(speaks_of(&answer, "60 days"), "the pages answer the second");
        assert_eq!(model.received().len(), 1, "the model is asked once");
        model.permits.add_permits(100);
        house.idle().await;
        let told = house.log(&first).await;
        assert!(
            speaks_of(&told.last().expect("an answer").body, "free"),
            "the first was answered by the model to its end"
        );
        model.will(vec![Line::Tells("You have sixty days to return shoes [1].".to_owned())]);
        house.ask(&house.visitor().await, QUESTION).await;
        assert_eq!(model.received().len(), 2, "what is over is reckoned with as what it cost");
    }
}
