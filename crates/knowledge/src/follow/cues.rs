//! The small words by which a question leans on the one before it, in English, German and Arabic; all folded.

/// What only ties a question to the one before.
pub(super) const OPENINGS: &[&str] = &[
    "and",
    "or",
    "also",
    "and also",
    "but",
    "what about",
    "how about",
    "and what about",
    "and how about",
    "what if it is",
    "same for",
    "the same for",
    "does that also go for",
    "und",
    "oder",
    "auch",
    "und auch",
    "und was ist mit",
    "was ist mit",
    "und wie ist es mit",
    "wie ist es mit",
    "wie sieht es aus mit",
    "und wie sieht es aus mit",
    "wie sieht es mit",
    "und wie sieht es mit",
    "gilt das auch",
    "gilt das auch für",
    "و",
    "او",
    "ماذا عن",
    "وماذا عن",
    "ما عن",
    "وما عن",
    "وايضا",
];

/// Words that stand for something that was said.
pub(super) const BACK: &[&str] = &[
    "it", "its", "they", "them", "their", "those", "these", "ones", "there", "es", "ihn", "ihm", "ihnen", "davon",
    "dafür", "damit", "dazu", "daran", "darauf", "darin", "dort", "dorthin", "welche", "هو", "هي", "منه", "منها", "له",
    "لها", "عنه", "عنها", "به", "بها", "فيه", "فيها", "هناك",
];
/// The same, but only at the end: within a question they stand before a noun or a clause.
pub(super) const BACK_AT_THE_END: &[&str] = &[
    "that", "this", "one", "so", "das", "dies", "sie", "den", "dieser", "diese", "dieses", "ذلك", "هذا", "هذه", "تلك",
];

/// Behind "it" these show that it stands for nothing: "is it possible to …".
pub(super) const EMPTY_AFTER: &[&str] =
    &["possible", "ok", "okay", "true", "allowed", "necessary", "möglich", "erlaubt", "nötig", "wahr"];
/// The same, if "to" follows: "how long does it take to …".
pub(super) const EMPTY_WITH_TO: &[&str] = &["take", "cost", "mean", "work", "help", "hurt", "pay"];
/// Behind one of these such a word stands for nothing: "gibt es …", "is there …".
pub(super) const EMPTY: &[(&str, &[&str])] = &[
    ("there", &["is", "are", "was", "were", "will"]),
    ("es", &["gibt", "geht", "gebe"]),
    ("هو", &["ما", "من", "كم"]),
    ("هي", &["ما", "من", "كم"]),
    ("هناك", &["هل"]),
];

/// Words that tie a few others to a question.
pub(super) const TIES: &[&str] = &[
    "for", "to", "in", "on", "with", "without", "from", "into", "by", "at", "about", "of", "für", "nach", "mit",
    "ohne", "aus", "auf", "bei", "von", "über", "per", "ins", "im", "zum", "zur", "الي", "من", "في", "علي", "عن", "مع",
    "بدون",
];
/// Of these, the ones that tie a place and no object.
pub(super) const PLACES: &[&str] =
    &["to", "in", "from", "into", "at", "by", "nach", "ins", "im", "aus", "per", "الي", "من", "في"];

pub(super) const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "your", "this", "that", "these", "those", "some", "any", "der", "die", "das", "den", "dem",
    "des", "ein", "eine", "einen", "einem", "einer", "mein", "meine", "meinen", "meinem", "meiner", "diese", "diesen",
    "dieses",
];

/// Who says one of these begins anew.
pub(super) const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank",
    "ok",
    "okay",
    "yes",
    "no",
    "hallo",
    "danke",
    "ja",
    "nein",
    "مرحبا",
    "شكرا",
    "نعم",
    "لا",
];

/// Words with which a question of its own begins.
const QUESTION: &[&str] = &[
    "how",
    "what",
    "when",
    "where",
    "why",
    "who",
    "which",
    "is",
    "are",
    "do",
    "does",
    "did",
    "can",
    "could",
    "may",
    "will",
    "would",
    "should",
    "must",
    "have",
    "has",
    "i",
    "we",
    "my",
    "wie",
    "was",
    "wann",
    "wo",
    "warum",
    "wieso",
    "wer",
    "welche",
    "welcher",
    "welches",
    "ist",
    "sind",
    "kann",
    "können",
    "darf",
    "muss",
    "gibt",
    "habt",
    "haben",
    "hat",
    "ich",
    "wir",
    "mein",
    "meine",
    "wohin",
    "كيف",
    "ما",
    "ماذا",
    "متي",
    "اين",
    "لماذا",
    "هل",
    "كم",
    "من",
    "وهل",
    "وكم",
    "وكيف",
    "ومتي",
    "واين",
];

/// Further words that carry no subject.
const SMALL: &[&str] =
    &["take", "takes", "cost", "anyway", "then", "dauert", "denn", "eigentlich", "وهل", "وكم", "وكيف", "ومتي", "واين"];

pub(super) fn begins_question(folded: &str) -> bool {
    QUESTION.contains(&folded)
}

pub(super) fn is_small(folded: &str) -> bool {
    SMALL.contains(&folded) || BACK.contains(&folded) || BACK_AT_THE_END.contains(&folded)
}

/// An Arabic word such as "وللأحذية" ("and for the shoes") taken apart: what ties it, and the noun with its article.
pub(super) fn unjoined(folded: &str) -> Option<(Option<&'static str>, String)> {
    let rest = folded.strip_prefix('و')?;
    if begins_question(rest) || rest.chars().count() < 3 {
        return None;
    }
    if let Some(tie) = TIES.iter().copied().find(|tie| *tie == rest) {
        return Some((Some(tie), String::new()));
    }
    match rest.strip_prefix("لل") {
        Some(noun) => Some((Some("ل"), format!("ال{noun}"))),
        None => Some((None, rest.to_owned())),
    }
}
