//! Settings: all of them or none, and what the widget's frame makes of them.

use serde_json::{Value, json};

use crate::house::on_each_engine;

fn writable(shown: &Value) -> Value {
    json!({
        "organisation_name": shown["organisation_name"], "look": shown["look"], "domains": shown["domains"],
        "keep_days": shown["keep_days"], "ai": { "enabled": shown["ai"]["enabled"] },
    })
}

#[tokio::test]
async fn settings_are_changed_as_a_whole_or_not_at_all() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let before = owner.get("/v1/settings").await.json();
        assert_eq!(before["keep_days"], 90);
        assert_eq!(before["domains"], json!([]));
        assert_eq!(before["ai"], json!({ "enabled": true, "answerer": "built-in" }));

        let mut wanted = writable(&before);
        wanted["keep_days"] = json!(30);
        wanted["domains"] = json!(["https://Shop.Example/"]);
        wanted["ai"]["enabled"] = json!(false);
        let after = owner.put("/v1/settings", &wanted).await;
        assert_eq!(after.status, 200, "{}", after.text);
        let after = owner.get("/v1/settings").await.json();
        assert_eq!((&after["keep_days"], &after["domains"]), (&json!(30), &json!(["https://shop.example"])));

        let mut wrong = writable(&after);
        wrong["keep_days"] = json!(60);
        wrong["domains"] = json!(["javascript:alert(1)"]);
        assert_eq!(owner.put("/v1/settings", &wrong).await.code(), "invalid");
        assert_eq!(owner.get("/v1/settings").await.json(), after, "nothing is half-written");
        house
    })
    .await;
}

#[tokio::test]
async fn the_frame_may_be_shown_on_the_registered_websites_only() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let shown = owner.get("/v1/settings").await.json();
        let frame = format!("/widget/frame.html?key={}", shown["widget_key"].as_str().unwrap());
        let policy = owner.get(&frame).await.header("content-security-policy").to_owned();
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");

        let mut wanted = writable(&shown);
        wanted["domains"] = json!(["https://shop.example", "http://localhost:8080"]);
        owner.put("/v1/settings", &wanted).await;
        let policy = owner.get(&frame).await.header("content-security-policy").to_owned();
        assert!(policy.ends_with("frame-ancestors http://localhost:8080 https://shop.example"), "{policy}");
        let unknown = owner.get("/widget/frame.html?key=wk_unknown").await;
        assert!(unknown.header("content-security-policy").ends_with("frame-ancestors 'none'"));
        house
    })
    .await;
}

#[tokio::test]
async fn the_snippet_is_one_script_tag_with_the_public_key() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let key = owner.get("/v1/settings").await.json()["widget_key"].as_str().unwrap().to_owned();
        let snippet = owner.get("/v1/settings/snippet").await.json();
        let html = format!("<script src=\"{}/widget.js\" data-key=\"{key}\" async></script>", house.origin());
        assert_eq!(snippet, json!({ "html": html, "sightings": [] }));
        house
    })
    .await;
}
