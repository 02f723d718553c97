//! Questions without a source: grouped, counted and masked; one answer closes a group, and goes on without whoever asked.

use serde_json::{Value, json};

use crate::guest::{Shop, Visitor};
use crate::house::on_each_engine;

const WRAPPED: &str = "Do you offer gift wrapping? My mail is odalys@example.com.";
const ALIKE: &str = "Is gift wrapping available?";
const OTHER: &str = "Do you repair umbrellas?";
const ANSWER: &str = "We wrap every present in paper, free of charge.";

async fn asks(shop: &Shop, visitor: &Visitor, client_id: &str, text: &str) {
    visitor.says(client_id, text).await;
    shop.idle().await;
    // Another moment, so that it is known what was asked last.
    shop.house.wait(std::time::Duration::from_secs(1));
}

async fn gaps(shop: &Shop) -> Vec<Value> {
    let reply = shop.owner.clone().get("/v1/gaps").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert!(!reply.text.contains("odalys"), "shown masked: {}", reply.text);
    reply.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn questions_without_a_source_are_grouped_masked_and_answered_once() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        asks(&shop, &ana, "a", WRAPPED).await;
        asks(&shop, &ben, "b", ALIKE).await;
        asks(&shop, &ben, "c", OTHER).await;
        let found = gaps(&shop).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0]["question"], OTHER, "the latest first");
        assert_eq!((&found[1]["count"], &found[1]["people"]), (&json!(2), &json!(2)));
        assert_eq!(found[1]["question"], ALIKE);
        let lines = shop.owner.clone().get("/v1/audit?action=gap.list").await.json();
        assert_eq!(lines["items"].as_array().unwrap().len(), 1, "the look was noted");

        let mut owner = shop.owner.clone();
        let personal =
            json!({ "messages": found[1]["messages"], "title": "odalys@example.com asks", "content": ANSWER });
        assert_eq!(owner.post("/v1/gaps/answer", &personal).await.code(), "invalid");
        let answer = json!({ "messages": found[1]["messages"], "title": ALIKE, "content": ANSWER });
        let filled = owner.post("/v1/gaps/answer", &answer).await;
        assert_eq!(filled.status, 201, "{}", filled.text);
        let after = gaps(&shop).await;
        assert_eq!(after[1]["page_id"], filled.json()["page_id"], "the group shows that it is answered");
        assert!(after[0]["page_id"].is_null());
        asks(&shop, &ana, "d", "Is gift wrapping available please?").await;
        assert!(ana.log().await.last().unwrap().1.contains("free of charge"), "{:?}", ana.log().await);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn who_asked_takes_her_question_with_her_and_the_answer_stays() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        asks(&shop, &ana, "a", "Do you engrave marmalade spoons?").await;
        asks(&shop, &ben, "b", OTHER).await;
        let found = gaps(&shop).await;
        let hers = found.iter().find(|gap| gap["question"].as_str().unwrap().contains("marmalade")).unwrap();
        let content = "We engrave whatever you bring.";
        let answer =
            json!({ "messages": hers["messages"], "title": "Do you engrave marmalade spoons?", "content": content });
        let filled = shop.owner.clone().post("/v1/gaps/answer", &answer).await.json();
        assert_eq!(ana.post("/v1/visitor/erasure", &json!({ "confirm": true })).await.status, 202);
        shop.idle().await;
        let page = format!("/v1/pages/{}", filled["page_id"].as_str().unwrap());
        let page = shop.owner.clone().get(&page).await.json();
        assert_eq!((&page["title"], &page["content"]), (&json!(content), &json!(content)));
        let left = gaps(&shop).await;
        assert_eq!(left.len(), 1, "only what is still here");
        let gone = shop.owner.clone().post("/v1/gaps/answer", &answer).await;
        assert_eq!(gone.code(), "not_found", "her question cannot be answered any more");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn what_is_restricted_or_deleted_is_in_no_report() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        asks(&shop, &ana, "a", WRAPPED).await;
        asks(&shop, &ben, "b", OTHER).await;
        assert_eq!(gaps(&shop).await.len(), 2);
        let mut owner = shop.owner.clone();
        let mark = format!("/v1/marks/{}/restriction", ana.conversation);
        assert_eq!(owner.post(&mark, &json!({ "ground": "accuracy" })).await.status, 200);
        assert_eq!(gaps(&shop).await.len(), 1, "what is restricted is not used");
        let delete = format!("/v1/conversations/{}", ben.conversation);
        assert_eq!(owner.delete(&delete).await.status, 204);
        assert!(gaps(&shop).await.is_empty());
        let mut viewer = shop.house.join(&shop.owner, "viewer", "v@shop.example").await;
        assert_eq!(viewer.get("/v1/gaps").await.status, 200);
        let fill = json!({ "messages": ["msg_0"], "title": "T", "content": "C" });
        assert_eq!(viewer.post("/v1/gaps/answer", &fill).await.status, 403, "only who may teach");
        shop.house
    })
    .await;
}
