//! Keys for programs: shown once, scoped, taken back at once.

use serde_json::json;

use crate::house::{House, Reply, on_each_engine};

async fn with_key(house: &House, key: &str, path: &str) -> Reply {
    let mut program = house.stranger();
    let request = program.request(reqwest::Method::GET, path).bearer_auth(key);
    program.send(request).await
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_until_it_is_taken_back() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let form = json!({ "name": "Warehouse", "scopes": ["read_knowledge"] });
        let issued = owner.post("/v1/api-keys", &form).await;
        assert_eq!(issued.status, 201, "{}", issued.text);
        let issued = issued.json();
        let key = issued["key"].as_str().unwrap();
        assert!(key.starts_with("ck_") && key.len() == 67);

        assert_eq!(with_key(&house, key, "/v1/sources").await.status, 200);
        assert_eq!(with_key(&house, key, "/v1/conversations").await.code(), "forbidden", "another scope");
        assert_eq!(with_key(&house, key, "/v1/team").await.code(), "forbidden", "not for keys at all");
        assert_eq!(with_key(&house, "ck_0000", "/v1/sources").await.code(), "sign_in_needed");
        assert_eq!(with_key(&house, "vt_0000", "/v1/sources").await.code(), "sign_in_needed");

        let listed = owner.get("/v1/api-keys").await;
        assert!(!listed.text.contains(key), "the secret was shown once");
        assert_eq!(listed.json()["items"][0]["name"], "Warehouse");
        let address = format!("/v1/api-keys/{}", issued["id"].as_str().unwrap());
        assert_eq!(owner.delete(&address).await.status, 204);
        assert_eq!(owner.delete(&address).await.code(), "not_found");
        assert_eq!(with_key(&house, key, "/v1/sources").await.code(), "sign_in_needed");
        house
    })
    .await;
}

#[tokio::test]
async fn a_key_needs_a_name_and_known_scopes() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        for form in [
            json!({ "name": "", "scopes": ["privacy"] }),
            json!({ "name": "x".repeat(81), "scopes": ["privacy"] }),
            json!({ "name": "None", "scopes": [] }),
            json!({ "name": "Unknown", "scopes": ["everything"] }),
        ] {
            assert_eq!(owner.post("/v1/api-keys", &form).await.code(), "invalid", "{form}");
        }
        assert_eq!(owner.get("/v1/api-keys").await.json(), json!({ "items": [] }));
        house
    })
    .await;
}
