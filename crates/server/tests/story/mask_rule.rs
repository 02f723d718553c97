//! The staff's own rules for masking: tried, previewed, added, obeyed from the next question on, removed.

use serde_json::json;

use crate::guest::{QUESTION, Shop, answer_with};
use crate::house::{on_each_engine, on_each_engine_with};
use crate::scripted_model::{Line, ScriptedModel};

const CARD: &str = "My member card is KD-4711-AB.";

#[tokio::test]
async fn a_rule_is_seen_before_it_is_added_and_gone_when_it_is_removed() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        visitor.says("one", CARD).await;
        let rule = json!({ "text": "kd-####-??", "effect": "mask", "category": "rule" });
        let preview = shop.owner.post("/v1/mask-rules/preview", &rule).await.json();
        assert_eq!(preview["messages"], 1, "the house may hold more messages than hers");
        let looks = shop.owner.get("/v1/audit?action=mask_rule.preview").await.json();
        assert_eq!(looks["items"].as_array().map(Vec::len), Some(1), "whoever reads visitors' words is noted");
        assert_eq!(
            (&preview["hits"][0]["before"], &preview["hits"][0]["hit"]),
            (&json!("My member card is "), &json!("KD-4711-AB"))
        );
        assert_eq!(shop.owner.get("/v1/mask-rules").await.json()["items"], json!([]), "a preview keeps nothing");

        let added = shop.owner.post("/v1/mask-rules", &rule).await;
        assert_eq!(added.status, 201, "{}", added.text);
        let tried = shop.owner.post("/v1/mask-rules/try", &json!({ "text": CARD })).await.json();
        assert_eq!(tried["pieces"][1], json!({ "text": "KD-4711-AB", "masked_as": "rule" }));
        let again = shop.owner.post("/v1/mask-rules/preview", &rule).await.json();
        assert_eq!(again["messages"], 0, "what is masked already does not change");

        let short = json!({ "text": "**", "effect": "mask", "category": "rule" });
        assert_eq!(shop.owner.post("/v1/mask-rules", &short).await.code(), "invalid");
        let odd = json!({ "text": "abc", "effect": "mask", "category": "shoe" });
        assert_eq!(shop.owner.post("/v1/mask-rules", &odd).await.code(), "invalid");

        let id = added.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(shop.owner.delete(&format!("/v1/mask-rules/{id}")).await.status, 204);
        assert_eq!(shop.owner.delete(&format!("/v1/mask-rules/{id}")).await.code(), "not_found");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn what_a_rule_names_does_not_reach_the_model() {
    let lines = (0..4).map(|_| Line::Says(vec!["NO_ANSWER"])).collect();
    let model = ScriptedModel::start(lines, false).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let mut shop = Shop::open(house).await;
            let rule = json!({ "text": "kd-####-??", "effect": "mask", "category": "rule" });
            assert_eq!(shop.owner.post("/v1/mask-rules", &rule).await.status, 201);
            let visitor = shop.visitor().await;
            visitor.says("one", &format!("{CARD} {QUESTION}")).await;
            shop.idle().await;
            let heard = model.received();
            assert!(heard.iter().any(|body| body.contains("PRIVATE_1")), "the model was asked");
            assert!(!heard.iter().any(|body| body.contains("4711")), "and did not read the number");
            shop.house
        },
    )
    .await;
}
