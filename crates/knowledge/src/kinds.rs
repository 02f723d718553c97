//! The kinds of things that a sentence holds: a span of time, an amount, a way to reach somebody.

use crate::question::Asks;
use crate::shape::spelled;

/// Units and names of time, as beginnings of folded words.
const TIME_WORDS: [&str; 46] = [
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "noon",
    "midnight",
    "today",
    "tomorrow",
    "tag",
    "woche",
    "monat",
    "jahr",
    "stunde",
    "minute",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "uhr",
    "werktag",
    "arbeitstag",
    "يوم",
    "ايام",
    "يوما",
    "اسبوع",
    "اسابيع",
    "شهر",
    "شهور",
    "اشهر",
    "سنه",
    "سنوات",
    "ساعه",
    "ساعات",
    "يومين",
];
const NUMBERS: [&str; 40] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "fourteen",
    "thirty",
    "sixty",
    "ninety",
    "hundred",
    "ein",
    "einen",
    "eine",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "zwölf",
    "vierzehn",
    "dreissig",
    "sechzig",
    "same",
    "next",
    "واحد",
    "ثلاثه",
    "خمسه",
    "ثلاثين",
    "ستين",
    "يومين",
];
const AMOUNT_WORDS: [&str; 14] = [
    "free",
    "euro",
    "dollar",
    "pound",
    "eur",
    "usd",
    "gbp",
    "chf",
    "kostenlos",
    "kostenfrei",
    "gratis",
    "مجان",
    "يورو",
    "دولار",
];

/// The kinds of things that a sentence contains.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kinds(u8);

impl Kinds {
    /// Looks for each kind.
    pub(crate) fn of(sentence: &str) -> Kinds {
        let words = spelled(sentence);
        let begins = |list: &[&str]| words.iter().any(|word| list.iter().any(|start| word.starts_with(start)));
        let numbered =
            words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()) || NUMBERS.contains(&word.as_str()));
        let called = (sentence.contains('+') || begins(&["tel", "phone", "call", "hotline", "fon", "anruf", "هاتف"]))
            && sentence.bytes().filter(u8::is_ascii_digit).count() >= 6;
        let clock = sentence.contains(':')
            && sentence.split(':').zip(sentence.split(':').skip(1)).any(|(before, after)| {
                before.ends_with(|letter: char| letter.is_ascii_digit())
                    && after.starts_with(|letter: char| letter.is_ascii_digit())
            });
        let free_of = words
            .windows(2)
            .any(|pair| pair.first().is_some_and(|a| a == "free") && pair.last().is_some_and(|b| b == "of"));
        let of_charge = || words.iter().any(|word| word.starts_with("charge") || word.starts_with("cost"));
        let priced = begins(&AMOUNT_WORDS) && (!free_of || of_charge());
        let mailed = sentence.contains('@');
        let found = [
            (Asks::Time, clock || numbered && begins(&TIME_WORDS)),
            (Asks::Opening, clock),
            (Asks::Amount, priced || numbered && sentence.contains(['€', '$', '£', '¥', '%'])),
            (Asks::Phone, called),
            (Asks::Mail, mailed),
            (Asks::Contact, called || mailed),
        ];
        Kinds(found.iter().filter(|(_, holds)| *holds).fold(0, |all, (kind, _)| all | kind.bit()))
    }

    /// Whether this kind is among them.
    pub(crate) fn hold(self, asks: Asks) -> bool {
        self.0 & asks.bit() != 0
    }
}

impl Asks {
    /// One bit a kind; what cannot be told from the form is in no sentence.
    fn bit(self) -> u8 {
        match self {
            Asks::Time => 1,
            Asks::Opening => 2,
            Asks::Amount => 4,
            Asks::Phone => 8,
            Asks::Mail => 16,
            Asks::Contact => 32,
            Asks::Anything => 0,
        }
    }
}
