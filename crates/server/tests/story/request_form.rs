//! The public form: no script, no account; a code proves the address; the same answer for everybody; nothing twice.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Client, Method, redirect};
use serde_json::json;

use crate::guest::{QUESTION, Shop, Visitor};
use crate::house::{House, Reply, on_each_engine, on_each_engine_with};
use crate::post_office::PostOffice;

/// A browser without scripts.
pub struct Plain {
    client: Client,
    origin: String,
}

impl Plain {
    /// Opens one at this house.
    pub fn open(house: &House) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { client, origin: house.origin() }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        crate::guest::fetch(self.client.request(Method::GET, format!("{}{path}", self.origin))).await
    }

    /// Sends a form.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = self.client.request(Method::POST, format!("{}{path}", self.origin));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.join("&"));
        crate::guest::fetch(request).await
    }

    /// Files a request; answers with the address of its page.
    pub async fn file(&self, widget_key: &str, kind: &str, email: &str) -> String {
        let reply = self
            .send(&format!("/privacy/{widget_key}/request"), &[("kind", kind), ("email", email), ("lang", "en")])
            .await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        reply.headers[LOCATION].to_str().unwrap().to_owned()
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// A visitor who has said something and given an address.
pub async fn known(shop: &Shop, word: &str, email: &str) -> Visitor {
    let visitor = shop.visitor().await;
    visitor.says("m", &format!("{QUESTION} My word is {word}.")).await;
    shop.idle().await;
    let thread = shop.owner.clone().get(&format!("/v1/conversations/{}", visitor.conversation)).await.json();
    let person = format!("/v1/people/{}", thread["summary"]["person"]["id"].as_str().unwrap());
    let told = shop.owner.clone().patch(&person, &json!({ "name": format!("Name {word}"), "email": email })).await;
    assert_eq!(told.status, 200, "{}", told.text);
    visitor
}

#[tokio::test]
async fn an_address_asks_for_everything_and_gets_it_with_a_code() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            known(&shop, "aardvark", "ana@example.com").await;
            known(&shop, "buffalo", "ben@example.com").await;
            let before = office.all().len();
            let page = browser.file(&shop.widget_key, "access", "Ana@Example.com").await;
            let waiting = browser.get(&page).await;
            assert!(
                waiting.text.contains("waiting for your code") && !waiting.text.contains("ana@"),
                "{}",
                waiting.text
            );
            assert!(!waiting.text.contains("<script"));
            let code = office.all()[before].code();
            let wrong = browser.send(&page, &[("code", "0000 0000")]).await;
            assert_eq!(wrong.status, 401);
            assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 303);
            let replayed = browser.send(&page, &[("code", &code)]).await;
            assert_eq!((replayed.status, replayed.text), (wrong.status, wrong.text), "a code is good once");
            shop.idle().await;
            let letters = office.at("Ana@Example.com");
            assert_eq!(letters.len(), 3, "code, acknowledgement, answer: {letters:?}");
            let answer = letters[2].words();
            for part in
                ["What for:", "Who received something:", "How long:", "complain", "Automated decisions", "until"]
            {
                assert!(answer.contains(part), "{part}: {answer}");
            }
            assert!(
                answer.contains("Who received something: Our own relay"),
                "the relay carried her letters: {answer}"
            );
            assert!(!answer.contains("aardvark"), "the archive is not in a mail");
            // Fetching it wants a new code.
            let ready = browser.get(&page).await;
            assert!(ready.text.contains("Your archive is ready"), "{}", ready.text);
            assert_eq!(browser.send(&page, &[("again", "1")]).await.status, 303);
            let code = office.at("Ana@Example.com")[3].code();
            let archive = browser.send(&page, &[("code", &code)]).await;
            assert_eq!(archive.header("content-type"), "application/zip");
            assert!(archive.text.starts_with("PK"));
            // Nobody else's address ever saw a letter.
            assert_eq!(office.all().len(), before + 4);
            let detail = shop.owner.clone().get(&page.replace("/privacy/request/", "/v1/requests/")).await.json();
            assert_eq!(detail["summary"]["state"], "fulfilled", "{detail}");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn an_unknown_address_and_a_known_one_get_the_same_answers() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            known(&shop, "aardvark", "ana@example.com").await;
            let mut seen = Vec::new();
            for email in ["ana@example.com", "nobody-we-know@example.com"] {
                let page = browser.file(&shop.widget_key, "erasure", email).await;
                let text = browser.get(&page).await.text;
                let wrong = browser.send(&page, &[("code", "1234 5678")]).await;
                seen.push((text, wrong.status, wrong.text));
                assert_eq!(office.at(email).len(), 1, "each gets a code and nothing else");
                office.at(email);
            }
            let id = |text: &str| text.replace(char::is_alphanumeric, "").len();
            assert_eq!(seen[0].0, seen[1].0, "the pages are the same to the letter");
            assert_eq!((seen[0].1, id(&seen[0].2)), (seen[1].1, id(&seen[1].2)));
            // Whoever proves an address of which nothing is held is told so, at that address.
            let page = browser.file(&shop.widget_key, "erasure", "stranger@example.com").await;
            let code = office.at("stranger@example.com")[0].code();
            assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 303);
            shop.idle().await;
            assert!(office.at("stranger@example.com")[2].words().contains("found nothing about you"));
            let left = shop.owner.clone().get("/v1/conversations?q=aardvark").await.json();
            assert_eq!(left["items"].as_array().unwrap().len(), 1, "nobody was erased by a guess");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_proved_address_is_erased_everywhere_and_hears_of_it() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let mut shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            for word in ["aardvark", "antelope"] {
                known(&shop, word, "ana@example.com").await;
            }
            known(&shop, "buffalo", "ben@example.com").await;
            let page = browser.file(&shop.widget_key, "erasure", "ana@example.com").await;
            let code = office.at("ana@example.com").last().unwrap().code();
            assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 303);
            finished(&shop).await;
            let answer = office.at("ana@example.com").last().unwrap().words();
            assert_eq!(answer.matches("/receipt").count(), 2, "both of her conversations: {answer}");
            let receipt = answer.split_whitespace().find(|word| word.ends_with("/receipt")).unwrap();
            let receipt =
                browser.get(receipt.split_once("/v1/").map(|(_, tail)| format!("/v1/{tail}")).unwrap().as_str()).await;
            assert!(privacy::verify::receipt(&receipt.text, None).is_ok_and(|receipt| receipt.found == 0));
            for (word, many) in [("aardvark", 0), ("antelope", 0), ("buffalo", 1)] {
                let found = shop.owner.get(&format!("/v1/conversations?q={word}")).await.json();
                assert_eq!(found["items"].as_array().unwrap().len(), many, "{word}");
            }
            let shown = browser.get(&page).await.text;
            assert!(shown.contains("erase: done") && shown.contains("<dd>done</dd>"), "{shown}");
            shop.house
        },
    )
    .await;
}

