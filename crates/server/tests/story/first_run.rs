//! The first run: one link, one owner, once.

use serde_json::json;

use crate::house::{PASSWORD, on_each_engine};

#[tokio::test]
async fn the_printed_link_makes_one_owner_and_then_closes() {
    on_each_engine(async |house| {
        let mut stranger = house.stranger();
        assert_eq!(stranger.get("/v1/setup").await.json(), json!({ "needed": true }));
        let token = house.running.setup_token.clone().unwrap();
        assert!(house.running.greeting().contains(&format!("/console/setup#token={token}")));

        let mut form = json!({
            "setup_token": "guess", "organisation": "Nadel & Faden", "name": "Ana Duarte",
            "email": "ana@shop.example", "password": PASSWORD,
        });
        assert_eq!(stranger.post("/v1/setup", &form).await.code(), "forbidden");
        form["setup_token"] = json!(token);
        form["password"] = json!("too short");
        assert_eq!(stranger.post("/v1/setup", &form).await.code(), "invalid");

        form["password"] = json!(PASSWORD);
        let mut owner = stranger.clone();
        let welcome = owner.post("/v1/setup", &form).await;
        assert_eq!(welcome.status, 201, "{}", welcome.text);
        let cookie = welcome.header("set-cookie");
        for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=1209600"] {
            assert!(cookie.contains(word), "{cookie} has {word}");
        }
        let me = owner.get("/v1/me").await.json();
        assert_eq!(me["member"]["name"], "Ana Duarte");
        assert_eq!(me["member"]["role"], "owner");
        assert_eq!(me["organisation"]["name"], "Nadel & Faden");
        assert!(me["organisation"]["widget_key"].as_str().unwrap().starts_with("wk_"));

        assert_eq!(stranger.get("/v1/setup").await.json(), json!({ "needed": false }));
        form["email"] = json!("mallory@evil.example");
        assert_eq!(stranger.post("/v1/setup", &form).await.code(), "forbidden", "the link was used");
        house
    })
    .await;
}

#[tokio::test]
async fn two_at_the_door_at_once_are_not_both_let_in() {
    on_each_engine(async |house| {
        let form = |email: &str| {
            json!({
                "setup_token": house.running.setup_token, "organisation": "Shop", "name": "Somebody",
                "email": email, "password": PASSWORD,
            })
        };
        let (mut one, mut other) = (house.stranger(), house.stranger());
        let (first, second) = (form("one@shop.example"), form("other@shop.example"));
        let (one, other) = tokio::join!(one.post("/v1/setup", &first), other.post("/v1/setup", &second));
        let let_in = [one.status, other.status].iter().filter(|status| **status == 201).count();
        assert_eq!(let_in, 1);
        house
    })
    .await;
}
