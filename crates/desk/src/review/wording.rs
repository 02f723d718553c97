//! How a decision about an answer begins in the letter of its request, in the language of the letter.

use model::Locale;

use super::Outcome;

/// The sentence before what the staff adds.
pub(super) fn decided(locale: Locale, outcome: Outcome) -> &'static str {
    match (locale, outcome) {
        (Locale::En, Outcome::Right) => "A person has checked the answer: it is right.",
        (Locale::En, Outcome::Wrong) => "A person has checked the answer: it was wrong. This is right:",
        (Locale::En, Outcome::NotOurs) => "A person has checked the answer: this is nothing we can answer.",
        (Locale::De, Outcome::Right) => "Ein Mensch hat die Antwort geprüft: Sie stimmt.",
        (Locale::De, Outcome::Wrong) => "Ein Mensch hat die Antwort geprüft: Sie war falsch. Richtig ist:",
        (Locale::De, Outcome::NotOurs) => "Ein Mensch hat die Antwort geprüft: Das können wir nicht beantworten.",
        (Locale::Ar, Outcome::Right) => "راجع شخص الإجابة: إنها صحيحة.",
        (Locale::Ar, Outcome::Wrong) => "راجع شخص الإجابة: كانت خاطئة. والصواب:",
        (Locale::Ar, Outcome::NotOurs) => "راجع شخص الإجابة: هذا أمر لا يمكننا الإجابة عنه.",
    }
}
