//! The Data Rights Protocol: an authorised agent asks for a person; what is not validly signed, addressed and new is not heard.

use std::time::Duration;

use data_encoding::BASE64;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::authorised_agent::{Agent, Listener};
use crate::guest::Shop;
use crate::house::{on_each_engine, on_each_engine_with};
use crate::post_office::PostOffice;
use crate::request_form::{Plain, finished, known};

/// What follows within seconds; a code lives longer.
async fn soon(shop: &Shop) {
    for _ in 0..5 {
        shop.idle().await;
        shop.house.wait(Duration::from_secs(2));
        shop.house.running.app.desk.bell.ring();
    }
    shop.idle().await;
}

async fn many(shop: &Shop) -> usize {
    let mut many = 0;
    for state in ["open", "closed"] {
        let listed = shop.owner.clone().get(&format!("/v1/requests?state={state}")).await.json();
        many += listed["items"].as_array().unwrap().len();
    }
    many
}

#[tokio::test]
async fn an_agent_asks_for_a_person_who_proves_her_address_and_fetches_what_was_collected() {
    let (office, ears) = (PostOffice::open().await, Listener::open().await);
    let place = format!("http://{}", ears.place);
    on_each_engine_with(
        |config| {
            office.configure(config);
            config.agents.allow_private = vec![ears.place.clone()];
        },
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            known(&shop, "aardvark", "ana@example.com").await;
            let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, &place).await;
            let more = json!({ "agent-request-id": "case-7", "relationships": ["customer"],
                "status_callback": format!("{place}/status") });
            // One whom we know and one whom we do not: the same answers.
            let (id, first) = agent.asked(&shop, "access", "ana@example.com", more.clone()).await;
            let (nobody, other) = agent.asked(&shop, "access", "nobody.we.know@example.com", more).await;
            for (status, id) in [(&first, &id), (&other, &nobody)] {
                assert_eq!(
                    (&status["status"], &status["reason"]),
                    (&json!("in_progress"), &json!("need_user_verification"))
                );
                assert_eq!(status["agent_request_id"], "case-7");
                assert!(status["expected_by"].as_str().unwrap().starts_with("2027-03-01T"), "45 days: {status}");
                assert!(
                    uuid_like(id) && status["results_url"].is_null() && status["expires_at"].is_string(),
                    "{status}"
                );
            }
            soon(&shop).await;
            assert_eq!(ears.heard(), vec![pair("in_progress", "need_user_verification"); 2]);
            let letters = office.all();
            assert_eq!(letters.len(), 2, "a code for each: {letters:?}");

            let browser = Plain::open(&shop.house);
            for (status, address) in [(&first, "ana@example.com"), (&other, "nobody.we.know@example.com")] {
                let page = path_of(&status["user_verification_url"]);
                let code = office.at(address)[0].code();
                assert_eq!(browser.send(&page, &[("code", &code)]).await.status, 303);
            }
            soon(&shop).await;
            let heard = ears.heard();
            assert_eq!(heard.iter().filter(|told| told.0 == "fulfilled").count(), 2, "{heard:?}");
            let (done, also) = (agent.status(&id).await.json(), agent.status(&nobody).await.json());
            for status in [&done, &also] {
                assert_eq!(status["status"], "fulfilled", "{status}");
                assert!(status["results_url"].is_string() && status["expires_at"].is_string());
            }
            assert_eq!(alike(&done), alike(&also), "nobody learns whether anything is held");
            let pages =
                [browser.get(&path_of(&done["results_url"])).await, browser.get(&path_of(&also["results_url"])).await];
            assert_eq!(pages[0].text, pages[1].text, "nor from the page");
            // What was collected goes to whoever has the address, and to nobody else.
            let page = path_of(&done["results_url"]);
            assert_eq!(browser.send(&page, &[("again", "1")]).await.status, 303);
            let code = office.at("ana@example.com").last().unwrap().code();
            let archive = browser.send(&page, &[("code", &code)]).await;
            assert_eq!((archive.status.as_u16(), archive.header("content-type")), (200, "application/zip"));
            shop.house
        },
    )
    .await;
}

fn pair(status: &str, reason: &str) -> (String, String) {
    (status.to_owned(), reason.to_owned())
}

fn uuid_like(id: &str) -> bool {
    id.len() == 36 && id.matches('-').count() == 4
}

fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    format!("/{}", url.splitn(4, '/').nth(3).unwrap())
}

/// A status without what must differ.
fn alike(status: &Value) -> Value {
    let mut status = status.clone();
    for name in ["request_id", "results_url", "user_verification_url", "received_at", "expires_at"] {
        status[name] = json!(null);
    }
    status
}

