//! The staff: who may name whom, and that the last owner stays.

use std::time::Duration;

use serde_json::{Value, json};

use crate::house::{Browser, PASSWORD, on_each_engine};

async fn member_id(browser: &mut Browser) -> String {
    browser.get("/v1/me").await.json()["member"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_joins_by_a_link_that_is_good_once_and_for_a_week() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let mut agent = house.join(&owner, "agent", "tom@shop.example").await;
        assert_eq!(agent.get("/v1/me").await.json()["member"]["role"], "agent");

        let invited = owner.post("/v1/team/invitations", &json!({ "role": "viewer" })).await.json();
        let token = invited["link"].as_str().unwrap().split_once("#token=").unwrap().1.to_owned();
        let accept = |email: &str| json!({ "token": token, "name": "Yuki", "email": email, "password": PASSWORD });
        let mut yuki = house.stranger();
        let taken = yuki.post("/v1/invitations/accept", &accept("TOM@shop.example")).await;
        assert_eq!(taken.code(), "conflict", "the address is taken, the invitation is not used up");
        assert_eq!(yuki.post("/v1/invitations/accept", &accept("yuki@shop.example")).await.status, 201);
        let again = house.stranger().post("/v1/invitations/accept", &accept("other@shop.example")).await;
        assert_eq!(again.code(), "not_found");

        let invited = owner.post("/v1/team/invitations", &json!({ "role": "viewer" })).await.json();
        let late = invited["link"].as_str().unwrap().split_once("#token=").unwrap().1.to_owned();
        house.wait(Duration::from_secs(7 * 24 * 60 * 60));
        let late = json!({ "token": late, "name": "Late", "email": "late@shop.example", "password": PASSWORD });
        assert_eq!(house.stranger().post("/v1/invitations/accept", &late).await.code(), "not_found");
        house
    })
    .await;
}

#[tokio::test]
async fn an_invitation_can_be_taken_back() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let id = owner.post("/v1/team/invitations", &json!({ "role": "viewer" })).await.json()["id"].clone();
        let team = owner.get("/v1/team").await.json();
        assert_eq!(team["invitations"].as_array().unwrap().len(), 1);
        assert!(team["invitations"][0].get("link").is_none(), "the link was shown once");
        let address = format!("/v1/team/invitations/{}", id.as_str().unwrap());
        assert_eq!(owner.delete(&address).await.status, 204);
        assert_eq!(owner.delete(&address).await.code(), "not_found");
        assert_eq!(owner.get("/v1/team").await.json()["invitations"], json!([]));
        house
    })
    .await;
}

#[tokio::test]
async fn only_owners_name_owners_and_the_last_one_stays() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let mut admin = house.join(&owner, "admin", "adm@shop.example").await;
        let (first, second) = (member_id(&mut owner).await, member_id(&mut admin).await);
        let change = |id: &str| format!("/v1/team/members/{id}");

        let cases: [(&mut Browser, &str, Value, u16); 6] = [
            (&mut admin.clone(), &first, json!({ "role": "viewer" }), 403),
            (&mut admin.clone(), &second, json!({ "role": "owner" }), 403),
            (&mut owner.clone(), &first, json!({ "role": "admin" }), 409),
            (&mut owner.clone(), &first, json!({ "disabled": true }), 409),
            (&mut owner.clone(), &second, json!({ "role": "owner" }), 200),
            (&mut owner.clone(), &first, json!({ "role": "admin" }), 200),
        ];
        for (browser, id, body, status) in cases {
            let reply = browser.patch(&change(id), &body).await;
            assert_eq!(reply.status, status, "{body}: {}", reply.text);
        }
        assert_eq!(admin.post("/v1/team/invitations", &json!({ "role": "owner" })).await.status, 201);
        assert_eq!(owner.post("/v1/team/invitations", &json!({ "role": "owner" })).await.status, 403);
        house
    })
    .await;
}

#[tokio::test]
async fn whoever_is_locked_out_is_out_at_once_and_may_come_back() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let mut agent = house.join(&owner, "agent", "tom@shop.example").await;
        let address = format!("/v1/team/members/{}", member_id(&mut agent).await);
        assert_eq!(owner.patch(&address, &json!({ "disabled": true })).await.json()["disabled"], true);
        assert_eq!(agent.get("/v1/me").await.code(), "sign_in_needed");
        let credentials = json!({ "email": "tom@shop.example", "password": PASSWORD });
        assert_eq!(agent.post("/v1/session", &credentials).await.code(), "wrong_credentials");
        assert_eq!(owner.patch(&address, &json!({ "disabled": false })).await.json()["disabled"], false);
        assert_eq!(agent.post("/v1/session", &credentials).await.status, 200);
        house
    })
    .await;
}
