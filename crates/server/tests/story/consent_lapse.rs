//! A consent does not count for ever: half a year later it has lapsed by itself, with what rested on it.

use std::time::Duration;

use desk::consent::{Choice, Scene, Shown, Signals};
use model::{Actor, Locale, PersonId};
use serde_json::json;

use crate::consent::{answers_everything, asking, choose, person, rows, seen, states, words};
use crate::guest::Shop;
use crate::house::{PASSWORD, on_each_engine};

/// The owner again, whose sign-in does not last as long as these stories.
async fn again(shop: &Shop) -> crate::house::Browser {
    let mut owner = shop.house.stranger();
    let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
    assert!(owner.post("/v1/session", &entry).await.status.is_success());
    owner
}

#[tokio::test]
async fn a_consent_lapses_after_half_a_year_and_what_rested_on_it_goes() {
    on_each_engine(async |house| {
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        let year = json!({ "class": "conversation", "days": 365 });
        assert_eq!(shop.owner.put("/v1/retention", &year).await.status, 200);
        let ana = shop.visitor().await;
        let text = answers_everything(&ana).await["purposes"][0]["text_id"].clone();
        assert_eq!(choose(&ana, &text, "lapsed").await.status, 400, "nobody chooses it");
        let day = Duration::from_secs(24 * 60 * 60);
        shop.house.wait(180 * day - Duration::from_secs(60));
        shop.idle().await;
        shop.owner = again(&shop).await;
        assert_eq!((states(&seen(&shop).await), rows(&shop, "survey_answer").await), (vec!["given"], 2), "not before");
        shop.house.wait(2 * Duration::from_secs(60 * 60));
        shop.idle().await;
        let left = seen(&shop).await;
        assert_eq!((words(&left), states(&left)), (vec!["A-4711"], vec!["given", "lapsed"]));
        assert_eq!(rows(&shop, "survey_answer").await, 1, "deleted with it; the answer that needs no consent stays");
        let book = shop.owner.get("/v1/consents").await.json();
        assert_eq!(book["figures"], json!([{ "purpose": "contact_by_email", "state": "lapsed", "people": 1 }]));

        // She agrees anew, and that counts from then on.
        let desk = shop.house.running.app.desk.clone();
        let person: PersonId = person(&shop).await.parse().unwrap();
        let organisation = desk.organisations().await.unwrap()[0].id;
        let scene = Scene { shown: Shown::Choices, language: Locale::En, signals: Signals::default() };
        let text = text.as_str().unwrap().parse().unwrap();
        let herself = Actor::Visitor { organisation, person };
        desk.decide(&herself, person, (text, Choice::Given), scene).await.unwrap();
        shop.house.wait(179 * day);
        shop.idle().await;
        shop.owner = again(&shop).await;
        assert_eq!(states(&seen(&shop).await), ["given", "lapsed", "given"]);
        shop.house
    })
    .await;
}
