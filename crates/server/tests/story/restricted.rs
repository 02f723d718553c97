//! Restricted data (GDPR Art. 18) in everyday use: the staff sees that it is there and not what it says; whoever runs the house may
//! look and write for a reason that the law leaves, and the log says which.

use reqwest::Method;
use serde_json::{Value, json};

use crate::guest::{Shop, Visitor, fetch};
use crate::house::{Browser, Reply, on_each_engine};
use crate::request_form::known;

/// She is restricted, or only her conversation is.
async fn restrict(shop: &Shop, visitor: &Visitor, whole_person: bool) -> String {
    let thread = shop.owner.clone().get(&format!("/v1/conversations/{}", visitor.conversation)).await.json();
    let person = thread["summary"]["person"]["id"].as_str().unwrap().to_owned();
    let marked = if whole_person { &person } else { &visitor.conversation };
    let reply =
        shop.owner.clone().post(&format!("/v1/marks/{marked}/restriction"), &json!({ "ground": "accuracy" })).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    person
}

async fn write(browser: &Browser, visitor: &Visitor, note: bool, reason: Option<&str>) -> Reply {
    let id = format!("w{note}{}", reason.unwrap_or("none"));
    let body = json!({ "client_id": id, "text": "About your case.", "note": note, "reason": reason });
    browser.clone().post(&format!("/v1/conversations/{}/messages", visitor.conversation), &body).await
}

