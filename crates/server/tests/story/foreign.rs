//! Another organisation's things: for every address they are as if they did not exist, and stay as they are.

use desk::setting::Settings;
use desk::{Desk, member::Newcomer};
use model::{Actor, Locale, Role, Scope};
use reqwest::Method;
use serde_json::{Value, json};
use server::http::permission::{PERMISSIONS, Permission};
use vault::Personal;

use crate::guest::{QUESTION, Shop, fetch};
use crate::house::{PASSWORD, Reply, on_each_engine_with};

/// One thing of each kind that belongs to the neighbour, by the beginning of the addresses that name it.
async fn neighbour(desk: &Desk) -> Vec<(&'static str, String)> {
    let other = desk.found("The other shop", Settings::default()).await.unwrap();
    let somebody = Newcomer {
        name: Personal::new("Mallory"),
        email: Personal::new("mallory@other.example"),
        password: Personal::new(PASSWORD),
    };
    let member = desk.join(other.id, Role::Owner, &somebody, |_| Vec::new()).await.unwrap();
    let owner = Actor::Member { organisation: other.id, member, role: Role::Owner };
    let key = desk.issue_key(&owner, member, "Theirs", &[Scope::Privacy]).await.unwrap().0;
    let (open, _) = desk.invite(&owner, member, Role::Agent).await.unwrap();
    let page = desk.library.add_manual(other.id, "Secret", crate::guest::PAGE).await.unwrap();
    let source = desk.library.add_source(other.id, "http://127.0.0.1:9/", knowledge::Limits::default()).await;
    let visitor = desk.begin_session(&other, Locale::En, None).await.unwrap().session;
    let said = desk.visitor_says(&visitor, "m".into(), QUESTION).await.unwrap();
    let file = desk.visitor_sends_file(&visitor, "f".into(), "n.txt", b"their words".to_vec()).await.unwrap();
    let mut things = vec![
        ("/v1/conversations/", visitor.conversation.to_string()),
        ("/v1/files/", file.message.body.file.unwrap().id.to_string()),
        (
            "/v1/visitor/files/",
            desk.message(other.id, file.message.id).await.unwrap().1.body.file.unwrap().id.to_string(),
        ),
        ("/v1/messages/", said.message.id.to_string()),
        ("/v1/people/", visitor.person.to_string()),
        ("/v1/pages/", page.to_string()),
        ("/v1/team/invitations/", open.id.to_string()),
        ("/v1/team/members/", member.to_string()),
        ("/v1/api-keys/", key.id.to_string()),
    ];
    if let Ok(source) = source {
        things.push(("/v1/sources/", source.to_string()));
    }
    things
}

/// A body that would be accepted if the thing were ours.
fn body(method: &str, path: &str) -> Value {
    match path {
        _ if path.ends_with("/messages") => json!({ "client_id": "x", "text": "y", "note": true }),
        _ if path.ends_with("/assign") => json!({ "member_id": null }),
        _ if path.ends_with("/erasure") => json!({ "confirm": "ERASE" }),
        _ if path.starts_with("/v1/people/") => json!({ "name": "Eve" }),
        _ if path.starts_with("/v1/pages/") && method == "put" => json!({ "title": "Eve" }),
        _ if path.starts_with("/v1/team/members/") => json!({ "disabled": true }),
        _ => json!({}),
    }
}

fn without_request_id(reply: &Reply) -> Value {
    let mut body = reply.json();
    body["error"]["request_id"] = json!("");
    body
}

#[tokio::test]
async fn every_address_answers_for_a_neighbours_thing_as_for_none_at_all() {
    on_each_engine_with(
        |config| config.crawl.allow_private.push("127.0.0.1:9".to_owned()),
        async |house| {
            let shop = Shop::open(house).await;
            let visitor = shop.visitor().await;
            let things = neighbour(&shop.house.running.app.desk).await;
            let mut tried = 0;
            for (method, template, permission) in PERMISSIONS.iter().filter(|(_, path, _)| path.contains("{id}")) {
                let Some((_, theirs)) = things.iter().find(|(prefix, _)| template.starts_with(prefix)) else {
                    continue;
                };
                let unknown = format!("{}{}", &theirs[..4], "0".repeat(26));
                let mut answers = Vec::new();
                for id in [theirs.as_str(), &unknown, "nonsense"] {
                    let path = template.replace("{id}", id);
                    let verb: Method = method.to_uppercase().parse().unwrap();
                    let request = match permission {
                        Permission::Visitor => visitor.request(verb, &path),
                        _ => shop.owner.request(verb, &path),
                    };
                    let request = if *method == "get" || *method == "delete" {
                        request
                    } else {
                        request.json(&body(method, template))
                    };
                    let reply = fetch(request).await;
                    assert_eq!(reply.status, 404, "{method} {path}: {}", reply.text);
                    answers.push(without_request_id(&reply));
                }
                assert_eq!(answers[0], answers[1], "{method} {template}");
                assert_eq!(answers[0], answers[2], "{method} {template}");
                tried += 1;
            }
            assert!(tried >= 25, "only {tried} addresses were tried");
            let people = shop.owner.clone().get("/v1/people").await.text;
            assert!(!people.contains(&things[4].1), "no list shows them");
            assert_eq!(
                shop.owner.clone().get("/v1/conversations?q=shoes").await.json()["items"],
                json!([]),
                "no search finds them"
            );
            let pages = shop.owner.clone().get("/v1/pages").await.text;
            assert!(!pages.contains("Secret"));
            shop.idle().await;
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn a_desk_hears_nothing_of_its_neighbours() {
    on_each_engine_with(
        |config| config.crawl.allow_private.push("127.0.0.1:9".to_owned()),
        async |house| {
            let shop = Shop::open(house).await;
            let mut line = shop.desk_stream().await;
            neighbour(&shop.house.running.app.desk).await;
            shop.idle().await;
            let visitor = shop.visitor().await;
            visitor.says("m", "Hello").await;
            let heard = line.until(|event| event.name == "message").await;
            assert!(heard.iter().all(|event| event.json.to_string().contains(&visitor.conversation)), "{heard:?}");
            shop.idle().await;
            shop.house
        },
    )
    .await;
}
