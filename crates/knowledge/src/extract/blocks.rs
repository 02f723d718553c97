//! From a piece of the document tree to lines of text: headings, paragraphs, list items, table rows. Walks without recursion.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::tables;

/// Elements that never hold content for readers.
const SILENT: [&str; 21] = [
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "video", "audio", "select",
    "button", "input", "textarea", "nav", "footer", "dialog", "head", "map", "math", "datalist",
];
/// Elements that begin a new line.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Words in class names and ids by which builders call the frame around the content.
const FRAME: [&str; 24] = [
    "nav",
    "navbar",
    "navigation",
    "navheader",
    "navfooter",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "sidebar",
    "cookie",
    "cookies",
    "consent",
    "social",
    "share",
    "sharing",
    "related",
    "newsletter",
    "popup",
    "modal",
    "skip",
    "toc",
    "pagination",
    "advert",
];

/// What kind of line is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Heading(usize),
    Item,
}

/// The lines of one page as they grow.
struct Lines {
    done: Vec<String>,
    current: String,
    kind: Kind,
    /// Letters of the current line that stand inside links.
    linked: usize,
    link_depth: usize,
    /// Whether lines that are only links are left out.
    prune: bool,
    /// The level of the last real heading: a question that opens and closes stands one below.
    level: usize,
    /// A term stands on the current line and waits for its definition.
    term: bool,
}

/// Renders the element; `prune` leaves out the frame (navigation, share bars, lists of bare links).
pub(super) fn render(element: ElementRef<'_>, prune: bool) -> String {
    let mut lines = Lines {
        done: Vec::new(),
        current: String::new(),
        kind: Kind::Paragraph,
        linked: 0,
        link_depth: 0,
        prune,
        level: 1,
        term: false,
    };
    let mut silent_until: Option<NodeId> = None;
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) if silent_until.is_none() => match node.value() {
                Node::Text(text) => lines.text(text),
                Node::Element(tag) => {
                    let rows = if tag.name() == "table" { ElementRef::wrap(node).and_then(tables::rows) } else { None };
                    if let Some(rows) = rows {
                        lines.rows(rows);
                        silent_until = Some(node.id());
                    } else if is_silent(tag, prune) && node.id() != element.id() {
                        silent_until = Some(node.id());
                    } else {
                        lines.open(tag);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if silent_until == Some(node.id()) {
                    silent_until = None;
                } else if let (None, Node::Element(tag)) = (silent_until, node.value()) {
                    lines.close(tag);
                }
            }
            Edge::Open(_) => {}
        }
    }
    lines.finish()
}

fn is_silent(tag: &Element, prune: bool) -> bool {
    if SILENT.contains(&tag.name()) || tag.attr("hidden").is_some() || tag.attr("aria-hidden") == Some("true") {
        return true;
    }
    prune
        && (matches!(tag.attr("role"), Some("navigation" | "banner" | "contentinfo" | "search" | "dialog"))
            || is_frame(tag))
}

fn is_frame(tag: &Element) -> bool {
    if matches!(tag.name(), "html" | "body" | "main" | "article") {
        return false;
    }
    let names = tag.attr("class").into_iter().chain(tag.attr("id"));
    names
        .flat_map(|value| value.split(|letter: char| !letter.is_ascii_alphanumeric()))
        .any(|word| FRAME.iter().any(|frame| frame.eq_ignore_ascii_case(word)))
}

fn heading_level(tag: &Element) -> Option<usize> {
    tag.name().strip_prefix('h').and_then(|level| level.parse::<usize>().ok()).filter(|level| (1..=6).contains(level))
}

