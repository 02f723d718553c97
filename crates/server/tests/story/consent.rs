//! The consent book over HTTP: worded by the staff, given and taken back by the visitor, proved by a receipt, and obeyed at once.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use store::{Fence, Statement};

use crate::guest::{QUESTION, Shop, Visitor, fetch};
use crate::house::on_each_engine;
use crate::request_form::finished;

const CLAUSE: &str = "You may write to me by e-mail about my question, until I take this back.";
const ADDRESS: &str = "ana.duarte@example.com";

/// A shop that asks for an order number, and under a clause of its own for an address.
pub async fn asking(shop: &mut Shop, ask_age: Option<u8>) -> Value {
    publish(shop, CLAUSE).await;
    let survey = json!({ "ask_age": ask_age, "fields": [
        { "label": { "en": "Order number", "de": "Bestellnummer" }, "kind": "line", "required": false },
        { "label": { "en": "Your e-mail" }, "kind": "email", "required": false, "purpose": "contact_by_email" },
    ] });
    let reply = shop.owner.put("/v1/survey", &survey).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

async fn publish(shop: &mut Shop, words: &str) {
    let text = json!({ "purpose": "contact_by_email", "text": { "en": words } });
    let reply = shop.owner.post("/v1/consents/texts", &text).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
}

async fn choices(visitor: &Visitor) -> Value {
    let reply = visitor.get("/v1/visitor/consents?locale=en").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn field<'a>(choices: &'a Value, label: &str) -> &'a str {
    let fields = choices["fields"].as_array().unwrap();
    fields.iter().find(|field| field["label"] == label).unwrap()["id"].as_str().unwrap()
}

