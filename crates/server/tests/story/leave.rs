//! An owner takes everything along and ends the organisation; the certificate is checked by a stranger.

use std::io::{Cursor, Read};

use serde_json::json;

use crate::guest::{QUESTION, Shop};
use crate::house::on_each_engine_with;

#[tokio::test]
async fn everything_is_taken_along_and_then_nothing_is_left() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().to_owned();
    on_each_engine_with(
        |config| config.backup.folder.clone_from(&folder),
        async |house| {
            let shop = Shop::open(house).await;
            let ana = shop.visitor().await;
            ana.says("m1", &format!("{QUESTION} My word is aardvark.")).await;
            shop.idle().await;
            let mut owner = shop.owner.clone();
            let admin = shop.house.join(&owner, "admin", "d@shop.example").await;
            for path in ["/v1/organisation/exports", "/v1/organisation/departure"] {
                let refused = admin.clone().post(path, &json!({ "confirm": "x" })).await;
                assert_eq!(refused.status, 403, "only an owner: {path}");
            }
            let asked = owner.post("/v1/organisation/exports", &json!({ "confirm": true })).await;
            assert_eq!(asked.status, 202, "{}", asked.text);
            shop.idle().await;
            let listed = owner.get("/v1/organisation/exports").await.json();
            assert_eq!(listed["items"][0]["state"], "done", "{listed}");
            let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
            let request = owner.request(reqwest::Method::GET, &format!("/v1/organisation/exports/{id}/file"));
            let bytes = request.send().await.unwrap().bytes().await.unwrap().to_vec();
            let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut messages = String::new();
            zip.by_name("json/message.json").unwrap().read_to_string(&mut messages).unwrap();
            assert!(messages.contains("My word is aardvark."));

            let wrong = owner.post("/v1/organisation/departure", &json!({ "confirm": "Nadel und Faden" })).await;
            assert_eq!(wrong.code(), "invalid", "{}", wrong.text);
            assert_eq!(owner.get("/v1/me").await.status, 200, "nothing happened");
            let ended = owner.post("/v1/organisation/departure", &json!({ "confirm": "Nadel & Faden" })).await;
            assert_eq!(ended.status, 202, "{}", ended.text);
            let id = ended.json()["id"].as_str().unwrap().to_owned();
            shop.idle().await;
            let mut stranger = shop.house.stranger();
            let progress = stranger.get(&format!("/v1/departures/{id}")).await.json();
            assert_eq!(progress["state"], "done", "{progress}");
            let certificate = stranger.get(&format!("/v1/departures/{id}/certificate")).await.text;
            let seen = privacy::verify::certificate(&certificate, None).unwrap();
            assert_eq!(seen.found, 0);
            assert!(seen.erased.iter().any(|(what, count)| what == "messages" && *count >= 2), "{:?}", seen.erased);
            assert_eq!(owner.get("/v1/me").await.status, 401, "everybody is signed out");
            assert_eq!(stranger.get(&format!("/v1/widget/{}", shop.widget_key)).await.status, 404);
            assert!(matches!(ana.get("/v1/visitor/conversation").await.status.as_u16(), 401 | 404 | 410));
            shop.house
        },
    )
    .await;
}
