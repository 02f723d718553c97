//! A website is crawled, changes, is crawled again; somebody pauses, stops, and goes on.

use std::time::Duration;

use knowledge::crawl::State;
use knowledge::{Edit, Limits, PageFilter};

use crate::site::{House, Reply, Site, quick, reasons};

async fn shop() -> Site {
    let site = Site::open().await;
    site.page("/", "Halden", "<p>Clothes for the mountains, made in Graz since we can remember it.</p><a href='/returns#top'>Returns</a> <a href='/shipping?utm_source=x'>Shipping</a><a href='https://elsewhere.example/'>x</a><a href='/logo.png'>y</a>");
    site.page(
        "/returns",
        "Returns",
        "<p>You can return anything within 60 days of delivery, as long as it is unworn.</p><a href='/'>Home</a>",
    );
    site.page(
        "/shipping",
        "Shipping",
        "<p>Orders leave our house on the same day. A parcel to Austria costs 4.90 euro.</p>",
    );
    site
}

#[tokio::test]
async fn a_website_is_read_and_answers() {
    for store in testkit::engines().await {
        let site = shop().await;
        let house = House::with(store, &site, quick()).await;
        let mut news = house.library.progress();
        let (id, progress) = house.crawl(&site).await;
        assert_eq!(progress.state, State::Done, "{progress:?}");
        let counts = progress.counts;
        assert_eq!(
            (counts.found, counts.added, counts.done, counts.errors, counts.skipped),
            (3, 3, 3, 0, 0),
            "{progress:?}"
        );
        assert_eq!(
            house.ask("How long do I have to return shoes?").await,
            "You can return anything within 60 days of delivery, as long as it is unworn. [1]"
        );
        assert_eq!(house.ask("Do you sell unicorns?").await, "");
        let source = house.source(id).await;
        assert_eq!((source.pages, source.last_crawled_at.is_some()), (3, true));
        let mut last = None;
        while let Ok((organisation, told)) = news.try_recv() {
            assert_eq!(organisation, house.organisation);
            last = Some(told);
        }
        assert_eq!(last.unwrap().state, State::Done, "the last news are the end");
        let hits = house.library.find(house.organisation, "return", 3).await.unwrap();
        let frozen = house.library.public_snapshot(hits[0].snapshot_id).await.unwrap();
        assert!(frozen.passages.iter().any(|passage| passage.id == hits[0].passage_id));
        assert!(frozen.row.content.contains("60 days"));
        assert!(
            house.library.snapshot(model::OrganisationId::new(&testkit::world()), hits[0].snapshot_id).await.is_err(),
            "another tenant's"
        );
        house.close().await;
    }
}

#[tokio::test]
async fn a_second_crawl_tells_new_changed_same_and_gone() {
    let site = shop().await;
    site.set("/tagged", Reply::html("<title>Tagged</title><main><p>This page carries a version tag and never changes at all, not one word of it.</p></main>").with("etag", "\"v1\""));
    site.set(
        "/sitemap.xml",
        Reply::of(
            "application/xml",
            format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/tagged")).as_bytes(),
        ),
    );
    let house = House::open(&site).await;
    let (id, first) = house.crawl(&site).await;
    assert_eq!(first.counts.added, 4, "{first:?}");
    let old = house.library.find(house.organisation, "return", 1).await.unwrap().remove(0);
    site.page(
        "/returns",
        "Returns",
        "<p>You can return anything within 90 days of delivery, as long as it is unworn.</p><a href='/new'>New</a>",
    );
    site.page("/new", "New", "<p>We have a new page about repairs, which cost nothing in the first three years.</p>");
    site.remove("/shipping");
    let second = house.again(id).await;
    let counts = second.counts;
    assert_eq!(
        (counts.added, counts.changed, counts.same, counts.skipped, counts.errors),
        (1, 1, 2, 1, 0),
        "{second:?}"
    );
    assert_eq!(reasons(&second), "gone 1");
    assert!(house.ask("How long can I return something?").await.contains("90 days"));
    assert!(!house.ask("What does a parcel to Austria cost?").await.contains("4.90"));
    let frozen = house.library.public_snapshot(old.snapshot_id).await.unwrap();
    assert!(
        frozen.row.content.contains("60 days") && frozen.passages.iter().any(|one| one.id == old.passage_id),
        "what was cited stays"
    );
    let page = house.library.page(house.organisation, old.page_id).await.unwrap();
    assert_eq!((page.snapshots.len(), page.snapshots[0].hash == page.snapshots[1].hash), (2, false));
    house.close().await;
}

