//! What the chat does at a press stands in the list of requests like anything else that was asked: closed, with its receipt, and
//! after an erasure without herself.

use serde_json::{Value, json};

use crate::guest::{Shop, answer_with};
use crate::house::{on_each_engine, on_each_engine_with};
use crate::request_form::{finished, known};
use crate::scripted_model::{Line, ScriptedModel};

async fn listed(shop: &Shop, state: &str) -> Vec<Value> {
    let listed = shop.owner.clone().get(&format!("/v1/requests?state={state}")).await.json();
    listed["items"].as_array().unwrap().clone()
}

async fn detail(shop: &Shop, item: &Value) -> Value {
    shop.owner.clone().get(&format!("/v1/requests/{}", item["id"].as_str().unwrap())).await.json()
}

fn facts(item: &Value) -> [&str; 4] {
    ["kind", "channel", "identity", "state"].map(|name| item[name].as_str().unwrap())
}

#[tokio::test]
async fn what_she_does_at_a_press_is_on_record_and_after_an_erasure_without_herself() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        assert_eq!(ana.get("/v1/visitor/export").await.status, 200);
        let closed = listed(&shop, "closed").await;
        assert_eq!(closed.iter().map(facts).collect::<Vec<_>>(), [["access", "widget", "session", "fulfilled"]]);
        let person = detail(&shop, &closed[0]).await["person"]["id"].as_str().unwrap().to_owned();
        let own = ana.get("/v1/visitor/requests").await.json();
        assert_eq!(own["items"].as_array().unwrap().len(), 1, "she sees it too");

        let accepted = ana.post("/v1/visitor/erasure", &json!({ "confirm": true })).await;
        assert_eq!(accepted.status, 202, "{}", accepted.text);
        let erasure = accepted.json()["erasure_id"].clone();
        finished(&shop).await;
        assert!(listed(&shop, "open").await.is_empty());
        let closed = listed(&shop, "closed").await;
        assert_eq!(closed.len(), 2);
        let item = closed.iter().find(|item| item["kind"] == "erasure").unwrap();
        assert_eq!(facts(item), ["erasure", "widget", "session", "fulfilled"]);
        let done = detail(&shop, item).await;
        let step = done["steps"].as_array().unwrap().iter().find(|step| step["act"] == "erase").unwrap();
        assert_eq!((&step["erasure_id"], &step["state"]), (&erasure, &json!("done")));
        let receipt = format!("/v1/erasures/{}/receipt", erasure.as_str().unwrap());
        let receipt = shop.house.stranger().get(&receipt).await;
        assert!(privacy::verify::receipt(&receipt.text, None).is_ok_and(|receipt| receipt.found == 0));
        for item in &closed {
            let text = detail(&shop, item).await.to_string();
            assert!(!text.contains(&person) && !text.contains("ana@"), "nobody's: {text}");
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn whoever_received_something_is_told_of_an_erasure_at_a_press_too() {
    let replies = (0..8).map(|_| Line::Says(vec!["You have 60 days. [1]"])).collect();
    let model = ScriptedModel::start(replies, false).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let shop = Shop::open(house).await;
            let ana = known(&shop, "aardvark", "ana@example.com").await;
            assert_eq!(ana.post("/v1/visitor/erasure", &json!({ "confirm": true })).await.status, 202);
            finished(&shop).await;
            assert_eq!(ana.get("/v1/visitor/conversation").await.status, 410, "she is gone already");
            let open = listed(&shop, "open").await;
            assert_eq!(open.len(), 1, "and the record waits until the recipient is told");
            let waiting = detail(&shop, &open[0]).await;
            let tell = waiting["steps"].as_array().unwrap().iter().find(|step| step["act"] == "tell").unwrap().clone();
            assert_eq!((&tell["recipient"], &tell["state"]), (&json!("Scripted"), &json!("manual")));
            let settled = json!({ "step_id": tell["id"], "done": true, "note": "Wrote to them." });
            let path = format!("/v1/requests/{}/settle", open[0]["id"].as_str().unwrap());
            assert_eq!(shop.owner.clone().post(&path, &settled).await.status, 200);
            finished(&shop).await;
            assert!(listed(&shop, "open").await.is_empty());
            shop.house
        },
    )
    .await;
}
