//! Text as it is looked at: folded so that disguises fall away, with a way back to the original bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands for bytes that were masked already: neither letter, digit, space nor mark.
pub(crate) const BLANK: char = '\u{1}';

/// A text with compatibility forms, case, accents, look-alikes and invisible characters folded away.
pub(crate) struct Folded {
    text: String,
    /// For each byte of `text`, the original character it came from.
    origin: Vec<Origin>,
    /// Original characters that fold to nothing; they belong to what stands before them.
    original_length: usize,
    small: bool,
}

/// The original character of a folded byte. Texts are shorter than four gigabytes by far.
#[derive(Clone, Copy)]
struct Origin {
    start: u32,
    end: u32,
    upper: bool,
}

impl Folded {
    pub(crate) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len());
        let short = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        for (start, letter) in original.char_indices() {
            let end = short(start + letter.len_utf8());
            let came = Origin { start: short(start), end, upper: letter.is_uppercase() };
            if letter.is_ascii() && letter != '\u{1}' {
                text.push(letter.to_ascii_lowercase());
                origin.push(came);
                continue;
            }
            for folded in fold(letter) {
                text.push(folded);
                origin.resize(text.len(), came);
            }
        }
        let small = !origin.iter().any(|origin| origin.upper);
        Self { text, origin, original_length: original.len(), small }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// `true` if there is no capital at all: then small letters mean nothing.
    pub(crate) fn is_small(&self) -> bool {
        self.small
    }

    /// `true` if the letter at this byte was a capital.
    pub(crate) fn is_upper(&self, at: usize) -> bool {
        self.origin.get(at).is_some_and(|origin| origin.upper)
    }

    /// The original bytes of a folded range, with the invisible characters that follow its last letter.
    pub(crate) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.origin.get(range.start).map_or(self.original_length, |origin| origin.start as usize);
        let last = self.origin.get(range.end.saturating_sub(1)).map_or(start, |origin| origin.end as usize);
        let next = self.origin.get(range.end).map_or(self.original_length, |origin| origin.start as usize);
        start..next.max(last)
    }

    /// Hides ranges that were masked, in reading order, so that the next look finds only what is left.
    pub(crate) fn blank(&mut self, ranges: impl Iterator<Item = Range<usize>>) {
        let mut blanked = String::with_capacity(self.text.len());
        for range in ranges {
            blanked.push_str(self.text.get(blanked.len()..range.start).unwrap_or_default());
            blanked.extend(std::iter::repeat_n(BLANK, range.end.saturating_sub(blanked.len())));
        }
        blanked.push_str(self.text.get(blanked.len()..).unwrap_or_default());
        self.text = blanked;
    }
}

/// A value folded the same way, to be looked for in a folded text.
pub(crate) fn folded_value(value: &str) -> String {
    value.chars().flat_map(fold).collect()
}

fn fold(letter: char) -> impl Iterator<Item = char> {
    std::iter::once(letter)
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter))
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_combining_mark(*letter))
        .map(plain_sign)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Other scripts' digits, dashes, spaces, dots and quotes as the ASCII sign with the same meaning.
fn plain_sign(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{58a}' | '\u{30fb}' => '-',
        '\u{3002}' | '\u{2024}' | '\u{b7}' | '\u{6d4}' => '.',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' => '\'',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{1680}' | '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
        // A real U+0001 must not pass for a masked place.
        '\u{1}' => ' ',
        _ => plain_digit(look_alike(letter)),
    }
}

/// Cyrillic and Greek letters that look like a Latin one, small or as a capital. Folding is the same for texts, known
/// values and word lists, so that names in these scripts are still found.
fn look_alike(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' | 'μ' => 'm',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'υ' => 'y',
        'ζ' => 'z',
        // Two ways to write the end of an Arabic word.
        'ة' => 'ه',
        'ى' => 'ي',
        _ => letter,
    }
}

/// The zeros of the decimal digits people chat with, Arabic-Indic to Mongolian; nine digits follow each.
const ZEROS: [u32; 20] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810,
];

fn plain_digit(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let code = u32::from(letter);
    let value = ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_fall_away() {
        assert_eq!(folded_value("ＡＤＡ＠Ｅｘａｍｐｌｅ．ｏｒｇ"), "ada@example.org");
        assert_eq!(folded_value("a\u{200b}d\u{ad}a"), "ada");
        assert_eq!(folded_value("José"), folded_value("JOSE\u{301}"));
        assert_eq!(folded_value("٠١٥١ ۴۵"), "0151 45");
        assert_eq!(folded_value("İstanbul"), "istanbul");
        assert_eq!(folded_value("+49‑151"), "+49-151");
        assert_eq!(folded_value("\u{430}d\u{430}@ex\u{430}mpl\u{435}.org"), "ada@example.org");
    }

    #[test]
    fn a_range_leads_back_to_the_original_with_its_invisible_tail() {
        let original = "x é\u{301}\u{200b} y";
        let folded = Folded::new(original);
        assert_eq!(folded.text(), "x e y");
        assert_eq!(&original[folded.original(&(2..3))], "é\u{301}\u{200b}");
        assert_eq!(&original[folded.original(&(4..5))], "y");
    }

    #[test]
    fn a_blank_keeps_every_offset() {
        let mut folded = Folded::new("aßc");
        let length = folded.text().len();
        folded.blank(std::iter::once(1..3));
        assert_eq!(folded.text().len(), length);
        assert_eq!(folded.text(), "a\u{1}\u{1}c");
    }
}
