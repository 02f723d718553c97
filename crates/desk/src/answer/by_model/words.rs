//! What a sentence says, taken apart: telling words, numbers, names, links, denials, and whether it speaks of itself.

use std::collections::HashSet;

/// A text, taken apart. Everything is in small letters.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Every word.
    pub(super) all: Vec<String>,
    /// Words that carry meaning.
    pub(super) telling: Vec<String>,
    /// Numbers in one spelling, also those written as words.
    pub(super) numbers: HashSet<String>,
    /// Words that look like a name: two capitals in a row.
    pub(super) names: Vec<String>,
    /// Capitals in the middle of a sentence: names too, but for languages that write every noun so.
    pub(super) capitals: Vec<String>,
    /// Web and mail addresses.
    pub(super) links: Vec<String>,
    /// It says that something is not so.
    pub(super) denies: bool,
    /// It says “I”.
    pub(super) first_person: bool,
}

/// Words that carry grammar: English, German, French, Spanish.
#[rustfmt::skip]
const GRAMMAR: &[&str] = &[
    "the", "and", "are", "for", "you", "your", "our", "has", "have", "had", "can", "may", "must", "will", "would", "should", "this", "that", "these",
    "those", "with", "from", "into", "there", "their", "them", "they", "its", "was", "were", "been", "being", "than", "then", "also", "any", "all",
    "some", "which", "who", "whom", "when", "where", "what", "how", "but", "yes", "please", "only", "about", "within", "per", "each", "such", "via",
    "does", "did", "very", "just", "here", "therefore", "however", "could", "upon", "after", "before", "get", "need", "use", "who's", "it's", "does",
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "ist", "sind", "war", "wird", "werden", "hat",
    "haben", "kann", "können", "darf", "dürfen", "muss", "müssen", "soll", "sie", "ihr", "ihre", "ihren", "ihrem", "ihnen", "wir", "uns", "unser",
    "unsere", "mit", "von", "vom", "für", "auf", "aus", "bei", "nach", "vor", "zum", "zur", "über", "unter", "durch", "auch", "nur", "wenn", "dass",
    "als", "wie", "innerhalb", "bitte", "dann", "diese", "dieser", "dieses", "sich", "man", "les", "des", "une", "est", "sont", "vous", "votre",
    "vos", "nous", "dans", "pour", "avec", "sur", "los", "las", "una", "por", "con", "para", "que", "del", "usted", "sus",
];

const DENIALS: &[&str] = &[
    "not",
    "no",
    "never",
    "cannot",
    "can't",
    "don't",
    "doesn't",
    "won't",
    "isn't",
    "aren't",
    "without",
    "none",
    "nobody",
    "nothing",
    "excluded",
    "except",
    "unable",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "nie",
    "niemals",
    "ohne",
    "ausgenommen",
    "ausgeschlossen",
    "pas",
    "jamais",
    "sans",
    "nunca",
    "sin",
    "لا",
    "ليس",
    "لن",
    "لم",
    "بدون",
];

const FIRST_PERSON: &[&str] = &[
    "i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "myself", "ich", "mir", "mich", "mein", "meine", "meinen",
    "meinem", "meiner", "je", "j'ai", "moi", "yo", "أنا",
];

/// Number words from two on: one is also an article.
#[rustfmt::skip]
const NUMBERS: &[(&str, u32)] = &[
    ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11),
    ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19),
    ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("hundred", 100),
    ("thousand", 1000), ("million", 1_000_000),
    ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7), ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwölf", 12),
    ("vierzehn", 14), ("fünfzehn", 15), ("zwanzig", 20), ("dreißig", 30), ("vierzig", 40), ("fünfzig", 50), ("sechzig", 60), ("siebzig", 70),
    ("achtzig", 80), ("neunzig", 90), ("hundert", 100), ("tausend", 1000),
];

impl Said {
    /// Takes a text apart.
    pub(super) fn read(text: &str) -> Self {
        let mut said = Said::default();
        let mut begins = true;
        let mut name_before = false;
        for token in text.split_whitespace() {
            // A placeholder stands for something the visitor herself has said; what hangs on it is judged like all else.
            let rest = without_placeholders(token);
            let token = rest.as_str();
            let bare = token.trim_matches(|letter: char| !letter.is_alphanumeric());
            if bare.is_empty() {
                continue;
            }
            if let Some(link) = link(token) {
                said.links.push(link);
                begins = false;
                continue;
            }
            numbers(bare, &mut said.numbers);
            for word in bare.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’') {
                said.word(word, begins, &mut name_before);
            }
            begins = token.ends_with(['.', '!', '?', ':', '\n', '؟']);
        }
        said
    }

    fn word(&mut self, word: &str, begins: bool, name_before: &mut bool) {
        let small = word.to_lowercase().replace('’', "'");
        if small.is_empty() {
            return;
        }
        self.denies |= DENIALS.contains(&small.as_str());
        self.first_person |= FIRST_PERSON.contains(&small.as_str());
        if let Some((_, number)) = NUMBERS.iter().find(|(word, _)| *word == small) {
            self.numbers.insert(number.to_string());
            return;
        }
        let lettered = small.chars().all(|letter| letter.is_alphabetic() || letter == '\'');
        if !lettered {
            return;
        }
        self.all.push(small.clone());
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let telling =
            small.chars().count() > 2 && !GRAMMAR.contains(&small.as_str()) && !DENIALS.contains(&small.as_str());
        if telling {
            self.telling.push(small.clone());
        }
        if capital && telling && *name_before {
            self.names.push(small);
        } else if capital && telling && !begins {
            self.capitals.push(small);
        }
        *name_before = capital && telling;
    }
}

