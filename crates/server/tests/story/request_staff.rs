//! What the staff does with a request: deadlines, extension, refusal, questions, recipients that must be told, letters by mail.

use std::time::Duration;

use serde_json::{Value, json};

use crate::guest::{Shop, answer_with};
use crate::house::{Reply, on_each_engine, on_each_engine_with};
use crate::post_office::PostOffice;
use crate::request_form::{back, finished, known};
use crate::scripted_model::{Line, ScriptedModel};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the model says, whoever asks.
fn replies() -> Vec<Line> {
    (0..8).map(|_| Line::Says(vec!["You have 60 days. [1]"])).collect()
}

async fn filed(shop: &Shop, body: Value) -> String {
    let reply = shop.owner.clone().post("/v1/requests", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    finished(shop).await;
    reply.json()["request_id"].as_str().unwrap().to_owned()
}

async fn deed(shop: &Shop, id: &str, deed: &str, body: Value) -> Reply {
    let reply = shop.owner.clone().post(&format!("/v1/requests/{id}/{deed}"), &body).await;
    finished(shop).await;
    reply
}

async fn detail(shop: &Shop, id: &str) -> Value {
    shop.owner.clone().get(&format!("/v1/requests/{id}")).await.json()
}

fn step<'a>(detail: &'a Value, act: &str) -> &'a Value {
    detail["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["act"] == act)
        .unwrap_or_else(|| panic!("{act}: {detail}"))
}

