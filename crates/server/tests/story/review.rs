//! A reader has an answer checked by a person: with a clock, told in the chat, and the knowledge learns from it, with its origin.

use std::time::Duration;

use serde_json::{Value, json};

use crate::guest::{QUESTION, Shop, Visitor};
use crate::house::{Browser, PASSWORD, on_each_engine};
use crate::request_form::{finished, known};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const RIGHT: &str = "You can return shoes within 90 days. Keep the box.";

async fn answer_of(visitor: &Visitor) -> String {
    let conversation = visitor.conversation().await;
    let said = conversation["messages"].as_array().unwrap();
    said.iter().find(|m| m["kind"] == "ai").unwrap()["id"].as_str().unwrap().to_owned()
}

async fn asked(shop: &Shop, visitor: &Visitor) -> Value {
    let path = format!("/v1/visitor/messages/{}/review", answer_of(visitor).await);
    let reply = visitor.post(&path, &json!({})).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    shop.idle().await;
    reply.json()
}

/// A visitor who has said a word of her own and was answered; nobody knows her name.
async fn unknown(shop: &Shop, word: &str) -> Visitor {
    let visitor = shop.visitor().await;
    visitor.says("m", &format!("{QUESTION} My word is {word}.")).await;
    shop.idle().await;
    visitor
}

