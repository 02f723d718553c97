//! The list of everything the product keeps in a browser, as Markdown.

use datamap::{BROWSER, Browser};

/// COOKIES.md.
pub fn markdown() -> String {
    let mut text = String::from(
        "# What is kept in a browser\n\nMade from the data map (`crates/datamap/src/browser.rs`); do not edit.\n\n\
         Before a visitor's first click nothing is stored and nothing but the launcher is requested. Visitors get no cookie at all.\n",
    );
    for (heading, of_visitors) in [("Visitors", true), ("Staff", false)] {
        text.push_str(&format!("\n## {heading}\n\n| key | where | on which website | appears when | goes when | what for |\n| --- | --- | --- | --- | --- | --- |\n"));
        for key in BROWSER.iter().filter(|key| key.of_visitors == of_visitors) {
            text.push_str(&line(key));
        }
    }
    text
}

fn line(key: &Browser) -> String {
    let Browser { name, place, origin, after, until, says, .. } = key;
    format!("| `{name}` | {} | {origin} | {after} | {} | {} |\n", place.word(), until.en, says.en)
}
