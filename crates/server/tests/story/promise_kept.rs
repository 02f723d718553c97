//! A day in a house that keeps its word: everything that is promised about answers, requests and consents happens once, the checks
//! look at what is left of it, and they see when it is not as it should be.

use model::OrganisationId;
use serde_json::{Value, json};
use server::config::KeySource;
use server::witness;
use store::proof::ProofRow;
use store::{Fence, Statement, Work};

use crate::consent::{answers_everything, asking, person};
use crate::guest::{QUESTION, Shop, Visitor};
use crate::house::on_each_engine_with;
use crate::post_office::PostOffice;
use crate::request_form::{finished, known};

/// What the checks find now.
struct Found(Vec<ProofRow>);

impl Found {
    fn row(&self, check: &str) -> &ProofRow {
        self.0.iter().find(|row| row.examined == check).unwrap_or_else(|| panic!("{check}"))
    }

    fn figure(&self, check: &str) -> (bool, i64) {
        (self.row(check).holds, self.row(check).figure)
    }
}

async fn organisation(shop: &Shop) -> OrganisationId {
    shop.house.running.app.desk.organisations().await.unwrap()[0].id
}

async fn looked(shop: &Shop) -> Found {
    Found(witness::prover(&shop.house.running.app).prove(organisation(shop).await).await.unwrap())
}

async fn change(shop: &Shop, sql: &str) {
    let statement = Statement::owned(sql.to_owned(), vec![organisation(shop).await.into()]);
    shop.house.running.app.desk.store.write(Work::new(Fence::House).with(statement)).await.unwrap();
}

/// What the staff does, and what comes of it.
async fn staff(shop: &Shop, path: &str, body: Value) -> Value {
    let reply = shop.owner.clone().post(path, &body).await;
    assert!(reply.status.is_success(), "{path}: {}", reply.text);
    finished(shop).await;
    reply.json()
}

/// She has an answer checked, and a person finds it right.
async fn has_it_checked(shop: &Shop, visitor: &Visitor) {
    let conversation = visitor.conversation().await;
    let answer = conversation["messages"].as_array().unwrap().iter().find(|one| one["kind"] == "ai").unwrap().clone();
    let path = format!("/v1/visitor/messages/{}/review", answer["id"].as_str().unwrap());
    assert_eq!(visitor.post(&path, &json!({})).await.status, 201);
    shop.idle().await;
    let open = shop.owner.clone().get("/v1/reviews?state=open").await.json();
    let path = format!("/v1/reviews/{}/decision", open["items"][0]["id"].as_str().unwrap());
    staff(shop, &path, json!({ "outcome": "right" })).await;
}

/// She agreed in the chat and takes it back by a letter to the shop.
async fn takes_it_back_by_letter(shop: &Shop) {
    let cara = shop.visitor().await;
    answers_everything(&cara).await;
    let path = format!("/v1/people/{}", person(shop).await);
    let told = shop.owner.clone().patch(&path, &json!({ "email": "cara@example.com" })).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let new = json!({ "kind": "consent_withdrawal", "regime": "gdpr", "email": "cara@example.com" });
    staff(shop, "/v1/requests", new).await;
}

#[tokio::test]
async fn after_a_day_of_answers_requests_and_consents_every_check_sees_that_all_was_kept() {
    let office = PostOffice::open().await;
    let configure = |config: &mut server::config::Config| {
        office.configure(config);
        // The test house has its master key in its hand, not in a file.
        config.keys.source = KeySource::Env;
    };
    on_each_engine_with(configure, async |house| {
        office.empty();
        let mut shop = Shop::open(house).await;
        asking(&mut shop, None).await;
        takes_it_back_by_letter(&shop).await;
        let ana = known(&shop, "aardvark", "ana@example.com").await;
        has_it_checked(&shop, &ana).await;
        assert_eq!(shop.turn(&ana, "take-over").await.status, 200);
        ana.says("n", QUESTION).await;
        let ben = known(&shop, "buffalo", "ben@example.com").await;
        assert_eq!(ben.post("/v1/visitor/ai-opt-out", &json!({ "opted_out": true })).await.status, 200);
        ben.says("n", QUESTION).await;
        let new = json!({ "kind": "complaint", "regime": "uk_gdpr", "email": "ana@example.com" });
        let filed = staff(&shop, "/v1/requests", new).await;
        let path = format!("/v1/requests/{}/refuse", filed["request_id"].as_str().unwrap());
        staff(&shop, &path, json!({ "ground": "manifestly_unfounded", "reason": "Said before." })).await;

        let found = looked(&shop).await;
        for (check, says) in [
            ("answers-sourced", "2 answers looked at, 0"),
            ("addresses-fit", "addresses compared, 0"),
            ("lane-kept", "1 conversations are kept from the assistant; 0 automatic answers and 0"),
            ("hands-kept", "1 conversations are in a person's hands; in 0"),
            ("reviews-in-time", "0 answers wait"),
            ("decided-by-people", "0 refusals, 0 decisions and 0 reviews"),
            ("refusals-grounded", "1 refusals looked at, 0"),
            ("requests-in-time", "0 of them past"),
            ("withdrawals-heard", "1 withdrawals came by a request; 0"),
            ("choices-at-hand", "5 doors for choices knocked at, 0"),
            ("learned-free", "No learned page"),
            ("leaving-whole", "0 would be missing"),
        ] {
            let row = found.row(check);
            assert!(row.holds && row.says.contains(says), "{check}: {} {}", row.figure, row.says);
        }

        change(&shop, "UPDATE snapshot SET fetched_at = fetched_at + 1 WHERE organisation = $1").await;
        let swap = "UPDATE person SET email_index = (SELECT o.email_index FROM person o WHERE o.organisation = $1 \
                    AND o.email_index IS NOT NULL ORDER BY o.email_index LIMIT 1) \
                    WHERE organisation = $1 AND email_index IS NOT NULL";
        change(&shop, swap).await;
        let found = looked(&shop).await;
        assert_eq!(found.figure("answers-sourced"), (false, 2), "the pages are not those of that day");
        let (holds, many) = found.figure("addresses-fit");
        assert!(!holds && many >= 2, "{many} people are found by another address");
        shop.house
    })
    .await;
}
