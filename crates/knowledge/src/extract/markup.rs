//! A linear look at raw HTML before it is parsed: markup that would cost a tree builder quadratic time is only stripped.

/// Deeper than any page made by people.
const DEEPEST: usize = 400;
/// Formatting tags left open: each one is rebuilt in every later paragraph by the HTML standard.
const MOST_OPEN_FORMATS: usize = 24;

const FORMATS: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Tags that close themselves or have no end: they do not nest.
const FLAT: [&str; 29] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "html", "body", "head",
];
/// Elements whose text is not for readers.
const SILENT: [&str; 4] = ["script", "style", "template", "noscript"];

/// One tag as the scanner sees it.
struct Tag<'a> {
    /// Where the tag's `<` stands.
    start: usize,
    /// The first byte after `>`.
    end: usize,
    name: &'a str,
    closing: bool,
}

fn next_tag(html: &str, from: usize) -> Option<Tag<'_>> {
    let mut at = from;
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = html.get(start + 1..)?;
        let closing = rest.starts_with('/');
        let name_start = start + 1 + usize::from(closing);
        let name_length =
            html.get(name_start..)?.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let is_comment = rest.starts_with('!') || rest.starts_with('?');
        if name_length == 0 && !is_comment {
            at = start + 1;
            continue;
        }
        let closer = if rest.starts_with("!--") { "-->" } else { ">" };
        let end = html.get(name_start..)?.find(closer).map_or(html.len(), |found| name_start + found + closer.len());
        return Some(Tag { start, end, name: html.get(name_start..name_start + name_length)?, closing });
    }
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// Where the text after a silent element goes on.
fn after_silent(html: &str, tag: &Tag<'_>) -> usize {
    let mut at = tag.end;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        let start = at + found;
        let name_end = start + 2 + tag.name.len();
        if html.get(start + 2..name_end).is_some_and(|name| name.eq_ignore_ascii_case(tag.name)) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

/// Whether a tree builder can be let loose on this page.
pub(super) fn is_sane(html: &str) -> bool {
    let (mut depth, mut formats, mut at) = (0usize, 0usize, 0usize);
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        if tag.name.is_empty() || is_one_of(tag.name, &FLAT) {
            continue;
        }
        let is_format = is_one_of(tag.name, &FORMATS);
        if tag.closing {
            depth = depth.saturating_sub(1);
            formats = formats.saturating_sub(usize::from(is_format));
        } else {
            let closes_itself = html.get(..tag.end).is_some_and(|text| text.ends_with("/>"));
            depth += usize::from(!closes_itself);
            formats += usize::from(is_format);
            if is_one_of(tag.name, &SILENT) {
                at = after_silent(html, &tag);
            }
        }
        if depth > DEEPEST || formats > MOST_OPEN_FORMATS {
            return false;
        }
    }
    true
}

/// The text outside of the tags, one line where a tag stood between words.
pub(super) fn strip(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        push(&mut text, html.get(at..tag.start).unwrap_or_default());
        at = if !tag.closing && is_one_of(tag.name, &SILENT) { after_silent(html, &tag) } else { tag.end };
    }
    push(&mut text, html.get(at..).unwrap_or_default());
    text
}

fn push(text: &mut String, piece: &str) {
    let mut words = piece.split_whitespace().peekable();
    if words.peek().is_some() && !text.is_empty() {
        text.push('\n');
    }
    let mut first = true;
    for word in words {
        if !first {
            text.push(' ');
        }
        text.push_str(word);
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_markup_is_sane_and_bombs_are_not() {
        assert!(is_sane("<!doctype html><p>One<p>Two<br><ul><li>a<li>b</ul><script>if (a<b) {'<div>'}</script>"));
        assert!(!is_sane(&"<div>".repeat(500)));
        assert!(!is_sane(&"<b x=1>".repeat(30)));
        assert!(is_sane(&"<p>".repeat(50_000)));
        assert!(is_sane("< <"));
    }

    #[test]
    fn stripping_keeps_words_and_drops_scripts_and_comments() {
        assert_eq!(strip("<p>One<!-- not this > --><script>var x='<p>'</script> two</p>three <"), "One\ntwo\nthree <");
        assert_eq!(strip("<script>never closed"), "");
    }
}
