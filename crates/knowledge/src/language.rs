//! The languages whose word forms we know: stems, stop words and letter forms.

use rust_stemmers::{Algorithm, Stemmer};

use crate::stopwords;
use crate::words::fold;

/// A language of content. `Other` has no stems and no stop words, and still works by whole words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
    /// Arabic.
    Ar,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Dutch.
    Nl,
    /// Portuguese.
    Pt,
    /// Danish.
    Da,
    /// Swedish.
    Sv,
    /// Norwegian.
    No,
    /// Finnish.
    Fi,
    /// Turkish.
    Tr,
    /// Russian.
    Ru,
    /// Any other.
    Other,
}

const TAGS: [(&str, Language); 16] = [
    ("en", Language::En),
    ("de", Language::De),
    ("ar", Language::Ar),
    ("fr", Language::Fr),
    ("es", Language::Es),
    ("it", Language::It),
    ("nl", Language::Nl),
    ("pt", Language::Pt),
    ("da", Language::Da),
    ("sv", Language::Sv),
    ("no", Language::No),
    ("nb", Language::No),
    ("nn", Language::No),
    ("fi", Language::Fi),
    ("tr", Language::Tr),
    ("ru", Language::Ru),
];

/// The languages whose grammar words we know.
const WITH_GRAMMAR: [Language; 7] =
    [Language::En, Language::De, Language::Ar, Language::Fr, Language::Es, Language::It, Language::Nl];

impl Language {
    /// The language of a primary subtag such as `de`.
    pub fn of_tag(tag: &str) -> Language {
        TAGS.iter().find(|(known, _)| *known == tag).map_or(Language::Other, |(_, language)| *language)
    }

    /// The primary subtag; `und` where the language is not one of ours.
    pub fn tag(self) -> &'static str {
        TAGS.iter().find(|(_, language)| *language == self).map_or("und", |(tag, _)| tag)
    }

    /// The language of a text, judged by its grammar words where it is short and by its letters where it is long.
    pub fn of_text(text: &str) -> Language {
        let sample: String = text.chars().take(2_000).collect();
        let heard = match whatlang::detect(&sample) {
            // Persian and Urdu share the script and have letters of their own.
            Some(found)
                if found.script() == whatlang::Script::Arabic && !sample.contains(['پ', 'چ', 'ژ', 'گ', 'ہ', 'ے']) =>
            {
                Language::Ar
            }
            Some(found) if found.is_reliable() && sample.len() > 200 => Self::of_code(found.lang().code()),
            _ => Language::Other,
        };
        if heard == Language::Other { Self::of_grammar(&sample) } else { heard }
    }

    /// The language with the most grammar words in the text, if one is clearly ahead.
    fn of_grammar(text: &str) -> Language {
        let words: Vec<String> =
            text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).map(fold).collect();
        let count = |language: Language| words.iter().filter(|word| language.is_stop_word(word)).count();
        let mut counted: Vec<(usize, Language)> =
            WITH_GRAMMAR.iter().map(|language| (count(*language), *language)).collect();
        counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        match counted.as_slice() {
            [(most, language), (second, _), ..] if *most >= 2 && most > second => *language,
            _ => Language::Other,
        }
    }

    /// What the page says if it says something we know, what its words say otherwise.
    pub fn of_page(tag: Option<&str>, text: &str) -> Language {
        let said = tag.map_or(Language::Other, Language::of_tag);
        let heard = Language::of_text(text);
        // A page in Arabic script under `lang="en"` is a template that nobody translated; within one script the page knows better.
        if said == Language::Other || (heard == Language::Ar) != (said == Language::Ar) && heard != Language::Other {
            heard
        } else {
            said
        }
    }

    fn of_code(code: &str) -> Language {
        match code {
            "eng" => Language::En,
            "deu" => Language::De,
            "ara" => Language::Ar,
            "fra" => Language::Fr,
            "spa" => Language::Es,
            "ita" => Language::It,
            "nld" => Language::Nl,
            "por" => Language::Pt,
            "dan" => Language::Da,
            "swe" => Language::Sv,
            "nob" => Language::No,
            "fin" => Language::Fi,
            "tur" => Language::Tr,
            "rus" => Language::Ru,
            _ => Language::Other,
        }
    }

    /// The Snowball stemmer.
    pub(crate) fn stemmer(self) -> Option<Stemmer> {
        let algorithm = match self {
            Language::En => Algorithm::English,
            Language::De => Algorithm::German,
            Language::Ar => Algorithm::Arabic,
            Language::Fr => Algorithm::French,
            Language::Es => Algorithm::Spanish,
            Language::It => Algorithm::Italian,
            Language::Nl => Algorithm::Dutch,
            Language::Pt => Algorithm::Portuguese,
            Language::Da => Algorithm::Danish,
            Language::Sv => Algorithm::Swedish,
            Language::No => Algorithm::Norwegian,
            Language::Fi => Algorithm::Finnish,
            Language::Tr => Algorithm::Turkish,
            Language::Ru => Algorithm::Russian,
            Language::Other => return None,
        };
        Some(Stemmer::create(algorithm))
    }

    /// Words that carry grammar, not meaning, as they stand in a text (folded, not stemmed).
    pub(crate) fn is_stop_word(self, word: &str) -> bool {
        stopwords::of(self).contains(&word)
    }

    /// Whether words of this language grow together into longer ones ("Rückgabefrist").
    pub(crate) fn compounds(self) -> bool {
        matches!(self, Language::De | Language::Nl | Language::Da | Language::Sv | Language::No | Language::Fi)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_name_their_language() {
        assert_eq!(Language::of_tag("de"), Language::De);
        assert_eq!(Language::of_tag("tlh"), Language::Other);
        assert_eq!(Language::Ar.tag(), "ar");
        assert_eq!(
            Language::of_text("You can return everything you bought within sixty days, and we pay for the postage."),
            Language::En
        );
        assert_eq!(Language::of_text("يمكنك إرجاع المنتجات خلال ستين يوما من تاريخ الاستلام"), Language::Ar);
        assert_eq!(Language::of_page(Some("en"), "يمكنك إرجاع المنتجات خلال ستين يوما من تاريخ الاستلام"), Language::Ar);
        assert_eq!(Language::of_page(Some("de"), "Hallo"), Language::De);
        assert_eq!(Language::of_text("Our loyalty programme gives you two points for each euro."), Language::En);
        assert_eq!(Language::of_text("Wir geben drei Jahre Garantie auf alle Jacken."), Language::De);
        assert_eq!(Language::of_text("Xylofon 3000"), Language::Other);
    }
}
