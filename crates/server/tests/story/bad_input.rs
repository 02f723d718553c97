//! Bad input: every kind of it gets one clear sentence and a stable code, and changes nothing.

use reqwest::Method;
use serde_json::json;

use crate::house::{PASSWORD, on_each_engine, on_each_engine_with};

#[tokio::test]
async fn malformed_bodies_are_refused_with_one_clear_sentence() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let huge = format!("{{\"role\":\"{}\"}}", "x".repeat(70_000));
        let cases: [(&[u8], &str, u16, &str); 9] = [
            (b"", "application/json", 400, "not valid JSON"),
            (b"{", "application/json", 400, "not valid JSON"),
            (b"[]", "application/json", 400, "wrong type"),
            (b"{}", "application/json", 400, "The field role is missing."),
            (b"{\"role\":5}", "application/json", 400, "wrong type"),
            (b"{\"role\":\"agent\",\"more\":1}", "application/json", 400, "unknown field"),
            (b"{\"role\":\"\xff\"}", "application/json", 400, "not valid UTF-8"),
            (b"{\"role\":\"agent\"}", "text/plain", 415, "application/json"),
            (huge.as_bytes(), "application/json", 413, "larger"),
        ];
        for (body, kind, status, said) in cases {
            let request = owner.request(Method::POST, "/v1/team/invitations").header("content-type", kind);
            let reply = owner.send(request.body(body.to_vec())).await;
            assert_eq!(reply.status, status, "{said}: {}", reply.text);
            let error = reply.json()["error"].clone();
            let message = error["message"].as_str().unwrap();
            assert!(message.contains(said), "{message} says {said}");
            assert!(!message.contains('\n') && message.ends_with('.'), "one sentence: {message}");
        }
        assert_eq!(owner.get("/v1/team").await.json()["invitations"], json!([]), "nothing was written");
        house
    })
    .await;
}

#[tokio::test]
async fn unknown_addresses_ids_and_methods_have_one_body() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let unknown = "key_".to_owned() + &"0".repeat(26);
        let paths = ["/v1/nowhere", "/v1/api-keys/nobody", &format!("/v1/api-keys/{unknown}"), "/v1/api-keys/%ff%fe"];
        let mut bodies = Vec::new();
        for path in paths {
            let reply = owner.delete(path).await;
            assert_eq!(reply.status, 404, "{path}: {}", reply.text);
            let mut body = reply.json();
            body["error"]["request_id"] = json!("");
            bodies.push(body);
        }
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
        let wrong = owner.delete("/v1/me").await;
        assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (405, "method_not_allowed"));
        assert!(wrong.header("allow").contains("GET"));
        assert_eq!(owner.get("/v1/people?q=%ff").await.code(), "invalid", "malformed UTF-8 in the query");
        house
    })
    .await;
}

#[tokio::test]
async fn another_organisations_things_do_not_exist() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        // A second house in the same installation, with an owner of its own.
        let desk = &house.running.app.desk;
        let other = desk.found("The other shop", desk::setting::Settings::default()).await.unwrap();
        let actor = model::Actor::House { organisation: other.id };
        let somebody = desk::member::Newcomer {
            name: vault::Personal::new("Mallory"),
            email: vault::Personal::new("mallory@other.example"),
            password: vault::Personal::new(PASSWORD),
        };
        let member = desk.join(other.id, model::Role::Owner, &somebody, |_| Vec::new()).await.unwrap();
        let key = desk.issue_key(&actor, member, "Theirs", &[model::Scope::Privacy]).await.unwrap().0;
        let (open, _) = desk
            .invite(
                &model::Actor::Member { organisation: other.id, member, role: model::Role::Owner },
                member,
                model::Role::Agent,
            )
            .await
            .unwrap();
        for path in [format!("/v1/api-keys/{}", key.id), format!("/v1/team/invitations/{}", open.id)] {
            assert_eq!(owner.delete(&path).await.code(), "not_found", "{path}");
        }
        let theirs = format!("/v1/team/members/{member}");
        assert_eq!(owner.patch(&theirs, &json!({ "disabled": true })).await.code(), "not_found");
        assert_eq!(desk.keys(other.id).await.unwrap().len(), 1, "nothing happened to them");
        house
    })
    .await;
}

#[tokio::test]
async fn a_private_address_is_no_source_and_the_sentence_says_why() {
    on_each_engine_with(
        |config| config.crawl.allow_private.push("127.0.0.1:9".to_owned()),
        async |house| {
            let mut owner = house.owner().await;
            let addresses = ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]:8080/"];
            for url in addresses.iter().chain(&["http://0x7f000001/", "localhost", "http://192.168.1.1/"]) {
                let reply = owner.post("/v1/sources", &json!({ "url": url })).await;
                assert_eq!((reply.status.as_u16(), reply.code().as_str()), (403, "forbidden"), "{url}: {}", reply.text);
                assert!(reply.text.contains("private network"), "{url}: {}", reply.text);
            }
            assert_eq!(owner.get("/v1/sources").await.json()["items"], json!([]), "nothing was written");
            let named = owner.post("/v1/sources", &json!({ "url": "http://127.0.0.1:9/" })).await;
            assert_eq!(named.status, 201, "the operator's config names it: {}", named.text);
            house
        },
    )
    .await;
}