async fn reviews(shop: &Shop, state: &str) -> Vec<Value> {
    let reply = shop.owner.clone().get(&format!("/v1/reviews?state={state}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["items"].as_array().unwrap().clone()
}

async fn decided(browser: &Browser, review: &Value, body: Value) -> crate::house::Reply {
    let path = format!("/v1/reviews/{}/decision", review["id"].as_str().unwrap());
    browser.clone().post(&path, &body).await
}

async fn titles(shop: &Shop) -> Vec<(String, String)> {
    let pages = shop.owner.clone().get("/v1/pages").await.json();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    pages["items"].as_array().unwrap().iter().map(|page| (word(&page["title"]), word(&page["kind"]))).collect()
}

fn notes(conversation: &Value) -> Vec<Value> {
    let said = conversation["messages"].as_array().unwrap();
    let review = |m: &&Value| m["system"]["code"].as_str().is_some_and(|code| code.starts_with("review_"));
    said.iter().filter(review).cloned().collect()
}

#[tokio::test]
async fn a_reader_has_an_answer_checked_hears_of_it_and_the_knowledge_learns() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let answer = answer_of(&ana).await;
        let now = shop.house.running.app.desk.world.now();
        let first = asked(&shop, &ana).await;
        assert_eq!(first["due_at"], now.plus(DAY * 3).millis());
        assert_eq!(asked(&shop, &ana).await["request_id"], first["request_id"], "asking twice is asking once");
        let told = notes(&ana.conversation().await);
        assert_eq!(told.len(), 1);
        assert_eq!((&told[0]["system"]["about"], &told[0]["system"]["until"]), (&json!(answer), &first["due_at"]));

        let open = reviews(&shop, "open").await;
        assert_eq!(open.len(), 1);
        assert_eq!((&open[0]["message_id"], &open[0]["overdue"]), (&json!(answer), &json!(false)));
        shop.house.wait(DAY * 4);
        let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
        assert!(shop.owner.post("/v1/session", &entry).await.status.is_success());
        let mut owner = shop.owner.clone();
        assert_eq!(reviews(&shop, "open").await[0]["overdue"], true);
        let path = format!("/v1/reviews/{}", open[0]["id"].as_str().unwrap());
        let detail = owner.get(&path).await.json();
        assert!(detail["question"].as_str().unwrap().starts_with(QUESTION), "{detail}");
        assert!(!detail["why"]["passages"].as_array().unwrap().is_empty() && detail["answer"]["id"] == answer);
        let lines = owner.get("/v1/audit?action=review.open").await.json();
        assert_eq!(lines["items"][0]["object"], open[0]["id"], "the look was noted");
        assert_eq!(owner.get("/v1/audit?action=review.list").await.json()["items"].as_array().unwrap().len(), 2);

        let empty = decided(&owner, &open[0], json!({ "outcome": "wrong" })).await;
        assert_eq!(empty.code(), "invalid", "the right answer is missing");
        let personal = json!({ "outcome": "wrong", "text": RIGHT, "title": "What did ana@example.com ask?" });
        assert_eq!(decided(&owner, &open[0], personal).await.code(), "invalid", "nothing of hers is published");
        let title = detail["masked_question"].as_str().unwrap();
        let wrong = json!({ "outcome": "wrong", "text": RIGHT, "title": title });
        let done = decided(&owner, &open[0], wrong.clone()).await;
        assert_eq!(done.status, 200, "{}", done.text);
        assert_eq!((&done.json()["summary"]["outcome"], &done.json()["words"]), (&json!("wrong"), &json!(RIGHT)));
        assert_eq!(decided(&owner, &open[0], wrong).await.code(), "conflict", "once is enough");
        let told = notes(&ana.conversation().await);
        assert_eq!((&told[1]["system"]["code"], &told[1]["text"]), (&json!("review_wrong"), &json!(RIGHT)));
        assert_eq!(told[1]["author"], "Ana Duarte", "a person signs for it");
        assert!(reviews(&shop, "open").await.is_empty() && reviews(&shop, "closed").await.len() == 1);

        finished(&shop).await;
        let request = owner.get(&format!("/v1/requests/{}", first["request_id"].as_str().unwrap())).await.json();
        assert_eq!(request["summary"]["state"], "fulfilled", "{request}");
        assert!(request.to_string().contains("within 90 days"), "her letter says it too");
        let ben = shop.visitor().await;
        ben.says("b", title).await;
        shop.idle().await;
        assert!(ben.log().await[1].1.contains("90 days"), "the assistant has learned: {:?}", ben.log().await);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn erased_she_takes_her_words_out_of_the_knowledge_and_the_staffs_words_stay() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = unknown(&shop, "aardvark").await;
        asked(&shop, &ana).await;
        let open = reviews(&shop, "open").await;
        let title = format!("{QUESTION} My word is aardvark.");
        let body = json!({ "outcome": "wrong", "text": RIGHT, "title": title });
        let page = decided(&shop.owner, &open[0], body).await.json()["summary"]["page_id"].clone();
        let page = format!("/v1/pages/{}", page.as_str().unwrap());
        finished(&shop).await;
        assert!(titles(&shop).await.contains(&(title, "learned".to_owned())));
        let thread = shop.owner.clone().get(&format!("/v1/conversations/{}", ana.conversation)).await.json();
        let person = thread["summary"]["person"]["id"].as_str().unwrap().to_owned();
        let export = ana.get("/v1/visitor/export").await;
        assert_eq!(export.status, 200);
        let erase = format!("/v1/people/{person}/erasure");
        assert_eq!(shop.owner.clone().post(&erase, &json!({ "confirm": "ERASE" })).await.status, 202);
        shop.idle().await;
        let left = shop.owner.clone().get(&page).await.json();
        assert_eq!(left["title"], "You can return shoes within 90 days.", "made of the answer");
        assert_eq!((&left["kind"], &left["content"]), (&json!("manual"), &json!(RIGHT)));
        assert!(!left.to_string().contains("aardvark"));
        for version in left["snapshots"].as_array().unwrap() {
            let id = version["id"].as_str().unwrap();
            let frozen = shop.house.stranger().get(&format!("/snapshot/{id}")).await;
            assert!(frozen.text.contains("90 days") && !frozen.text.contains("aardvark"), "{}", frozen.text);
        }
        assert!(reviews(&shop, "open").await.is_empty() && reviews(&shop, "closed").await.is_empty());
        let desk = &shop.house.running.app.desk;
        let organisation = desk.organisation_of_widget(&shop.widget_key).await.unwrap().id;
        let hits = desk.library.find(organisation, "aardvark", 5).await.unwrap();
        assert!(hits.iter().all(|hit| !hit.title.contains("aardvark")), "the index has forgotten it");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn when_her_conversation_is_over_the_title_is_withdrawn_by_the_hour() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = unknown(&shop, "aardvark").await;
        asked(&shop, &ana).await;
        let open = reviews(&shop, "open").await;
        let body = json!({ "outcome": "wrong", "text": RIGHT, "title": "My word is aardvark" });
        assert_eq!(decided(&shop.owner, &open[0], body).await.status, 200);
        finished(&shop).await;
        shop.house.wait(DAY * 91);
        shop.idle().await;
        let desk = &shop.house.running.app.desk;
        let organisation = desk.organisation_of_widget(&shop.widget_key).await.unwrap().id;
        let pages = desk.library.pages(organisation, &knowledge::PageFilter::default()).await.unwrap();
        let titles: Vec<&str> = pages.items.iter().map(|page| page.title.as_str()).collect();
        assert!(titles.contains(&"You can return shoes within 90 days."), "{titles:?}");
        assert!(titles.iter().all(|title| !title.contains("aardvark")), "{titles:?}");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn nobody_has_anothers_answer_checked_and_an_agent_decides_but_does_not_teach() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [unknown(&shop, "aardvark").await, unknown(&shop, "ox").await];
        let hers = format!("/v1/visitor/messages/{}/review", answer_of(&ana).await);
        assert_eq!(ben.post(&hers, &json!({})).await.code(), "not_found");
        let request = json!({ "kind": "human_review", "message_id": answer_of(&ana).await });
        assert_eq!(ben.post("/v1/visitor/requests", &request).await.code(), "not_found", "nor by another way");
        let why = hers.replace("/review", "/why");
        assert_eq!(ben.get(&why).await.code(), "not_found", "nor sees how it came about");
        let why = ana.get(&why).await.json();
        assert!(why["question"].as_str().unwrap().starts_with(QUESTION), "she herself does: {why}");
        let own = ana.conversation().await["messages"][0]["id"].as_str().unwrap().to_owned();
        let own = ana.post(&format!("/v1/visitor/messages/{own}/review"), &json!({})).await;
        assert_eq!(own.code(), "invalid", "her own words are no answer");
        asked(&shop, &ana).await;
        let open = reviews(&shop, "open").await;
        assert_eq!(open.len(), 1, "only hers");
        let agent = shop.house.join(&shop.owner, "agent", "a@shop.example").await;
        let teach = json!({ "outcome": "wrong", "text": RIGHT, "title": "Returns" });
        assert_eq!(decided(&agent, &open[0], teach).await.code(), "forbidden");
        let right = json!({ "outcome": "right" });
        assert_eq!(decided(&agent, &open[0], right).await.json()["summary"]["outcome"], "right");
        assert_eq!(notes(&ana.conversation().await)[1]["system"]["code"], "review_right");
        finished(&shop).await;
        // Taken back by another way than a decision, a review does not stay open.
        let again = asked(&shop, &ana).await;
        let back = format!("/v1/visitor/requests/{}/withdraw", again["request_id"].as_str().unwrap());
        assert_eq!(ana.post(&back, &json!({})).await.status, 204);
        assert!(reviews(&shop, "open").await.is_empty());
        shop.house
    })
    .await;
}
