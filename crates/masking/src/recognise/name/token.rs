//! The words of a text as the name finder sees them.

use std::ops::Range;

use super::everyday;
use crate::gazetteer::{Entry, entry};
use crate::recogniser::Looked;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The beginning of the text or of a sentence, or a sign that parts.
    Sentence,
    /// A comma, a colon, brackets, a number.
    Sign,
    /// One or two spaces, a hyphen, an apostrophe, the dot of an initial.
    Close,
}

/// A word.
pub(super) struct Token<'a> {
    /// The word, folded.
    pub(super) word: &'a str,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// It begins with a capital and goes on small, or is one capital.
    pub(super) capital: bool,
    /// More than one letter, all capitals.
    pub(super) shouted: bool,
    /// How many letters.
    pub(super) letters: usize,
    /// What the lists say.
    pub(super) entry: Entry,
    /// What stands before it.
    pub(super) gap: Gap,
    /// A particle such as "van" or "de la".
    pub(super) particle: bool,
    /// A word after which stands a place.
    pub(super) place: bool,
    /// What somebody does: a name stands before it.
    pub(super) deed: bool,
    /// An everyday word of another language.
    pub(super) foreign: bool,
    /// A hyphen before it: "All-Rounders".
    pub(super) hyphen: bool,
    /// A word that only English has.
    pub(super) english: bool,
    /// A word such as "is" or "from", after which a name may stand alone before it.
    pub(super) function: bool,
    /// It is the only name-like thing in its line: the line has nothing else but what follows it.
    pub(super) opens_line: bool,
    /// "the", "a", "der", "my": what follows is no name.
    pub(super) article: bool,
    /// Nothing but a comma stands before it.
    pub(super) comma: bool,
    /// A colon stands right behind it.
    pub(super) colon: bool,
}

const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "el", "al", "bin",
    "ibn", "zu", "y", "e", "ten", "ter", "af", "av", "bint",
];
const ARTICLES: &[&str] = &[
    "the", "a", "an", "my", "your", "our", "his", "her", "its", "no", "der", "die", "das", "den", "dem", "ein", "eine",
    "einen", "mein", "meine", "ihr", "ihre", "les", "un", "une", "mon", "ma", "mes", "los", "las", "una", "mi", "il",
    "lo", "gli", "i", "het", "een", "mijn",
];

const FUNCTIONS: &[&str] = &[
    "is",
    "was",
    "has",
    "had",
    "will",
    "would",
    "can",
    "could",
    "and",
    "or",
    "to",
    "at",
    "in",
    "on",
    "for",
    "with",
    "from",
    "who",
    "whose",
    "said",
    "says",
    "lives",
    "lived",
    "does",
    "did",
    "but",
    "about",
    "as",
    "by",
    "because",
    "if",
    "when",
    "that",
    "s",
    "again",
    "please",
    "told",
    "asked",
    "wrote",
    "here",
    "speaking",
    "tomorrow",
    "today",
    "yesterday",
    "just",
    "so",
    "always",
    "never",
    "not",
    "very",
    "too",
    "still",
    "really",
    "also",
    "already",
    "ever",
    "now",
    "then",
    "who",
    "where",
    "while",
    "after",
    "before",
    "during",
    "since",
    "until",
    "than",
    "into",
    "without",
    "through",
    "are",
    "were",
    "be",
    "been",
    "there",
    "home",
    "back",
];

/// What people do and things do not.
const DEEDS: &[&str] = &[
    "lives",
    "lived",
    "said",
    "says",
    "told",
    "tells",
    "works",
    "worked",
    "wrote",
    "writes",
    "asked",
    "asks",
    "moved",
    "married",
    "spent",
    "wants",
    "wanted",
    "needs",
    "called",
    "calls",
    "bought",
    "ordered",
    "paid",
    "thinks",
    "knows",
    "loves",
    "likes",
    "studied",
    "graduated",
    "died",
    "had",
    "speaks",
    "spoke",
    "sings",
    "sang",
    "teaches",
    "taught",
    "owns",
    "met",
    "saw",
    "thought",
    "knew",
    "felt",
    "chose",
    "drove",
    "believes",
    "hopes",
    "sent",
    "gave",
    "grew",
    "became",
    "won",
    "left",
    "s",
];

/// Words that tell English from the other languages.
const ENGLISH: &[&str] = &[
    "the", "my", "you", "to", "and", "of", "it", "for", "can", "please", "what", "how", "where", "are", "have", "not",
    "this", "with", "your", "but", "from", "that", "she", "he", "her", "his", "we", "they", "there", "would", "be",
    "been", "has", "had", "at", "by", "who", "which", "i'm", "don", "did", "does", "when", "why", "hello", "thanks",
    "said", "lives", "know",
];

