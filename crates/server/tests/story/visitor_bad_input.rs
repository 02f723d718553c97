//! Bad input at the visitor's addresses: each kind gets one clear sentence and a stable code, and nothing is half-written.

use reqwest::Method;
use serde_json::json;

use crate::guest::{Shop, fetch};
use crate::house::{Reply, on_each_engine, on_each_engine_with};

/// One clear sentence for a person, and no trace of what was sent.
pub fn is_one_sentence(reply: &Reply) {
    let body = reply.json();
    let sentence = body["error"]["message"].as_str().unwrap();
    assert!(sentence.ends_with('.') && !sentence.contains('\n') && sentence.len() < 200, "{sentence}");
    assert!(!sentence.contains("secret-word"), "never repeats what was sent: {sentence}");
    assert!(body["error"]["request_id"].as_str().unwrap().starts_with("req_"));
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_not_said() {
    on_each_engine_with(
        |config| config.limits.messages = 1_000,
        async |house| {
            let shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            let message =
                |client_id: &str, text: &str| json!({ "client_id": client_id, "text": text }).to_string().into_bytes();
            let cases: Vec<(Vec<u8>, u16, &str, &str)> = vec![
                (b"".to_vec(), 400, "invalid", "not valid JSON"),
                (b"{\"client_id\":\"c\",".to_vec(), 400, "invalid", "not valid JSON"),
                (b"[]".to_vec(), 400, "invalid", "wrong type"),
                (b"null".to_vec(), 400, "invalid", "wrong type"),
                (b"\"secret-word\"".to_vec(), 400, "invalid", "wrong type"),
                (b"{\"client_id\":\"c\"}".to_vec(), 400, "invalid", "The field text is missing."),
                (b"{\"text\":\"secret-word\"}".to_vec(), 400, "invalid", "The field client_id is missing."),
                (b"{\"client_id\":7,\"text\":\"secret-word\"}".to_vec(), 400, "invalid", "wrong type"),
                (b"{\"client_id\":\"c\",\"text\":null}".to_vec(), 400, "invalid", "wrong type"),
                (b"{\"client_id\":\"c\",\"text\":\"a\",\"secret-word\":1}".to_vec(), 400, "invalid", "unknown field"),
                (b"{\"client_id\":\"c\",\"text\":\"a\",\"text\":\"b\"}".to_vec(), 400, "invalid", ""),
                (b"{\"client_id\":\"c\",\"text\":\"\xff\"}".to_vec(), 400, "invalid", "not valid UTF-8"),
                (b"{\"client_id\":\"c\",\"text\":\"\\ud800\"}".to_vec(), 400, "invalid", ""),
                (message("c", ""), 400, "invalid", "empty"),
                (message("c", " \n\t "), 400, "invalid", "empty"),
                (message("c", "\u{0}\u{7}"), 400, "invalid", "empty"),
                (message("c", &"ä".repeat(8_001)), 413, "too_large", "8,000"),
                (message("c", &"x".repeat(70_000)), 413, "too_large", "larger"),
                (message("", "a"), 400, "invalid", "client_id"),
                (message(&"c".repeat(65), "a"), 400, "invalid", "client_id"),
                (message("c\u{0}d", "a"), 400, "invalid", "client_id"),
                (vec![b'['; 60_000], 400, "invalid", ""),
            ];
            for (body, status, code, said) in cases {
                let request =
                    visitor.request(Method::POST, "/v1/visitor/messages").header("content-type", "application/json");
                let reply = fetch(request.body(body.clone())).await;
                let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
                assert_eq!((reply.status.as_u16(), reply.code().as_str()), (status, code), "{shown}: {}", reply.text);
                assert!(reply.text.contains(said), "{shown}: {}", reply.text);
                is_one_sentence(&reply);
            }
            let form = visitor.request(Method::POST, "/v1/visitor/messages").body("text=hello");
            assert_eq!(fetch(form).await.code(), "unsupported_type");
            let conversation = visitor.conversation().await;
            assert_eq!(
                (&conversation["messages"], &conversation["last_seq"]),
                (&json!([]), &json!(0)),
                "nothing was written"
            );
            // The largest that fits, and what looks dangerous but is only text.
            let longest = "ä".repeat(8_000);
            assert_eq!(visitor.says("ok1", &longest).await["text"], longest);
            let hostile = "<script>alert(1)</script> '; DROP TABLE message; -- {{7*7}} \u{202e}";
            assert_eq!(visitor.says(&"ü".repeat(64), hostile).await["text"], hostile);
            shop.idle().await;
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn what_begins_no_chat_leaves_nobody_behind() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let stranger = shop.house.stranger();
        let address = format!("/v1/widget/{}/sessions", shop.widget_key);
        let cases: [(&[u8], &str); 6] = [
            (b"", "not valid JSON"),
            (b"{\"locale\":5}", "wrong type"),
            (b"{\"locale\":\"en\",\"secret-word\":1}", "unknown field"),
            (b"{\"locale\":\"\xc3\"}", "not valid UTF-8"),
            (b"{\"page_host\":[]}", "wrong type"),
            (b"[1]", "wrong type"),
        ];
        for (body, said) in cases {
            let request = stranger.request(Method::POST, &address).header("content-type", "application/json");
            let reply = fetch(request.body(body)).await;
            assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "invalid"), "{said}: {}", reply.text);
            assert!(reply.text.contains(said), "{said}: {}", reply.text);
            is_one_sentence(&reply);
        }
        let mut bodies = Vec::new();
        for key in ["wk_nobody", "%00", "%ff", "x'%20OR%201=1--", &"k".repeat(5_000)] {
            for request in [
                stranger.request(Method::GET, &format!("/v1/widget/{key}")),
                stranger.request(Method::POST, &format!("/v1/widget/{key}/sessions")).json(&json!({})),
            ] {
                let reply = fetch(request).await;
                assert_eq!(reply.status, 404, "{key}: {}", reply.text);
                let mut body = reply.json();
                body["error"]["request_id"] = json!("");
                bodies.push(body);
            }
        }
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
        for key in ["%00", "%ff", "nobody"] {
            assert_eq!(fetch(stranger.request(Method::GET, &format!("/privacy/{key}"))).await.status, 404, "{key}");
        }
        assert_eq!(shop.owner.get("/v1/people").await.json()["items"], json!([]), "nobody was written");
        // A language we do not speak and a host that is none are no reason to turn somebody away.
        let odd = json!({ "locale": "tlh-\u{0}", "page_host": "https://shop.example/anna?mail=a@b.example" });
        let reply = fetch(stranger.request(Method::POST, &address).json(&odd)).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        let person = shop.owner.get("/v1/people").await.json()["items"][0].clone();
        assert_eq!(person["locale"], "en");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn wrong_cursors_ids_and_confirmations_are_refused() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        for query in ["after=x", "after=1.5", "after=", "after=%ff", "after=99999999999999999999", "after=1&after=2"] {
            let reply = visitor.get(&format!("/v1/visitor/stream?{query}")).await;
            assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "invalid"), "{query}");
            is_one_sentence(&reply);
        }
        for id in ["x", "%00", "%ff", "..%2f..%2fetc", &format!("fil_{}", "0".repeat(26))] {
            assert_eq!(visitor.get(&format!("/v1/visitor/files/{id}")).await.code(), "not_found", "{id}");
            assert_eq!(visitor.get(&format!("/v1/erasures/{id}")).await.code(), "not_found", "{id}");
            assert_eq!(visitor.get(&format!("/v1/erasures/{id}/receipt")).await.code(), "not_found", "{id}");
        }
        for body in [
            json!({}),
            json!({ "confirm": false }),
            json!({ "confirm": "true" }),
            json!({ "confirm": true, "why": "secret-word" }),
        ] {
            let reply = visitor.post("/v1/visitor/erasure", &body).await;
            assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "invalid"), "{body}");
            is_one_sentence(&reply);
        }
        let wrong = visitor.get("/v1/visitor/messages").await;
        assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (405, "method_not_allowed"));
        assert_eq!(visitor.conversation().await["state"], "open", "she is still here");
        shop.house
    })
    .await;
}
