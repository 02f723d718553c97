//! From text to comparable words: Unicode words, folded letters, stems.

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_stemmers::Stemmer;
use unicode_segmentation::UnicodeSegmentation;

use crate::language::Language;
use crate::synonyms;

/// A word of a text as it is compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The folded letters before stemming.
    pub(crate) folded: String,
    /// What is compared.
    pub(crate) stem: String,
    /// Carries grammar, not meaning.
    pub(crate) stop: bool,
}

/// Reads words of one language; remembers the stems it has seen, since stemming costs more than looking up.
pub(crate) struct Reader {
    language: Language,
    stemmer: Option<Stemmer>,
    seen: HashMap<String, Word>,
    /// By stem: the stem that stands for it.
    same: &'static HashMap<String, String>,
}

/// The synonyms of a language, by stem; stemmed once.
fn same(language: Language) -> &'static HashMap<String, String> {
    static EN: OnceLock<HashMap<String, String>> = OnceLock::new();
    static DE: OnceLock<HashMap<String, String>> = OnceLock::new();
    static AR: OnceLock<HashMap<String, String>> = OnceLock::new();
    static NONE: OnceLock<HashMap<String, String>> = OnceLock::new();
    let place = match language {
        Language::En => &EN,
        Language::De => &DE,
        Language::Ar => &AR,
        _ => return NONE.get_or_init(HashMap::new),
    };
    place.get_or_init(|| {
        let stemmer = language.stemmer();
        let stem =
            |word: &str| stemmer.as_ref().map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned());
        let mut same = HashMap::new();
        for group in synonyms::of(language) {
            let Some((first, others)) = group.split_first() else { continue };
            same.extend(others.iter().map(|other| (stem(&fold(other)), stem(&fold(first)))));
        }
        same
    })
}

impl Reader {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, stemmer: language.stemmer(), seen: HashMap::new(), same: same(language) }
    }

    /// Calls `each` with every word of the text, in order. A name such as `max_size` counts whole and by its parts, and a
    /// word in capitals among others is a name, not grammar.
    pub(crate) fn read(&mut self, text: &str, mut each: impl FnMut(&Word)) {
        let shouted = !text.chars().any(char::is_lowercase);
        for raw in text.unicode_words() {
            if raw.contains('_') {
                self.word(raw, false, &mut each);
            }
            for part in raw.split(['_', ':', '\'', '’']).filter(|part| !part.is_empty()) {
                let cut = part.len() != raw.len();
                if cut && matches!(part, "s" | "t" | "ll" | "ve" | "re" | "m" | "d") {
                    continue;
                }
                let name = !shouted && part.len() > 2 && part.chars().all(|letter| letter.is_ascii_uppercase());
                self.word(part, name, &mut each);
            }
        }
    }

    fn word(&mut self, raw: &str, name: bool, each: &mut impl FnMut(&Word)) {
        let folded = fold(raw);
        if folded.is_empty() {
            return;
        }
        let known = self.seen.entry(folded).or_insert_with_key(|folded| {
            let stop = self.language.is_stop_word(folded);
            let plain = folded.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_');
            let stem = match &self.stemmer {
                Some(stemmer) if !plain => stemmer.stem(folded).into_owned(),
                _ => folded.clone(),
            };
            let stem = self.same.get(&stem).cloned().unwrap_or(stem);
            Word { folded: folded.clone(), stem, stop }
        });
        if name && known.stop {
            each(&Word { stop: false, ..known.clone() });
        } else {
            each(known);
        }
    }

    /// All words of a text.
    pub(crate) fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.read(text, |word| words.push(word.clone()));
        words
    }
}

/// Lower case, and one form for letters that people write in several ways.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            // Arabic vowel signs and the stretching line are written or left out at will.
            '\u{064b}'..='\u{0652}' | '\u{0670}' | '\u{0640}' | '\u{0301}' | '\u{00ad}' | '\u{200c}' | '\u{200d}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'ة' => folded.push('ه'),
            '٠'..='٩' => {
                folded.push(char::from(b'0' + u8::try_from(u32::from(letter) - u32::from('٠')).unwrap_or(0)))
            }
            'ß' => folded.push_str("ss"),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'à' | 'â' | 'á' => folded.push('a'),
            'ç' => folded.push('c'),
            'î' | 'ï' | 'í' => folded.push('i'),
            'ô' | 'ó' => folded.push('o'),
            'û' | 'ù' | 'ú' => folded.push('u'),
            other => folded.push(other),
        }
    }
    folded
}

/// How alike two stems are: 1 for the same, less for one that begins (or, in languages with compounds, ends) with the other, 0 otherwise.
pub(crate) fn kinship(a: &str, b: &str, language: Language) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.as_bytes().first() != b.as_bytes().first() && !language.compounds() {
        return 0.0;
    }
    let (short, long) = if a.chars().count() < b.chars().count() { (a, b) } else { (b, a) };
    let length = short.chars().count();
    let extra = long.chars().count().saturating_sub(length);
    if short.bytes().any(|byte| byte.is_ascii_digit()) || length < 4 {
        return 0.0;
    }
    if long.starts_with(short) && extra <= if length >= 5 { 3 } else { 2 } {
        return 0.85;
    }
    if language.compounds() && length >= 5 && (long.starts_with(short) || long.ends_with(short)) {
        return 0.75;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: Language, text: &str) -> Vec<String> {
        Reader::new(language).words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn forms_of_a_word_meet_in_their_stem() {
        assert_eq!(stems(Language::En, "Returns returned, returning"), ["return", "return", "return"]);
        assert_eq!(stems(Language::De, "Schuhe Schuhen"), ["schuh", "schuh"]);
        let same = stems(Language::En, "shipping delivered arrives");
        assert!(same.iter().all(|stem| *stem == same[0]), "{same:?}");
        assert_eq!(stems(Language::Other, "96-101 cm"), ["96", "101", "cm"]);
        assert_eq!(stems(Language::En, "don't the shop's e-mail"), ["don", "the", "store", "e", "mail"]);
        assert_eq!(fold("إِرْجَاع"), fold("ارجاع"));
        assert_eq!(fold("Straße"), "strasse");
    }

    #[test]
    fn kin_words_are_found_and_short_or_numeric_ones_are_not() {
        assert!(kinship("deliver", "deliveri", Language::En) > 0.5);
        assert!(kinship("rückgab", "rückgabefrist", Language::De) > 0.5);
        assert!(kinship("pay", "payment", Language::En) < 0.1);
        assert!(kinship("2024", "20245", Language::En) < 0.1);
    }
}
