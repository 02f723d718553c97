//! The demo: a shop on a second port, with the widget on its pages, known to its assistant.

use crate::house::{client, on_each_engine_with};

#[tokio::test]
async fn the_demo_shop_is_served_with_its_blanks_filled_and_read_by_the_assistant() {
    on_each_engine_with(
        |config| {
            config.demo.enabled = true;
            config.demo.listen = ([127, 0, 0, 1], 0).into();
            config.crawl.rate_per_second = 1_000;
        },
        async |house| {
            let shop = house.running.shop.as_ref().expect("the demo runs");
            let front = client().get(format!("{}/", shop.origin)).send().await.unwrap().text().await.unwrap();
            assert!(front.contains(&format!("{}/widget.js", house.origin())), "the widget comes from the house");
            assert!(front.contains(&shop.widget_key));
            assert!(!front.contains("__"), "every blank is filled");
            let greeting = house.running.greeting();
            for link in [
                format!("{}/", shop.origin),
                "/console/setup#token=".to_owned(),
                format!("/privacy/{}", shop.widget_key),
            ] {
                assert!(greeting.contains(&link), "{greeting} names {link}");
            }
            let mut owner = house.owner().await;
            let me = owner.get("/v1/me").await.json();
            assert_eq!(
                me["organisation"]["widget_key"],
                shop.widget_key.as_str(),
                "the first owner takes the shop over"
            );
            assert!(house.running.jobs.idle().await.is_ok());
            let sources = owner.get("/v1/sources").await.json();
            assert_eq!(sources["items"][0]["crawl"]["state"], "done", "{sources}");
            assert!(sources["items"][0]["pages"].as_i64().unwrap() >= 12, "{sources}");
            house
        },
    )
    .await;
}