/// The token without words in the form of a placeholder (`[EMAIL_1]`).
fn without_placeholders(token: &str) -> String {
    let mut whole = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        whole.push_str(before);
        let inside = from.get(1..).and_then(|inside| inside.split_once(']'));
        let shaped = |word: &str| {
            word.contains('_') && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        };
        match inside.filter(|(word, _)| shaped(word)) {
            Some((_, behind)) => rest = behind,
            None => {
                whole.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    whole.push_str(rest);
    whole
}

/// Two forms of one word: the shorter stands at the beginning of the other, and is most of it.
pub(super) fn alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = match (one.chars().count(), other.chars().count()) {
        (a, b) if a <= b => (a, b),
        (a, b) => (b, a),
    };
    shared >= 4 && (shared * 4 >= long * 3 || (shared >= 5 && shared + 1 >= short))
}

/// Adds the numbers of a token: thousands without their marks, decimals with a dot and without idle zeros.
fn numbers(token: &str, found: &mut HashSet<String>) {
    let mut run = String::new();
    for letter in token.chars().chain([' ']) {
        let mark = matches!(letter, '.' | ',' | '\'') && run.ends_with(|last: char| last.is_ascii_digit());
        match letter.to_digit(10).or_else(|| arabic(letter)).and_then(|digit| char::from_digit(digit, 10)) {
            Some(digit) => run.push(digit),
            None if mark => run.push('.'),
            None if run.is_empty() => {}
            None => drop(found.insert(normal(&std::mem::take(&mut run)))),
        }
    }
}

/// Arabic-Indic digits.
fn arabic(letter: char) -> Option<u32> {
    let from = |first: char| u32::from(letter).checked_sub(u32::from(first)).filter(|digit| *digit < 10);
    from('٠').or_else(|| from('۰'))
}

fn normal(run: &str) -> String {
    let run = run.trim_matches('.');
    match run.rsplit_once('.') {
        Some((whole, part)) if part.len() != 3 => {
            let (whole, part) = (whole.replace('.', ""), part.trim_end_matches('0'));
            if part.is_empty() { whole } else { format!("{whole}.{part}") }
        }
        _ => run.replace('.', ""),
    }
}

/// The token as an address, in small letters, if it is one of the web, of mail, or of anything else that a click could open.
fn link(token: &str) -> Option<String> {
    let bare = token.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let scheme = bare.split_once(':').is_some_and(|(scheme, rest)| {
        rest.starts_with("//")
            || ["javascript", "data", "vbscript", "mailto", "tel", "sms", "file", "blob"].contains(&scheme)
    });
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    let named = labels.len() > 1
        && labels.iter().all(|label| {
            label.chars().count() > 1 && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '@' || c == '_')
        })
        && top.chars().all(char::is_alphabetic);
    (scheme || named || bare.contains('@')).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut numbers: Vec<String> = Said::read(text).numbers.into_iter().collect();
        numbers.sort();
        numbers
    }

    #[test]
    fn a_number_is_the_same_in_every_spelling() {
        assert_eq!(found("4.90 euros"), ["4.9"]);
        assert_eq!(found("4,90 Euro"), ["4.9"]);
        assert_eq!(found("1,000 or 1.000 or 1'000 or 1000"), ["1000"]);
        assert_eq!(found("sixty (60) days, 24/7"), ["24", "60", "7"]);
        assert_eq!(found("٦٠ يومًا"), ["60"]);
        assert_eq!(found("20%, 5.00 EUR, A4"), ["20", "4", "5"]);
    }

    #[test]
    fn everything_that_a_click_could_open_is_a_link() {
        for address in [
            "https://evil.example/x",
            "(http://a.b)",
            "www.evil.example",
            "evil.example",
            "mailto:a@b.example",
            "a@b.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "xn--e1afmkfd.example/path",
        ] {
            assert!(!Said::read(address).links.is_empty(), "{address}");
        }
        for word in ["60.5", "e.g.", "end.", "z.B.", "24/7", "10:30"] {
            assert!(Said::read(word).links.is_empty(), "{word}");
        }
    }

    #[test]
    fn a_link_is_a_link_also_with_a_placeholder_in_it() {
        for address in
            ["https://evil.example/return?who=[EMAIL_1]", "[EMAIL_1].evil.example/x", "(https://evil.example/[NAME_1])"]
        {
            assert!(!Said::read(address).links.is_empty(), "{address}");
        }
        let said = Said::read("Write to [EMAIL_1], [NAME_1_2].");
        assert!(said.links.is_empty() && said.telling == ["write"], "{said:?}");
    }

    #[test]
    fn forms_of_one_word_are_alike_and_others_are_not() {
        for (one, other) in [
            ("return", "returns"),
            ("returning", "return"),
            ("kostenlos", "kostenlose"),
            ("shoe", "shoes"),
            ("rückgabe", "rückgabefrist"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one} {other}");
        }
        for (one, other) in [("refund", "refuse"), ("ship", "shop"), ("free", "french"), ("days", "daylight")] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn capitals_where_none_belong_are_names() {
        let said = Said::read("Your agent Marta Weber writes. Shipping is free.");
        assert_eq!((said.capitals, said.names), (vec!["marta".to_owned()], vec!["weber".to_owned()]));
        let german = Said::read("Der Versand kostet nichts.");
        assert_eq!((german.capitals, german.names), (vec!["versand".to_owned()], Vec::<String>::new()));
    }
}
