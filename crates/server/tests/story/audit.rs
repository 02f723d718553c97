//! Whoever looks at personal data leaves exactly one line, with who, what, why and which request.

use std::collections::BTreeSet;

use model::Role;
use server::http::permission::{PERMISSIONS, Permission};

use crate::guest::{QUESTION, Shop};
use crate::house::on_each_engine;

/// Addresses of the staff that show nothing about anybody: no line is expected.
const NOBODYS: &[&str] = &[
    "/v1/me",
    "/v1/erasures",
    "/v1/sources",
    "/v1/sources/{id}",
    "/v1/pages",
    "/v1/pages/{id}",
    "/v1/test-sets",
    "/v1/test-sets/{id}",
    "/v1/test-runs/{id}",
    "/v1/team",
    "/v1/settings",
    "/v1/settings/snippet",
    "/v1/api-keys",
    "/v1/audit/chain",
    "/v1/backups",
    "/v1/retention",
    "/v1/promises",
    "/v1/organisation/exports",
    "/v1/consents",
];

#[tokio::test]
async fn every_look_at_personal_data_leaves_one_line_with_its_request() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        ana.says("m1", QUESTION).await;
        shop.idle().await;
        let file = ana.send_file("f1", "list.txt", b"a list").await.json();
        shop.idle().await;
        let mut owner = shop.owner.clone();
        let thread = owner.get(&format!("/v1/conversations/{}", ana.conversation)).await.json();
        let answer = thread["messages"].as_array().unwrap().iter().find(|one| one["kind"] == "ai").unwrap();
        let answer = answer["id"].as_str().unwrap();
        let people = owner.get("/v1/people").await.json();
        let person = people["items"][0]["id"].as_str().unwrap();
        let file = file["file"]["id"].as_str().or(file["id"].as_str()).unwrap_or("fil_unknown");
        let looks = [
            ("/v1/conversations/{id}", ana.conversation.as_str(), "conversation.open", "support"),
            ("/v1/conversations", "", "inbox.list", "support"),
            ("/v1/people", "", "person.list", "support"),
            ("/v1/people/{id}", person, "person.open", "support"),
            ("/v1/marks/{id}", person, "marks.open", "support"),
            ("/v1/people/{id}/consents", person, "person.consents", "support"),
            ("/v1/people/{id}/export", person, "person.export", "rights_request"),
            ("/v1/files/{id}", file, "file.open", "support"),
            ("/v1/messages/{id}/why", answer, "answer.why", "support"),
            ("/v1/messages/{id}/seen", answer, "answer.seen", "support"),
        ];
        for (template, id, action, reason) in looks {
            let path = template.replace("{id}", id);
            let before = lines(&shop, action).await.len();
            // Within one millisecond the newest line is not known by its id.
            shop.house.wait(std::time::Duration::from_millis(5));
            let reply = owner.get(&path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text);
            let after = lines(&shop, action).await;
            assert_eq!(after.len(), before + 1, "{path} leaves one line");
            let line = &after[0];
            assert_eq!(line["request_id"], reply.header("x-request-id"), "{path}: the request");
            assert_eq!(
                (line["actor_kind"].as_str(), line["reason"].as_str()),
                (Some("member"), Some(reason)),
                "{path}"
            );
            assert_eq!(line["actor_name"], "Ana Duarte");
            if !id.is_empty() {
                assert_eq!(line["object"], id, "{path}");
            }
        }
        let refused = owner.get("/v1/conversations/con_unknown").await;
        assert_eq!(refused.status, 404);
        let said = lines(&shop, "message.say").await;
        assert_eq!(said.len(), 2, "what she said herself: words and a file");
        assert_eq!(said[0]["reason"], "own_data");
        let answers = lines(&shop, "answer.give").await;
        assert!(
            !answers.is_empty() && answers.iter().all(|line| line["actor_kind"] == "house"),
            "and what it answered"
        );
        shop.house
    })
    .await;
}

/// A new address must be told of: either it is tried above, or it shows nothing about anybody.
#[test]
fn no_address_that_shows_somebody_is_forgotten() {
    let source = include_str!("audit.rs");
    let mut forgotten = BTreeSet::new();
    for (method, template, permission) in PERMISSIONS {
        let of_staff = matches!(permission, Permission::Staff(Role::Viewer | Role::Agent, _));
        let tried = source.contains(&format!("(\"{template}\", ")) || NOBODYS.contains(template);
        if *method == "get" && of_staff && !tried && !ELSEWHERE.contains(template) {
            forgotten.insert(*template);
        }
    }
    assert!(forgotten.is_empty(), "these show something to the staff and no story looks for their line: {forgotten:?}");
}

/// Told of by the stories of their own.
const ELSEWHERE: &[&str] = &[
    "/v1/stream",
    "/v1/reviews",
    "/v1/reviews/{id}",
    "/v1/gaps",
    "/v1/requests",
    "/v1/requests/{id}",
    "/v1/requests/{id}/archive",
    "/v1/requests/{id}/bundle",
];

async fn lines(shop: &Shop, action: &str) -> Vec<serde_json::Value> {
    let reply = shop.owner.clone().get(&format!("/v1/audit?action={action}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_log_is_exported_and_verified_offline() {
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let ana = shop.visitor().await;
        ana.says("m1", QUESTION).await;
        shop.idle().await;
        let mut owner = shop.owner.clone();
        let export = owner.get("/v1/audit/export").await;
        assert_eq!(export.status, 200);
        let seen = privacy::audit::verify::export(export.text.as_bytes(), None, None).unwrap();
        assert!(seen.last >= 3 && seen.checkpoints >= 1, "{seen:?}");
        let broken = export.text.replacen("message.say", "message.ask", 1);
        assert!(privacy::audit::verify::export(broken.as_bytes(), None, None).is_err());
        let chain = owner.post("/v1/audit/verify", &serde_json::json!({})).await.json();
        assert_eq!(chain["verdict"], "sound", "{chain}");
        assert_eq!(chain["public_key"], seen.public_key);
        assert!(!export.text.contains(QUESTION), "never what was said");
        shop.house
    })
    .await;
}