/// The words of the text.
pub(super) fn tokens<'a>(text: &Looked<'a>) -> Vec<Token<'a>> {
    let folded = text.text();
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut start = None;
    let mut previous = 0;
    for (at, sign) in folded.char_indices().chain([(folded.len(), ' ')]) {
        match (sign.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let single = tokens.last().is_some_and(|token| token.letters == 1);
                let gap = gap(folded.get(previous..from).unwrap_or_default(), tokens.is_empty(), single);
                let line =
                    tokens.is_empty() || folded.get(previous..from).is_some_and(|between| between.contains('\n'));
                let comma = folded.get(previous..from).is_some_and(|between| between.trim() == ",");
                let made = token(text, from..at, gap, line);
                let hyphen = folded.get(previous..from) == Some("-");
                tokens.extend(made.map(|token| Token { comma, hyphen, ..token }));
                previous = at;
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

fn token<'a>(text: &Looked<'a>, range: Range<usize>, gap: Gap, opens_line: bool) -> Option<Token<'a>> {
    let word = text.text().get(range.clone())?;
    let letters = word.chars().count();
    let first = text.is_upper(range.start);
    let mut inner = word.char_indices().skip(1).map(|(at, _)| text.is_upper(range.start + at));
    let any = inner.any(|upper| upper);
    // "Vit D3": a letter with its number is no initial.
    let behind = text.text().as_bytes().get(range.end).copied();
    let numbered = letters == 1 && behind.is_some_and(|sign| sign.is_ascii_digit());
    let all = first && letters > 1 && text.all_upper(&range);
    Some(Token {
        word,
        comma: false,
        hyphen: false,
        foreign: everyday::is(word),
        colon: behind == Some(b':'),
        capital: first && !numbered && (!any || (!all && word.starts_with("mc")) || letters == 1),
        shouted: all,
        letters,
        entry: if everyday::is(word) || everyday::is_shaped_so(word, entry(word)) || numbered {
            Entry { common: true, ..Entry::default() }
        } else {
            entry(word)
        },
        gap,
        opens_line,
        place: ["in", "at", "near", "around", "of"].contains(&word),
        deed: DEEDS.contains(&word) || (letters > 4 && !first && word.ends_with("ed")),
        english: ENGLISH.contains(&word),
        function: FUNCTIONS.contains(&word),
        particle: PARTICLES.contains(&word),
        article: ARTICLES.contains(&word),
        range,
    })
}

impl Token<'_> {
    /// It stands before a colon at the beginning of a line, and may be somebody's name.
    pub(super) fn speaks(&self) -> bool {
        self.opens_line && self.colon && self.capital && (self.entry.name() || self.entry.unknown())
    }
}

fn gap(between: &str, first: bool, initial: bool) -> Gap {
    let trimmed = between.trim_matches(' ');
    if first || between.contains(['.', '!', '?', '\n', '•', '*', '"', '“', '\u{1}']) && !(initial && trimmed == ".")
    {
        return Gap::Sentence;
    }
    let close = matches!(trimmed, "" | "-" | "'" | "." | "’") && between.len() <= 3;
    if close { Gap::Close } else { Gap::Sign }
}

/// How the text is written: what a capital means in it.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Most of its small words are English: a capitalised word in no list is then probably a name.
    pub(super) english: bool,
    /// Written in capitals throughout: they mean nothing.
    pub(super) shouting: bool,
    /// Without a capital: small letters mean nothing either.
    pub(super) small: bool,
    /// Has several lines, like an address or a signature.
    pub(super) block: bool,
    /// Two lines or more begin with who speaks, as in a chat that was pasted: "Grace: Hello".
    pub(super) dialogue: bool,
    /// Most words begin with a capital: Title Case, in which capitals mean little.
    pub(super) titled: bool,
}

impl Style {
    pub(super) fn of(tokens: &[Token<'_>]) -> Self {
        let small = tokens.iter().filter(|token| !token.capital && !token.shouted && token.letters > 1);
        let (known, all) = small
            .fold((0, 0), |(known, all), token| (known + usize::from(token.entry.common && !token.foreign), all + 1));
        let shouted = tokens.iter().filter(|token| token.shouted).count();
        let capital = tokens.iter().filter(|token| token.capital).count();
        let speakers = || tokens.iter().filter(|token| token.speaks());
        Self {
            dialogue: speakers().nth(1).is_some() && speakers().any(|token| token.entry.first),
            small: capital == 0 && shouted == 0,
            block: tokens.iter().filter(|token| token.opens_line).count() >= 3,
            english: known * 10 >= all * 6 && tokens.iter().any(|token| token.english),
            shouting: shouted > 3 && shouted * 2 > tokens.len(),
            titled: tokens.len() >= 5 && all == 0 && capital * 5 >= tokens.len() * 4,
        }
    }
}
