//! What a question asks for, beside its content words: a duration, an amount, a time, a way to reach somebody.

use crate::kinds::Kinds;
use crate::shape::is_how_much_of;
use crate::words::fold;

/// The kind of thing an answer has to contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A span of time or a point in time.
    Time,
    /// When somebody is there.
    Opening,
    /// A price or a fee.
    Amount,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Mail,
    /// Any way to reach somebody.
    Contact,
    /// Nothing that can be told from the form of the question.
    Anything,
}

const TIME: &[&str] = &[
    "how long",
    "how soon",
    "how fast",
    "how quick",
    "how many day",
    "how many week",
    "how many month",
    "how many hour",
    "how many year",
    "when ",
    "deadline",
    "what time",
    "wie lang",
    "wie viele tage",
    "wie viele wochen",
    "wie schnell",
    "wann",
    "frist",
    "كم يوم",
    "كم من الوقت",
    "كم المده",
    "ما مده",
    "ما هي مده",
    "متي",
];
const OPENING: &[&str] = &[
    "opening",
    "are you open",
    "you open",
    "store open",
    "shop open",
    "office hours",
    "business hours",
    "hours are you",
    "öffnungszeit",
    "geöffnet",
    "habt ihr offen",
    "ساعات العمل",
    "مواعيد",
    "تفتح",
];
const PHONE: &[&str] = &["phone", "call you", "hotline", "telefon", "anrufen", "هاتف", "اتصل", "جوال"];
const MAIL: &[&str] = &["e-mail", "email", "mail address", "mailadresse", "بريد"];
const AMOUNT: &[&str] = &[
    "how much",
    "cost",
    "price",
    "fee",
    "charge",
    "expensive",
    "free ",
    "wie viel",
    "wieviel",
    "kostet",
    "kosten",
    "preis",
    "teuer",
    "gebühr",
    "بكم",
    "سعر",
    "تكلفه",
    "كم يكلف",
];
const CONTACT: &[&str] = &[
    "phone",
    "call you",
    "telephone",
    "e-mail",
    "email",
    "contact",
    "reach you",
    "reach some",
    "hotline",
    "telefon",
    "anruf",
    "kontakt",
    "erreiche",
    "هاتف",
    "اتصل",
    "التواصل",
    "بريد",
];
/// Words of a question that only name the kind of thing asked for: a sentence that holds the thing need not repeat them.
const TIME_CUES: [&str; 18] = [
    "time",
    "hours",
    "hour",
    "opening",
    "days",
    "weeks",
    "months",
    "fast",
    "quickly",
    "soon",
    "deadline",
    "dauert",
    "öffnungszeiten",
    "zeit",
    "tage",
    "wochen",
    "مده",
    "يستغرق",
];
const OPENING_CUES: [&str; 10] =
    ["open", "opening", "hours", "office", "business", "time", "times", "öffnungszeiten", "geöffnet", "offen"];
const AMOUNT_CUES: [&str; 17] = [
    "cost",
    "costs",
    "price",
    "prices",
    "fee",
    "fees",
    "charge",
    "expensive",
    "kostet",
    "kosten",
    "preis",
    "preise",
    "teuer",
    "gebühren",
    "سعر",
    "تكلفه",
    "يكلف",
];
const CONTACT_CUES: [&str; 21] = [
    "phone",
    "telephone",
    "call",
    "number",
    "email",
    "mail",
    "e",
    "contact",
    "reach",
    "address",
    "hotline",
    "telefon",
    "telefonnummer",
    "anrufen",
    "kontakt",
    "erreichen",
    "erreiche",
    "هاتف",
    "رقم",
    "التواصل",
    "بريد",
];

impl Asks {
    /// Words by which pages name the thing asked for, whatever the visitor called it; they help to find it.
    pub(crate) fn hints(self) -> &'static str {
        match self {
            Asks::Phone | Asks::Mail | Asks::Contact => {
                "telephone phone call e-mail contact Telefon Kontakt anrufen هاتف بريد تواصل"
            }
            Asks::Opening => "open opening hours Monday Friday Saturday geöffnet Öffnungszeiten Montag Freitag",
            Asks::Amount => "price cost Preis Kosten سعر تكلفة",
            Asks::Time | Asks::Anything => "",
        }
    }

    /// Whether this folded word of a question only names the kind of thing asked for.
    pub(crate) fn is_named_by(self, folded: &str) -> bool {
        match self {
            Asks::Time => TIME_CUES.contains(&folded),
            Asks::Amount => AMOUNT_CUES.contains(&folded),
            Asks::Phone | Asks::Mail | Asks::Contact => CONTACT_CUES.contains(&folded),
            Asks::Opening => OPENING_CUES.contains(&folded),
            Asks::Anything => false,
        }
    }

    /// What the question asks for.
    pub fn of(question: &str) -> Asks {
        let folded = format!("{} ", question.split_whitespace().map(fold).collect::<Vec<_>>().join(" "));
        let has = |cues: &[&str]| cues.iter().any(|cue| folded.contains(cue));
        let kinds = [
            (OPENING, Asks::Opening),
            (TIME, Asks::Time),
            (AMOUNT, Asks::Amount),
            (PHONE, Asks::Phone),
            (MAIL, Asks::Mail),
            (CONTACT, Asks::Contact),
        ];
        let counts = ["how many ", "wie viele "].iter().any(|cue| folded.contains(cue));
        // "How many contacts …" asks for a number of them, and "how much wind …" for no price.
        let fits = |kind: Asks| match kind {
            Asks::Phone | Asks::Mail | Asks::Contact => !counts,
            Asks::Amount => !(counts || is_how_much_of(&folded)) || AMOUNT.get(1..).is_some_and(&has),
            _ => true,
        };
        kinds.iter().find(|(cues, kind)| has(cues) && fits(*kind)).map_or(Asks::Anything, |(_, kind)| *kind)
    }

    /// Whether a sentence contains such a thing.
    pub fn is_in(self, sentence: &str) -> bool {
        Kinds::of(sentence).hold(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_question_tells_what_it_asks_for() {
        for (question, asks) in [
            ("How long do I have to return shoes?", Asks::Time),
            ("Wann kommt mein Paket?", Asks::Time),
            ("كم يوم عندي للإرجاع؟", Asks::Time),
            ("What does shipping cost?", Asks::Amount),
            ("Was kostet der Versand?", Asks::Amount),
            ("Can I call you?", Asks::Phone),
            ("What are your opening hours?", Asks::Opening),
            ("Do you ship to Norway?", Asks::Anything),
            ("How many contacts can I save?", Asks::Anything),
            ("How much wind can it take?", Asks::Anything),
            ("How much is the tent?", Asks::Amount),
        ] {
            assert_eq!(Asks::of(question), asks, "{question}");
        }
    }

    #[test]
    fn sentences_are_seen_to_contain_it() {
        assert!(Asks::Time.is_in("You can return unworn shoes within 60 days."));
        assert!(Asks::Time.is_in("We answer from 9:00 on."));
        assert!(Asks::Time.is_in("خلال 14 يومًا"));
        assert!(!Asks::Time.is_in("Shoes come in 60 colours."));
        assert!(Asks::Amount.is_in("Versand ab 50 € ist kostenlos."));
        assert!(Asks::Mail.is_in("Write to desk@halden.example"));
        assert!(!Asks::Phone.is_in("Write to desk@halden.example"));
        assert!(!Asks::Contact.is_in("Write to us."));
    }
}
