//! What every answer carries, and what never leaves a trace.

use crate::house::{on_each_engine, on_each_engine_with};

#[tokio::test]
async fn every_answer_forbids_what_it_does_not_need_and_carries_a_request_id() {
    on_each_engine(async |house| {
        let mut stranger = house.stranger();
        for path in
            ["/healthz", "/v1/me", "/console/", "/widget/frame.html", "/nowhere", "/v1/openapi.json", "/public.css"]
        {
            let reply = stranger.get(path).await;
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
            assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(reply.header("x-request-id").starts_with("req_"), "{path}");
            assert_eq!(reply.header("strict-transport-security"), "", "plain HTTP promises nothing");
        }
        let refused = stranger.get("/v1/me").await;
        assert_eq!(refused.json()["error"]["request_id"], refused.header("x-request-id"));
        house
    })
    .await;
}

#[tokio::test]
async fn behind_tls_the_cookie_is_secure_and_browsers_are_told_to_stay() {
    on_each_engine_with(
        |config| config.server.public_url = "https://chat.shop.example".to_owned(),
        async |house| {
            let client = crate::house::client();
            let health = client.get(format!("http://{}/healthz", house.running.address)).send().await.unwrap();
            assert_eq!(health.headers()["strict-transport-security"], "max-age=31536000");
            let setup = serde_json::json!({
                "setup_token": house.running.setup_token, "organisation": "Shop", "name": "Ana",
                "email": "ana@shop.example", "password": crate::house::PASSWORD,
            });
            let request = client.post(format!("http://{}/v1/setup", house.running.address)).json(&setup);
            let welcome =
                request.header("x-confidante", "1").header("origin", "https://chat.shop.example").send().await;
            let welcome = welcome.unwrap();
            assert_eq!(welcome.status(), 201);
            assert!(welcome.headers()["set-cookie"].to_str().unwrap().contains("Secure"));
            house
        },
    )
    .await;
}
