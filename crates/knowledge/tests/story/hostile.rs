//! Websites that mean harm or are broken: each ends with a reason, none with a stop of the house.

use std::time::Duration;

use knowledge::Limits;
use knowledge::crawl::State;

use crate::site::{House, Reply, Site, reasons};

const REAL: &str = "<p>A real sentence on a real page that has to survive all of this trouble.</p>";

#[tokio::test]
async fn bombs_garbage_and_loops_are_only_reasons() {
    let site = Site::open().await;
    let names = ["huge", "bomb", "deep", "utf8", "pdf", "loop1", "late", "many", "bold", "nul"];
    let links: String = names.iter().map(|name| format!("<a href=/{name}>x</a>")).collect();
    site.page("/", "Start", &format!("{REAL}{links}"));
    site.set("/huge", Reply::html(&"<p>word</p>".repeat(1_900_000)));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, &vec![b'a'; 30 * 1024 * 1024]).unwrap();
    site.set("/bomb", Reply { body: packer.finish().unwrap(), ..Reply::html("") }.with("content-encoding", "gzip"));
    site.set(
        "/deep",
        Reply::html(&format!(
            "<title>Deep</title>{}deep words in a deep place{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        )),
    );
    site.set("/utf8", Reply::html("").clone());
    site.set(
        "/utf8",
        Reply {
            body: b"<title>Broken</title><main><p>Broken \xff\xfe\xc3( letters in the middle of this page.</p></main>"
                .to_vec(),
            ..Reply::html("")
        },
    );
    site.set("/pdf", Reply::of("application/pdf", b"%PDF-1.7\n\xde\xad\xbe\xef garbage"));
    site.set("/loop1", Reply::to("/loop2"));
    site.set("/loop2", Reply::to("/loop1"));
    let many: String = (0..60_000).map(|n| format!("<a href=/m/{n}>x</a>")).collect();
    site.set(
        "/many",
        Reply::html(&format!("<meta name=robots content=nofollow><main>{REAL} It has many links.{many}</main>")),
    );
    let bold: String = (0..200).map(|n| format!("<b id={n}>")).collect();
    site.set("/bold", Reply::html(&format!("<p>{bold}</p>{}", "<p>bold words</p>".repeat(20_000))));
    site.set("/late", Reply { status: 503, ..Reply::html("later") });
    site.set(
        "/nul",
        Reply {
            body: b"<title>Nul\0</title><main><p>A page with a nul \0 byte in the middle of it all.</p></main>"
                .to_vec(),
            ..Reply::html("")
        },
    );
    let house = House::open(&site).await;
    let (_, progress) = house.crawl(&site).await;
    assert_eq!(progress.state, State::Done);
    assert_eq!(reasons(&progress), "too_large 2, unreadable_pdf 1");
    let mut failures: Vec<_> = progress.error_samples.iter().map(|one| one.reason.as_str()).collect();
    failures.sort_unstable();
    assert_eq!(failures, ["http_503", "too_many_redirects"]);
    assert_eq!(progress.counts.added, 6, "{progress:?}");
    assert!(house.ask("What has to survive all of this trouble?").await.contains("real sentence"));
    house.close().await;
}

#[tokio::test]
async fn robots_that_never_end_and_sitemaps_in_a_circle_end() {
    let site = Site::open().await;
    site.page("/", "Start", REAL);
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        site.url("/sitemap.xml"),
        site.url("/b.xml")
    );
    site.set("/sitemap.xml", Reply::of("text/xml", index.as_bytes()));
    site.set("/b.xml", Reply::of("text/xml", index.as_bytes()));
    let house = House::open(&site).await;
    let (id, progress) = house.crawl(&site).await;
    assert_eq!((progress.state, progress.counts.added, site.asked("/b.xml")), (State::Done, 1, 1));
    site.set("/robots.txt", Reply::of("text/plain", &b"User-agent: *\nAllow: /\n".repeat(100_000)));
    let progress = house.again(id).await;
    assert_eq!(reasons(&progress), "robots 1", "rules that cannot be read are a closed door");
    house.close().await;
}

#[tokio::test]
async fn nothing_private_is_reached() {
    let site = Site::open().await;
    let other = Site::open().await;
    other.page("/", "Inside", "<p>The secrets of the machine next door.</p>");
    site.set("/", Reply::to(&other.url("/")));
    let house = House::open(&site).await;
    let (_, progress) = house.crawl(&site).await;
    assert_eq!(
        (progress.state, progress.error_samples[0].reason.as_str(), other.asked("/")),
        (State::Failed, "private_address", 0)
    );
    for bad in
        ["http://169.254.169.254/", "http://[::1]/", "http://2130706433/", "http://localhost/", "http://10.0.0.1:8080/"]
    {
        let said = house.library.add_source(house.organisation, bad, Limits::default()).await.unwrap_err();
        assert!(said.to_string().contains("private network"), "{bad}: {said}");
    }
    for bad in [
        "",
        "ftp://shop.example",
        "http://user:pass@shop.example/",
        "not a website",
        "javascript:alert(1)",
        &"x".repeat(3_000),
    ] {
        assert!(house.library.add_source(house.organisation, bad, Limits::default()).await.is_err(), "{bad}");
    }
    assert!(
        house
            .library
            .add_source(house.organisation, "https://x.example", Limits { max_pages: 0, max_depth: 1 })
            .await
            .is_err()
    );
    house.close().await;
}

#[tokio::test]
async fn a_server_that_is_down_leaves_the_knowledge_as_it_was() {
    let site = Site::open().await;
    site.page("/", "Start", REAL);
    let house = House::open(&site).await;
    let (id, _) = house.crawl(&site).await;
    site.set("/", Reply { status: 502, ..Reply::html("down") }.slow(Duration::from_millis(10)));
    let progress = house.again(id).await;
    assert_eq!((progress.state, progress.counts.errors), (State::Failed, 1));
    assert!(house.ask("What has to survive all of this trouble?").await.contains("real sentence"));
    house.close().await;
}