/// She ticks the box, and answers both questions.
pub async fn answers_everything(visitor: &Visitor) -> Value {
    let asked = choices(visitor).await;
    assert_eq!((&asked["open"], &asked["purposes"][0]["text"]), (&json!(true), &json!(CLAUSE)));
    assert_eq!(asked["purposes"][0].get("state"), None, "nothing is decided for her");
    let filled = json!({
        "answers": [
            { "field": field(&asked, "Order number"), "answer": "A-4711" },
            { "field": field(&asked, "Your e-mail"), "answer": ADDRESS },
        ],
        "given": [asked["purposes"][0]["text_id"]],
    });
    let reply = visitor.post("/v1/visitor/survey", &filled).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// Her id.
pub async fn person(shop: &Shop) -> String {
    shop.owner.clone().get("/v1/people").await.json()["items"][0]["id"].as_str().unwrap().to_owned()
}

/// What the staff sees of her.
pub async fn seen(shop: &Shop) -> Value {
    let reply = shop.owner.clone().get(&format!("/v1/people/{}/consents", person(shop).await)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// What the staff reads of her answers.
pub fn words(seen: &Value) -> Vec<&str> {
    seen["answers"].as_array().unwrap().iter().map(|answer| answer["answer"].as_str().unwrap()).collect()
}

/// Her decisions, in their order.
pub fn states(seen: &Value) -> Vec<&str> {
    seen["decisions"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect()
}

/// How many rows the table holds, whatever may be read of it.
pub async fn rows(shop: &Shop, table: &str) -> i64 {
    let count = Statement::owned(format!("SELECT count(*) AS many FROM {table}"), Vec::new());
    let desk = &shop.house.running.app.desk;
    desk.store.one(Fence::House, count).await.unwrap().unwrap().int("many").unwrap()
}

/// She decides about a wording.
pub async fn choose(visitor: &Visitor, text: &Value, state: &str) -> crate::house::Reply {
    visitor.post("/v1/visitor/consents", &json!({ "text_id": text, "state": state })).await
}

#[tokio::test]
async fn what_rests_on_a_consent_is_there_while_it_stands_and_gone_in_the_instant_it_does_not() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let ana = shop.visitor().await;
        let after = answers_everything(&ana).await;
        assert_eq!((&after["open"], &after["purposes"][0]["state"]), (&json!(false), &json!("given")));
        assert_eq!(words(&seen(&shop).await), ["A-4711", ADDRESS]);
        assert_eq!(rows(&shop, "survey_answer").await, 2);

        let text = after["purposes"][0]["text_id"].clone();
        let reply = choose(&ana, &text, "withdrawn").await;
        assert_eq!(reply.json()["purposes"][0]["state"], "withdrawn", "{}", reply.text);
        let left = seen(&shop).await;
        assert_eq!((words(&left), states(&left)), (vec!["A-4711"], vec!["given", "withdrawn"]));
        assert_eq!(rows(&shop, "survey_answer").await, 1, "deleted, not hidden");
        assert_eq!(choose(&ana, &text, "withdrawn").await.status, 200);
        assert_eq!(states(&seen(&shop).await).len(), 2, "taking it back twice is taking it back once");

        let number = field(&after, "Order number");
        let emptied = json!({ "answers": [{ "field": number, "answer": "" }], "later": true });
        assert_eq!(ana.post("/v1/visitor/survey", &emptied).await.status, 200);
        assert_eq!(rows(&shop, "survey_answer").await, 0, "an emptied answer is deleted");

        // As easy as taking it back: one press. What is gone stays gone.
        assert_eq!(choose(&ana, &text, "given").await.json()["purposes"][0]["state"], "given");
        assert!(words(&seen(&shop).await).is_empty());
        let book = shop.owner.get("/v1/consents").await.json();
        assert_eq!(book["figures"], json!([{ "purpose": "contact_by_email", "state": "given", "people": 1 }]));
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_wording_is_never_changed_and_an_old_one_cannot_be_agreed_to() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let (ana, ben) = (shop.visitor().await, shop.visitor().await);
        let old = answers_everything(&ana).await["purposes"][0]["text_id"].clone();
        let newer = "You may write to me by e-mail about my question and about my order.";
        publish(&mut shop, newer).await;
        let book = shop.owner.get("/v1/consents").await.json();
        let versions: Vec<_> = book["texts"].as_array().unwrap().iter().map(|text| text["version"].as_i64()).collect();
        assert_eq!(versions, [Some(2), Some(1)]);
        assert_eq!(book["texts"][1]["text"], CLAUSE, "the words that were shown are still there");
        assert!(book["texts"][1]["retired_at"].is_i64() && book["texts"][0].get("retired_at").is_none());

        let hers = choices(&ana).await;
        assert_eq!(hers["purposes"][0]["state"], "given", "what she agreed to still holds");
        assert_eq!((&hers["purposes"][0]["decided_text_id"], &hers["purposes"][0]["text"]), (&old, &json!(newer)));
        assert_eq!(choose(&ben, &old, "given").await.code(), "conflict", "nobody agrees to what is no longer said");

        let retire = shop.owner.post("/v1/consents/retire", &json!({ "purpose": "contact_by_email" })).await;
        assert_eq!(retire.code(), "conflict", "a question still rests on it");
        shop.owner.put("/v1/survey", &json!({ "fields": [] })).await;
        let retire = shop.owner.post("/v1/consents/retire", &json!({ "purpose": "contact_by_email" })).await;
        assert_eq!(retire.status, 200, "{}", retire.text);
        let gone = choose(&ana, &old, "withdrawn").await;
        assert_eq!(gone.json()["purposes"][0]["state"], "withdrawn", "taking back is possible for ever: {}", gone.text);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_without_the_consent_it_rests_on_however_it_is_asked_for() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let ana = shop.visitor().await;
        let asked = choices(&ana).await;
        let lie = json!({ "answers": [{ "field": field(&asked, "Your e-mail"), "answer": ADDRESS }], "given": [] });
        assert_eq!(ana.post("/v1/visitor/survey", &lie).await.code(), "invalid");
        assert_eq!(rows(&shop, "survey_answer").await + rows(&shop, "consent").await, 0, "refused as a whole");
        let passed = ana.post("/v1/visitor/survey", &json!({})).await;
        assert_eq!(
            passed.json()["purposes"][0]["state"],
            "refused",
            "not ticked is noted as not agreed: {}",
            passed.text
        );
        assert_eq!(choices(&ana).await["open"], false, "and she is not asked again");
        assert_eq!(rows(&shop, "survey_answer").await, 0);

        let must = json!({ "fields": [
            { "label": { "en": "Your e-mail" }, "kind": "email", "required": true, "purpose": "contact_by_email" } ] });
        assert_eq!(shop.owner.put("/v1/survey", &must).await.code(), "invalid", "a consent is free");
        let wordless = json!({ "fields": [
            { "label": { "en": "Your e-mail" }, "kind": "email", "required": false, "purpose": "news" } ] });
        assert_eq!(shop.owner.put("/v1/survey", &wordless).await.code(), "invalid", "no words, no question");
        for nobodys in ["ctx_unknown", &model::ConsentTextId::new(&shop.house.running.app.desk.world).to_string()] {
            assert_eq!(choose(&ana, &json!(nobodys), "given").await.status, 404);
        }
        assert_eq!(choose(&ana, &asked["purposes"][0]["text_id"], "maybe").await.code(), "invalid");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_request_to_withdraw_takes_every_consent_back_and_ends_fulfilled() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let ana = shop.visitor().await;
        answers_everything(&ana).await;
        let filed = ana.post("/v1/visitor/requests", &json!({ "kind": "consent_withdrawal", "locale": "en" })).await;
        let id = filed.json()["request_id"].as_str().unwrap().to_owned();
        finished(&shop).await;
        let done = shop.owner.get(&format!("/v1/requests/{id}")).await.json();
        assert_eq!(done["summary"]["state"], "fulfilled", "{done}");
        let left = seen(&shop).await;
        assert_eq!((words(&left), states(&left)), (vec!["A-4711"], vec!["given", "withdrawn"]));
        assert_eq!(left["decisions"][1]["shown_in"], "request");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn the_gate_keeps_a_yes_and_nothing_else() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, Some(16)).await;
        let hasty = shop.visitor().await;
        hasty.says("m1", QUESTION).await;
        shop.idle().await;
        assert!(hasty.log().await.iter().all(|(kind, _)| kind != "ai"), "whoever does not answer gets a person");

        // Whoever came last is known by it.
        shop.house.wait(Duration::from_millis(5));
        let child = shop.visitor().await;
        let asked = choices(&child).await;
        assert_eq!(asked["ask_age"], 16);
        assert_eq!(child.post("/v1/visitor/survey", &json!({})).await.code(), "invalid", "the gate wants an answer");
        let text = &asked["purposes"][0]["text_id"];
        assert_eq!(choose(&child, text, "given").await.code(), "conflict", "not before the gate");
        let filled = json!({
            "under_age": true, "given": [text],
            "answers": [{ "field": field(&asked, "Your e-mail"), "answer": ADDRESS }],
        });
        assert_eq!(child.post("/v1/visitor/survey", &filled).await.status, 200);
        assert_eq!(rows(&shop, "survey_answer").await + rows(&shop, "consent").await, 0, "nothing of a child's");
        let again = json!({ "answers": [{ "field": field(&asked, "Order number"), "answer": "A-4711" }] });
        assert_eq!(child.post("/v1/visitor/survey", &again).await.status, 200);
        assert_eq!(rows(&shop, "survey_answer").await, 0, "and nothing the second time");
        child.says("m1", QUESTION).await;
        shop.idle().await;
        assert!(child.log().await.iter().all(|(kind, _)| kind != "ai"));
        assert_eq!(choose(&child, text, "given").await.code(), "conflict", "a child cannot agree here");
        let marks = shop.owner.get(&format!("/v1/marks/{}", person(&shop).await)).await.json();
        assert_eq!(marks["ai_off"], json!(["minor"]), "the yes, and no longer that it was not asked");

        shop.house.wait(Duration::from_millis(5));
        let grown = shop.visitor().await;
        assert_eq!(grown.post("/v1/visitor/survey", &json!({ "under_age": false })).await.status, 200);
        let marks = shop.owner.get(&format!("/v1/marks/{}", person(&shop).await)).await.json();
        assert_eq!(marks["ai_off"], json!([]), "of a no nothing is kept");
        grown.says("m1", QUESTION).await;
        shop.idle().await;
        assert!(grown.log().await.iter().any(|(kind, _)| kind == "ai"), "the assistant answers her");
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_receipt_convinces_a_stranger_and_lies_in_the_export() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let ana = shop.visitor().await;
        assert_eq!(ana.get("/v1/visitor/consents/receipt").await.status, 404, "nothing decided, nothing to prove");
        let text = answers_everything(&ana).await["purposes"][0]["text_id"].clone();
        let signal = ana.request(Method::POST, "/v1/visitor/consents").header("sec-gpc", "1").header("dnt", "0");
        let heard = fetch(signal.json(&json!({ "text_id": text, "state": "withdrawn" }))).await.json();
        assert_eq!((&heard["gpc"], &heard["dnt"]), (&json!(true), &json!(false)), "she sees that it was heard");

        let receipt = ana.get("/v1/visitor/consents/receipt").await;
        let seen = privacy::consent_receipt::verify(&receipt.text, None).unwrap();
        assert_eq!(seen.organisation, "Nadel & Faden");
        assert_eq!(seen.purposes, [("contact_by_email".to_owned(), "withdrawn".to_owned())]);
        let tree = receipt.json();
        assert_eq!(tree["records"][0]["events"][0]["text"]["words"], CLAUSE);
        assert_eq!(tree["records"][0]["events"][1]["evidence"]["gpc"], true);
        assert_eq!(tree["kantara"]["services"], json!([]), "nothing stands any more");
        for (here, there) in [("withdrawn", "given"), ("my question", "my orders"), ("\"gpc\": true", "\"gpc\": false")]
        {
            let forged = receipt.text.replacen(here, there, 1);
            assert!(privacy::consent_receipt::verify(&forged, None).is_err(), "{here}");
        }
        let other = data_encoding::BASE64.encode(&[1; 32]);
        assert!(privacy::consent_receipt::verify(&receipt.text, Some(&other)).is_err());
        judged_by_another_program(&receipt.text);

        let export = ana.request(Method::GET, "/v1/visitor/export").send().await.unwrap().bytes().await.unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(export.to_vec())).unwrap();
        let mut text = String::new();
        archive.by_name("consent-receipt.json").unwrap().read_to_string(&mut text).unwrap();
        assert!(privacy::consent_receipt::verify(&text, Some(&seen.public_key)).is_ok());
        let mut document = String::new();
        archive.by_name("data.json").unwrap().read_to_string(&mut document).unwrap();
        assert!(document.contains("A-4711") && !document.contains(ADDRESS), "what was taken back is nowhere");
        shop.house
    })
    .await;
}

