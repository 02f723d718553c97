//! Test sets: kept masked, run by one answerer or another with progress, judged by what was expected, the last runs kept.

use serde_json::{Value, json};

use crate::guest::{QUESTION, Shop};
use crate::house::{on_each_engine, on_each_engine_with};
use crate::scripted_model::{Line, ScriptedModel};

fn set() -> Value {
    json!({ "name": "Returns", "cases": [
        { "question": QUESTION, "page": "returns", "words": "60 days", "outcome": "answered" },
        { "question": "What is the capital of France?", "outcome": "abstained" },
        { "question": format!("My mail is odalys@example.com. {QUESTION}"), "words": "90 days" },
        { "question": QUESTION },
    ] })
}

async fn run(shop: &Shop, set: &str, answerer: &str) -> Value {
    let begun = shop.owner.clone().post(&format!("/v1/test-sets/{set}/runs"), &json!({ "answerer": answerer })).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    assert_eq!((&begun.json()["summary"]["state"], &begun.json()["summary"]["total"]), (&json!("running"), &json!(4)));
    shop.idle().await;
    let id = begun.json()["summary"]["id"].as_str().unwrap().to_owned();
    shop.owner.clone().get(&format!("/v1/test-runs/{id}")).await.json()
}

#[tokio::test]
async fn a_set_is_kept_masked_run_judged_and_its_last_runs_are_kept() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let mut owner = shop.owner.clone();
        let kept = owner.post("/v1/test-sets", &set()).await;
        assert_eq!(kept.status, 201, "{}", kept.text);
        assert!(!kept.text.contains("odalys"), "what is personal is masked before it is kept: {}", kept.text);
        let id = kept.json()["id"].as_str().unwrap().to_owned();
        let done = run(&shop, &id, "built-in").await;
        let summary = &done["summary"];
        assert_eq!((&summary["state"], &summary["label"]), (&json!("done"), &json!("Built-in answerer")));
        assert_eq!((&summary["hits"], &summary["expected"]), (&json!(2), &json!(3)), "{done}");
        let results = done["results"].as_array().unwrap();
        assert_eq!(results[0]["outcome"], "answered");
        assert!(results[0]["cited"][0]["link"].as_str().unwrap().starts_with("/snapshot/"));
        assert_eq!((&results[2]["hit"], &results[2]["missed"]), (&json!(false), &json!(["words"])));
        assert!(results[3]["hit"].is_null(), "nothing was expected");

        let mut changed = set();
        changed["cases"] = json!([{ "question": QUESTION }]);
        let path = format!("/v1/test-sets/{id}");
        assert_eq!(owner.put(&path, &changed).await.json()["cases"].as_array().unwrap().len(), 1);
        let before = owner.get(&format!("/v1/test-runs/{}", summary["id"].as_str().unwrap())).await.json();
        assert_eq!(before["results"].as_array().unwrap().len(), 4, "a run keeps the questions as they were");
        for _ in 0..11 {
            let begun = owner.post(&format!("{path}/runs"), &json!({ "answerer": "current" })).await;
            assert_eq!(begun.status, 201, "{}", begun.text);
            shop.idle().await;
            shop.house.wait(std::time::Duration::from_secs(1));
        }
        assert_eq!(owner.get(&path).await.json()["runs"].as_array().unwrap().len(), 10);
        for bad in [
            json!({ "name": "", "cases": [{ "question": "x" }] }),
            json!({ "name": "x", "cases": [] }),
            json!({ "name": "x", "cases": [{ "question": "x", "outcome": "a wonder" }] }),
        ] {
            assert_eq!(owner.post("/v1/test-sets", &bad).await.code(), "invalid");
        }
        assert_eq!(owner.post(&format!("{path}/runs"), &json!({ "answerer": "nobody" })).await.code(), "not_found");
        assert_eq!(owner.delete(&path).await.status, 204);
        assert_eq!(owner.get("/v1/test-sets").await.json()["items"], json!([]));
        shop.house
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_questions_are_put_to_a_provider_and_nothing_personal_leaves() {
    let model = ScriptedModel::start(Vec::new(), false).await;
    let address = model.address.clone();
    on_each_engine_with(
        |config| config.model.allow_private.push(address.clone()),
        async |house| {
            let shop = Shop::open(house).await;
            let mut owner = shop.owner.clone();
            let facts = json!({
                "dialect": "openai_chat", "name": "Main", "base_url": format!("http://{}/v1", model.address),
                "model": "scripted-2", "recipient": "Main Ltd", "country": "IE", "mechanism": "within_eea",
                "contract": "DPA 2026-11", "retention": "30 days", "price_in": 0, "price_out": 0,
            });
            let added = owner.post("/v1/providers", &json!({ "facts": facts, "key": "sk-x" })).await.json();
            let provider = added["id"].as_str().unwrap().to_owned();
            let kept = owner.post("/v1/test-sets", &set()).await.json();
            let id = kept["id"].as_str().unwrap();
            let begin = format!("/v1/test-sets/{id}/runs");
            let off = owner.post(&begin, &json!({ "answerer": provider })).await;
            assert_eq!(off.code(), "conflict", "what is not switched on is not asked");
            let on = owner.post(&format!("/v1/providers/{provider}/switch"), &json!({ "on": true })).await;
            assert_eq!(on.status, 200, "{}", on.text);
            model.will((0..4).map(|_| Line::Says(vec!["Within sixty days you may return shoes [1]."])).collect());
            let heard = model.received().len();
            let done = run(&shop, id, &provider).await;
            assert_eq!(done["summary"]["label"], "Main", "{done}");
            assert!(model.received().len() > heard, "the provider was asked");
            assert!(model.received().iter().all(|body| !body.contains("odalys")), "masked");
            assert_eq!(done["results"][0]["outcome"], "answered", "{done}");
            let sent = owner.get("/v1/audit?action=test_run.send").await.json();
            assert!(!sent["items"].as_array().unwrap().is_empty(), "what leaves is recorded");
            let people = owner.get("/v1/people").await.json();
            assert_eq!(people["items"], json!([]), "nobody was made up for it");
            shop.house
        },
    )
    .await;
}
