//! She leaves in the middle of an answer: the provider is asked no further, and the conversation stays in a clear state.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::guest::{QUESTION, Shop, Stream, Visitor, answer_with};
use crate::house::on_each_engine_with;
use crate::scripted_model::{Line, ScriptedModel};

const GRACE: Duration = Duration::from_millis(80);

/// A model that begins to answer and then takes its time for ever.
async fn slow_model() -> ScriptedModel {
    ScriptedModel::start(Vec::new(), true).await
}

fn slowly() -> Vec<Line> {
    vec![Line::Says(vec!["You have sixty days to return shoes [1]. ", "The return is ", "free of charge [1]."])]
}

/// She listens and asks, and has heard the first words.
async fn in_the_middle(shop: &Shop, model: &ScriptedModel) -> (Visitor, Stream) {
    shop.house.running.app.desk.live.forgive(GRACE);
    // What the story on the other engine left over.
    model.permits.forget_permits(1_000);
    model.will(slowly());
    let ana = shop.visitor().await;
    let mut line = ana.listen(0).await;
    ana.says("q", QUESTION).await;
    model.permits.add_permits(2);
    line.until(|event| event.name == "delta").await;
    (ana, line)
}

/// Waits for the moment in which the model is listened to no longer.
async fn broken_off(model: &ScriptedModel) {
    let gone = tokio::time::timeout(Duration::from_secs(30), model.broken_off.acquire()).await;
    gone.expect("the call is broken off").expect("never closed").forget();
}

#[tokio::test(flavor = "multi_thread")]
async fn when_her_stream_is_gone_the_provider_is_asked_no_further_and_she_is_answered_when_she_is_back() {
    let model = slow_model().await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let shop = Shop::open(house).await;
            let (ana, line) = in_the_middle(&shop, &model).await;
            drop(line);
            broken_off(&model).await;
            shop.idle().await;
            let kinds: Vec<String> = ana.log().await.into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(kinds, ["visitor"], "half an answer is not an answer");
            let head = ana.conversation().await;
            assert_eq!((&head["state"], &head["lane"]), (&json!("open"), &json!("ai")), "and nothing else has changed");

            model.will(slowly());
            model.permits.add_permits(10);
            let mut line = ana.listen(0).await;
            line.until(|event| event.name == "message" && event.json["kind"] == "ai").await;
            shop.idle().await;
            let answers = ana.log().await.into_iter().filter(|(kind, _)| kind == "ai").count();
            assert_eq!(answers, 1, "answered once, when she was back");
            shop.house
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_gap_breaks_nothing_off_and_who_never_listens_is_answered() {
    let model = slow_model().await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let shop = Shop::open(house).await;
            let (ana, line) = in_the_middle(&shop, &model).await;
            shop.house.running.app.desk.live.forgive(Duration::from_secs(60));
            drop(line);
            let mut line = ana.listen(1).await;
            model.permits.add_permits(10);
            line.until(|event| event.name == "message" && event.json["kind"] == "ai").await;
            model.will(slowly());
            let ben = shop.visitor().await;
            ben.says("q", QUESTION).await;
            shop.idle().await;
            assert_eq!(ben.log().await.len(), 2, "a program that asks and fetches later is answered");
            assert_eq!(model.broken_off.available_permits(), 0);
            shop.house
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_in_the_middle_of_an_answer_the_call_ends_and_nothing_of_it_is_left() {
    let model = slow_model().await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let mut shop = Shop::open(house).await;
            let (ana, _line) = in_the_middle(&shop, &model).await;
            let asked = ana.request(Method::POST, "/v1/visitor/erasure").json(&json!({ "confirm": true }));
            assert_eq!(asked.send().await.unwrap().status(), 202);
            broken_off(&model).await;
            shop.idle().await;
            assert_eq!(ana.get("/v1/visitor/conversation").await.status, 410);
            let path = format!("/v1/conversations/{}", ana.conversation);
            assert_eq!(shop.owner.get(&path).await.status, 404);
            shop.house
        },
    )
    .await;
}