#[tokio::test]
async fn what_is_restricted_is_seen_to_be_there_and_its_words_are_not_served() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let agent = shop.house.join(&shop.owner, "agent", "ben@shop.example").await;
        let key = json!({ "name": "Order system", "scopes": ["read_conversations"] });
        let key = shop.owner.clone().post("/v1/api-keys", &key).await.json()["key"].as_str().unwrap().to_owned();
        for (whole_person, word) in [(true, "aardvark"), (false, "buffalo")] {
            let ana = known(&shop, word, &format!("{word}@example.com")).await;
            let sent = ana.send_file("f1", "note.txt", format!("file of {word}").as_bytes()).await;
            let file = sent.json()["file"]["id"].as_str().unwrap().to_owned();
            shop.idle().await;
            let answer = ana.conversation().await["messages"]
                .as_array()
                .unwrap()
                .iter()
                .find(|m| m["kind"] == "ai")
                .unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned();
            let review = ana.post(&format!("/v1/visitor/messages/{answer}/review"), &json!({})).await;
            assert_eq!(review.status, 201, "{}", review.text);
            let review = shop.owner.clone().get("/v1/reviews").await.json()["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["conversation_id"] == ana.conversation.as_str())
                .unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned();
            let person = restrict(&shop, &ana, whole_person).await;
            let asked = json!({ "kind": "access", "regime": "gdpr", "person_id": person });
            let asked = shop.owner.clone().post("/v1/requests", &asked).await;
            assert_eq!(asked.status, 201, "{}", asked.text);
            let asked = asked.json()["request_id"].as_str().unwrap().to_owned();
            shop.idle().await;
            let thread = format!("/v1/conversations/{}", ana.conversation);
            let addresses = [
                format!("/v1/messages/{answer}/why"),
                format!("/v1/messages/{answer}/seen"),
                format!("/v1/files/{file}"),
                format!("/v1/people/{person}/export"),
                format!("/v1/requests/{asked}/archive"),
                format!("/v1/requests/{asked}/bundle"),
                format!("/v1/reviews/{review}"),
            ];
            // An agent with or without a reason, and an admin without one.
            for (browser, reason) in [(&agent, "?reason=claims"), (&agent, ""), (&shop.owner, "")] {
                let list = browser.clone().get("/v1/conversations").await;
                let hers = list.json()["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|one| one["id"] == ana.conversation.as_str())
                    .unwrap()
                    .clone();
                assert_eq!((&hers["restricted"], &hers["preview"]), (&json!(true), &json!("")), "{hers}");
                let opened = browser.clone().get(&format!("{thread}{reason}")).await;
                assert_eq!(
                    (opened.status.as_u16(), &opened.json()["withheld"], &opened.json()["messages"]),
                    (200, &json!(true), &json!([]))
                );
                assert!(
                    !opened.text.contains(&format!("My word is {word}"))
                        && !list.text.contains(&format!("My word is {word}"))
                );
                for address in &addresses {
                    let reply = browser.clone().get(&format!("{address}{reason}")).await;
                    assert_eq!(
                        (reply.status.as_u16(), reply.code().as_str()),
                        (403, "restricted"),
                        "{address}{reason}"
                    );
                }
                let found = browser.clone().get(&format!("/v1/conversations?q={word}")).await.json();
                assert_eq!(found["items"], json!([]), "no search finds what was said");
                let reviews = browser.clone().get("/v1/reviews").await.json();
                let listed =
                    reviews["items"].as_array().unwrap().iter().find(|one| one["id"] == review.as_str()).unwrap();
                assert_eq!((&listed["restricted"], &listed["question"]), (&json!(true), &json!("")), "{listed}");
                let decision = json!({ "outcome": "right", "reason": reason.strip_prefix("?reason=") });
                let decided = browser.clone().post(&format!("/v1/reviews/{review}/decision"), &decision).await;
                assert_eq!((decided.status.as_u16(), decided.code().as_str()), (403, "restricted"));
                for note in [false, true] {
                    let refused = write(browser, &ana, note, (!reason.is_empty()).then_some("claims")).await;
                    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (403, "restricted"));
                }
            }
            let by_key =
                fetch(shop.house.stranger().request(Method::GET, &format!("{thread}?reason=claims")).bearer_auth(&key))
                    .await;
            assert_eq!(by_key.json()["withheld"], true, "no program is let in");
            let own: Value = ana.conversation().await;
            assert!(own.to_string().contains(&format!("My word is {word}")), "she herself sees her own words");
            let preview = json!({ "text": word, "effect": "mask", "category": "rule" });
            let hits = shop.owner.clone().post("/v1/mask-rules/preview", &preview).await.json();
            assert_eq!(hits["hits"], json!([]), "nor is a rule for masking tried on it");
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn an_admin_looks_and_writes_for_a_reason_that_the_law_leaves_and_the_log_says_which() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let person = restrict(&shop, &ana, true).await;
        // Within one millisecond the newest line is not known by its id.
        shop.house.wait(std::time::Duration::from_millis(5));
        let thread = format!("/v1/conversations/{}", ana.conversation);
        let wrong = shop.owner.clone().get(&format!("{thread}?reason=curiosity")).await;
        assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (400, "invalid"));
        let opened = shop.owner.clone().get(&format!("{thread}?reason=claims")).await;
        assert_eq!(opened.json()["withheld"], false);
        assert!(opened.text.contains("My word is aardvark"));
        let line = shop.owner.clone().get("/v1/audit?action=conversation.open").await.json()["items"][0].clone();
        assert_eq!((&line["reason"], &line["object"]), (&json!("art_18_claims"), &json!(ana.conversation)));
        assert_eq!(shop.turn(&ana, "take-over").await.status, 200);
        let told = write(&shop.owner, &ana, false, Some("consent")).await;
        assert_eq!(told.status, 201, "{}", told.text);
        let line = shop.owner.clone().get("/v1/audit?action=message.reply").await.json()["items"][0].clone();
        assert_eq!(line["reason"], "art_18_consent");
        let asked = json!({ "kind": "access", "regime": "gdpr", "person_id": person });
        let asked = shop.owner.clone().post("/v1/requests", &asked).await.json()["request_id"].clone();
        shop.idle().await;
        let archive = format!("/v1/requests/{}/archive?reason=claims", asked.as_str().unwrap());
        assert_eq!(shop.owner.clone().get(&archive).await.status, 200);
        let line = shop.owner.clone().get("/v1/audit?action=request.fetch").await.json()["items"][0].clone();
        assert_eq!((&line["reason"], &line["object"]), (&json!("art_18_claims"), &asked));
        assert!(
            ana.log().await.iter().any(|(kind, text)| kind == "agent" && text == "About your case."),
            "she gets it"
        );
        shop.house
    })
    .await;
}

#[tokio::test]
async fn nobody_who_watches_the_desk_hears_restricted_words() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let (ana, ben) = (known(&shop, "aardvark", "ana@example.com").await, shop.visitor().await);
        restrict(&shop, &ana, true).await;
        shop.idle().await;
        let mut line = shop.desk_stream().await;
        ana.says("m9", "My secret is an ocelot.").await;
        shop.idle().await;
        ben.says("m1", "Good day").await;
        let heard = line.until(|event| event.name == "message" && event.json.to_string().contains("Good day")).await;
        assert!(heard.iter().all(|event| !event.json.to_string().contains("ocelot")), "{heard:?}");
        let there =
            |event: &crate::guest::Event| event.name == "conversation" && event.json["id"] == ana.conversation.as_str();
        assert!(
            heard.iter().any(|event| there(event) && event.json["restricted"] == true),
            "but that something happened"
        );
        shop.house
    })
    .await;
}
