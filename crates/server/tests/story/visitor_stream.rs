//! The visitor's stream: every message once and in order whatever breaks, drafts while they are written, and no note ever.

use model::MessageId;
use reqwest::Method;

use crate::guest::{QUESTION, Shop, Stream, answer_with, drafted, numbers};
use crate::house::{on_each_engine, on_each_engine_with};
use crate::scripted_model::{Line, ScriptedModel};

#[tokio::test]
async fn a_broken_line_goes_on_where_it_broke_without_gap_or_repetition() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        let mut line = visitor.listen(0).await;
        assert_eq!(line.next().await.unwrap().name, "conversation");
        visitor.says("m1", QUESTION).await;
        shop.idle().await;
        let mut heard = line.until_message(2).await;
        drop(line);
        visitor.says("m2", QUESTION).await;
        shop.idle().await;
        shop.write(&visitor, "n1", "she asks twice", true).await;
        visitor.says("m3", QUESTION).await;
        shop.idle().await;
        // With the query, and with the header that browsers send by themselves, which counts more.
        let path = "/v1/visitor/stream";
        let by_header = visitor.request(Method::GET, &format!("{path}?after=0")).header("last-event-id", "2");
        let mut again = Stream::open(by_header).await;
        let missed = again.until_message(7).await;
        assert_eq!(numbers(&visitor.listen(2).await.until_message(7).await), numbers(&missed));
        heard.extend(missed);
        assert_eq!(numbers(&heard), [1, 2, 3, 4, 6, 7], "the fifth is a note");
        // A cursor that is no number, or from a future that a restored backup does not know, is not the end of hearing.
        let odd = visitor.request(Method::GET, path).header("last-event-id", "\u{e9}x");
        assert_eq!(numbers(&Stream::open(odd).await.until_message(7).await), [1, 2, 3, 4, 6, 7]);
        let mut ahead = visitor.listen(999).await;
        assert_eq!(ahead.next().await.unwrap().name, "conversation");
        visitor.says("m4", "Thanks").await;
        assert_eq!(numbers(&ahead.until_message(8).await), [8]);
        shop.idle().await;
        shop.house
    })
    .await;
}

