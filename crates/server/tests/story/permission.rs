//! The permission table is what the server does: every address is tried by everybody who should not get in, and by those
//! who should.

use model::{Role, Scope};
use reqwest::Method;
use serde_json::json;
use server::http::permission::{PERMISSIONS, Permission};

use crate::house::{Browser, House, on_each_engine_with};

/// An id of no kind: whoever gets as far as reading it gets 404.
const NOBODY: &str = "nobody";

fn path(template: &str) -> String {
    template.replace("{id}", NOBODY).replace("{widget_key}", NOBODY)
}

fn method(word: &str) -> Method {
    Method::from_bytes(word.to_ascii_uppercase().as_bytes()).unwrap()
}

/// The status, without waiting for the end of a stream. A body of the wrong type is sent, so that nothing ever happens.
async fn try_it(browser: &Browser, word: &str, template: &str, key: Option<&str>) -> u16 {
    let mut request = browser.request(method(word), &path(template));
    if word != "get" && word != "delete" {
        request = request.json(&json!("no object"));
    }
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    request.send().await.unwrap().status().as_u16()
}

struct People {
    stranger: Browser,
    viewer: Browser,
    agent: Browser,
    admin: Browser,
    owner: Browser,
}

impl People {
    async fn gather(house: &House) -> Self {
        let owner = house.owner().await;
        Self {
            stranger: house.stranger(),
            viewer: house.join(&owner, "viewer", "v@shop.example").await,
            agent: house.join(&owner, "agent", "a@shop.example").await,
            admin: house.join(&owner, "admin", "d@shop.example").await,
            owner,
        }
    }

    fn staff(&self) -> [(Role, &Browser); 4] {
        [
            (Role::Viewer, &self.viewer),
            (Role::Agent, &self.agent),
            (Role::Admin, &self.admin),
            (Role::Owner, &self.owner),
        ]
    }
}

#[tokio::test]
async fn everybody_gets_exactly_as_far_as_the_table_says() {
    on_each_engine_with(
        |config| {
            config.limits.public_forms = 10_000;
            config.limits.sessions = 10_000;
            config.limits.sign_in = 10_000;
        },
        async |house| {
            let people = People::gather(&house).await;
            for (word, template, permission) in PERMISSIONS {
                // Signing out would end the story for whoever is tried next.
                let ends = (*word, *template) == ("delete", "/v1/session");
                let anonymous = try_it(&people.stranger, word, template, None).await;
                let name = format!("{word} {template}");
                match permission {
                    Permission::Anybody | Permission::OurPage => {
                        assert!(![401, 403, 405].contains(&anonymous), "{name}: {anonymous}");
                    }
                    Permission::Agent => assert_eq!(anonymous, 403, "{name}"),
                    Permission::Visitor | Permission::Staff(..) => assert_eq!(anonymous, 401, "{name}"),
                }
                if let Permission::Staff(least, scope) = permission {
                    for (role, browser) in people.staff().into_iter().filter(|_| !ends) {
                        let status = try_it(browser, word, template, None).await;
                        let refused = status == 403;
                        assert_eq!(refused, role < *least, "{name} as {}: {status}", role.word());
                        assert_ne!(status, 401, "{name} as {}", role.word());
                    }
                    keys(&house, &people.owner, (word, template), *scope).await;
                }
            }
            house
        },
    )
    .await;
}

/// A key with every other scope is refused; one with the scope is let in.
async fn keys(house: &House, owner: &Browser, (word, template): (&str, &str), scope: Option<Scope>) {
    let stranger = house.stranger();
    let others: Vec<_> = Scope::ALL.into_iter().filter(|other| Some(*other) != scope).collect();
    let key = issue(owner, &others).await;
    assert_eq!(try_it(&stranger, word, template, Some(&key)).await, 403, "{word} {template} with {others:?}");
    if let Some(scope) = scope {
        let key = issue(owner, &[scope]).await;
        let status = try_it(&stranger, word, template, Some(&key)).await;
        assert!(![401, 403].contains(&status), "{word} {template} with {scope:?}: {status}");
    }
}

async fn issue(owner: &Browser, scopes: &[Scope]) -> String {
    let reply = owner.clone().post("/v1/api-keys", &json!({ "name": "Tried", "scopes": scopes })).await;
    reply.json()["key"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_change_without_the_mark_of_our_page_is_refused_everywhere() {
    on_each_engine_with(
        |config| config.limits.public_forms = 10_000,
        async |house| {
            let owner = house.owner().await;
            for (word, template, permission) in PERMISSIONS {
                let ours = matches!(permission, Permission::OurPage | Permission::Staff(..));
                if *word == "get" || !ours {
                    continue;
                }
                let request =
                    owner.request(method(word), &path(template)).header("x-confidante", "0").json(&json!("no"));
                // reqwest appends: the first of two headers is what counts, so a clean request is built by hand.
                let mut request = request.build().unwrap();
                request.headers_mut().remove("x-confidante");
                let status = crate::house::client().execute(request).await.unwrap().status();
                assert_eq!(status, 403, "{word} {template}");
            }
            house
        },
    )
    .await;
}