#[tokio::test]
async fn what_is_left_out_has_a_reason() {
    let site = shop().await;
    let links = "<a href=/secret>a</a><a href=/noindex>b</a><a href=/header>c</a><a href=/old>d</a><a href=/copy>e</a><a href=/picture>f</a>\
        <a href=/variant>g</a><a href=/missing>h</a><a href=/broken>i</a><a href=/away>j</a><a href=/empty>k</a><a rel=nofollow href=/nofollow>l</a>";
    site.page(
        "/",
        "Start",
        &format!("<p>This is where everything begins on this website, with words of its own.</p>{links}"),
    );
    site.set("/robots.txt", Reply::of("text/plain", b"User-agent: *\nDisallow: /secret\n"));
    site.page("/secret", "Secret", "<p>Not for robots.</p>");
    site.set(
        "/noindex",
        Reply::html("<meta name=robots content=noindex><main><p>Please do not keep this page anywhere.</p></main>"),
    );
    site.set(
        "/header",
        Reply::html("<main><p>Please do not keep this one either.</p></main>").with("x-robots-tag", "noindex"),
    );
    site.set("/old", Reply::to("/returns"));
    site.set("/away", Reply::to("http://elsewhere.example/"));
    let same = "<html><title>Twin</title><main><p>Two addresses with the very same words on them, exactly the same.</p></main>";
    site.set("/copy", Reply::html(&format!("{same}<a href=/copy2>")));
    site.set("/copy2", Reply::html(&format!("{same}<a href=/copy>")));
    site.set("/picture", Reply::of("image/png", b"\x89PNG"));
    site.set("/variant", Reply::html("<link rel=canonical href=/returns><main><p>A variant of the page about returns, in other words.</p></main>"));
    site.set("/broken", Reply { status: 500, ..Reply::html("oh") });
    site.set("/empty", Reply::html("<body></body>"));
    let house = House::open(&site).await;
    let (_, progress) = house.crawl(&site).await;
    assert_eq!(
        reasons(&progress),
        "canonical 1, content_type 1, duplicate 1, no_text 1, noindex 2, other_host 1, redirect 1, robots 1"
    );
    let failures: Vec<_> = progress.error_samples.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(failures, ["http_500", "http_404"]);
    assert_eq!((site.asked("/secret"), site.asked("/nofollow")), (0, 0));
    assert_eq!(progress.counts.added, 3, "start, returns, one twin: {progress:?}");
    assert_eq!(progress.counts.found, progress.counts.done);
    house.close().await;
}

#[tokio::test]
async fn pause_holds_within_one_page_and_resume_goes_on() {
    let site = Site::open().await;
    let links: String = (0..40).map(|n| format!("<a href=/p{n}>x</a>")).collect();
    site.page("/", "Start", &format!("<p>Forty pages hang on this one, each of them slow.</p>{links}"));
    for n in 0..40 {
        let body = format!(
            "<title>P{n}</title><main><p>This is the slow page with the number {n}, and nothing more is on it.</p></main>"
        );
        site.set(&format!("/p{n}"), Reply::html(&body).slow(Duration::from_millis(60)));
    }
    let house = House::open(&site).await;
    let mut news = house.library.progress();
    let id = house.library.add_source(house.organisation, &site.url("/"), Limits::default()).await.unwrap();
    while news.recv().await.unwrap().1.counts.done < 5 {}
    let paused = house.library.pause(house.organisation, id).await.unwrap().crawl.unwrap();
    assert_eq!(paused.state, State::Paused);
    house.idle().await;
    let held = house.source(id).await.crawl.unwrap();
    assert_eq!(held.counts, paused.counts, "nothing is written after the pause");
    assert!(held.counts.done < 41);
    assert!(house.library.crawl(house.organisation, id).await.is_err(), "not a second one beside it");
    house.library.resume(house.organisation, id).await.unwrap();
    let ended = house.ended(id).await;
    assert_eq!((ended.state, ended.counts.added, ended.counts.found), (State::Done, 41, 41));
    assert!(house.library.pause(house.organisation, id).await.is_err(), "it has ended");
    house.close().await;
}

