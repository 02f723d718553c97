//! The words of a frozen passage as a reader sees them: headings, paragraphs and lists, with the quoted sentence marked.
//!
//! Everything is text: whatever stood in the page or in the address is escaped, and only words that stand in the page are marked.

use maud::{Markup, html};

/// A run of lines that belong together.
enum Block<'a> {
    Heading(usize, &'a str),
    Items(Vec<&'a str>),
    Paragraph(&'a str),
}

/// Sets the lines of a passage; `quotes` are the sentences to be marked, none for a passage that was not quoted.
pub fn set(text: &str, quotes: &[String]) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                // The page's own title is the first level and the passage's heading the second.
                Block::Heading(level, words) if level <= 3 => { h3 { (marked(words, quotes)) } }
                Block::Heading(_, words) => { h4 { (marked(words, quotes)) } }
                Block::Items(items) => { ul { @for item in items { li { (marked(item, quotes)) } } } }
                Block::Paragraph(words) => { p { (marked(words, quotes)) } }
            }
        }
    }
}

/// The sentences of a quotation, as the answer cut them out of the passage.
pub fn sentences(quote: &str) -> Vec<String> {
    let parts = quote.split(" … ").flat_map(str::lines).map(|part| item(part).unwrap_or(part).trim());
    parts.filter(|part| part.chars().count() > 1).map(str::to_owned).collect()
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some((level, words)) = heading(line) {
            blocks.push(Block::Heading(level, words));
        } else if let Some(words) = item(line) {
            match blocks.last_mut() {
                Some(Block::Items(items)) => items.push(words),
                _ => blocks.push(Block::Items(vec![words])),
            }
        } else {
            blocks.push(Block::Paragraph(line));
        }
    }
    blocks
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((1..=6).contains(&level) && words.starts_with(' ')).then(|| (level, words.trim()))
}

fn item(line: &str) -> Option<&str> {
    line.strip_prefix("- ").map(str::trim)
}

/// One line with the quoted sentences marked where they stand.
fn marked(line: &str, quotes: &[String]) -> Markup {
    let found = |quote: &String| line.find(quote.as_str()).map(|at| (at, at + quote.len()));
    let mut places: Vec<(usize, usize)> = quotes.iter().filter_map(found).collect();
    places.sort_unstable();
    // Sentences of which one holds the other are marked once.
    places.dedup_by(|next, before| next.0 < before.1);
    let mut pieces: Vec<(bool, &str)> = Vec::new();
    let mut from = 0;
    for (start, end) in places {
        pieces.push((false, line.get(from..start).unwrap_or_default()));
        pieces.push((true, line.get(start..end).unwrap_or_default()));
        from = end;
    }
    pieces.push((false, line.get(from..).unwrap_or_default()));
    html! { @for (mark, words) in pieces { @if mark { mark { (words) } } @else { (words) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_text_become_headings_and_lists() {
        let page = set("Above all.\n## Sizes\n- M: 96 cm\n- L: 102 cm\n#### Small print\nEnd.", &[]).into_string();
        assert_eq!(
            page,
            "<p>Above all.</p><h3>Sizes</h3><ul><li>M: 96 cm</li><li>L: 102 cm</li></ul><h4>Small print</h4><p>End.</p>"
        );
    }

    #[test]
    fn exactly_the_quoted_sentences_are_marked() {
        let quotes = sentences("It is free. … - M: 96 cm");
        let page = set("We send it. It is free. It is fast.\n- M: 96 cm", &quotes).into_string();
        assert_eq!(
            page,
            "<p>We send it. <mark>It is free.</mark> It is fast.</p><ul><li><mark>M: 96 cm</mark></li></ul>"
        );
        let twice = set("One two three.", &["One two three.".to_owned(), "two".to_owned()]).into_string();
        assert_eq!(twice, "<p><mark>One two three.</mark></p>");
    }

    #[test]
    fn nothing_in_page_or_address_becomes_markup() {
        let page = set("# <script>a</script>\n- <b>\n<img src=x>", &sentences("<img src=x> … <svg>")).into_string();
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<img") && !page.contains("<svg"));
        assert!(page.contains("<mark>&lt;img src=x&gt;</mark>"));
    }
}
