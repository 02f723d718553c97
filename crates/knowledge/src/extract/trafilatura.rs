//! The learned extractor (rs-trafilatura) behind our own trait: young, slow, and the best measured where a page has no landmarks.

use rs_trafilatura::{Options, extract_with_options};

use super::{Extractor, MainContent};

/// rs-trafilatura with tables, without comments.
pub(super) struct Trafilatura;

impl Extractor for Trafilatura {
    fn find(&self, html: &str, url: &str) -> Option<MainContent> {
        let options = Options {
            include_comments: false,
            include_tables: true,
            include_images: false,
            include_links: false,
            favor_recall: true,
            url: Some(url.to_owned()),
            ..Options::default()
        };
        let result = extract_with_options(html, &options).ok()?;
        Some(MainContent { html: result.content_html.unwrap_or_default(), text: result.content_text })
    }
}
