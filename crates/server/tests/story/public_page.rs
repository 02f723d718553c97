//! Pages for everybody: the privacy notice and frozen pages, without a script.

use model::OrganisationId;

use crate::house::on_each_engine;

#[tokio::test]
async fn the_privacy_notice_speaks_the_readers_language_and_needs_no_script() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let key = owner.get("/v1/settings").await.json()["widget_key"].as_str().unwrap().to_owned();
        for (ask, lang, direction) in [("", "en", "ltr"), ("?lang=de", "de", "ltr"), ("?lang=ar-EG", "ar", "rtl")] {
            let page = house.stranger().get(&format!("/privacy/{key}{ask}")).await;
            assert_eq!(page.status, 200);
            assert!(page.text.contains(&format!("<html lang=\"{lang}\" dir=\"{direction}\">")), "{ask}");
            assert!(page.text.contains("Nadel &amp; Faden"), "the organisation is named, as text");
            assert!(!page.text.contains("<script"), "no script");
            assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
        }
        let german = house.stranger();
        let german =
            german.request(reqwest::Method::GET, &format!("/privacy/{key}")).header("accept-language", "fr, de;q=0.8");
        assert!(house.stranger().send(german).await.text.contains("<html lang=\"de\""));
        assert_eq!(house.stranger().get("/privacy/wk_unknown").await.code(), "not_found");
        house
    })
    .await;
}

#[tokio::test]
async fn a_frozen_page_shows_hostile_words_as_words_and_marks_the_quoted_sentence() {
    on_each_engine(async |house| {
        let mut owner = house.owner().await;
        let hostile = "Returns are free for 60 days. <script>alert(1)</script> <img src=x onerror=alert(2)>";
        let page = owner.post("/v1/pages", &serde_json::json!({ "title": "Returns <b>", "content": hostile })).await;
        assert_eq!(page.status, 201, "{}", page.text);
        let page = page.json();
        let snapshot = page["snapshots"][0]["id"].as_str().unwrap();
        let passage = page["passages"][0]["id"].as_str().unwrap();
        let quote = "quote=Returns%20are%20free%20for%2060%20days.%20%E2%80%A6%20%3Cb%3Eforged";
        let frozen = house.stranger().get(&format!("/snapshot/{snapshot}?passage={passage}&{quote}")).await;
        assert_eq!(frozen.status, 200);
        assert!(
            frozen.text.contains("<p><mark>Returns are free for 60 days.</mark> &lt;script&gt;"),
            "{}",
            frozen.text
        );
        assert!(!frozen.text.contains("<script") && !frozen.text.contains("<img"), "words stay words");
        assert!(!frozen.text.contains("forged"), "what does not stand in the page is not marked");
        assert!(frozen.text.contains("<time>2027-01-15</time>"));
        for nobody in ["/snapshot/nobody", "/snapshot/snp_00000000000000000000000000"] {
            assert_eq!(house.stranger().get(nobody).await.code(), "not_found");
        }
        house
    })
    .await;
}

#[tokio::test]
async fn every_memory_that_may_hold_something_of_a_visitor_hears_of_her_erasure() {
    on_each_engine(async |house| {
        let app = &house.running.app;
        let untold = server::reconcilers::eraser(&app.desk, &app.recognised, &Vec::new()).untold();
        assert!(untold.is_empty(), "{untold:?} must be told");
        assert!(app.desk.organisation(OrganisationId::new(&app.desk.world)).await.is_err());
        house
    })
    .await;
}
