//! How far an address reaches around its street: the flat, the postcode, the town, the country, over commas and line breaks.

use std::ops::Range;

use crate::gazetteer::entry;
use crate::recogniser::Looked;

/// An address is no longer than this behind its street, in words.
const MOST_WORDS: usize = 16;
/// Small words that stand within addresses.
const INSIDE: &[&str] = &[
    "apt",
    "apartment",
    "suite",
    "ste",
    "flat",
    "unit",
    "floor",
    "fl",
    "room",
    "bldg",
    "building",
    "no",
    "nr",
    "of",
    "de",
    "la",
    "le",
    "del",
    "di",
    "du",
    "des",
    "den",
    "der",
    "am",
    "an",
    "im",
    "auf",
    "bei",
    "ob",
    "sur",
    "sous",
    "les",
    "el",
    "los",
    "piso",
    "planta",
    "puerta",
    "izq",
    "dcha",
    "esc",
    "int",
    "scala",
    "interno",
    "bus",
    "box",
    "po",
    "etage",
    "stock",
    "og",
    "eg",
    "c/o",
    "cedex",
    "upon",
    "on",
    "the",
    "près",
    "aan",
    "op",
    "ter",
    "do",
    "da",
    "dos",
];
/// Words for a flat: what follows them belongs to the address even in small letters.
const FLAT: &[&str] = &[
    "apt",
    "apartment",
    "suite",
    "ste",
    "flat",
    "unit",
    "floor",
    "room",
    "piso",
    "appartement",
    "wohnung",
    "etage",
    "box",
    "bus",
    "cedex",
];

struct Word<'a> {
    text: &'a str,
    range: Range<usize>,
    /// Nothing but one comma, spaces and one line break stands before it.
    joined: bool,
    broken: bool,
}

fn words(text: &str, from: usize) -> impl Iterator<Item = Word<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let gap = rest.len() - rest.trim_start_matches(|sign: char| !is_inner(sign)).len();
        let between = rest.get(..gap)?;
        let word = rest.get(gap..)?;
        let length = word.find(|sign: char| !is_inner(sign)).unwrap_or(word.len());
        let range = at + gap..at + gap + length;
        at = range.end;
        let text = word.get(..length).filter(|word| !word.is_empty())?;
        let plain = between.chars().all(|sign| sign.is_whitespace() || ",.#(-:".contains(sign))
            && between.matches('\n').count() <= 2;
        // A full stop ends an address unless a short word stands before it ("St.", "Apt.").
        let stopped = between.contains(". ") || between.contains(".\n");
        Some(Word {
            text,
            range,
            joined: plain && !between.contains(". ") || plain && stopped && gap <= 3,
            broken: between.contains(['\n', ',']) || stopped,
        })
    })
}

fn is_inner(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '\'' || sign == '/' || sign == '-' || sign == 'º' || sign == '°'
}

fn is_number(word: &str) -> bool {
    word.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) && word.len() <= 10
}

/// The whole address around a street, a postcode or a box.
pub(super) fn around(text: &Looked<'_>, found: Range<usize>) -> Range<usize> {
    let start = before(text, found.start);
    let end = behind(text, found.end);
    start..end
}

/// Where the address ends that goes on at `from`.
fn behind(text: &Looked<'_>, from: usize) -> usize {
    let mut end = from;
    let closing = text.text().get(..from).is_some_and(|lead| lead.ends_with(|sign: char| sign.is_ascii_digit()));
    let mut flat = false;
    let mut codes = usize::from(closing);
    let mut pending = from;
    let mut short = true;
    for word in words(text.text(), from).take(MOST_WORDS) {
        let upper = text.is_upper(word.range.start);
        let sentence = text
            .text()
            .get(pending..word.range.start)
            .is_some_and(|gap| gap.contains(". ") || gap.contains(".\n") || gap.contains(".") && !short);
        if !word.joined || (sentence && !short) {
            break;
        }
        if is_number(word.text) && (flat || codes < 4) {
            codes += 1;
            end = word.range.end;
        } else if FLAT.contains(&word.text) {
            flat = true;
        } else if upper && is_place_like(word.text, word.broken || codes > 0 || end > from) {
            end = word.range.end;
        } else if text.is_small() && is_place_like(word.text, codes > 0) && !entry(word.text).common {
            // Counts only if a postcode follows: then `end` moves on.
        } else if !(INSIDE.contains(&word.text) || flat && word.text.len() <= 2) {
            break;
        }
        short = word.text.chars().count() <= 4;
        pending = word.range.end;
    }
    end
}

/// A capitalised word that may stand in an address: no word that begins a sentence.
fn is_place_like(word: &str, broken: bool) -> bool {
    const OPENING: &[&str] = &[
        "please",
        "thanks",
        "thank",
        "i",
        "my",
        "we",
        "can",
        "could",
        "is",
        "it",
        "the",
        "when",
        "what",
        "how",
        "this",
        "that",
        "your",
        "you",
        "and",
        "but",
        "if",
        "phone",
        "tel",
        "telephone",
        "email",
        "mail",
        "mobile",
        "fax",
        "dear",
        "regards",
        "best",
        "bitte",
        "danke",
        "ich",
        "mein",
        "meine",
        "wann",
        "tel",
        "merci",
        "gracias",
        "grazie",
        "bedankt",
        "office",
        "order",
        "www",
        "http",
        "https",
        "name",
        "contact",
        "website",
    ];
    broken && !OPENING.contains(&word)
}

