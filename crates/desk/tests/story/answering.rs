//! What the assistant says, what it admits, and what leaves this server for it.

use desk::body::Outcome;
use desk::person::Contact;
use store::message::MessageKind;

use crate::house::{House, said, speaks_of};
use crate::scripted_model::{Line, ScriptedModel};

const QUESTION: &str = "How many days do I have to return shoes?";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_quotes_the_page_and_opens_it() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        let answer = house.ask(&visitor, QUESTION).await;
        assert_eq!(answer.kind, MessageKind::Ai);
        assert_eq!(answer.body.outcome, Some(Outcome::Answered));
        assert!(answer.body.text.contains("60 days") && answer.body.text.contains("[1]"), "{}", answer.body.text);
        let citation = &answer.body.citations[0];
        let snapshot = house.desk.library.snapshot(house.organisation.id, citation.snapshot).await.expect("the page");
        assert!(snapshot.row.content.contains(citation.quote.trim()), "the quotation stands on the frozen page");
        let account = house.desk.account(house.organisation.id, answer.id).await.expect("the account");
        assert_eq!(account.trace.answerer, "built-in");
        assert!(account.trace.passages.iter().any(|passage| passage.kept));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_pages_do_not_say_is_not_answered() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        let answer = house.ask(&visitor, "Who won the chess championship in 1972?").await;
        assert_eq!(answer.body.outcome, Some(Outcome::Abstained));
        assert!(answer.body.citations.is_empty() && answer.body.text.contains("talk to a person"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_is_answered_with_the_question_before_it_in_mind_and_a_new_one_without() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        let first = house.ask(&visitor, "What does shipping within Germany cost?").await;
        assert!(first.body.text.contains("4.90 euros"), "{}", first.body.text);
        house.ask(&visitor, "thanks!").await;
        let second = house.ask(&visitor, "And how long does it take?").await;
        assert!(second.body.text.contains("three working days"), "{}", second.body.text);
        let why = house.desk.account(house.organisation.id, second.id).await.expect("the account").trace;
        assert_eq!(why.question, "And how long does it take?", "what she said");
        assert_eq!(why.queries, ["And how long does it take? shipping Germany"], "what was searched for");
        let third = house.ask(&visitor, QUESTION).await;
        assert!(third.body.text.contains("60 days"), "{}", third.body.text);
        let why = house.desk.account(house.organisation.id, third.id).await.expect("the account").trace;
        assert_eq!(why.queries, [QUESTION], "a new subject is not mixed with the old one");
        let other = house.visitor().await;
        let alone = house.ask(&other, "And how long does it take?").await;
        assert_eq!(alone.body.outcome, Some(Outcome::Abstained), "{}", alone.body.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_delivered_twice_is_said_once_and_answered_once() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        let first = house.desk.visitor_says(&visitor, "same".into(), QUESTION).await.expect("accepted");
        let second = house.desk.visitor_says(&visitor, "same".into(), QUESTION).await.expect("recognised");
        assert!(!first.repeated && second.repeated && first.message.id == second.message.id);
        house.idle().await;
        let kinds: Vec<_> = house.log(&visitor).await.iter().map(|message| message.kind).collect();
        assert_eq!(kinds, [MessageKind::Visitor, MessageKind::Ai]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_masked_words_reach_a_model_and_every_transfer_is_recorded() {
    for store in testkit::engines().await {
        let model = ScriptedModel::start(
            vec![Line::Says(vec!["Sixty days [1]. Return shoes free of charge, [EMA", "IL_1] [1]."])],
            false,
        )
        .await;
        let house = House::open(store, Some(&model.address)).await;
        let visitor = house.visitor().await;
        let contact = Contact { name: Some("Ana Duarte".into()), email: None };
        house.desk.correct_person(visitor.organisation, visitor.person, contact).await.expect("a name");
        let asked =
            "Ana Duarte here. How many days do I have to return shoes? ana@duarte.example, card 4111 1111 1111 1111";
        let answer = house.ask(&visitor, asked).await;
        let received = model.received().concat();
        for secret in ["Duarte", "ana@", "4111"] {
            assert!(!received.contains(secret), "{secret} left the server");
        }
        assert!(received.contains("[EMAIL_1]") && received.contains("How many days do I have to return shoes?"));
        assert!(answer.body.text.contains("ana@duarte.example"), "restored for her, though split between two pieces");
        let account = house.desk.account(visitor.organisation, answer.id).await.expect("the account");
        let disclosed = house.desk.disclosures(visitor.organisation, account.answer).await.expect("the records");
        assert_eq!(disclosed.len(), 1);
        assert_eq!(disclosed[0].row.bytes, i64::try_from(received.len()).expect("small"));
        assert!(["email", "card", "name"].iter().all(|word| disclosed[0].row.categories_withheld.contains(word)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_fails_or_cites_nothing_ends_in_a_clear_state() {
    for store in testkit::engines().await {
        let lines = vec![Line::Fails(500), Line::Fails(500), Line::Fails(500), Line::Fails(500)];
        let failing = ScriptedModel::start(lines, false).await;
        let house = House::open(store, Some(&failing.address)).await;
        let visitor = house.visitor().await;
        let answer = house.ask(&visitor, QUESTION).await;
        assert!(speaks_of(&answer.body, "60 days"), "the built-in answerer steps in: {:?}", said(&answer).0);
    }
    let inventing = ScriptedModel::start(vec![Line::Says(vec!["It is ninety days, ", "trust me [7]."])], false).await;
    let house = House::open(testkit::temp_store().await, Some(&inventing.address)).await;
    let visitor = house.visitor().await;
    let answer = house.ask(&visitor, QUESTION).await;
    assert_eq!(answer.body.outcome, Some(Outcome::Abstained));
    assert!(!answer.body.text.contains("ninety"), "what cites nothing that was found is withheld");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_while_the_assistant_writes_is_answered_next() {
    for store in testkit::engines().await {
        let lines = vec![Line::Says(vec!["Sixty days [1]."]), Line::Says(vec!["4.90 euros [1]."])];
        let model = ScriptedModel::start(lines, true).await;
        let house = House::open(store, Some(&model.address)).await;
        let visitor = house.visitor().await;
        house.desk.visitor_says(&visitor, "q1".into(), QUESTION).await.expect("accepted");
        while model.received().is_empty() {
            tokio::task::yield_now().await;
        }
        house
            .desk
            .visitor_says(&visitor, "q2".into(), "What does shipping within Germany cost?")
            .await
            .expect("accepted");
        model.permits.add_permits(10);
        house.idle().await;
        let log = house.log(&visitor).await;
        let texts: Vec<_> = log.iter().skip(2).map(|message| message.body.text.as_str()).collect();
        assert_eq!(texts, ["Sixty days [1].", "4.90 euros [1]."]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_words_is_not_searched_for() {
    let house = House::open(testkit::temp_store().await, None).await;
    let visitor = house.visitor().await;
    house.desk.visitor_sends_file(&visitor, "f".into(), "note.txt", b"hello".to_vec()).await.expect("accepted");
    house.idle().await;
    let answer = house.log(&visitor).await.pop().expect("an answer");
    assert_eq!(answer.body.outcome, Some(Outcome::Abstained));
    assert!(answer.body.text.starts_with("Thank you for the file."));
}