#[tokio::test]
async fn two_tabs_hear_the_same_and_neither_hears_a_note() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        let mut tabs = [visitor.listen(0).await, visitor.listen(0).await];
        let mut desk = shop.desk_stream().await;
        visitor.says("m1", QUESTION).await;
        shop.idle().await;
        assert_eq!(shop.write(&visitor, "n1", "careful with her", true).await.status, 201);
        shop.turn(&visitor, "take-over").await;
        assert_eq!(shop.write(&visitor, "r1", "Hello", false).await.status, 201);
        let mut heard = Vec::new();
        for tab in &mut tabs {
            heard.push(tab.until_message(5).await);
        }
        assert_eq!(heard[0], heard[1]);
        assert_eq!(numbers(&heard[0]), [1, 2, 4, 5]);
        assert!(!format!("{heard:?}").contains("careful"), "a note stays inside");
        assert!(!visitor.get("/v1/visitor/conversation").await.text.contains("careful"));
        let at_desk = desk.until(|event| event.json["message"]["seq"] == 5).await;
        assert!(format!("{at_desk:?}").contains("careful"), "the desk hears it");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn what_was_announced_out_of_order_or_lost_is_read_from_the_store() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        let app = &shop.house.running.app;
        let mut line = visitor.listen(0).await;
        assert_eq!(line.next().await.unwrap().name, "conversation");
        // Another machine, or a slower thread: commits, and its announcement is not heard here.
        let elsewhere = desk::Desk { live: desk::live::Live::default(), ..app.desk.clone() };
        let session = app.desk.visitor_session(&visitor.token).await.unwrap();
        elsewhere.visitor_says(&session, "unheard".to_owned(), "Hello").await.unwrap();
        visitor.says("heard", "Is anybody there?").await;
        let heard = line.until(|event| event.id >= Some(2)).await;
        assert_eq!(numbers(&heard)[..2], [1, 2]);
        shop.idle().await;
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_line_too_slow_for_a_draft_shows_no_hole_in_it() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        let app = &shop.house.running.app;
        let mut line = visitor.listen(0).await;
        assert_eq!(line.next().await.unwrap().name, "conversation");
        let session = app.desk.visitor_session(&visitor.token).await.unwrap();
        let live = &app.desk.live;
        let id = MessageId::new(&app.desk.world);
        let draft = live.begin_draft(session.organisation, session.conversation, id);
        let words: Vec<String> = (0..60).map(|number| format!("word{number} ")).collect();
        // All at once: more than the channel holds, before anybody can read it.
        assert!(words[..50].iter().all(|word| draft.push(word).is_ok()));
        let mut heard = line.until(|event| format!("{event:?}").contains("word49 ")).await;
        assert!(words[50..].iter().all(|word| draft.push(word).is_ok()));
        draft.end(desk::live::DraftEnd::Done);
        heard.extend(line.until(|event| event.name == "draft_end").await);
        assert_eq!(drafted(&heard), words.concat());

        // The end itself may be among what was lost: then the stream says so.
        let id = MessageId::new(&app.desk.world);
        let draft = live.begin_draft(session.organisation, session.conversation, id);
        assert!(draft.push("Sixty ").is_ok());
        line.until(|event| event.name == "delta").await;
        assert!(words[..30].iter().all(|word| draft.push(word).is_ok()));
        draft.end(desk::live::DraftEnd::Silenced);
        for _ in 0..30 {
            live.announce(
                session.organisation,
                session.conversation,
                desk::live::Happening::DraftEnd {
                    draft: MessageId::new(&app.desk.world),
                    end: desk::live::DraftEnd::Failed,
                },
            );
        }
        line.until(|event| event.name == "draft_end" && event.json["draft_id"] == id.to_string()).await;
        shop.house
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_take_over_in_mid_sentence_is_the_assistants_last_word_on_every_line() {
    let pieces =
        || Line::Says(vec!["You have ", "sixty days to return shoes [1]. The ", "return is ", "free of charge [1]."]);
    let model = ScriptedModel::start(vec![pieces(), pieces()], true).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            model.permits.forget_permits(100);
            let shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            let mut hers = visitor.listen(0).await;
            let mut desks = shop.desk_stream().await;
            visitor.says("q", QUESTION).await;
            model.permits.add_permits(2);
            let sixty = |event: &crate::guest::Event| {
                event.name == "delta" && event.json["append"].as_str().unwrap().contains("days")
            };
            let begun = hers.until(sixty).await;
            let draft_id = begun.last().unwrap().json["draft_id"].clone();
            desks.until(sixty).await;
            // Whoever comes in the middle hears it from the beginning.
            let mut late = visitor.listen(1).await;
            let so_far = late.until(|event| event.name == "draft").await;
            assert_eq!(so_far.last().unwrap().json["draft_id"], draft_id);
            assert_eq!(drafted(&so_far).trim(), "You have sixty days to return shoes [1].");

            assert_eq!(shop.turn(&visitor, "take-over").await.json()["lane"], "human");
            model.permits.add_permits(10);
            shop.idle().await;
            assert_eq!(shop.write(&visitor, "r1", "I am Ana, a person.", false).await.status, 201);
            for line in [&mut hers, &mut late, &mut desks] {
                let heard = line.until(|event| event.json.to_string().contains("I am Ana")).await;
                let words: Vec<_> = heard.iter().filter(|event| event.name == "delta").collect();
                assert!(words.is_empty(), "not one more word: {words:?}");
                let ends: Vec<_> =
                    heard.iter().filter(|event| event.name == "draft_end").map(|event| &event.json).collect();
                assert_eq!(ends.len(), 1, "{heard:?}");
                assert_eq!((&ends[0]["draft_id"], ends[0]["reason"].as_str().unwrap()), (&draft_id, "silenced"));
            }
            let kinds: Vec<_> = visitor.log().await.into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(kinds, ["visitor", "system", "agent"], "half an answer is not an answer");
            shop.house
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_answer_is_drafted_word_for_word_and_then_said() {
    let pieces = || Line::Says(vec!["You have ", "sixty days ", "to return ", "your shoes [1]."]);
    let model = ScriptedModel::start(vec![pieces(), pieces()], false).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            let mut line = visitor.listen(0).await;
            visitor.says("q", QUESTION).await;
            let heard = line.until(|event| event.name == "draft_end").await;
            let end = &heard.last().unwrap().json;
            assert_eq!(end["reason"], "done");
            let said =
                heard.iter().find(|event| event.id == Some(2)).expect("the message comes with the end of its draft");
            assert_eq!(said.json["id"], end["draft_id"]);
            assert_eq!(said.json["text"], drafted(&heard));
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_member_who_is_signed_out_hears_no_more_of_the_desk() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let mut desk = shop.desk_stream().await;
        assert_eq!(shop.owner.delete("/v1/session").await.status, 204);
        let rest =
            tokio::time::timeout(std::time::Duration::from_secs(20), async { while desk.next().await.is_some() {} });
        assert!(rest.await.is_ok(), "the stream ends by itself");
        shop.house
    })
    .await;
}