/// The owner signs in again: her session has ended meanwhile.
pub async fn back(shop: &mut Shop) {
    let who = json!({ "email": "ana@shop.example", "password": crate::house::PASSWORD });
    let signed = shop.owner.post("/v1/session", &who).await;
    assert_eq!(signed.status, 200, "{}", signed.text);
}

/// Waits until the request's own pauses are over and nothing is left to do now.
pub async fn finished(shop: &Shop) {
    // What failed because two things happened at once is tried again after one, two, four … seconds.
    for seconds in [1, 1, 2, 4, 8, 16, 32, 300, 900, 3600] {
        shop.idle().await;
        shop.house.wait(Duration::from_secs(seconds));
        shop.house.running.app.desk.bell.ring();
    }
    shop.idle().await;
}

#[tokio::test]
async fn codes_end_and_tries_are_counted_and_an_address_is_not_flooded() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            // Five wrong tries and the right code is worth nothing any more.
            let page = browser.file(&shop.widget_key, "access", "ana@example.com").await;
            let code = office.at("ana@example.com")[0].code();
            for _ in 0..5 {
                assert_eq!(browser.send(&page, &[("code", "00000000")]).await.status, 401);
            }
            assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 401);
            // A new one works, but not after half an hour.
            browser.send(&page, &[("again", "1")]).await;
            let code = office.at("ana@example.com")[1].code();
            shop.house.wait(Duration::from_secs(31 * 60));
            assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 401);
            // After a few requests in an hour no more codes go to an address, and nobody sees a difference.
            let mut pages = Vec::new();
            for _ in 0..8 {
                pages.push(browser.file(&shop.widget_key, "access", "ben@example.com").await);
            }
            assert_eq!(office.at("ben@example.com").len(), 5);
            assert_eq!(browser.get(&pages[0]).await.text, browser.get(&pages[7]).await.text);
            // What nobody proves goes after a day, with the record made for it.
            shop.house.wait(Duration::from_secs(25 * 60 * 60));
            finished(&shop).await;
            assert!(browser.get(&page).await.text.contains("no code was entered"));
            let desk = &shop.house.running.app.desk;
            let organisation = desk.organisation_of_widget(&shop.widget_key).await.unwrap().id;
            let left = desk.people(organisation, Some("ana@example.com")).await.unwrap();
            assert_eq!(left.len(), 0, "the record made for the request is gone");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn bad_input_is_refused_on_a_page_in_her_language() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let browser = Plain::open(&shop.house);
        let form = format!("/privacy/{}/request", shop.widget_key);
        let huge = "x".repeat(10_000_000);
        let long = "x".repeat(4_001);
        for (fields, status) in [
            (vec![("kind", "access"), ("email", "ana@example.com"), ("reason", huge.as_str())], 413),
            (vec![("kind", "access"), ("email", "ana@example.com"), ("reason", long.as_str())], 413),
            (vec![("kind", "everything"), ("email", "ana@example.com")], 400),
            (vec![("kind", "access"), ("email", "no address")], 400),
            (vec![("kind", "access"), ("email", "a@b.example\r\nBcc: c@d.example")], 400),
            (vec![("kind", "rectification"), ("email", "ana@example.com")], 400),
            (vec![("kind", "access"), ("regime", "atlantis"), ("email", "ana@example.com")], 400),
        ] {
            let reply = browser.send(&form, &fields).await;
            assert_eq!(reply.status, status, "{}", reply.text);
            assert!(reply.text.starts_with("<!DOCTYPE html>") && reply.text.contains("role=\"alert\""));
            assert!(!reply.text.contains("ana@example.com") && !reply.text.contains("atlantis"));
        }
        for (lang, direction, word) in
            [("de", "ltr", "Was möchten Sie?"), ("ar", "rtl", "ماذا تريد؟"), ("en", "ltr", "What do you want?")]
        {
            let page = browser.get(&format!("{form}?lang={lang}")).await;
            assert!(
                page.text.contains(&format!("<html lang=\"{lang}\" dir=\"{direction}\">")) && page.text.contains(word)
            );
            assert!(!page.text.contains("<script") && !page.text.contains("style="));
            let policy = page.header("content-security-policy");
            assert!(policy.contains("form-action 'self'") && policy.starts_with("default-src 'none'"), "{policy}");
        }
        assert_eq!(browser.get("/privacy/wk_unknown/request").await.status, 404);
        assert_eq!(browser.get("/privacy/request/req_00000000000000000000000000").await.status, 404);
        let list = shop.owner.clone().get("/v1/requests").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 0, "nothing was filed");
        shop.house
    })
    .await;
}