/// A house number, a flat or a town may stand before the street: "Flat 3, 12 High Street".
fn before(text: &Looked<'_>, start: usize) -> usize {
    let lead = text.text().get(..start).unwrap_or_default();
    let from = lead.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let near = lead.get(from..).unwrap_or_default();
    for word in ["flat", "apartment", "apt", "unit", "suite"] {
        if let Some(at) = near.rfind(word) {
            let behind = near.get(at + word.len()..).unwrap_or_default();
            let plain = behind.trim_matches([' ', ',', '.', '#', '\n']);
            if plain.len() <= 4 && plain.bytes().any(|byte| byte.is_ascii_digit()) {
                return from + at;
            }
        }
    }
    // A second number before the street's own: "1204 Via Roma 12".
    let digits = near.trim_end_matches([' ', ',']);
    let number = digits.len() - digits.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let free = !digits
        .trim_end_matches(|sign: char| sign.is_ascii_digit())
        .ends_with(|sign: char| sign.is_alphanumeric() || "-/.,#:".contains(sign));
    if (1..=6).contains(&number) && free && digits.len() + 2 >= near.len() {
        from + digits.len() - number
    } else {
        start
    }
}

/// The words before a flat, back to the number that begins their line: "12 Long Acre Apt. 5", also in small letters.
pub(super) fn line_before(text: &Looked<'_>, flat: &Range<usize>) -> Option<usize> {
    let lead = text.text().get(..flat.start)?;
    let from = lead
        .char_indices()
        .rev()
        .take_while(|(_, sign)| !"?!;:".contains(*sign))
        .take(60)
        .last()
        .map_or(flat.start, |(at, _)| at);
    let near = lead.get(from..)?;
    let mut words = near.split([' ', '\n', ',']).rev().filter(|word| !word.is_empty()).take(7);
    let mut start = None;
    let mut left = near;
    for word in words.by_ref() {
        let at = left.rfind(word)?;
        left = left.get(..at)?;
        let named = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        if named.bytes().all(|byte| byte.is_ascii_digit()) && !named.is_empty() && named.len() <= 6 {
            start = Some(from + at);
            continue;
        }
        // An everyday word in small letters ends the line, unless everything is small: then only a number before it does.
        let everyday = entry(named).common && !text.is_upper(from + at);
        if everyday && (!text.is_small() || named.len() > 1 && start.is_some()) {
            break;
        }
    }
    start
}

/// The address that a word before `from` announces: capitalised words and numbers, at least one number among them.
pub(super) fn announced(text: &Looked<'_>, from: usize) -> Option<Range<usize>> {
    const LEADING: &[&str] = &[
        "is", "at", "in", "the", "to", "now", "with", "below", "ist", "lautet", "est", "es", "e", "a", "my", "our",
        "home", "new", "on", "der", "im", "am", "van", "mijn", "au", "adres", "address", "follows", "as", "it", "en",
        "di", "هو",
    ];
    let mut start = None;
    let mut end = from;
    let mut number = false;
    let mut previous = from;
    for word in words(text.text(), from).take(MOST_WORDS) {
        let gap = text.text().get(previous..word.range.start).unwrap_or_default();
        let upper =
            text.is_upper(word.range.start) || (text.is_small() && !entry(word.text).common && word.text.len() > 1);
        let digit = word.text.bytes().any(|byte| byte.is_ascii_digit());
        if gap.contains('?')
            || gap.contains('!')
            || gap.matches('\n').count() > 2
            || (gap.contains(". ") && start.is_some() && word.text.len() > 2 && !digit && !upper)
        {
            break;
        }
        previous = word.range.end;
        if start.is_none() && LEADING.contains(&word.text) {
            continue;
        }
        if upper || (digit && word.text.len() <= 10) {
            if start.is_some() && gap.contains(". ") && !is_place_like(word.text, true) {
                break;
            }
            start = start.or(Some(word.range.start));
            end = word.range.end;
            number |= digit;
        } else if start.is_some() && (INSIDE.contains(&word.text) || !entry(word.text).common && number) {
            continue;
        } else {
            break;
        }
    }
    start.filter(|_| number).map(|start| start..end)
}

/// Where the two streets end that are named from `from` on: "Long Acre and 5 Drury Lane".
pub(super) fn corner(text: &Looked<'_>, from: usize) -> Option<usize> {
    let (mut end, mut second) = (None, false);
    for word in words(text.text(), from).take(MOST_WORDS) {
        let named = text.is_upper(word.range.start) || is_number(word.text);
        // Whatever a sentence or a comma parts from the street is none of it.
        if end.is_some() && (!word.joined || word.broken) {
            break;
        }
        if word.text == "and" && end.is_some() && !second {
            (second, end) = (true, None);
        } else if named {
            end = Some(word.range.end);
        } else if !INSIDE.contains(&word.text) {
            break;
        }
    }
    end.filter(|_| second)
}

/// A comma and a word with a capital: a town, as in "641 Long Acre 688, Turkovice".
pub(super) fn goes_on_with_a_place(text: &Looked<'_>, from: usize) -> bool {
    let behind = text.text().get(from..).unwrap_or_default();
    behind.strip_prefix(", ").is_some_and(|next| next.starts_with(char::is_alphabetic)) && text.is_upper(from + 2)
}

/// True if the word before says that a thing is numbered so: "size M 4 AB", "model X1 2CD".
pub(super) fn is_article(text: &str, start: usize) -> bool {
    let lead = text.get(..start).unwrap_or_default().trim_end();
    ["size", "model", "sku", "item", "article", "art.", "type", "version", "code", "modell", "order", "#"]
        .iter()
        .any(|word| lead.ends_with(word))
}
