//! Providers of an organisation's own: who may be asked is declared first, in order, limited, and switched off at once.

use serde_json::{Value, json};

use crate::guest::{QUESTION, Shop};
use crate::house::{Browser, on_each_engine_with};
use crate::scripted_model::{Line, ScriptedModel};

fn facts(address: &str, name: &str) -> Value {
    json!({
        "dialect": "openai_chat", "name": name, "base_url": format!("http://{address}/v1"), "model": "scripted-2",
        "recipient": format!("{name} Ltd"), "country": "IE", "mechanism": "within_eea", "contract": "DPA 2026-11",
        "retention": "30 days", "price_in": 1_000_000, "price_out": 2_000_000,
    })
}

async fn add(owner: &mut Browser, facts: &Value) -> String {
    let reply = owner.post("/v1/providers", &json!({ "facts": facts, "key": "sk-very-secret" })).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert!(!reply.text.contains("sk-very-secret"), "a key is never given back");
    reply.json()["id"].as_str().unwrap().to_owned()
}

async fn switch(owner: &mut Browser, id: &str, on: bool) -> u16 {
    owner.post(&format!("/v1/providers/{id}/switch"), &json!({ "on": on })).await.status.as_u16()
}

fn truth() -> Line {
    Line::Says(vec!["You have sixty days to return shoes [1]."])
}

