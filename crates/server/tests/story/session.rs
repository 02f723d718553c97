//! Signing in, staying in, and being signed out.

use std::time::Duration;

use serde_json::json;

use crate::house::{PASSWORD, on_each_engine, on_each_engine_with};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn a_member_signs_in_and_out() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let mut laptop = house.stranger();
        // Letters' case and spaces around an address do not matter.
        let welcome = laptop.post("/v1/session", &json!({ "email": " ANA@shop.example ", "password": PASSWORD })).await;
        assert_eq!(welcome.status, 200, "{}", welcome.text);
        assert_eq!(welcome.json()["member"]["email"], "ana@shop.example");
        assert_eq!(laptop.delete("/v1/session").await.status, 204);
        assert_eq!(laptop.get("/v1/me").await.code(), "sign_in_needed");
        assert_eq!(owner.get("/v1/me").await.status, 200, "the other browser stays signed in");
        house
    })
    .await;
}

#[tokio::test]
async fn wrong_address_and_wrong_password_are_one_answer() {
    on_each_engine(async |house| {
        house.owner().await;
        let mut stranger = house.stranger();
        let mut answers = Vec::new();
        for (email, password) in [("ana@shop.example", "wrong password!"), ("nobody@shop.example", PASSWORD), ("", "")]
        {
            let reply = stranger.post("/v1/session", &json!({ "email": email, "password": password })).await;
            assert_eq!(reply.status, 401);
            let mut body = reply.json();
            body["error"]["request_id"] = json!("");
            answers.push(body);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
        house
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_idle_hours_and_after_fourteen_days_in_any_case() {
    on_each_engine(async |house| {
        let mut idle = house.owner().await;
        house.wait(11 * HOUR);
        assert_eq!(idle.get("/v1/me").await.status, 200);
        house.wait(12 * HOUR);
        assert_eq!(idle.get("/v1/me").await.code(), "sign_in_needed");

        let mut busy = house.stranger();
        busy.post("/v1/session", &json!({ "email": "ana@shop.example", "password": PASSWORD })).await;
        for _ in 0..33 {
            house.wait(10 * HOUR);
            assert_eq!(busy.get("/v1/me").await.status, 200);
        }
        house.wait(10 * HOUR);
        assert_eq!(busy.get("/v1/me").await.code(), "sign_in_needed");
        house
    })
    .await;
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down_and_says_when_to_come_back() {
    on_each_engine_with(
        |config| config.limits.sign_in = 3,
        async |house| {
            let mut stranger = house.stranger();
            let guess = json!({ "email": "ana@shop.example", "password": "guess, guess, guess" });
            for _ in 0..3 {
                assert_eq!(stranger.post("/v1/session", &guess).await.status, 401);
            }
            let refused = stranger.post("/v1/session", &guess).await;
            assert_eq!(refused.status, 429);
            assert_eq!(refused.code(), "too_many_requests");
            let wait: u64 = refused.header("retry-after").parse().unwrap();
            assert!((1..=20).contains(&wait), "{wait} s");
            house.wait(Duration::from_secs(wait));
            assert_eq!(stranger.post("/v1/session", &guess).await.status, 401);
            house
        },
    )
    .await;
}

#[tokio::test]
async fn a_cookie_is_believed_only_together_with_our_own_page() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let foreign = owner.request(reqwest::Method::POST, "/v1/team/invitations").json(&json!({ "role": "agent" }));
        let foreign = owner.send(foreign.header("origin", "https://evil.example")).await;
        assert_eq!((foreign.status.as_u16(), foreign.code().as_str()), (403, "forbidden"));
        let ours = owner.request(reqwest::Method::POST, "/v1/team/invitations").json(&json!({ "role": "agent" }));
        let ours = owner.send(ours.header("origin", house.origin())).await;
        assert_eq!(ours.status, 201);
        // A form of a foreign page can send neither our header nor JSON.
        let client = crate::house::client();
        let form = client.post(format!("{}/v1/session", house.origin()));
        let form = form.header("content-type", "text/plain").body("{}").send().await.unwrap();
        assert_eq!(form.status(), 403);
        house
    })
    .await;
}