#[tokio::test]
async fn an_address_the_agent_has_verified_needs_no_code_and_her_letters_go_to_it() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let ana = known(&shop, "aardvark", "ana@example.com").await;
            let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, "").await;
            let (id, status) =
                agent.asked(&shop, "deletion", "ana@example.com", json!({ "email_verified": true })).await;
            assert_eq!((&status["status"], status["reason"].is_null()), (&json!("in_progress"), true));
            finished(&shop).await;
            assert_eq!(agent.status(&id).await.json()["status"], "fulfilled");
            assert_eq!(ana.get("/v1/visitor/conversation").await.status, 410, "she is erased");
            let letters = office.at("ana@example.com");
            assert_eq!(letters.len(), 2, "acknowledgement and answer: {letters:?}");
            let item = shop.owner.clone().get("/v1/requests?state=closed").await.json()["items"][0].clone();
            let facts = ["kind", "regime", "channel", "identity"].map(|name| item[name].as_str().unwrap().to_owned());
            assert_eq!(facts, ["delete", "ccpa", "agent", "signed"]);
            assert_eq!(agent.revoke(&id).await.status, 409, "it is done");
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_not_validly_signed_addressed_and_new_is_not_heard() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, "").await;
        let other = Agent::connected(&shop, "OTHER_AGENTS", 2, "").await;
        let asks = |over: Value| agent.asks(&shop, "access", "ana@example.com", over);
        let good = agent.signed(&asks(json!({})));
        let mut forged = BASE64.decode(good.as_bytes()).unwrap();
        forged[70] ^= 1;
        let path = "/v1/data-rights-request";
        for (what, body) in [
            ("bad base64", "%%%".to_owned()),
            ("nothing", String::new()),
            ("no signature", BASE64.encode(b"{}")),
            ("a changed byte", BASE64.encode(&forged)),
            ("another's signature", other.signed(&asks(json!({})))),
            ("another agent", agent.signed(&asks(json!({ "agent-id": "OTHER_AGENTS" })))),
            ("another business", agent.signed(&asks(json!({ "business-id": "CB_ELSEWHERE" })))),
            ("issued in the future", agent.signed(&asks(json!({ "issued-at": "2027-01-15T08:00:01Z" })))),
            ("expired", agent.signed(&asks(json!({ "expires-at": "2027-01-15T08:00:00Z" })))),
            ("valid for a week", agent.signed(&asks(json!({ "expires-at": "2027-01-22T08:00:00Z" })))),
            ("without times", agent.signed(&json!({ "agent-id": "FAIR_AGENTS", "exercise": "access" }))),
        ] {
            let reply = agent.send(Method::POST, path, body).await;
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (403, ""), "{what}");
        }
        let reply = other.send(Method::POST, path, good.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.text.as_str()), (403, ""), "the bearer of another agent");
        let large = agent.send(Method::POST, path, "A".repeat(1024 * 1024)).await;
        assert_eq!((large.status.as_u16(), &large.json()["code"]), (413, &json!("413")));
        for (what, over) in [
            ("a right that does not exist", json!({ "exercise": "everything" })),
            ("opting in to what is not sold", json!({ "exercise": "sale:opt-in" })),
            ("a regime of a later version", json!({ "regime": "gdpr" })),
            ("nobody", json!({ "email": "" })),
            ("no address", json!({ "email": "ana" })),
            ("words in the number", json!({ "agent-request-id": "for ana@example.com" })),
        ] {
            let reply = agent.exercise(&asks(over)).await;
            assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (400, &json!("400")), "{what}: {}", reply.text);
            assert!(!reply.text.contains("ana"), "{what}: {}", reply.text);
        }
        assert_eq!(many(&shop).await, 0, "none of it made a request");
        assert_eq!(agent.send(Method::POST, path, good.clone()).await.status, 200);
        let again = agent.send(Method::POST, path, good.clone()).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (403, ""), "the same bytes again");
        let wrapped = agent.send(Method::POST, path, format!("\"{good}\"")).await;
        assert_eq!(wrapped.status, 403, "nor in another wrapping");
        assert_eq!(many(&shop).await, 1);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn a_token_is_one_agents_its_requests_are_its_own_and_revoking_it_ends_both() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, "").await;
        let other = Agent::connected(&shop, "OTHER_AGENTS", 2, "").await;
        let none = String::new;
        for (path, status) in
            [("/v1/agent/FAIR_AGENTS", 200), ("/v1/agent/FAIR_AGENTS/", 200), ("/v1/agent/OTHER_AGENTS", 403)]
        {
            assert_eq!(agent.send(Method::GET, path, none()).await.status, status, "{path}");
        }
        let wrong = agent.claims(&shop, json!({ "agent-id": "OTHER_AGENTS" }));
        assert_eq!(agent.connect(&wrong).await.status, 403, "the name in the address must be the name in the message");
        let (id, _) = agent.asked(&shop, "deletion", "ana@example.com", json!({})).await;
        let slash = format!("/v1/data-rights-request/{id}/");
        assert_eq!(agent.send(Method::GET, &slash, none()).await.json()["status"], "in_progress");
        let unknown = "0192f3a4-b5c6-7d7e-8f90-a1b2c3d4e5f6";
        for reply in
            [other.status(&id).await, other.revoke(&id).await, agent.status(unknown).await, agent.status("x").await]
        {
            assert_eq!((reply.status.as_u16(), reply.text.as_str()), (403, ""));
        }
        let unsigned = agent.send(Method::DELETE, &slash, BASE64.encode(b"{\"reason\":\"\"}")).await;
        assert_eq!(unsigned.status, 403);
        for _ in 0..2 {
            let revoked = agent.revoke(&id).await;
            assert_eq!(
                (revoked.status.as_u16(), &revoked.json()["status"]),
                (200, &json!("revoked")),
                "taken back once or twice"
            );
        }
        // At least 7 days and at most 60.
        for (days, status) in [(8, 200), (51, 200), (2, 403)] {
            shop.house.wait(Duration::from_secs(days * 86_400));
            assert_eq!(agent.status(&id).await.status, status);
        }
        finished(&shop).await;
        for table in ["agent_request", "used_signature"] {
            let sql = format!("SELECT CAST(count(*) AS bigint) AS many FROM {table}");
            let many = store::Statement::owned(sql, Vec::new());
            let row = shop.house.running.app.desk.store.one(store::Fence::House, many).await.unwrap().unwrap();
            assert_eq!(row.int("many").unwrap(), 0, "{table} does not grow");
        }
        let entry = json!({ "email": "ana@shop.example", "password": crate::house::PASSWORD });
        assert_eq!(shop.owner.post("/v1/session", &entry).await.status, 200);
        let listed = shop.owner.get("/v1/authorised-agents").await.json();
        let ours = |item: &&Value| item["agent"] == "FAIR_AGENTS";
        let first = listed["items"].as_array().unwrap().iter().find(ours).unwrap().clone();
        let twice = json!({ "agent": first["agent"], "name": "Again", "verify_key": first["verify_key"] });
        assert_eq!(shop.owner.post("/v1/authorised-agents", &twice).await.status, 409);
        let gone = format!("/v1/authorised-agents/{}", first["id"].as_str().unwrap());
        assert_eq!(shop.owner.delete(&gone).await.status, 204);
        assert_eq!(agent.send(Method::GET, "/v1/agent/FAIR_AGENTS", none()).await.status, 403);
        assert_eq!(agent.connect(&agent.claims(&shop, json!({}))).await.status, 403);
        shop.house
    })
    .await;
}