/// Python's `cryptography` checks signature and fingerprints, where the machine has it.
fn judged_by_another_program(receipt: &str) {
    let program = "import json,base64,hashlib,sys\n\
        try:\n from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey\n\
        except ImportError:\n sys.exit(77)\n\
        r=json.load(sys.stdin)\n\
        value=base64.b64decode(r['signature'].pop('value'))\n\
        text=json.dumps(r,sort_keys=True,separators=(',',':'),ensure_ascii=False).encode()\n\
        Ed25519PublicKey.from_public_bytes(base64.b64decode(r['signature']['public_key'])).verify(value,text)\n\
        must='format schema_version receipt_id pii_principal_id language controllers privacy_notice jurisdiction records'.split()\n\
        assert all(r[name] for name in must)\n\
        for record in r['records']:\n\
        \x20assert all(name in record for name in 'record_id purpose events retention_period storage_locations recipients withdrawal_method'.split())\n\
        \x20for event in record['events']:\n\
        \x20\x20assert hashlib.sha256(event['text']['words'].encode()).hexdigest()==event['text_sha256']\n\
        names='version jurisdiction consentTimestamp collectionMethod consentReceiptID publicKey language piiPrincipalId piiControllers policyUrl services sensitive spiCat'.split()\n\
        assert sorted(r['kantara'])==sorted(names)\n";
    let spawned = Command::new("python3")
        .args(["-c", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut python) = spawned else { return eprintln!("skipped: there is no python3 here") };
    python.stdin.take().unwrap().write_all(receipt.as_bytes()).unwrap();
    let judged = python.wait_with_output().unwrap();
    match judged.status.code() {
        Some(77) => eprintln!("skipped: python3 has no cryptography here"),
        _ => assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr)),
    }
}

#[tokio::test]
async fn a_legal_hold_keeps_an_answer_that_nobody_may_read_any_more() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let ana = shop.visitor().await;
        let text = answers_everything(&ana).await["purposes"][0]["text_id"].clone();
        let ends = shop.house.running.app.desk.world.now().millis() + 30 * 86_400_000;
        let hold = json!({ "person": person(&shop).await, "reason": "claim", "ends_at": ends });
        let placed = shop.owner.post("/v1/legal-holds", &hold).await;
        assert!(placed.status.is_success(), "{}", placed.text);
        assert_eq!(choose(&ana, &text, "withdrawn").await.status, 200);
        assert_eq!(rows(&shop, "survey_answer").await, 2, "kept for the claim (Art. 17(3)(e))");
        assert_eq!(words(&seen(&shop).await), ["A-4711"], "and used by nobody");
        shop.house
    })
    .await;
}
