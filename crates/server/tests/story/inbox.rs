//! The inbox: what the staff finds, in which order, what it sees of an answer, and what stays between colleagues.

use std::time::Duration;

use serde_json::{Value, json};

use crate::guest::{QUESTION, Shop, answer_with};
use crate::house::{on_each_engine, on_each_engine_with};
use crate::scripted_model::{Line, ScriptedModel};

async fn found(shop: &Shop, query: &str) -> Vec<String> {
    let reply = shop.owner.clone().get(&format!("/v1/conversations?{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    let items = reply.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn filters_and_words_find_conversations_and_the_counts_agree() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let [ai, waiting, mine, closed] =
            [shop.visitor().await, shop.visitor().await, shop.visitor().await, shop.visitor().await];
        for (number, visitor) in [&ai, &waiting, &mine, &closed].into_iter().enumerate() {
            shop.house.wait(Duration::from_secs(1));
            visitor.says("m", &format!("Parcel number{number} went to Lisbon")).await;
            shop.idle().await;
        }
        waiting.post("/v1/visitor/person", &json!({})).await;
        shop.turn(&mine, "take-over").await;
        shop.turn(&closed, "close").await;
        assert_eq!(found(&shop, "state=closed").await, [closed.conversation.as_str()]);
        assert_eq!(found(&shop, "lane=waiting").await, [waiting.conversation.as_str()]);
        assert_eq!(found(&shop, "assignee=me").await, [mine.conversation.as_str()]);
        assert_eq!(found(&shop, "lane=ai&state=open").await, [ai.conversation.as_str()]);
        assert_eq!(found(&shop, "assignee=none&state=open").await.len(), 2);
        assert_eq!(found(&shop, "q=LISBON+parcel").await.len(), 4);
        assert_eq!(found(&shop, "q=number1").await, [waiting.conversation.as_str()]);
        assert_eq!(found(&shop, "q=number1&lane=ai").await, [""; 0]);
        assert_eq!(found(&shop, "q=lisbon+madrid").await, [""; 0]);
        let list = shop.owner.get("/v1/conversations").await.json();
        assert_eq!(list["counts"], json!({ "open": 3, "waiting": 1, "mine": 1, "unassigned": 2, "closed": 1 }));
        let waits = list["items"].as_array().unwrap().iter().find(|item| item["lane"] == "waiting").unwrap().clone();
        assert_eq!((&waits["preview"], &waits["preview_kind"]).0.as_str().map(str::is_empty), Some(false));
        assert_eq!((&waits["locale"], &waits["page_host"]), (&json!("en"), &json!("shop.example")));
        assert!(waits["waiting_since"].is_i64());
        for wrong in ["state=x", "lane=robot", "assignee=you", "before=1", "before=x:con_1", "before=%00"] {
            assert_eq!(shop.owner.get(&format!("/v1/conversations?{wrong}")).await.code(), "invalid", "{wrong}");
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page_without_gap_or_repetition() {
    on_each_engine_with(
        |config| config.limits.sessions = 1_000,
        async |house| {
            let shop = Shop::open(house).await;
            let mut all = Vec::new();
            for number in 0..53 {
                // Some at the same moment: the cursor must tell them apart.
                if number % 3 == 0 {
                    shop.house.wait(Duration::from_secs(1));
                }
                let visitor = shop.visitor().await;
                visitor.post("/v1/visitor/person", &json!({})).await;
                all.push(visitor.conversation);
            }
            let first = shop.owner.clone().get("/v1/conversations").await.json();
            let next = first["next"].as_str().expect("there is more").to_owned();
            let second = shop.owner.clone().get(&format!("/v1/conversations?before={next}")).await.json();
            assert_eq!(second["next"], Value::Null);
            let ids = |page: &Value| {
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|item| item["id"].as_str().unwrap().to_owned())
                    .collect::<Vec<_>>()
            };
            let mut read = ids(&first);
            assert_eq!(read.len(), 50);
            read.extend(ids(&second));
            read.sort();
            all.sort();
            assert_eq!(read, all);
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_private_note_cannot_be_fetched_by_guessing_its_id() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        visitor.says("m1", "Hello").await;
        shop.idle().await;
        assert_eq!(shop.write(&visitor, "1", "She threatened us last year", true).await.status, 201);
        let guess = visitor.say("1", "Hello?").await;
        assert_eq!((guess.status.as_u16(), guess.code().as_str()), (409, "conflict"));
        assert!(!guess.text.contains("threatened"));
        assert_eq!(shop.write(&visitor, "m1", "Mine", true).await.status, 409, "nor the other way round");
        assert!(!visitor.get("/v1/visitor/conversation").await.text.contains("threatened"));
        shop.house
    })
    .await;
}

#[tokio::test]
async fn assigning_names_a_colleague_and_changes_nobodys_lane() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let visitor = shop.visitor().await;
        visitor.says("m", QUESTION).await;
        shop.idle().await;
        let mut agent = shop.house.join(&shop.owner, "agent", "ben@shop.example").await;
        let ben = agent.get("/v1/me").await.json()["member"]["id"].clone();
        let path = format!("/v1/conversations/{}", visitor.conversation);
        let assigned = shop.owner.post(&format!("{path}/assign"), &json!({ "member_id": ben })).await.json();
        assert_eq!((&assigned["assignee"]["id"], &assigned["lane"]), (&ben, &json!("ai")));
        let unknown = json!({ "member_id": format!("mem_{}", "0".repeat(26)) });
        assert_eq!(shop.owner.post(&format!("{path}/assign"), &unknown).await.status, 404);
        let taken = agent.post(&format!("{path}/take-over"), &json!({})).await.json();
        assert_eq!((&taken["assignee"]["id"], &taken["lane"]), (&ben, &json!("human")));
        let freed = shop.owner.post(&format!("{path}/assign"), &json!({ "member_id": null })).await.json();
        assert_eq!(freed["assignee"], Value::Null);
        let back = agent.post(&format!("{path}/give-back"), &json!({})).await.json();
        assert_eq!(back["lane"], "ai");
        shop.idle().await;
        let mut viewer = shop.house.join(&shop.owner, "viewer", "vera@shop.example").await;
        assert_eq!(viewer.get(&path).await.status, 200);
        assert_eq!(viewer.post(&format!("{path}/take-over"), &json!({})).await.code(), "forbidden");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn the_staff_sees_why_it_answered_and_what_the_model_saw() {
    let lines = (0..2).map(|_| Line::Says(vec!["Sixty days to return shoes, [EMAIL_1] [1]."])).collect();
    let model = ScriptedModel::start(lines, false).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let mut shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            visitor.says("q", "How many days do I have to return shoes? I am ana@duarte.example").await;
            shop.idle().await;
            let answer = visitor.conversation().await["messages"][1].clone();
            assert_eq!(answer["text"], "Sixty days to return shoes, ana@duarte.example [1].");
            let path = format!("/v1/messages/{}", answer["id"].as_str().unwrap());
            let why = shop.owner.get(&format!("{path}/why")).await;
            assert!(!why.text.contains("ana@"), "the account is masked");
            let why = why.json();
            assert_eq!(
                (&why["outcome"], &why["answerer"], &why["model"]),
                (&json!("answered"), &json!("model"), &json!("scripted-1"))
            );
            assert_eq!(why["passages"][0]["kept"], true);
            assert_eq!(why["disclosures"][0]["recipient"], "Scripted");
            assert!(why["disclosures"][0]["categories_withheld"].as_array().unwrap().contains(&json!("email")));
            let seen = shop.owner.get(&format!("{path}/seen")).await.json();
            assert!(seen["wrote"].as_str().unwrap().contains("ana@duarte.example"));
            let received = seen["model_received"].as_str().unwrap();
            assert!(received.contains("[EMAIL_1]") && !received.contains("ana@"));
            assert_eq!(seen["bytes_left_server"].as_u64().unwrap(), model.received().last().unwrap().len() as u64);
            assert_eq!(seen["placeholders"], json!([{ "placeholder": "[EMAIL_1]", "category": "email" }]));
            let hers = visitor.conversation().await["messages"][0]["id"].as_str().unwrap().to_owned();
            assert_eq!(
                shop.owner.get(&format!("/v1/messages/{hers}/why")).await.code(),
                "not_found",
                "only answers have an account"
            );
            shop.house
        },
    )
    .await;
}