/// She asks, and this is who answered.
async fn answered_by(shop: &mut Shop) -> (String, Value) {
    let visitor = shop.visitor().await;
    visitor.says("q", QUESTION).await;
    shop.idle().await;
    let answer = visitor.conversation().await["messages"][1].clone();
    assert_eq!(answer["outcome"], "answered", "{answer}");
    let why = shop.owner.get(&format!("/v1/messages/{}/why", answer["id"].as_str().unwrap())).await.json();
    (why["answerer"].as_str().unwrap().to_owned(), why)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_asked_only_when_it_is_declared_and_switched_on_and_never_after() {
    let model = ScriptedModel::start(Vec::new(), false).await;
    let address = model.address.clone();
    on_each_engine_with(
        |config| config.model.allow_private.push(address.clone()),
        async |house| {
            let mut shop = Shop::open(house).await;
            let heard = model.received().len();
            model.will(vec![truth(), truth(), truth()]);
            let mut undeclared = facts(&model.address, "Main");
            undeclared["contract"] = json!("");
            let id = add(&mut shop.owner, &undeclared).await;
            assert_eq!(switch(&mut shop.owner, &id, true).await, 409, "no contract, no words");
            assert_eq!(shop.owner.post(&format!("/v1/providers/{id}/test"), &json!({})).await.status, 409);
            assert_eq!(answered_by(&mut shop).await.0, "built-in");
            assert_eq!(model.received().len(), heard, "nothing has left");

            let whole = json!({ "facts": facts(&model.address, "Main") });
            let path = format!("/v1/providers/{id}");
            assert_eq!(shop.owner.put(&path, &whole).await.status, 200, "the key stays");
            assert_eq!(shop.owner.post(&format!("{path}/test"), &json!({})).await.json()["works"], true);
            assert_eq!(switch(&mut shop.owner, &id, true).await, 200);
            let widget = shop.owner.get(&format!("/v1/widget/{}", shop.widget_key)).await.json();
            assert_eq!(widget["ai"]["recipient"], json!({ "name": "Main Ltd", "country": "IE" }));
            let (by, why) = answered_by(&mut shop).await;
            assert_eq!((by.as_str(), &why["model"]), ("model", &json!("scripted-2")));
            assert_eq!(why["disclosures"][0]["recipient"], "Main Ltd");
            assert!(why["prompt_version"].as_str().unwrap().len() == 8);
            assert_eq!(model.received().len(), heard + 2, "the trial and the question");

            assert_eq!(switch(&mut shop.owner, &id, false).await, 200);
            assert_eq!(answered_by(&mut shop).await.0, "built-in");
            assert_eq!(model.received().len(), heard + 2, "switched off is off");
            assert_eq!(shop.owner.delete(&path).await.status, 204);
            assert_eq!(shop.owner.get("/v1/providers").await.json()["items"], json!([]));
            shop.house
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_provider_answers_when_the_first_does_not_and_the_order_can_be_changed() {
    let (first, second) =
        (ScriptedModel::start(Vec::new(), false).await, ScriptedModel::start(Vec::new(), false).await);
    let both = [first.address.clone(), second.address.clone()];
    on_each_engine_with(
        |config| config.model.allow_private.extend(both.clone()),
        async |house| {
            let mut shop = Shop::open(house).await;
            let one = add(&mut shop.owner, &facts(&first.address, "First")).await;
            let two = add(&mut shop.owner, &facts(&second.address, "Second")).await;
            for id in [&one, &two] {
                assert_eq!(switch(&mut shop.owner, id, true).await, 200);
            }
            first.will(vec![Line::Fails(401)]);
            second.will(vec![truth()]);
            let (_, why) = answered_by(&mut shop).await;
            assert_eq!(why["tried"], json!([{ "provider": one, "code": "key_not_accepted" }]));
            assert_eq!(why["disclosures"].as_array().unwrap().len(), 2, "both transfers are recorded");
            let heard = first.received().len();
            assert_eq!(shop.owner.put("/v1/providers/order", &json!({ "ids": [two, one] })).await.status, 204);
            assert_eq!(shop.owner.put("/v1/providers/order", &json!({ "ids": [two] })).await.status, 400);
            second.will(vec![truth()]);
            answered_by(&mut shop).await;
            assert_eq!(first.received().len(), heard, "the second is the first now");
            shop.house
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_spent_is_booked_and_a_limit_ends_it() {
    let model = ScriptedModel::start(Vec::new(), false).await;
    let address = model.address.clone();
    on_each_engine_with(
        |config| config.model.allow_private.push(address.clone()),
        async |house| {
            let mut shop = Shop::open(house).await;
            let id = add(&mut shop.owner, &facts(&model.address, "Main")).await;
            switch(&mut shop.owner, &id, true).await;
            model.will(vec![truth(), truth(), truth()]);
            assert_eq!(answered_by(&mut shop).await.0, "model");
            let spent = shop.owner.get("/v1/spending").await.json();
            let (tokens, money) = (spent["tokens_today"].as_i64().unwrap(), spent["money_today"].as_i64().unwrap());
            assert!(tokens > 100 && money >= tokens, "{spent}");
            assert_eq!((&spent["days"][0]["provider"], &spent["days"][0]["calls"]), (&json!(id), &json!(1)));
            let limits = json!({ "currency": "EUR", "money_day": money });
            let set = shop.owner.put("/v1/spending/limits", &limits).await.json();
            assert_eq!(set["may_go_on"], false);
            let (by, why) = answered_by(&mut shop).await;
            assert_eq!(by, "built-in", "the pages still answer: {why}");
            shop.house.wait(std::time::Duration::from_secs(24 * 60 * 60));
            model.will(vec![truth()]);
            let mut owner = shop.owner.clone();
            let back = owner
                .post("/v1/session", &json!({ "email": "ana@shop.example", "password": crate::house::PASSWORD }))
                .await;
            assert!(back.status.is_success(), "{}", back.text);
            shop.owner = owner;
            assert_eq!(answered_by(&mut shop).await.0, "model", "tomorrow is another day");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_place_that_is_private_or_open_to_listeners_is_no_provider() {
    on_each_engine_with(
        |_| (),
        async |house| {
            let mut owner = house.owner().await;
            for (address, wanted) in
                [("http://api.example.com", 400), ("http://127.0.0.1:9", 400), ("https://user@api.example.com", 400)]
            {
                let mut given = facts("x", "Main");
                given["base_url"] = json!(address);
                assert_eq!(
                    owner.post("/v1/providers", &json!({ "facts": given, "key": "" })).await.status.as_u16(),
                    wanted,
                    "{address}"
                );
            }
            let mut inside = facts("x", "Main");
            inside["base_url"] = json!("https://169.254.169.254/latest");
            let id = add(&mut owner, &inside).await;
            let trial = owner.post(&format!("/v1/providers/{id}/test"), &json!({})).await.json();
            assert_eq!(
                (&trial["works"], &trial["code"]),
                (&json!(false), &json!("unreachable")),
                "the door refuses private networks"
            );
            let mut moved = facts("x", "Main");
            moved["base_url"] = json!("https://collector.example.com/v1");
            let reply = owner.put(&format!("/v1/providers/{id}"), &json!({ "facts": moved })).await;
            assert_eq!(reply.status, 400, "a key is not sent to a place it was not given for");
            let mut agent = house.join(&owner, "agent", "agent@shop.example").await;
            assert_eq!(agent.get("/v1/providers").await.code(), "forbidden");
            house
        },
    )
    .await;
}
