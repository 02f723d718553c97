//! Identity that the shop signs: no code for whom it signed, once, for minutes, and for nobody else.

use aws_lc_rs::hmac;
use data_encoding::BASE64URL_NOPAD;
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use crate::guest::Shop;
use crate::house::{Reply, on_each_engine_with};
use crate::post_office::PostOffice;
use crate::request_form::{Plain, known};

/// A token as a shop makes it, by RFC 7519 and nothing of ours.
fn token(secret: &str, header: &Value, claims: &Value) -> String {
    let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
    let said = format!("{}.{}", part(header), part(claims));
    let mark = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), said.as_bytes());
    format!("{said}.{}", BASE64URL_NOPAD.encode(mark.as_ref()))
}

/// One for this address, good for so many seconds.
fn good_for(shop: &Shop, secret: &str, email: &str, seconds: i64) -> String {
    let now = shop.house.running.app.desk.world.now().millis() / 1_000;
    token(secret, &json!({ "alg": "HS256", "typ": "JWT" }), &json!({ "email": email, "exp": now + seconds }))
}

async fn switched_on(shop: &Shop) -> String {
    let reply = shop.owner.clone().post("/v1/shop-identity", &json!({})).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json()["secret"].as_str().unwrap().to_owned()
}

async fn send(shop: &Shop, browser: &Plain, kind: &str, token: &str) -> Reply {
    let fields = [("kind", kind), ("identity", token), ("email", "eve@example.com"), ("lang", "en")];
    browser.send(&format!("/privacy/{}/request", shop.widget_key), &fields).await
}

#[tokio::test]
async fn for_whom_the_shop_signed_it_begins_at_once() {
    let office = PostOffice::open().await;
    on_each_engine_with(
        |config| office.configure(config),
        async |house| {
            office.empty();
            let shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            known(&shop, "aardvark", "ana@example.com").await;
            let secret = switched_on(&shop).await;
            let shown = shop.owner.clone().get("/v1/shop-identity").await;
            assert_eq!(shown.json()["on"], true);
            assert!(!shown.text.contains(&secret), "shown once");
            let before = office.all().len();

            let signed = good_for(&shop, &secret, "Ana@Example.com", 600);
            let form = browser.get(&format!("/privacy/{}/request?identity={signed}", shop.widget_key)).await;
            assert!(form.text.contains("Ana@Example.com") && !form.text.contains("type=\"email\" autocomplete"));
            let filed = send(&shop, &browser, "access", &signed).await;
            assert_eq!(filed.status, 303, "{}", filed.text);
            let page = filed.headers[LOCATION].to_str().unwrap().to_owned();
            shop.idle().await;
            let ready = browser.get(&page).await;
            assert!(ready.text.contains("Your archive is ready"), "no code was needed: {}", ready.text);
            let letters = office.at("Ana@Example.com");
            assert_eq!(
                (letters.len(), office.all().len()),
                (2, before + 2),
                "acknowledgement and answer, to her alone"
            );
            let detail = shop.owner.clone().get(&page.replace("/privacy/request/", "/v1/requests/")).await.json();
            assert_eq!(
                (&detail["summary"]["identity"], &detail["summary"]["state"]),
                (&json!("shop"), &json!("fulfilled"))
            );

            let copied = send(&shop, &browser, "erasure", &signed).await;
            assert_eq!(copied.status, 401, "a token counts once");
            let again = browser.get(&format!("/privacy/{}/request?identity={signed}", shop.widget_key)).await;
            assert!(!again.text.contains("Ana@Example.com"), "and the form says so before she fills it in");
            let erased = send(&shop, &browser, "erasure", &good_for(&shop, &secret, "ana@example.com", 60)).await;
            assert_eq!(erased.status, 303, "{}", erased.text);
            shop.idle().await;
            assert_eq!(
                shop.owner.clone().get("/v1/conversations").await.json()["items"],
                json!([]),
                "what she said is gone"
            );
            shop.house
        },
    )
    .await;
}

#[tokio::test]
async fn what_is_not_signed_just_so_is_refused_and_nothing_is_filed() {
    on_each_engine_with(
        |_| {},
        async |house| {
            let shop = Shop::open(house).await;
            let browser = Plain::open(&shop.house);
            let off = send(&shop, &browser, "access", &good_for(&shop, "si_guess", "ana@example.com", 600)).await;
            assert_eq!(off.status, 401, "nobody signs where nobody may");
            let old = switched_on(&shop).await;
            let secret = switched_on(&shop).await;
            let now = shop.house.running.app.desk.world.now().millis() / 1_000;
            let good = json!({ "email": "ana@example.com", "exp": now + 600 });
            let hs256 = json!({ "alg": "HS256", "typ": "JWT" });
            let whole = token(&secret, &hs256, &good);
            let (said, _) = whole.rsplit_once('.').unwrap();
            let other_words = token("si_guess", &hs256, &json!({ "email": "eve@example.com", "exp": now + 600 }));
            let spliced = format!("{}.{}", other_words.rsplit_once('.').unwrap().0, whole.rsplit_once('.').unwrap().1);
            for (why, wrong) in [
                ("signed with the secret before", token(&old, &hs256, &good)),
                ("not signed", token(&secret, &json!({ "alg": "none", "typ": "JWT" }), &good)),
                ("signed by nothing", format!("{said}.")),
                ("another algorithm", token(&secret, &json!({ "alg": "HS512", "typ": "JWT" }), &good)),
                ("other words under the mark", spliced),
                ("over", token(&secret, &hs256, &json!({ "email": "ana@example.com", "exp": now - 1 }))),
                ("too long", token(&secret, &hs256, &json!({ "email": "ana@example.com", "exp": now + 3_600 }))),
                ("endless", token(&secret, &hs256, &json!({ "email": "ana@example.com" }))),
                ("of nobody", token(&secret, &hs256, &json!({ "sub": "ana@example.com", "exp": now + 600 }))),
                ("of no address", token(&secret, &hs256, &json!({ "email": "ana", "exp": now + 600 }))),
                ("too large", token(&secret, &hs256, &json!({ "email": "a".repeat(3_000), "exp": now + 600 }))),
                ("no token", "eyJ".to_owned()),
            ] {
                let reply = send(&shop, &browser, "erasure", &wrong).await;
                assert!(matches!(reply.status.as_u16(), 400 | 401), "{why}: {} {}", reply.status, reply.text);
            }
            let form = browser.get(&format!("/privacy/{}/request?identity=eyJ", shop.widget_key)).await;
            assert!(
                form.text.contains("not valid any more") && form.text.contains("type=\"email\""),
                "by a code, then"
            );
            assert_eq!(shop.owner.clone().get("/v1/requests").await.json()["items"], json!([]));
            assert_eq!(shop.owner.clone().delete("/v1/shop-identity").await.status, 204);
            assert_eq!(send(&shop, &browser, "access", &whole).await.status, 401, "switched off");
            shop.house
        },
    )
    .await;
}
