//! Questions that lean and questions that do not, and what the pages of the demo shop say to them.

use super::whole;
use crate::demo_tests::ask;

const SHIRT: &str = "How long do I have to return a shirt?";

/// The question before, the one that leans on it, and what is meant.
const LEANING: &[(&str, &str, &str)] = &[
    (SHIRT, "And for shoes?", "How long do I have to return shoes?"),
    (SHIRT, "what about shoes?", "How long do I have to return shoes?"),
    ("What does shipping to Germany cost?", "And to Norway?", "What does shipping to Norway cost?"),
    ("What does shipping cost?", "and to the United States", "What does shipping cost to the United States?"),
    ("Do you ship to the United Kingdom?", "and to New Zealand?", "Do you ship to New Zealand?"),
    ("Do you repair zips?", "and buckles?", "Do you repair buckles?"),
    ("Is there a warranty on backpacks?", "on tents?", "Is there a warranty on tents?"),
    ("Do you have the Vidda 2 tent?", "How much is it?", "How much is it? Vidda 2 tent"),
    ("Can I return climbing ropes?", "why?", "why? return climbing ropes"),
    ("Wie lange kann ich Schuhe zurückgeben?", "Und Jacken?", "Wie lange kann ich Jacken zurückgeben?"),
    ("Was kostet der Versand nach Österreich?", "und nach Deutschland?", "Was kostet der Versand nach Deutschland?"),
    ("Was kostet der Versand?", "Und nach Italien?", "Was kostet der Versand nach Italien?"),
    ("Haben Sie das Zelt Vidda 2?", "Was kostet es?", "Was kostet es? Zelt Vidda 2"),
    ("كم تكلفة الشحن إلى النمسا؟", "وإلى ألمانيا؟", "كم تكلفة الشحن إلى ألمانيا?"),
    ("كم مدة إرجاع القميص؟", "وللأحذية؟", "كم مدة إرجاع الاحذيه?"),
    ("كم مدة إرجاع القميص؟", "ماذا عن الأحذية؟", "كم مدة إرجاع الأحذية?"),
];

/// Questions of their own, whatever was asked before.
const NEW: &[&str] = &[
    "Opening hours?",
    "Do you ship to Norway?",
    "What is your phone number?",
    "And how do I wash my rain jacket?",
    "Is it possible to pay with PayPal?",
    "How long does it take to ship to Austria?",
    "Is there a student discount?",
    "hello",
    "thanks!",
    "refund",
    "Kann ich mit PayPal bezahlen?",
    "Gibt es einen Rabatt für Studenten?",
    "Und wie wasche ich meine Regenjacke?",
    "Haben Sie eine Filiale in Hamburg?",
    "ما هي طرق الدفع؟",
    "كم تكلفة الشحن إلى النمسا؟",
    "",
    "???",
];

#[test]
fn what_leans_on_the_question_before_is_made_whole() {
    let wrong: Vec<String> = LEANING
        .iter()
        .map(|(before, question, meant)| (whole(question, Some(before)), question, meant))
        .filter(|(made, _, meant)| made != *meant)
        .map(|(made, question, meant)| format!("{question}\n   made: {made}\n  meant: {meant}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), LEANING.len(), wrong.join("\n"));
}

#[test]
fn a_new_question_is_left_as_it_is() {
    for before in [SHIRT, "Was kostet der Versand nach Österreich?", "كم مدة إرجاع القميص؟"] {
        for question in NEW {
            assert_eq!(whole(question, Some(before)), *question, "after {before}");
        }
    }
    assert_eq!(whole("And for shoes?", None), "And for shoes?");
    assert_eq!(whole("And for shoes?", Some(" ")), "And for shoes?");
}

#[test]
fn a_chain_of_follow_ups_keeps_its_subject() {
    let first = "What does shipping to Germany cost?";
    let second = whole("and to Switzerland?", Some(first));
    assert_eq!(whole("and to Austria?", Some(&second)), "What does shipping to Austria cost?");
}

#[test]
fn the_shop_answers_a_follow_up_and_a_new_question_alike() {
    let cases = [
        ("how much does shipping to Norway cost", "And to Germany?", "€5.90"),
        ("How long is the warranty on jackets?", "and on tents?", "10 years"),
        ("Do you have the Vidda 2 tent?", "How much is it?", "€479"),
        (SHIRT, "What is your phone number?", "+47 55 55 01 23"),
        (SHIRT, "when are you open", "18:00"),
        ("how heavy is the Stigen 45", "Do you ship to the USA?", ""),
    ];
    for (before, question, says) in cases {
        let said = ask(&whole(question, Some(before)));
        let right = if says.is_empty() { said.is_empty() } else { said.contains(says) };
        assert!(right, "{before} / {question}: {said:?}");
    }
    assert!(!ask("How much is it?").contains("€479"), "without the question before nobody knows what it is");
}

#[test]
fn nothing_that_is_written_makes_it_panic() {
    for question in ["and", "and for", "and ?", "وو", "و", "it it it it", "🦄 and 🦄", &"and ".repeat(3_000)] {
        for before in ["", "and", "for for for", "to", "a the an", "🦄"] {
            let _ = whole(question, Some(before));
        }
    }
}
