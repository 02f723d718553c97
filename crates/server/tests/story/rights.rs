//! Her rights over HTTP: she takes her data with her, has it erased, watches it happen, and keeps the receipt.

use std::io::{Cursor, Read};

use reqwest::Method;
use serde_json::json;
use zip::ZipArchive;

use crate::guest::{QUESTION, Shop, Visitor, fetch};
use crate::house::on_each_engine;

/// Everything in the zip as one text, names included.
async fn exported(visitor: &Visitor) -> (Vec<String>, String) {
    let reply = visitor.request(Method::GET, "/v1/visitor/export").send().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["content-type"], "application/zip");
    assert_eq!(reply.headers()["cache-control"], "no-store");
    unpacked(reply.bytes().await.unwrap().to_vec())
}

fn unpacked(bytes: Vec<u8>) -> (Vec<String>, String) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let (mut names, mut all) = (Vec::new(), String::new());
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        names.push(file.name().unwrap().into_owned());
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        all.push_str(&String::from_utf8_lossy(&content));
    }
    (names, all)
}

#[tokio::test]
async fn the_export_holds_her_words_and_nobody_elses() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        for (visitor, mark) in [(&ana, "aardvark"), (&ben, "buffalo")] {
            visitor.says("m", &format!("{QUESTION} My word is {mark}.")).await;
            shop.idle().await;
            assert_eq!(
                visitor.send_file("f", &format!("{mark}.txt"), format!("list of {mark}").as_bytes()).await.status,
                201
            );
            shop.idle().await;
        }
        let (names, all) = exported(&ana).await;
        for name in ["index.html", "data.json", "export.schema.json", "csv/message.csv"] {
            assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
        }
        assert!(all.contains("My word is aardvark.") && all.contains("list of aardvark"));
        assert!(!all.contains("buffalo") && !names.concat().contains("buffalo"), "nothing of anybody else");
        assert!(!all.contains(&ana.token) && !all.contains(&ben.conversation));
        let by_staff = format!("/v1/people/{}/export", person(&shop, &ana).await);
        let reply = shop.owner.request(Method::GET, &by_staff).send().await.unwrap();
        let (_, all) = unpacked(reply.bytes().await.unwrap().to_vec());
        assert!(all.contains("aardvark") && !all.contains("buffalo"));
        shop.house
    })
    .await;
}

async fn person(shop: &Shop, visitor: &Visitor) -> String {
    let thread = shop.owner.clone().get(&format!("/v1/conversations/{}", visitor.conversation)).await.json();
    thread["summary"]["person"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn she_erases_herself_hears_it_and_keeps_a_receipt_that_verifies_offline() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        for visitor in [&ana, &ben] {
            visitor.says("m", QUESTION).await;
            shop.idle().await;
        }
        let id = person(&shop, &ana).await;
        let mut line = ana.listen(2).await;
        let mut desk = shop.desk_stream().await;
        let accepted = ana.post("/v1/visitor/erasure", &json!({ "confirm": true })).await;
        assert_eq!(accepted.status, 202, "{}", accepted.text);
        let erasure = accepted.json()["erasure_id"].as_str().unwrap().to_owned();
        let heard = line.until(|event| event.name == "erased").await;
        assert_eq!(heard.last().unwrap().json["erasure_id"], erasure);
        assert_eq!(line.next().await, None, "the stream ends with it");
        desk.until(|event| event.name == "conversation_gone" && event.json["conversation_id"] == ana.conversation)
            .await;
        shop.idle().await;
        for path in ["conversation", "stream", "export"] {
            let gone = ana.get(&format!("/v1/visitor/{path}")).await;
            assert_eq!((gone.status.as_u16(), gone.code().as_str()), (410, "gone"), "{path}");
        }
        assert_eq!(ana.say("m", QUESTION).await.status, 410, "not even a repetition is answered");

        // Whoever knows the id sees the progress and takes the receipt, with no token at all.
        let stranger = shop.house.stranger();
        let progress = fetch(stranger.request(Method::GET, &format!("/v1/erasures/{erasure}"))).await.json();
        assert_eq!(progress["state"], "done");
        assert!(progress["steps"].as_array().unwrap().iter().all(|step| step["state"] == "done"), "{progress}");
        let receipt = fetch(stranger.request(Method::GET, progress["receipt_url"].as_str().unwrap())).await;
        assert_eq!(receipt.status, 200);
        assert!(!receipt.text.contains(&id) && !receipt.text.contains(&ana.conversation), "the receipt names nobody");
        let verified = privacy::verify::receipt(&receipt.text, None);
        assert!(verified.is_ok_and(|receipt| receipt.found == 0));
        let forged = receipt.text.replacen(&erasure, &erasure.replace('0', "1"), 1);
        assert!(forged == receipt.text || privacy::verify::receipt(&forged, None).is_err());

        assert_eq!(shop.owner.get(&format!("/v1/people/{id}")).await.status, 404);
        assert_eq!(shop.owner.get(&format!("/v1/conversations/{}", ana.conversation)).await.status, 404);
        let left = shop.owner.get("/v1/conversations?q=shoes").await.json();
        assert_eq!(left["items"].as_array().unwrap().len(), 1, "the other visitor is still found");
        assert_eq!(ben.log().await.len(), 2, "and hears nothing of it");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn the_staff_erases_her_and_her_browser_is_told_even_after_a_while() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        // As if she had been away for a while: nobody in this program has recognised her token lately.
        let desk = &shop.house.running.app.desk;
        let session = desk.visitor_session(&ana.token).await.unwrap();
        desk.visitor_says(&session, "m".to_owned(), QUESTION).await.unwrap();
        shop.idle().await;
        let person = person(&shop, &ana).await;
        let path = format!("/v1/people/{person}/erasure");
        for wrong in [json!({}), json!({ "confirm": "erase" }), json!({ "confirm": true })] {
            assert_eq!(shop.owner.post(&path, &wrong).await.code(), "invalid");
        }
        assert_eq!(
            shop.owner.get(&format!("/v1/people/{person}")).await.status,
            200,
            "a wrong confirmation erases nobody"
        );
        assert_eq!(shop.owner.post(&path, &json!({ "confirm": "ERASE" })).await.status, 202);
        shop.idle().await;
        let gone = ana.get("/v1/visitor/conversation").await;
        assert_eq!((gone.status.as_u16(), gone.code().as_str()), (410, "gone"));
        assert_eq!(shop.owner.get("/v1/erasures").await.json()["items"].as_array().unwrap().len(), 1);
        shop.house
    })
    .await;
}
