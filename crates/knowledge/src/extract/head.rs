//! What a page says about itself: title, language, canonical address, robots rules, and where it links to.

use scraper::{ElementRef, Html, Selector};
use url::Url;

/// More links than this on one page are a trap, not a menu.
const MOST_LINKS: usize = 2_000;

/// The facts a crawler needs about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title element, or the first heading of the first order.
    pub title: Option<String>,
    /// The primary subtag of the `lang` attribute.
    pub language: Option<String>,
    /// The address under which the page wants to be known.
    pub canonical: Option<Url>,
    /// The page asks not to be kept.
    pub noindex: bool,
    /// Absolute addresses the page links to, in order, without the ones it asks not to follow.
    pub links: Vec<Url>,
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map(|selector| document.select(&selector).collect()).unwrap_or_default()
}

fn words(element: ElementRef<'_>) -> Option<String> {
    let text = element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| text.chars().take(300).collect())
}

impl Head {
    pub(super) fn read(document: &Html, url: &str) -> Head {
        let Ok(page) = Url::parse(url) else { return Head::default() };
        let base = all(document, "base[href]")
            .first()
            .and_then(|element| element.value().attr("href"))
            .and_then(|href| page.join(href).ok())
            .unwrap_or_else(|| page.clone());
        let rules = robots_rules(document);
        let title = all(document, "title")
            .into_iter()
            .find_map(words)
            .or_else(|| all(document, "h1").into_iter().find_map(words));
        let language =
            all(document, "html").first().and_then(|element| element.value().attr("lang")).and_then(primary_subtag);
        let canonical = all(document, "link[rel][href]")
            .into_iter()
            .find(|element| has_word(element.value().attr("rel"), "canonical"))
            .and_then(|element| element.value().attr("href"))
            .and_then(|href| base.join(href.trim()).ok());
        let links =
            if rules.contains("nofollow") || rules.contains("none") { Vec::new() } else { links(document, &base) };
        Head { title, language, canonical, noindex: rules.contains("noindex") || rules.contains("none"), links }
    }
}

fn robots_rules(document: &Html) -> String {
    all(document, "meta[name][content]")
        .into_iter()
        .filter(|element| {
            element
                .value()
                .attr("name")
                .is_some_and(|name| name.eq_ignore_ascii_case("robots") || name.eq_ignore_ascii_case("confidante"))
        })
        .filter_map(|element| element.value().attr("content"))
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join(",")
}

fn has_word(attribute: Option<&str>, word: &str) -> bool {
    attribute.is_some_and(|value| value.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word)))
}

fn primary_subtag(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(primary)
}

fn links(document: &Html, base: &Url) -> Vec<Url> {
    all(document, "a[href], area[href]")
        .into_iter()
        .filter(|element| !has_word(element.value().attr("rel"), "nofollow"))
        .filter_map(|element| element.value().attr("href"))
        .filter(|href| href.len() <= 2_000)
        .filter_map(|href| base.join(href.trim()).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .take(MOST_LINKS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Head {
        Head::read(&Html::parse_document(html), "https://shop.example/help/returns?x=1")
    }

    #[test]
    fn a_page_is_heard_about_itself() {
        let head = read(
            r#"<html lang="de_AT"><title> Rück
             gabe </title><base href="/de/"><link rel="Canonical" href="rueckgabe"><meta name="ROBOTS" content="NoIndex">
             <a href="versand">a</a><a rel="external nofollow" href="no">b</a><a href="mailto:a@b.c">c</a><a href="javascript:1">d</a>"#,
        );
        assert_eq!(head.title.as_deref(), Some("Rück gabe"));
        assert_eq!(head.language.as_deref(), Some("de"));
        assert_eq!(head.canonical.map(String::from).as_deref(), Some("https://shop.example/de/rueckgabe"));
        assert!(head.noindex);
        assert_eq!(head.links.iter().map(Url::as_str).collect::<Vec<_>>(), ["https://shop.example/de/versand"]);
    }

    #[test]
    fn a_page_that_asks_not_to_be_followed_has_no_links_and_a_huge_list_is_cut() {
        assert!(read(r#"<meta name=robots content="index, nofollow"><a href=a>a</a>"#).links.is_empty());
        let many: String = (0..5_000).map(|n| format!("<a href=/p{n}>x</a>")).collect();
        assert_eq!(read(&many).links.len(), MOST_LINKS);
        assert_eq!(read("<p>nothing</p>"), Head::default());
    }
}
