//! Promises: checked on the running server, published while they hold, withdrawn in public when they do not.

use std::time::Duration;

use data_encoding::HEXLOWER;
use model::PersonId;
use reqwest::Method;
use serde_json::{Value, json};
use server::config::KeySource;
use server::http::compressed::Built;
use server::http::operator::{ALARMS, LABEL, PROMISES};
use store::{Fence, Statement, Work};

use crate::house::{Browser, House, on_each_engine_with};

/// What only a built front end can show.
const NEEDS_WIDGET: [&str; 4] = ["answers-labelled", "browser-listed", "can-be-wrong", "one-origin"];

async fn look(owner: &mut Browser) -> Value {
    let reply = owner.send(owner.request(Method::POST, "/v1/promises/check")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn one<'a>(promises: &'a Value, id: &str) -> &'a Value {
    promises["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}"))
}

async fn key(owner: &mut Browser) -> String {
    owner.get("/v1/settings").await.json()["widget_key"].as_str().unwrap().to_owned()
}

/// Somebody whose time is over, as if nobody had looked for weeks.
async fn plant_old(house: &House) {
    let desk = &house.running.app.desk;
    let organisation = desk.organisations().await.unwrap()[0].id;
    let seen = desk.world.now().minus(Duration::from_secs(92 * 86_400));
    let person = PersonId::new(&desk.world);
    desk.keyring.create(organisation, &person.to_string()).await.unwrap();
    let row = store::person::insert(organisation, person, "de", seen);
    // The hand that would erase her is held: its next look is in an hour.
    desk.store.write(Work::new(Fence::Organisation(organisation)).with(row)).await.unwrap();
}

fn quiet_keys(config: &mut server::config::Config) {
    // The test house has its master key in its hand, not in a file.
    config.keys.source = KeySource::Env;
}

#[tokio::test]
async fn what_holds_is_published_with_its_proof_and_what_does_not_is_withdrawn_in_public() {
    on_each_engine_with(quiet_keys, async |house| {
        let mut owner = house.owner().await;
        let promises = look(&mut owner).await;
        let built = Built::get("widget/widget.js").is_some();
        let mut live = 0;
        for one in promises["items"].as_array().unwrap() {
            let id = one["id"].as_str().unwrap();
            if one["verdict"] != "unattested" && (built || !NEEDS_WIDGET.contains(&id)) {
                assert_eq!(one["verdict"], "holds", "{one:#}");
                live += 1;
            }
        }
        assert!(live > 30, "{live} live promises");

        let key = key(&mut owner).await;
        for (lang, sentence, direction) in [
            ("en", "90 days after your last activity everything about you is erased", "ltr"),
            ("de", "90 Tage nach Ihrer letzten Aktivität wird alles über Sie gelöscht", "ltr"),
            ("ar", "بعد 90 يومًا من آخر نشاط لك", "rtl"),
        ] {
            let page = house.stranger().get(&format!("/trust/{key}?lang={lang}")).await;
            assert_eq!(page.status, 200);
            assert!(
                page.text.contains(sentence) && page.text.contains(&format!("dir=\"{direction}\"")),
                "{}",
                page.text
            );
            assert!(!page.text.contains("<script") && !page.text.contains('{'), "no script, no blank");
            assert!(page.text.contains("2027-01-15 08:00 UTC"), "the time of the check");
        }
        let notice = house.stranger().get(&format!("/privacy/{key}")).await;
        assert!(notice.text.contains(&format!("href=\"/trust/{key}?lang=en\"")), "the notice leads to the proof");

        // A round of retention that is still under way would take her along.
        house.running.jobs.idle().await.unwrap();
        plant_old(&house).await;
        house.wait(Duration::from_secs(60));
        let promises = look(&mut owner).await;
        // Two sentences speak of her: the one about people, and the one about every class of data.
        assert_eq!((&promises["alarms"], &one(&promises, "kept-for-days")["verdict"]), (&json!(2), &json!("fails")));
        assert_eq!(one(&promises, "every-kind-ends")["verdict"], "fails");
        let page = house.stranger().get(&format!("/trust/{key}")).await.text;
        assert!(!page.contains("everything about you is erased"), "the sentence is gone");
        assert!(page.contains("id=\"withdrawn-kept-for-days\""), "and the page says that it was withdrawn");
        assert_eq!(house.stranger().get("/trust/wk_unknown").await.status, 404);
        house
    })
    .await;
}

