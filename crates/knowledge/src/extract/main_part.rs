//! The main part of a page by its own landmarks: `main`, a single `article`, or the names builders give to the content column.

use scraper::{ElementRef, Html, Selector};

/// The surest landmarks first.
const SURE: [&str; 3] = ["main", "[role=main]", "article"];
const LIKELY: [&str; 6] = ["#main-content", "#content", ".main-content", "#main", ".content", "body"];
/// A landmark with less text than this share of the page is a teaser, not the content.
const LEAST_SHARE: f64 = 0.25;

/// The element that holds the main content; `strict` accepts only sure landmarks.
pub(super) fn find(document: &Html, strict: bool) -> Option<ElementRef<'_>> {
    let whole = letters(document.root_element());
    let candidates = if strict { &SURE[..] } else { &LIKELY[..] };
    candidates.iter().find_map(|name| {
        let selector = Selector::parse(name).ok()?;
        let mut found = document.select(&selector);
        let first = found.next()?;
        // Several articles are a list of teasers; their common parent would be a guess.
        let alone = found.next().is_none();
        (alone && letters(first) as f64 >= whole as f64 * LEAST_SHARE).then_some(first)
    })
}

fn letters(element: ElementRef<'_>) -> usize {
    element
        .descendants()
        .filter_map(|node| {
            let text = node.value().as_text()?;
            let parent = node.parent()?;
            let silent = parent
                .value()
                .as_element()
                .is_some_and(|tag| matches!(tag.name(), "script" | "style" | "noscript" | "template"));
            (!silent).then(|| text.trim().len())
        })
        .sum()
}
