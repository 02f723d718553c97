//! From the bytes of a page to its readable content: title, language, headings, paragraphs, list items and table rows, one a line.

mod blocks;
mod head;
mod main_part;
mod markup;
mod pdf;
mod plain;
mod tables;
mod trafilatura;

pub use head::Head;
pub use pdf::{from_pdf, pdf_text, read_pdfs_by};
pub(crate) use plain::claimed_charset;
pub use plain::{decode, from_plain};

use scraper::Html;

/// Pages longer than this are not given to the slow extractor: its time grows with the size of the page.
const SLOW_EXTRACTOR_LIMIT: usize = 1_000_000;
/// With fewer characters than this an extractor has found nothing worth keeping.
const TOO_LITTLE: usize = 80;

/// What is kept of a page. The content is plain text: `#` marks a heading, `- ` a list item, everything else is a paragraph or a table row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// The title for people.
    pub title: String,
    /// The readable content.
    pub content: String,
    /// The language the page says it is in (its primary subtag), if it says so.
    pub language: Option<String>,
    /// What the page says about itself and where it links to.
    pub head: Head,
}

/// Finds the main content of an HTML page.
pub trait Extractor: Send + Sync {
    /// The main content, or nothing if this extractor cannot tell.
    fn find(&self, html: &str, url: &str) -> Option<MainContent>;
}

/// What an extractor found, in two forms that need not hold the same.
pub struct MainContent {
    /// With headings, lists and tables.
    pub html: String,
    /// Without.
    pub text: String,
}

/// Which way to the content; the measurements behind the choice are in `examples/extraction.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The page's own landmarks where it has them, the learned extractor otherwise.
    Mixed,
    /// Only the page's own landmarks and boilerplate names.
    Landmarks,
    /// Only the learned extractor, with the landmarks where it finds little.
    Learned,
}

/// Reads an HTML page. Never fails: the worst page yields its bare text.
pub fn from_html(html: &str, url: &str) -> Extracted {
    from_html_by(html, url, Way::Mixed)
}

/// Reads an HTML page in one particular way.
pub fn from_html_by(html: &str, url: &str, way: Way) -> Extracted {
    if !markup::is_sane(html) {
        return stripped(html);
    }
    let document = Html::parse_document(html);
    let head = Head::read(&document, url);
    let content = content(&document, html, url, way);
    let title = head.title.clone().or_else(|| first_heading(&content)).unwrap_or_default();
    Extracted { title, content, language: head.language.clone(), head }
}

fn content(document: &Html, html: &str, url: &str, way: Way) -> String {
    let landmarks = |strict| main_part::find(document, strict).map(|part| blocks::render(part, true));
    if way == Way::Mixed
        && let Some(found) = landmarks(true)
        && found.chars().count() >= TOO_LITTLE
    {
        return found;
    }
    if way != Way::Landmarks
        && html.len() <= SLOW_EXTRACTOR_LIMIT
        && let Some(main) = trafilatura::Trafilatura.find(html, url)
    {
        let found = blocks::render(Html::parse_document(&main.html).root_element(), false);
        // Where its structured form lost half of what its plain form has, the plain form is the content.
        let found = if found.len() * 2 < main.text.len() { plain::paragraphs(&main.text) } else { found };
        if found.chars().count() >= TOO_LITTLE {
            return found;
        }
    }
    let found = landmarks(false).unwrap_or_default();
    if found.chars().count() >= TOO_LITTLE {
        found
    } else {
        longer(found, blocks::render(document.root_element(), true))
    }
}

fn longer(a: String, b: String) -> String {
    if b.len() > a.len() { b } else { a }
}

fn first_heading(content: &str) -> Option<String> {
    content.lines().find_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#').trim().to_owned())
}

/// The text between the tags of a page whose markup would cost the parser too much.
fn stripped(html: &str) -> Extracted {
    let content = markup::strip(html);
    let title = content.lines().next().map(|line| line.chars().take(120).collect()).unwrap_or_default();
    Extracted { title, content, language: None, head: Head::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Returns - Halden Outdoor</title></head><body>
      <header><nav><a href="/">Home</a> <a href="/shoes">Shoes</a></nav></header>
      <main><h1>Returns</h1><p>You can return unworn items within <b>60 days</b> of delivery. We pay the postage.</p>
      <h2>How to send it back</h2><ol><li>Print the label.</li><li>Drop the parcel at any post office.</li></ol>
      <h2>Sizes</h2><table><tr><th>Size</th><th>Chest</th></tr><tr><td>M</td><td>96-101 cm</td></tr><tr><td>L</td><td>102-107 cm</td></tr></table>
      <details><summary>Do you take back worn shoes?</summary><p>No, worn shoes cannot be returned.</p></details></main>
      <footer>© Halden Outdoor. <a href="/imprint">Imprint</a></footer><script>track()</script></body></html>"#;

    #[test]
    fn a_page_keeps_headings_lists_and_table_rows_and_loses_its_frame() {
        let page = from_html(PAGE, "https://halden.example/returns");
        assert_eq!(page.title, "Returns - Halden Outdoor");
        assert_eq!(page.language.as_deref(), Some("en"));
        assert_eq!(
            page.content,
            "# Returns\nYou can return unworn items within 60 days of delivery. We pay the postage.\n## How to send it back\n\
             - Print the label.\n- Drop the parcel at any post office.\n## Sizes\n- Size M: Chest 96-101 cm\n- Size L: Chest 102-107 cm\n\
             ### Do you take back worn shoes?\nNo, worn shoes cannot be returned."
        );
    }

    #[test]
    fn a_page_without_landmarks_is_read_too() {
        let paragraph = "Orders placed before two in the afternoon leave our warehouse on the same day. ".repeat(6);
        let html = format!(
            "<html><body><div class=nav><a href=/>Home</a></div><div><h2>Delivery</h2><p>{paragraph}</p></div></body></html>"
        );
        let page = from_html(&html, "https://halden.example/delivery");
        assert!(page.content.contains("leave our warehouse"), "{}", page.content);
        assert!(!page.content.contains("Home"));
    }

    #[test]
    fn hostile_markup_ends_quickly_with_its_bare_text() {
        let deep = format!("{}deep inside{}", "<div>".repeat(200_000), "</div>".repeat(200_000));
        assert_eq!(from_html(&deep, "https://x.example/").content, "deep inside");
        let bold: String = (0..3_000).map(|n| format!("<b id={n}>")).collect();
        let bomb = format!("<p>{bold}</p>{}", "<p>x</p>".repeat(50_000));
        assert!(from_html(&bomb, "https://x.example/").content.len() < 400_000);
        assert_eq!(from_html("", "https://x.example/").content, "");
        assert!(from_html("<<<>>>&&&&#x110000;<p", "https://x.example/").content.len() < 100);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(html in ".{0,400}") {
            let _ = from_html(&html, "https://x.example/");
        }
    }
}
