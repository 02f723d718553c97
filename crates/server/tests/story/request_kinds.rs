//! Each kind of request end to end over HTTP: filed in the chat, worked off by the job, read by the person.

use serde_json::{Value, json};

use crate::guest::{QUESTION, Shop, Visitor};
use crate::house::on_each_engine;
use crate::request_form::{finished, known};

async fn filed(visitor: &Visitor, body: Value) -> String {
    let reply = visitor.post("/v1/visitor/requests", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json()["request_id"].as_str().unwrap().to_owned()
}

async fn detail(shop: &Shop, id: &str) -> Value {
    let reply = shop.owner.clone().get(&format!("/v1/requests/{id}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// Act and state of each step.
fn steps(detail: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    detail["steps"].as_array().unwrap().iter().map(|step| (word(&step["act"]), word(&step["state"]))).collect()
}

fn step(detail: &Value, act: &str) -> Value {
    detail["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["act"] == act)
        .unwrap_or_else(|| panic!("no {act} in {detail}"))
        .clone()
}

/// The paragraphs of the last letter as one text.
fn last_letter(detail: &Value) -> String {
    let said = detail["said"].as_array().unwrap();
    let letter = said.iter().rfind(|one| one["kind"] == "letter").expect("a letter");
    letter["paragraphs"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

async fn settle(shop: &Shop, id: &str, act: &str, body: Value) -> Value {
    let waiting = detail(shop, id).await;
    let mut settled = body;
    settled["step_id"] = step(&waiting, act)["id"].clone();
    let reply = shop.owner.clone().post(&format!("/v1/requests/{id}/settle"), &settled).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    finished(shop).await;
    detail(shop, id).await
}

#[tokio::test]
async fn her_session_is_proof_enough_and_she_reads_the_answer_in_the_chat() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        for (kind, acts) in [
            ("access", vec!["acknowledge", "locate", "export", "letter"]),
            ("portability", vec!["acknowledge", "locate", "port", "letter"]),
            ("know", vec!["acknowledge", "locate", "export", "letter"]),
            ("ai_opt_out", vec!["acknowledge", "locate", "ai_off", "letter"]),
            ("limit", vec!["acknowledge", "locate", "ai_off", "letter"]),
            ("opt_out", vec!["acknowledge", "locate", "withdraw", "letter"]),
            ("restriction", vec!["acknowledge", "locate", "restrict", "letter"]),
        ] {
            let id = filed(&ana, json!({ "kind": kind, "locale": "de" })).await;
            finished(&shop).await;
            let done = detail(&shop, &id).await;
            assert_eq!(done["summary"]["state"], "fulfilled", "{kind}: {done}");
            let wanted: Vec<_> = acts.iter().map(|act| ((*act).to_owned(), "done".to_owned())).collect();
            assert_eq!(steps(&done), wanted, "{kind}");
            let own = ana.get("/v1/visitor/requests").await.json();
            let own = own["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|own| own["summary"]["id"] == id.as_str())
                .unwrap()
                .clone();
            assert!(last_letter(&own).contains("Nadel & Faden"), "{kind}");
            assert!(
                last_letter(&own).contains("Wenn Sie nicht einverstanden sind"),
                "{kind}: the remedies, in German: {own}"
            );
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn what_she_takes_elsewhere_holds_what_she_gave_and_nothing_inferred() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        for (kind, has_trace) in [("access", true), ("portability", false)] {
            let id = filed(&ana, json!({ "kind": kind })).await;
            finished(&shop).await;
            let reply =
                ana.request(reqwest::Method::GET, &format!("/v1/visitor/requests/{id}/archive")).send().await.unwrap();
            assert_eq!(reply.status(), 200);
            let bytes = reply.bytes().await.unwrap().to_vec();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut zip.by_name("data.json").unwrap(), &mut text).unwrap();
            let document: Value = serde_json::from_str(&text).unwrap();
            assert!(text.contains("My word is aardvark"), "{kind}");
            let rows = |table: &str| document["tables"][table]["rows"].as_array().unwrap().len();
            assert!(rows("message") >= 2 && rows("person") == 1 && rows("conversation") == 1, "{kind}");
            assert_eq!(rows("answer") > 0, has_trace, "{kind}: how an answer came about is ours");
            assert_eq!(rows("audit") > 0, has_trace, "{kind}");
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_made_found_and_its_history_kept() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "wrong@example.com").await;
        let id =
            filed(&ana, json!({ "kind": "rectification", "name_is": "Ana Duarte", "email_is": "right@example.com" }))
                .await;
        finished(&shop).await;
        let done = detail(&shop, &id).await;
        assert_eq!(
            (done["summary"]["state"].as_str(), done["person"]["name"].as_str()),
            (Some("fulfilled"), Some("Ana Duarte"))
        );
        let before = done["said"].as_array().unwrap().iter().find(|one| one["kind"] == "before").unwrap().clone();
        assert!(before["text"].as_str().unwrap().contains("wrong@example.com"), "{before}");
        for (sought, many) in [("right@example.com", 1), ("wrong@example.com", 0)] {
            let found = shop.owner.clone().get(&format!("/v1/people?q={sought}")).await.json();
            assert_eq!(found["items"].as_array().unwrap().len(), many, "{sought}");
        }
        // Words alone cannot correct themselves: a person must look.
        let id = filed(&ana, json!({ "kind": "correct", "regime": "ccpa", "reason": "I never said that." })).await;
        finished(&shop).await;
        let waiting = detail(&shop, &id).await;
        assert_eq!(step(&waiting, "correct")["state"], "manual");
        let done =
            settle(&shop, &id, "correct", json!({ "done": true, "note": "We have added your statement." })).await;
        assert_eq!(done["summary"]["state"], "fulfilled");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn restriction_and_opting_out_of_the_assistant_are_facts_in_the_tables() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        filed(&ana, json!({ "kind": "ai_opt_out" })).await;
        finished(&shop).await;
        let before = ana.log().await.len();
        ana.says("m2", QUESTION).await;
        finished(&shop).await;
        let log = ana.log().await;
        assert!(log.iter().skip(before).all(|(kind, _)| kind != "ai"), "the assistant is silent: {log:?}");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn an_objection_is_weighed_by_a_person_and_a_lost_one_ends_the_restriction() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        for (word, settled, state, said) in [
            ("aardvark", json!({ "done": true, "note": "You are right." }), "fulfilled", "stopped using"),
            (
                "buffalo",
                json!({ "done": false, "ground": "compelling_grounds_21_1", "note": "The fraud case" }),
                "partly_fulfilled",
                "compelling reasons outweigh",
            ),
        ] {
            let visitor = known(&shop, word, &format!("{word}@example.com")).await;
            let id = filed(&visitor, json!({ "kind": "objection", "reason": "I do not want this." })).await;
            finished(&shop).await;
            let waiting = detail(&shop, &id).await;
            assert_eq!(
                (&step(&waiting, "restrict")["state"], &step(&waiting, "decide")["state"]),
                (&json!("done"), &json!("manual"))
            );
            assert!(
                waiting["summary"]["days_left"].as_i64().is_some_and(|days| (27..=31).contains(&days)),
                "{waiting}"
            );
            let done = settle(&shop, &id, "decide", settled).await;
            assert_eq!(done["summary"]["state"], state, "{done}");
            assert!(last_letter(&done).contains(said), "{}", last_letter(&done));
            let person = done["person"]["id"].as_str().unwrap().parse().unwrap();
            let desk = &shop.house.running.app.desk;
            let organisation = desk.organisation_of_widget(&shop.widget_key).await.unwrap().id;
            let marks = desk.marks(organisation, store::lane::Of::Person(person)).await.unwrap();
            assert_eq!(marks.restriction.is_some(), word == "aardvark", "{word}");
        }
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_person_looks_at_an_automatic_answer_again() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let conversation = ana.conversation().await;
        let answer =
            conversation["messages"].as_array().unwrap().iter().find(|m| m["kind"] == "ai").unwrap()["id"].clone();
        let id = filed(&ana, json!({ "kind": "human_review", "message_id": answer, "reason": "This is wrong." })).await;
        finished(&shop).await;
        let waiting = detail(&shop, &id).await;
        assert_eq!(waiting["message_id"], answer);
        assert_eq!(step(&waiting, "review")["state"], "manual");
        let lane = shop.owner.clone().get(&format!("/v1/conversations/{}", ana.conversation)).await.json();
        assert_eq!(lane["summary"]["lane"], "waiting", "the conversation leaves the assistant's hands");
        let done = settle(&shop, &id, "review", json!({ "done": true, "note": "It was wrong: 30 days." })).await;
        assert!(last_letter(&done).contains("It was wrong: 30 days."), "{}", last_letter(&done));
        assert_eq!(done["summary"]["state"], "fulfilled");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn erased_by_her_own_request_she_leaves_a_record_without_herself() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let id = filed(&ana, json!({ "kind": "erasure", "reason": "my secret reason" })).await;
        let person = detail(&shop, &id).await["person"]["id"].as_str().unwrap().to_owned();
        finished(&shop).await;
        let gone = ana.get("/v1/visitor/requests").await;
        assert_eq!(gone.status, 410);
        let done = detail(&shop, &id).await;
        assert_eq!(done["summary"]["state"], "fulfilled", "{done}");
        assert!(
            done["person"].is_null() && !done.to_string().contains("secret") && !done.to_string().contains(&person),
            "{done}"
        );
        let receipt = format!("/v1/erasures/{}/receipt", step(&done, "erase")["erasure_id"].as_str().unwrap());
        let receipt = shop.house.stranger().get(&receipt).await;
        assert!(privacy::verify::receipt(&receipt.text, None).is_ok_and(|receipt| receipt.found == 0));
        let bundle =
            shop.owner.request(reqwest::Method::GET, &format!("/v1/requests/{id}/bundle")).send().await.unwrap();
        let bundle = bundle.bytes().await.unwrap();
        let seen = privacy::request::bundle::verify(&bundle, None).unwrap();
        assert!(seen.files.iter().any(|file| file.starts_with("receipts/")), "{:?}", seen.files);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn erased_while_she_waits_for_an_archive_nothing_is_said_twice_and_nothing_comes_back() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        let access = filed(&ana, json!({ "kind": "access" })).await;
        let erasure = filed(&ana, json!({ "kind": "erasure" })).await;
        let again = filed(&ana, json!({ "kind": "erasure" })).await;
        assert_eq!(erasure, again, "asking twice is asking once");
        finished(&shop).await;
        for id in [&access, &erasure] {
            let done = detail(&shop, id).await;
            assert!(!done["summary"]["closed_at"].is_null(), "{done}");
            assert_eq!(done["archives"].as_array().unwrap().len(), 0, "no archive outlives her");
        }
        let found = shop.owner.clone().get("/v1/conversations?q=aardvark").await.json();
        assert_eq!(found["items"].as_array().unwrap().len(), 0);
        shop.house
    })
    .await;
}
