//! Periods, marks and holds over HTTP: seen before they bite, changed by those who may, obeyed by everything.

use std::time::Duration;

use serde_json::json;

use crate::guest::{QUESTION, Shop, Visitor};
use crate::house::{PASSWORD, on_each_engine};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn person(shop: &Shop, visitor: &Visitor) -> String {
    let thread = shop.owner.clone().get(&format!("/v1/conversations/{}", visitor.conversation)).await.json();
    thread["summary"]["person"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn she_wants_no_automatic_answers_and_gets_none_until_she_does() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        assert_eq!(ana.get("/v1/visitor/ai-opt-out").await.json(), json!({ "opted_out": false, "ai_off": false }));
        let off = ana.post("/v1/visitor/ai-opt-out", &json!({ "opted_out": true })).await;
        assert_eq!((off.status.as_u16(), off.json()), (200, json!({ "opted_out": true, "ai_off": true })));
        ana.says("m", QUESTION).await;
        shop.idle().await;
        assert!(ana.log().await.iter().all(|(kind, _)| kind != "ai"), "nobody but a person answers");
        let id = person(&shop, &ana).await;
        let marks = shop.owner.clone().get(&format!("/v1/marks/{id}")).await.json();
        assert_eq!(marks["ai_off"], json!(["opt_out"]));
        let back =
            shop.owner.clone().post(&format!("/v1/conversations/{}/give-back", ana.conversation), &json!({})).await;
        assert_eq!((back.status.as_u16(), back.code().as_str()), (409, "conflict"));
        ana.post("/v1/visitor/ai-opt-out", &json!({ "opted_out": false })).await;
        shop.idle().await;
        assert_eq!(ana.log().await.last().map(|(kind, _)| kind.as_str()), Some("ai"), "her question is answered now");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_restriction_is_set_kept_told_and_lifted_in_this_order() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        ana.says("m", QUESTION).await;
        shop.idle().await;
        let mut owner = shop.owner.clone();
        let id = person(&shop, &ana).await;
        let path = format!("/v1/marks/{id}/restriction");
        assert_eq!(owner.post(&path, &json!({ "ground": "a whim" })).await.code(), "invalid");
        let marks = owner.post(&path, &json!({ "ground": "accuracy" })).await.json();
        assert_eq!(marks["restriction"]["ground"], "accuracy");
        let changed =
            owner.request(reqwest::Method::PATCH, &format!("/v1/people/{id}")).json(&json!({ "name": "Ana" }));
        assert_eq!(changed.send().await.unwrap().status(), 409, "what is restricted is not changed");
        let deleted = owner.request(reqwest::Method::DELETE, &format!("/v1/conversations/{}", ana.conversation));
        assert_eq!(deleted.send().await.unwrap().status(), 409, "nor deleted");
        let lift = || owner.request(reqwest::Method::DELETE, &path).send();
        assert_eq!(lift().await.unwrap().status(), 409, "she is told first");
        assert_eq!(owner.clone().post(&format!("{path}/told"), &json!({})).await.status, 200);
        assert_eq!(lift().await.unwrap().status(), 200);
        assert_eq!(owner.post("/v1/marks/nobody/ai-off", &json!({ "reason": "minor" })).await.status, 404);
        let talk = format!("/v1/marks/{}/ai-off", ana.conversation);
        assert_eq!(
            owner.post(&talk, &json!({ "reason": "special_category" })).await.json()["ai_off"],
            json!(["special_category"])
        );
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_shorter_period_is_looked_at_before_it_bites_and_a_hold_is_stronger() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let [ana, ben] = [shop.visitor().await, shop.visitor().await];
        for visitor in [&ana, &ben] {
            visitor.says("m", QUESTION).await;
        }
        shop.idle().await;
        let mut owner = shop.owner.clone();
        let (ana_id, ben_id) = (person(&shop, &ana).await, person(&shop, &ben).await);
        let ends = shop.house.running.app.desk.world.now().millis() + 60 * 24 * 60 * 60 * 1_000;
        let hold = json!({ "person": ana_id, "reason": "claim", "ends_at": ends });
        let past = json!({ "person": ana_id, "reason": "claim", "ends_at": 5 });
        assert_eq!(owner.post("/v1/legal-holds", &past).await.code(), "invalid");
        assert_eq!(owner.post("/v1/legal-holds", &hold).await.status, 201);
        shop.house.wait(DAY * 8);
        let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
        assert!(owner.post("/v1/session", &entry).await.status.is_success(), "a sign-in does not last a week");
        let look = owner.post("/v1/retention/preview", &json!({ "class": "conversation", "days": 7 })).await.json();
        assert_eq!(look["people"], 1, "the other is held: {look}");
        assert!(look["bytes"].as_i64().unwrap() > 0 && look["by_day"][0] == json!({ "day": 0, "people": 1 }));
        let refused = owner.post("/v1/retention/preview", &json!({ "class": "audit", "days": 7 })).await;
        assert_eq!(refused.code(), "invalid", "what the law fixes is not chosen");
        let changed =
            owner.request(reqwest::Method::PUT, "/v1/retention").json(&json!({ "class": "conversation", "days": 7 }));
        assert_eq!(changed.send().await.unwrap().status(), 200);
        shop.idle().await;
        assert_eq!(owner.get(&format!("/v1/people/{ben_id}")).await.status, 404, "his time was over");
        assert_eq!(owner.get(&format!("/v1/people/{ana_id}")).await.status, 200, "hers was too, but it is held");
        let shown = owner.get("/v1/retention").await.json();
        let class = shown["classes"].as_array().unwrap().iter().find(|one| one["class"] == "conversation").unwrap();
        assert_eq!((&class["days"], &class["overdue"], &shown["held"]), (&json!(7), &json!(0), &json!(1)));
        assert_eq!(shown["run"]["late"], false);
        assert_eq!(shown["canary"]["outlived"], 0);
        let held = owner.post(&format!("/v1/people/{ana_id}/erasure"), &json!({ "confirm": "ERASE" })).await;
        let erasure = held.json()["erasure_id"].as_str().unwrap().to_owned();
        shop.idle().await;
        assert_eq!(owner.get(&format!("/v1/erasures/{erasure}")).await.json()["state"], "held");
        let id = owner.get("/v1/legal-holds").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let lifted = owner.request(reqwest::Method::DELETE, &format!("/v1/legal-holds/{id}")).send().await.unwrap();
        assert_eq!(lifted.status(), 204);
        shop.idle().await;
        shop.idle().await;
        assert_eq!(owner.get(&format!("/v1/erasures/{erasure}")).await.json()["state"], "done", "it went on by itself");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_deleted_conversation_is_unreadable_at_once_and_its_rows_go() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        ana.says("m", QUESTION).await;
        shop.idle().await;
        let mut owner = shop.owner.clone();
        let path = format!("/v1/conversations/{}", ana.conversation);
        assert_eq!(owner.request(reqwest::Method::DELETE, &path).send().await.unwrap().status(), 204);
        assert_eq!(owner.get(&path).await.status, 404);
        assert!(owner.get("/v1/conversations").await.json()["items"].as_array().unwrap().is_empty());
        shop.idle().await;
        let rows = "SELECT count(*) AS many FROM message m JOIN conversation c ON c.organisation = m.organisation \
            AND c.id = m.conversation WHERE c.last_seq > 0";
        let counted = store::Statement::new(rows, Vec::new());
        let store = &shop.house.running.app.desk.store;
        let row = store.one(store::Fence::House, counted).await.unwrap().unwrap();
        assert_eq!(row.int("many"), Ok(0));
        assert_eq!(owner.request(reqwest::Method::DELETE, &path).send().await.unwrap().status(), 404);
        shop.house
    })
    .await;
}
