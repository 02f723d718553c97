//! The law of masking, for any text: nothing known survives, and everything comes back.

use masking::{Category, Known, Masker, Placeholders};
use proptest::prelude::*;

/// Text that is likely to trip a recogniser: pieces of personal words, disguises and separators.
fn tricky_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,6}",
        "\\PC{0,4}",
        "[0-9 +()./-]{1,14}",
        Just("ada@example.org".to_owned()),
        Just("[EMAIL_1]".to_owned()),
        Just("[NAME_1_2]".to_owned()),
        Just("4111 1111 1111 1111".to_owned()),
        Just("DE89 3704 0044 0532 0130 00".to_owned()),
        Just("192.0.2.1".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{301}".to_owned()),
        Just("ﬁ".to_owned()),
        Just("Zelda Quixote".to_owned()),
        Just(" QUIXOTE ".to_owned()),
        Just("ｚｅｌｄａ".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Compiled once: a masker is meant to be kept.
fn masker() -> &'static Masker {
    static MASKER: std::sync::OnceLock<Masker> = std::sync::OnceLock::new();
    MASKER.get_or_init(Masker::new)
}

fn known() -> Vec<Known> {
    vec![
        Known::new(Category::Name, "Zelda Quixote"),
        Known::new(Category::Email, "zq.private@example.net"),
        Known::new(Category::Phone, "+49 170 9988776"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_masked_comes_back(text in tricky_text()) {
        let mut placeholders = Placeholders::new();
        let masked = masker().mask(&mut placeholders, &text, &known()).unwrap();
        prop_assert_eq!(placeholders.restore(masked.as_text()), text);
    }

    #[test]
    fn it_comes_back_in_pieces_too(text in tricky_text(), width in 1usize..9) {
        let mut placeholders = Placeholders::new();
        let masked = masker().mask(&mut placeholders, &text, &known()).unwrap();
        let mut restorer = placeholders.restorer();
        let letters: Vec<char> = masked.as_text().chars().collect();
        let mut whole = String::new();
        for piece in letters.chunks(width) {
            whole.push_str(&restorer.push(&piece.iter().collect::<String>()));
        }
        whole.push_str(&restorer.finish());
        prop_assert_eq!(whole, text);
    }

    #[test]
    fn nothing_known_survives(
        before in "[ -~]{0,20}",
        value in prop_oneof![
            Just("Zelda Quixote"), Just("ZELDA"), Just("quixote"), Just("zq.private@example.net"), Just("ZQ.Private@Example.NET"),
            Just("+49 170 9988776"), Just("0170 9988776"), Just("0049-170-9988776"), Just("z\u{200b}elda"),
        ],
        after in "[ -~]{0,20}",
    ) {
        let text = format!("{before} {value} {after}");
        let masked = masker().mask(&mut Placeholders::new(), &text, &known()).unwrap();
        let left = masked.as_text().to_lowercase();
        prop_assert!(!left.contains(&value.to_lowercase()), "{value} survived in {left}");
    }

    #[test]
    fn masking_twice_finds_nothing_new(text in tricky_text()) {
        let mut placeholders = Placeholders::new();
        let once = masker().mask(&mut placeholders, &text, &known()).unwrap();
        // Only the placeholders themselves are found again, as texts that look like placeholders.
        let again = masker().mask(&mut Placeholders::new(), once.as_text(), &known()).unwrap();
        for span in again.spans() {
            prop_assert_eq!(span.category, Category::Text, "{} then {}", once.as_text(), again.as_text());
        }
    }
}

/// What cannot be masked is not let through: no masked text, no call.
#[test]
fn a_text_too_long_to_be_looked_at_is_refused_and_not_passed_on() {
    let long = format!("{} ada@example.org", "a ".repeat(masking::LONGEST_TEXT / 2));
    let outcome = Masker::new().mask(&mut Placeholders::default(), &long, &[]);
    assert!(matches!(outcome, Err(masking::MaskFault::TooLong)));
}
