//! Invented conversations with personal words planted in them, in every format the masker claims: the corpus against which
//! the bytes on the wire are searched. The same in every run.

mod language;
mod value;

use language::LANGUAGES;
use value::Draw;

/// One conversation.
#[derive(Clone)]
pub struct Planted {
    /// Its language.
    pub language: &'static str,
    /// What the visitor says, turn by turn.
    pub turns: Vec<String>,
    /// What is planted: kind and value as it was written. None of these may leave.
    pub markers: Vec<(&'static str, String)>,
}

/// The first `count` conversations of the corpus.
pub fn planted(count: usize) -> Vec<Planted> {
    (0..count).map(conversation).collect()
}

fn conversation(number: usize) -> Planted {
    let language = &LANGUAGES[number % LANGUAGES.len()];
    let mut draw = Draw::new(number);
    let mut planted = Planted { language: language.code, turns: Vec::new(), markers: Vec::new() };
    for turn in 0..1 + number % 4 {
        // Every sentence of a language gets its turn.
        let sentence = language.sentences[(number / LANGUAGES.len() + turn * 5) % language.sentences.len()];
        let said = fill(sentence, language, &mut draw, &mut planted.markers);
        planted.turns.push(disguised(&said, number, turn));
    }
    planted
}

/// Puts a value in each place of a sentence.
fn fill(
    sentence: &str,
    language: &language::Language,
    draw: &mut Draw,
    markers: &mut Vec<(&'static str, String)>,
) -> String {
    let mut said = String::new();
    let mut rest = sentence;
    while let Some((before, place)) = rest.split_once('{') {
        let (kind, after) = place.split_once('}').expect("a closing brace");
        let (kind, value) = value::of(kind, language, draw);
        said.push_str(before);
        said.push_str(&value);
        markers.push((kind, value));
        rest = after;
    }
    said + rest
}

/// Every fifth turn is written as people who hide or hurry write: fullwidth digits, or characters that nobody sees. The
/// markers are then searched for as they were before.
fn disguised(said: &str, number: usize, turn: usize) -> String {
    match (number + turn) % 10 {
        3 => said
            .chars()
            .map(|sign| match sign {
                '0'..='9' => char::from_u32(u32::from(sign) + 0xfee0).expect("a fullwidth digit"),
                sign => sign,
            })
            .collect(),
        7 => said.replace('@', "\u{200b}@").replace(' ', "\u{200e} "),
        _ => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpus_repeats_itself_and_holds_every_kind_in_every_language() {
        let corpus = planted(1000);
        assert_eq!(corpus[17].turns, planted(18)[17].turns);
        for language in LANGUAGES {
            let kinds: std::collections::BTreeSet<&str> = corpus
                .iter()
                .filter(|one| one.language == language.code)
                .flat_map(|one| one.markers.iter().map(|(kind, _)| *kind))
                .collect();
            for kind in ["name", "email", "phone", "address", "card", "iban", "ip", "birth", "id", "plate", "secret"] {
                assert!(kinds.contains(kind), "{} has no {kind}", language.code);
            }
        }
    }
}