#[tokio::test]
async fn an_agent_is_told_at_its_declared_host_only_and_a_silent_one_blocks_nothing() {
    let (ears, stranger) = (Listener::open().await, Listener::open().await);
    let place = format!("http://{}", ears.place);
    on_each_engine_with(
        |config| config.agents.allow_private = vec![ears.place.clone()],
        async |house| {
            let shop = Shop::open(house).await;
            for (callback, status) in [
                (format!("http://{}", stranger.place), 400),
                ("http://agent.example".to_owned(), 400),
                ("https://10.0.0.1/".to_owned(), 400),
                ("no address".to_owned(), 400),
            ] {
                let key = BASE64.encode(&[9; 32]);
                let new = json!({ "agent": "X", "name": "X", "verify_key": key, "callback": callback });
                assert_eq!(shop.owner.clone().post("/v1/authorised-agents", &new).await.status, status, "{callback}");
            }
            let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, &place).await;
            let elsewhere = json!({ "status_callback": format!("http://{}/status", stranger.place) });
            let (_, status) = agent.asked(&shop, "sale:opt-out", "ana@example.com", elsewhere).await;
            assert!(status["processing_details"].as_str().unwrap().contains("not sent"), "{status}");
            let here = json!({ "status_callback": format!("{place}/status") });
            *ears.status.lock().unwrap() = StatusCode::NOT_FOUND;
            let (id, _) = agent.asked(&shop, "access", "ben@example.com", here.clone()).await;
            finished(&shop).await;
            assert_eq!(ears.heard().len(), 1, "told once, and not again what it refused");
            assert_eq!(agent.status(&id).await.json()["status"], "in_progress");
            *ears.status.lock().unwrap() = StatusCode::OK;
            assert_eq!(agent.revoke(&id).await.status, 200);
            finished(&shop).await;
            assert_eq!(ears.heard(), vec![pair("revoked", "")]);
            assert!(stranger.heard().is_empty(), "nobody else was told anything");
            shop.house
        },
    )
    .await;
}
