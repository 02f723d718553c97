//! Plain text: from bytes of any encoding to clean lines.

use super::{Extracted, Head};

/// Bytes to text: UTF-8, with UTF-16 by its mark, and Latin-1 where UTF-8 is mostly wrong. Never fails.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let says_latin = charset.is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        name.contains("8859-1") || name.contains("windows-1252") || name == "latin1" || name == "us-ascii"
    });
    match std::str::from_utf8(bytes) {
        Ok(text) => text.replace('\0', ""),
        Err(_) if says_latin => bytes.iter().map(|byte| latin(*byte)).filter(|letter| *letter != '\0').collect(),
        Err(_) => String::from_utf8_lossy(bytes).replace('\0', ""),
    }
}

/// The charset a page claims in its first kilobyte (`<meta charset=…>`), where the server said nothing.
pub(crate) fn claimed_charset(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(1024).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let after = start.split_once("charset=")?.1;
    Some(
        after
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect(),
    )
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(unit);
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).filter(|letter| *letter != '\0').collect()
}

/// Windows-1252 where it differs in the letters people use, Latin-1 otherwise.
fn latin(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x81..=0x9f => '\u{fffd}',
        other => char::from(other),
    }
}

/// Reads a plain text file; the first line is the title where it is short.
pub fn from_plain(text: &str, file_name: &str) -> Extracted {
    let content = paragraphs(text);
    let first = content.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    let title = if (1..=120).contains(&first.chars().count()) { first.to_owned() } else { file_name.to_owned() };
    Extracted { title, content, language: None, head: Head::default() }
}

/// Lines that belong together become one paragraph; marks of headings and lists are kept.
pub(crate) fn paragraphs(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for raw in text.lines() {
        let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        let stands_alone =
            line.starts_with('#') || line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ");
        match (line.is_empty(), open && !stands_alone, out.last_mut()) {
            (true, _, _) => open = false,
            (false, true, Some(last)) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => {
                open = !line.starts_with('#');
                let line = line
                    .strip_prefix("* ")
                    .or_else(|| line.strip_prefix("• "))
                    .map_or(line.clone(), |item| format!("- {item}"));
                out.push(line);
            }
        }
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_become_text() {
        assert_eq!(decode("Grüße".as_bytes(), None), "Grüße");
        assert_eq!(decode(b"Gr\xfc\xdfe \x80", Some("ISO-8859-1")), "Grüße €");
        assert_eq!(decode(b"\xff\xfeH\0i\0", None), "Hi");
        assert_eq!(decode(b"broken \xc3( end", None), "broken \u{fffd}( end");
        assert_eq!(claimed_charset(b"<html><meta charset=\"windows-1252\">").as_deref(), Some("windows-1252"));
    }

    #[test]
    fn wrapped_lines_join_and_marked_lines_stay() {
        let text = "# Care\nWash at\nthirty degrees.\n\n* no bleach\n* no dryer\n\nThank you.";
        assert_eq!(paragraphs(text), "# Care\nWash at thirty degrees.\n- no bleach\n- no dryer\nThank you.");
        assert_eq!(from_plain(text, "care.txt").title, "Care");
    }
}