#[tokio::test]
async fn an_extension_is_told_in_time_with_its_reason_or_refused() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let mut shop = Shop::open(house).await;
            let new =
                json!({ "kind": "complaint", "regime": "gdpr", "email": "ana@example.com", "reason": "Too slow." });
            let id = filed(&shop, new.clone()).await;
            assert_eq!(deed(&shop, &id, "extend", json!({ "reason": " " })).await.status, 400, "not without a reason");
            let before = detail(&shop, &id).await;
            let extended = deed(&shop, &id, "extend", json!({ "reason": "Very many conversations." })).await;
            assert_eq!(extended.status, 200, "{}", extended.text);
            let after = detail(&shop, &id).await;
            let gained = after["summary"]["due_at"].as_i64().unwrap() - before["summary"]["due_at"].as_i64().unwrap();
            assert!((59..=62).contains(&(gained / 86_400_000)), "two more months: {gained}");
            let letter = office.at("ana@example.com").last().unwrap().words();
            assert!(letter.contains("Very many conversations.") && letter.contains("complain"), "{letter}");
            assert_eq!(deed(&shop, &id, "extend", json!({ "reason": "Once more." })).await.status, 409);
            let late = filed(&shop, new).await;
            shop.house.wait(DAY * 40);
            back(&mut shop).await;
            assert_eq!(deed(&shop, &late, "extend", json!({ "reason": "Too late." })).await.status, 409);
            let list = shop.owner.clone().get("/v1/requests").await.json();
            let first = &list["items"][0];
            assert_eq!(
                (first["id"].as_str(), &first["overdue"]),
                (Some(late.as_str()), &json!(true)),
                "the most urgent first"
            );
            assert!(first["days_left"].as_i64().unwrap() < 0);
            // Whoever runs the house was reminded: seven days before, a day before, and when it was overdue.
            shop.house.running.app.desk.bell.ring();
            finished(&shop).await;
            assert_eq!(
                office.at("ana@shop.example").len(),
                1,
                "the clock jumped: one reminder for all that was missed"
            );
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn reminders_come_once_each_as_the_date_draws_near() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            filed(&shop, json!({ "kind": "complaint", "regime": "gdpr", "email": "ana@example.com" })).await;
            // Due on 15 February at midnight: 31 days and 16 hours after it came.
            for (days, reminders) in [(22, 0), (3, 1), (4, 1), (2, 2), (1, 3), (8, 3)] {
                shop.house.wait(DAY * days);
                shop.house.running.app.desk.bell.ring();
                shop.idle().await;
                assert_eq!(office.at("ana@shop.example").len(), reminders, "{days} days later");
            }
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_refusal_needs_ground_and_reason_and_names_the_remedies() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let new = json!({ "kind": "complaint", "regime": "uk_gdpr", "email": "ana@example.com", "locale": "de" });
            let id = filed(&shop, new).await;
            for (body, status) in [
                (json!({ "ground": "bad_mood", "reason": "No." }), 400),
                (json!({ "ground": "manifestly_unfounded", "reason": "" }), 400),
                (json!({ "ground": "manifestly_unfounded" }), 400),
            ] {
                assert_eq!(deed(&shop, &id, "refuse", body).await.status, status);
            }
            let refused =
                deed(&shop, &id, "refuse", json!({ "ground": "manifestly_unfounded", "reason": "Wortreich." })).await;
            assert_eq!(refused.status, 200, "{}", refused.text);
            let done = detail(&shop, &id).await;
            assert_eq!(
                (&done["summary"]["state"], &done["summary"]["ground"]),
                (&json!("refused"), &json!("manifestly_unfounded"))
            );
            assert!(!done["summary"]["answered_at"].is_null());
            let letter = office.at("ana@example.com").last().unwrap().clone();
            let words = letter.words();
            for part in ["offenkundig unbegründet", "Art. 12(5)(b)", "Wortreich.", "ico.org.uk", "Gericht"] {
                assert!(words.contains(part), "{part}: {words}");
            }
            assert_eq!(letter.header("content-language"), "de");
            assert_eq!(
                deed(&shop, &id, "refuse", json!({ "ground": "manifestly_unfounded", "reason": "x" })).await.status,
                409
            );
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_question_stops_the_clock_in_the_united_kingdom_only() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        for (regime, gained) in [("uk_gdpr", 5), ("gdpr", 0)] {
            let id = filed(&shop, json!({ "kind": "objection", "regime": regime, "email": "ana@example.com" })).await;
            let before = detail(&shop, &id).await["summary"]["due_at"].as_i64().unwrap();
            assert_eq!(deed(&shop, &id, "ask", json!({ "reason": "Which shop?" })).await.status, 200);
            shop.house.wait(DAY * 5);
            back(&mut shop).await;
            assert_eq!(deed(&shop, &id, "resume", json!({})).await.status, 200);
            let after = detail(&shop, &id).await["summary"]["due_at"].as_i64().unwrap();
            assert_eq!((after - before) / 86_400_000, gained, "{regime}");
            assert_eq!(deed(&shop, &id, "resume", json!({})).await.status, 409);
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn whoever_received_something_is_told_and_a_silent_one_blocks_nobody() {
    let model = ScriptedModel::start(replies(), false).await;
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| {
            answer_with(&model, config);
            office.configure(config);
            config.mail.contacts = vec!["Scripted = privacy@scripted.example".to_owned()];
        },
        async |house| {
            office.empty();
            let mut shop = Shop::open(house).await;
            let ana = known(&shop, "aardvark", "ana@example.com").await;
            office.close(true);
            let person = shop.owner.clone().get(&format!("/v1/conversations/{}", ana.conversation)).await.json();
            let person = person["summary"]["person"]["id"].clone();
            let id = filed(&shop, json!({ "kind": "erasure", "regime": "gdpr", "person_id": person })).await;
            let waiting = detail(&shop, &id).await;
            assert_eq!(
                step(&waiting, "erase")["state"],
                "done",
                "a dead relay keeps nobody from being erased: {waiting}"
            );
            assert_eq!(step(&waiting, "tell")["state"], "failed", "and what was not told is not done");
            assert_eq!(step(&waiting, "tell")["recipient"], "Scripted");
            assert!(waiting["summary"]["closed_at"].is_null());
            office.close(false);
            for _ in 0..12 {
                shop.house.wait(Duration::from_secs(60 * 60));
                shop.house.running.app.desk.bell.ring();
                shop.idle().await;
            }
            back(&mut shop).await;
            let done = detail(&shop, &id).await;
            assert_eq!(done["summary"]["state"], "fulfilled", "{done}");
            let notices = office.at("privacy@scripted.example");
            assert_eq!(notices.len(), 1, "told once");
            let notice = notices[0].words();
            assert!(
                notice.contains("erased") && !notice.contains("ana@") && !notice.contains(person.as_str().unwrap()),
                "{notice}"
            );
            let answer = office.at("ana@example.com").last().unwrap().words();
            assert!(answer.contains("/receipt") && answer.contains("Scripted"), "{answer}");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_recipient_without_an_address_waits_for_a_person_who_confirms() {
    let model = ScriptedModel::start(replies(), false).await;
    on_each_engine_with(
        |config| answer_with(&model, config),
        async |house| {
            let shop = Shop::open(house).await;
            let ana = known(&shop, "aardvark", "ana@example.com").await;
            let reply = ana.post("/v1/visitor/requests", &json!({ "kind": "restriction" })).await;
            let id = reply.json()["request_id"].as_str().unwrap().to_owned();
            finished(&shop).await;
            let waiting = detail(&shop, &id).await;
            assert_eq!((&step(&waiting, "tell")["state"], &step(&waiting, "letter")["state"]), (&json!("manual"), &json!("done")));
            assert!(!waiting["summary"]["answered_at"].is_null() && waiting["summary"]["closed_at"].is_null());
            let settled = json!({ "step_id": step(&waiting, "tell")["id"], "done": true, "note": "Wrote to them by post on Monday." });
            assert_eq!(deed(&shop, &id, "settle", settled.clone()).await.status, 200);
            assert_eq!(deed(&shop, &id, "settle", settled).await.status, 409, "not twice");
            let done = detail(&shop, &id).await;
            assert_eq!(done["summary"]["state"], "fulfilled");
            assert!(done["said"].to_string().contains("by post on Monday"));
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn the_record_goes_after_two_years_and_not_before() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let reply = ana.post("/v1/visitor/requests", &json!({ "kind": "access" })).await;
        let id = reply.json()["request_id"].as_str().unwrap().to_owned();
        finished(&shop).await;
        let desk = shop.house.running.app.desk.clone();
        let organisation = desk.organisation_of_widget(&shop.widget_key).await.unwrap().id;
        assert_eq!(detail(&shop, &id).await["archives"].as_array().unwrap().len(), 1);
        shop.house.wait(DAY * 31);
        desk.forget_requests(organisation).await.unwrap();
        let path = format!("/privacy/request/{id}");
        let stranger = shop.house.stranger();
        let status = desk.request_status(id.parse().unwrap()).await.unwrap();
        assert_eq!(status.archive_until, None, "the archive went after 30 days");
        shop.house.wait(DAY * (729 - 31));
        assert_eq!(desk.forget_requests(organisation).await.unwrap(), 0, "a day before");
        assert_eq!(stranger.clone().get(&path).await.status, 200);
        shop.house.wait(DAY * 3);
        assert_eq!(desk.forget_requests(organisation).await.unwrap(), 1);
        assert_eq!(stranger.clone().get(&path).await.status, 404);
        shop.house
    })
    .await;
}