#[tokio::test]
async fn what_no_check_can_see_is_published_as_attested_by_somebody_until_a_day() {
    on_each_engine_with(quiet_keys, async |house| {
        let mut owner = house.owner().await;
        let key = key(&mut owner).await;
        let before = house.stranger().get(&format!("/trust/{key}")).await.text;
        assert!(!before.contains("at least once a year"), "nobody vouches yet");
        let body = json!({ "statement": "Report 7 of Pruefhaus Nord", "days": 30 });
        let reply = owner.put("/v1/promises/yearly-review/attestation", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let promise = reply.json();
        let promise = one(&promise, "yearly-review");
        assert_eq!((&promise["verdict"], &promise["attested"]["by"]), (&json!("attested"), &json!("Ana Duarte")));
        let page = house.stranger().get(&format!("/trust/{key}")).await.text;
        assert!(page.contains("at least once a year") && page.contains("Report 7 of Pruefhaus Nord"), "{page}");
        assert!(!page.contains("Ana Duarte"), "in public the organisation vouches, not a person by name");
        house.wait(Duration::from_secs(31 * 86_400));
        let page = house.stranger().get(&format!("/trust/{key}")).await.text;
        assert!(!page.contains("at least once a year") && page.contains("withdrawn-yearly-review"), "{page}");
        let refused = owner.put("/v1/promises/words-sealed/attestation", &body).await;
        // A month passed without a request: signed out. Whoever is in cannot vouch for what can be measured either.
        assert!([400, 401].contains(&refused.status.as_u16()), "{}", refused.text);
        house
    })
    .await;
}

#[tokio::test]
async fn the_operators_door_opens_for_the_master_key_alone() {
    on_each_engine_with(quiet_keys, async |house| {
        let mut owner = house.owner().await;
        look(&mut owner).await;
        let knock = |key: String| {
            let stranger = house.stranger();
            let request = stranger.request(Method::POST, PROMISES).bearer_auth(key);
            async move { request.send().await.unwrap() }
        };
        assert_eq!(knock("0".repeat(64)).await.status(), 404, "for everybody else there is no such address");
        let right = HEXLOWER.encode(&house.running.app.desk.keyring.derive(LABEL));
        let answer = knock(right).await;
        assert_eq!(answer.status(), 200);
        let alarms = answer.headers().get(ALARMS).unwrap().to_str().unwrap().to_owned();
        let text = answer.text().await.unwrap();
        assert!(Built::get("widget/widget.js").is_none() || alarms == "0", "{text}");
        for word in ["holds      words-sealed", "unattested yearly-review", "values of sealed columns looked at"] {
            assert!(text.contains(word), "{word} in\n{text}");
        }
        house
    })
    .await;
}

#[tokio::test]
async fn the_checks_run_by_themselves_when_an_organisation_begins() {
    on_each_engine_with(quiet_keys, async |house| {
        let mut owner = house.owner().await;
        house.running.jobs.idle().await.unwrap();
        let promises = owner.get("/v1/promises").await.json();
        let checked = one(&promises, "words-sealed")["checks"][0]["found"]["checked_at"].as_i64();
        assert_eq!(checked, Some(1_800_000_000_000), "{promises:#}");
        let due = Statement::owned("SELECT run_at FROM job WHERE kind = 'prove'".to_owned(), Vec::new());
        let rows = house.running.app.desk.store.all(Fence::House, due).await.unwrap();
        assert_eq!(rows[0].int("run_at").unwrap(), 1_800_000_000_000 + 66_600_000, "and again at half past two");
        house
    })
    .await;
}