impl Lines {
    fn text(&mut self, text: &str) {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim();
            if !word.is_empty() {
                self.current.push_str(word);
                if self.link_depth > 0 {
                    self.linked += word.len();
                }
            }
            if word.len() != piece.len() && !self.current.is_empty() && !self.current.ends_with(' ') {
                self.current.push(' ');
            }
        }
    }

    fn open(&mut self, tag: &Element) {
        let name = tag.name();
        if let Some(level) = heading_level(tag) {
            self.begin(Kind::Heading(level));
            self.level = level;
        } else if name == "summary" {
            self.begin(Kind::Heading((self.level + 1).min(6)));
        } else if name == "li" {
            self.begin(Kind::Item);
        } else if name == "br" {
            self.text(" ");
        } else if name == "dd" && self.kind == Kind::Paragraph && !self.current.is_empty() {
            // A term and its definition are one line: "Weight: 300 g".
            let term = self.current.trim_end().trim_end_matches(':').to_owned();
            self.current = if term.ends_with(['?', '.', '!']) { format!("{term} ") } else { format!("{term}: ") };
            self.term = true;
        } else if matches!(name, "p" | "div") && self.current.ends_with(": ") && self.term {
            // The first paragraph of a definition stays with its term.
            self.term = false;
        } else if BLOCKS.contains(&name) && !(self.kind == Kind::Item && self.current.is_empty()) {
            self.begin(if self.kind == Kind::Item && matches!(name, "p" | "div") {
                Kind::Item
            } else {
                Kind::Paragraph
            });
        }
        self.link_depth += usize::from(name == "a");
    }

    fn close(&mut self, tag: &Element) {
        let name = tag.name();
        self.link_depth = self.link_depth.saturating_sub(usize::from(name == "a"));
        if name == "dt" {
            return;
        }
        if heading_level(tag).is_some() || BLOCKS.contains(&name) {
            self.begin(Kind::Paragraph);
        }
    }

    fn begin(&mut self, kind: Kind) {
        let line = std::mem::take(&mut self.current);
        let line = line.trim();
        let only_links = self.linked * 10 >= line.len() * 8
            && !line.contains(['@', '.', '?'])
            && !line.bytes().any(|b| b.is_ascii_digit());
        let drop_it =
            line.is_empty() || (self.prune && only_links && !matches!(self.kind, Kind::Heading(_)) && self.linked > 0);
        if !drop_it && line.chars().any(char::is_alphanumeric) {
            let line = match self.kind {
                Kind::Heading(level) => format!("{} {line}", "#".repeat(level)),
                Kind::Item => format!("- {line}"),
                // A paragraph that happens to begin like a mark would be read as one.
                Kind::Paragraph => line.trim_start_matches(['#', '-']).trim_start().to_owned(),
            };
            if self.done.last() != Some(&line) {
                self.done.push(line);
            }
        }
        self.linked = 0;
        self.kind = kind;
    }

    fn rows(&mut self, rows: Vec<String>) {
        self.begin(Kind::Item);
        for row in rows {
            self.current = row;
            self.begin(Kind::Item);
        }
        self.kind = Kind::Paragraph;
    }

    fn finish(mut self) -> String {
        self.begin(Kind::Paragraph);
        // Headings with nothing under them are leftovers of what was pruned; the last lines show it best.
        while self.done.last().is_some_and(|line| line.starts_with('#')) && self.done.len() > 1 {
            self.done.pop();
        }
        self.done.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn rendered(html: &str) -> String {
        render(Html::parse_document(html).root_element(), true)
    }

    #[test]
    fn inline_tags_do_not_break_words_and_blocks_do() {
        assert_eq!(
            rendered("<p>Free <b>ship</b>ping<br>today</p><div>One<div>Two</div>Three</div>"),
            "Free shipping today\nOne\nTwo\nThree"
        );
    }

    #[test]
    fn the_frame_is_left_out() {
        let html = "<div class='site-nav'>Menu</div><ul><li><a href=/a>Shoes</a></li><li><a href=/b>Hats</a></li></ul><p>Text stays.</p>
            <p hidden>Secret</p><p><a href=mailto:a@b.example>a@b.example</a></p>";
        assert_eq!(rendered(html), "Text stays.\na@b.example");
    }

    #[test]
    fn terms_and_definitions_are_one_line() {
        assert_eq!(
            rendered("<dl><dt>Weight</dt><dd>300 g</dd><dt>Is it warm?</dt><dd>Yes.</dd></dl>"),
            "Weight: 300 g\nIs it warm? Yes."
        );
        assert_eq!(
            rendered("<dl><dt>port</dt><dd><p>Where it listens.</p><p>5432 if not said.</p></dd></dl>"),
            "port: Where it listens.\n5432 if not said."
        );
    }

    #[test]
    fn list_items_hold_their_paragraphs_and_marks_cannot_be_forged() {
        assert_eq!(
            rendered("<ul><li><p>One.</p></li><li>Two<ul><li>Inner</li></ul></li></ul>"),
            "- One.\n- Two\n- Inner"
        );
        assert_eq!(rendered("<p># not a heading</p>"), "not a heading");
    }
}
