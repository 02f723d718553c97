//! What a question asks for, beside its content words: a duration, an amount, a time, a way to reach somebody.

use crate::words::fold;

/// The kind of thing an answer has to contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A span of time or a point in time.
    Time,
    /// A price or a fee.
    Amount,
    /// A telephone number, an address, a form.
    Contact,
    /// Nothing that can be told from the form of the question.
    Anything,
}

const TIME: [&str; 26] = [
    "how long", "how soon", "how fast", "how quick", "how many day", "how many week", "how many month", "how many hour", "how many year", "when ",
    "deadline", "what time", "opening", "wie lang", "wie viele tage", "wie viele wochen", "wie schnell", "wann", "öffnungszeit", "frist", "كم يوم",
    "كم من الوقت", "كم المده", "ما مده", "ما هي مده", "متي",
];
const AMOUNT: [&str; 18] = [
    "how much", "cost", "price", "fee", "charge", "expensive", "free ", "wie viel", "wieviel", "kostet", "kosten", "preis", "teuer", "gebühr", "بكم",
    "سعر", "تكلفه", "كم يكلف",
];
const CONTACT: [&str; 17] = [
    "phone", "call you", "telephone", "e-mail", "email", "contact", "reach you", "reach some", "hotline", "telefon", "anruf", "kontakt", "erreiche", "هاتف",
    "اتصل", "التواصل", "بريد",
];
/// Units and names of time, as beginnings of folded words.
const TIME_WORDS: [&str; 46] = [
    "day", "week", "month", "year", "hour", "minute", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "noon", "midnight",
    "today", "tomorrow", "tag", "woche", "monat", "jahr", "stunde", "minute", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "uhr", "werktag", "arbeitstag", "يوم", "ايام", "يوما", "اسبوع", "اسابيع", "شهر", "شهور", "اشهر", "سنه", "سنوات", "ساعه", "ساعات", "يومين",
];
const NUMBERS: [&str; 40] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fourteen", "thirty", "sixty", "ninety", "hundred", "ein",
    "einen", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf", "vierzehn", "dreissig", "sechzig", "same",
    "next", "واحد", "ثلاثه", "خمسه", "ثلاثين", "ستين", "يومين",
];
const AMOUNT_WORDS: [&str; 14] =
    ["free", "euro", "dollar", "pound", "eur", "usd", "gbp", "chf", "kostenlos", "kostenfrei", "gratis", "مجان", "يورو", "دولار"];

/// Words of a question that only name the kind of thing asked for: a sentence that holds the thing need not repeat them.
const TIME_CUES: [&str; 18] = [
    "time", "hours", "hour", "opening", "days", "weeks", "months", "fast", "quickly", "soon", "deadline", "dauert", "öffnungszeiten", "zeit", "tage",
    "wochen", "مده", "يستغرق",
];
const AMOUNT_CUES: [&str; 17] = [
    "cost", "costs", "price", "prices", "fee", "fees", "charge", "expensive", "kostet", "kosten", "preis", "preise", "teuer", "gebühren", "سعر", "تكلفه",
    "يكلف",
];
const CONTACT_CUES: [&str; 21] = [
    "phone", "telephone", "call", "number", "email", "mail", "e", "contact", "reach", "address", "hotline", "telefon", "telefonnummer", "anrufen", "kontakt",
    "erreichen", "erreiche", "هاتف", "رقم", "التواصل", "بريد",
];

impl Asks {
    /// Words by which pages name the thing asked for, whatever the visitor called it; they help to find it.
    pub(crate) fn hints(self) -> &'static str {
        match self {
            Asks::Contact => "telephone phone call e-mail contact Telefon Kontakt anrufen هاتف بريد تواصل",
            Asks::Amount => "price cost Preis Kosten سعر تكلفة",
            Asks::Time | Asks::Anything => "",
        }
    }

    /// Whether this folded word of a question only names the kind of thing asked for.
    pub(crate) fn is_named_by(self, folded: &str) -> bool {
        match self {
            Asks::Time => TIME_CUES.contains(&folded),
            Asks::Amount => AMOUNT_CUES.contains(&folded),
            Asks::Contact => CONTACT_CUES.contains(&folded),
            Asks::Anything => false,
        }
    }

    /// What the question asks for.
    pub fn of(question: &str) -> Asks {
        let folded = format!("{} ", question.split_whitespace().map(fold).collect::<Vec<_>>().join(" "));
        let has = |cues: &[&str]| cues.iter().any(|cue| folded.contains(cue));
        if has(&TIME) {
            Asks::Time
        } else if has(&AMOUNT) {
            Asks::Amount
        } else if has(&CONTACT) {
            Asks::Contact
        } else {
            Asks::Anything
        }
    }

    /// Whether a sentence contains such a thing.
    pub fn is_in(self, sentence: &str) -> bool {
        let words: Vec<String> = sentence.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect();
        let begins = |list: &[&str]| words.iter().any(|word| list.iter().any(|start| word.starts_with(start)));
        let numbered = words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()) || NUMBERS.contains(&word.as_str()));
        match self {
            Asks::Time => {
                let clock = sentence.contains(':') && sentence.split(':').zip(sentence.split(':').skip(1)).any(|(before, after)| {
                    before.ends_with(|letter: char| letter.is_ascii_digit()) && after.starts_with(|letter: char| letter.is_ascii_digit())
                });
                clock || numbered && begins(&TIME_WORDS)
            }
            Asks::Amount => {
                let free = words.iter().any(|word| AMOUNT_WORDS.iter().any(|start| word.starts_with(start)));
                let free_of = words.windows(2).any(|pair| pair.first().is_some_and(|a| a == "free") && pair.last().is_some_and(|b| b == "of"));
                let of_charge = words.iter().any(|word| word.starts_with("charge") || word.starts_with("cost"));
                free && (!free_of || of_charge) || numbered && sentence.contains(['€', '$', '£', '¥', '%'])
            }
            Asks::Contact => {
                let called = begins(&["tel", "phone", "call", "hotline", "fon", "anruf", "هاتف"]) || sentence.contains('+');
                sentence.contains('@') || called && sentence.bytes().filter(u8::is_ascii_digit).count() >= 6
            }
            Asks::Anything => false,
        }
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
            ("Can I call you?", Asks::Contact),
            ("Do you ship to Norway?", Asks::Anything),
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
        assert!(Asks::Contact.is_in("Write to desk@halden.example"));
        assert!(!Asks::Contact.is_in("Write to us."));
    }
}