#[tokio::test]
async fn a_crash_in_the_middle_loses_no_page() {
    let site = Site::open().await;
    let links: String = (0..30).map(|n| format!("<a href=/p{n}>x</a>")).collect();
    site.page("/", "Start", &format!("<p>Thirty pages hang on this one, each of them slow.</p>{links}"));
    for n in 0..30 {
        let body = format!(
            "<title>P{n}</title><main><p>This is the slow page with the number {n}, and nothing more is on it.</p></main>"
        );
        site.set(&format!("/p{n}"), Reply::html(&body).slow(Duration::from_millis(40)));
    }
    let house = House::open(&site).await;
    let mut news = house.library.progress();
    let id = house.library.add_source(house.organisation, &site.url("/"), Limits::default()).await.unwrap();
    while news.recv().await.unwrap().1.counts.done < 5 {}
    let House { store, library, organisation, .. } = house;
    // The process is gone: a second crawler on the same store takes the crawl up.
    let job = jobs::Job {
        id: model::JobId::new(&testkit::world()),
        organisation,
        kind: "crawl",
        attempts: 1,
        subject: library.source(organisation, id).await.unwrap().crawl.unwrap().id.to_string(),
    };
    let door = outside::door::Door::new(outside::door::DoorConfig {
        allow_private: vec![site.place.clone()],
        ..Default::default()
    })
    .unwrap();
    let second = knowledge::Library::new(store.store().clone(), testkit::seeded_world(8).0, door).with_manner(quick());
    second.reconcilers()[0].run(&job).await.unwrap();
    let progress = second.source(organisation, id).await.unwrap().crawl.unwrap();
    assert_eq!((progress.counts.found, progress.counts.errors), (31, 0), "{progress:?}");
    let pages = second.pages(organisation, &PageFilter { limit: 200, ..PageFilter::default() }).await.unwrap();
    assert_eq!(pages.items.len(), 31, "each page once");
}

#[tokio::test]
async fn limits_of_pages_and_depth_end_a_crawl() {
    let site = Site::open().await;
    for n in 0..20 {
        let body = format!(
            "<p>This is the page with the number {n} in an endless chain of pages.</p><a href=/{}>next</a>",
            n + 1
        );
        site.page(&if n == 0 { "/".to_owned() } else { format!("/{n}") }, &format!("Page {n}"), &body);
    }
    let house = House::open(&site).await;
    let id = house
        .library
        .add_source(house.organisation, &site.url("/"), Limits { max_pages: 100, max_depth: 3 })
        .await
        .unwrap();
    let progress = house.ended(id).await;
    assert_eq!((progress.counts.added, reasons(&progress)), (4, "depth 1".to_owned()));
    house.library.remove_source(house.organisation, id).await.unwrap();
    assert_eq!(house.ask("What is the page with the number in the chain?").await, "");
    let id = house
        .library
        .add_source(house.organisation, &site.url("/"), Limits { max_pages: 5, max_depth: 50 })
        .await
        .unwrap();
    let progress = house.ended(id).await;
    let kept = progress.counts.added + progress.counts.changed + progress.counts.same;
    assert_eq!((kept, reasons(&progress), progress.state), (5, "page_limit 1".to_owned(), State::Done));
    let page = house.library.pages(house.organisation, &PageFilter::default()).await.unwrap().items.remove(0);
    let edit = Edit { state: Some("excluded".into()), ..Edit::default() };
    assert_eq!(house.library.edit(house.organisation, page.id, &edit).await.unwrap().row.state, "excluded");
    house.again(id).await;
    assert_eq!(
        house.library.page(house.organisation, page.id).await.unwrap().row.state,
        "excluded",
        "left out stays left out"
    );
    house.close().await;
}
