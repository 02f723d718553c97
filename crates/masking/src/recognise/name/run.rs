//! Which of the words that stand together are a name.

use std::ops::Range;

use super::announced::Cue;
use super::beside::Beside;
use super::token::{Gap, Style, Token};

/// No name has more words.
const LONGEST: usize = 7;
/// What a name said in small letters has at most: first name, middle name, surname.
const LONGEST_SMALL: usize = 3;

/// What often follows a name with a capital without a sign before it.
const ASKED: &[&str] =
    &["please", "pls", "plz", "kindly", "regards", "order", "phone", "mobile", "email", "address", "street", "here"];

/// What was taken from a place on.
pub(super) struct Taken {
    /// A name.
    pub(super) name: Option<Range<usize>>,
    /// How many words were looked at.
    pub(super) length: usize,
}

impl Taken {
    fn nothing(length: usize) -> Self {
        Self { name: None, length }
    }

    fn name(run: &[Token<'_>], length: usize) -> Self {
        let name = run.first().zip(run.last()).map(|(first, last)| first.range.start..last.range.end);
        Self { name, length }
    }
}

/// Looks at the run of words that begins at `at`.
pub(super) fn taken(tokens: &[Token<'_>], at: usize, style: Style, cue_at: &dyn Fn(usize) -> Cue) -> Taken {
    let Some(first) = tokens.get(at) else { return Taken::nothing(1) };
    let announced = cue_at(first.range.start);
    let title = announced == Cue::Title;
    let cue = if title && (first.capital || first.shouted) { Cue::Strong } else { announced };
    let shouted = |token: &Token<'_>| {
        token.shouted && !style.shouting && token.letters > 2 && token.entry.name() && !token.entry.proper
    };
    let written = |token: &Token<'_>| token.capital || shouted(token);
    if !written(first) || style.shouting {
        return small(tokens, at, cue, style);
    }
    let mut length = 1;
    while length < LONGEST {
        let Some(next) = tokens.get(at + length) else { break };
        // A title before a name is no part of it.
        if next.gap != Gap::Close || leads(cue_at(next.range.start)) {
            break;
        }
        // "van den Berg": one or two particles before a name.
        let mut after = tokens
            .get(at + length + 1..)
            .unwrap_or_default()
            .iter()
            .skip_while(|after| after.particle && after.gap == Gap::Close);
        let particle = next.particle && after.next().is_some_and(|after| written(after) && after.gap == Gap::Close);
        if !particle && !(written(next) && (could_be(next) || next.entry.proper && !next.entry.common)) {
            break;
        }
        length += 1;
    }
    if length == 1
        && announced != Cue::None
        && has_an_everyday_surname(first, tokens.get(at + 1..).unwrap_or_default(), style)
    {
        let run = tokens.get(at..at + 2).unwrap_or_default();
        return Taken::name(run, 2);
    }
    let next = tokens.get(at + length);
    if length == 1 && next.is_some_and(|next| next.gap != Gap::Sign && leads(cue_at(next.range.start))) {
        return Taken::nothing(1);
    }
    let mut run = tokens.get(at..at + length).unwrap_or_default();
    let mut skipped = 0;
    while cue != Cue::Strong && run.len() > 1 && run.first().is_some_and(|lead| opens(lead, run.get(1))) {
        run = run.get(1..).unwrap_or_default();
        skipped += 1;
    }
    let line = style.block && skipped == 0 && first.opens_line && next.is_none_or(|next| next.opens_line);
    let beside = Beside::of(tokens, at, length, skipped);
    if is_name(run, cue, style, beside) || line && fills_line(run) {
        return Taken::name(run, length);
    }
    Taken::nothing(length)
}

/// "Dr. Justin Beet": behind a first name that was announced, another word with a capital that does not begin a sentence.
fn has_an_everyday_surname(first: &Token<'_>, behind: &[Token<'_>], style: Style) -> bool {
    let Some(last) = behind.first() else { return false };
    let word = last.entry.common && !(last.function || last.english || last.article || ASKED.contains(&last.word));
    let ends = behind.get(1).is_none_or(|next| !next.capital || next.gap != Gap::Close);
    let plain = style.english && !style.titled && first.entry.first && first.entry.only_name();
    plain && last.capital && last.gap == Gap::Close && last.letters > 2 && word && ends
}

/// A title or a greeting: it is written with a capital of its own and is no part of the name behind it.
fn leads(cue: Cue) -> bool {
    matches!(cue, Cue::Strong | Cue::Title | Cue::Greeting)
}

/// A sentence begins with a capital of its own: "Is Tom there?", "Will Sara come?", but "Will Smith".
fn opens(lead: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    let first_name = lead.entry.first && next.is_some_and(|next| next.entry.last || next.entry.unknown());
    let opening = lead.gap == Gap::Sentence && lead.entry.common && !first_name;
    opening || !(could_be(lead) || lead.particle)
}

/// A capitalised word that may be part of a name.
fn could_be(token: &Token<'_>) -> bool {
    token.letters == 1 || token.entry.name() || token.entry.unknown() || token.particle
}

/// How many words of a run are what.
struct Words<'a> {
    first: Option<&'a Token<'a>>,
    total: usize,
    sure: usize,
    either: usize,
    unknown: usize,
    pair: bool,
    common: usize,
}

impl<'a> Words<'a> {
    fn of(run: &'a [Token<'a>]) -> Self {
        let words = || run.iter().filter(|token| token.letters > 1 && !token.particle);
        let first = words().next();
        Self {
            first,
            total: words().count(),
            sure: words().filter(|token| token.entry.only_name()).count(),
            either: words().filter(|token| token.entry.name() && !token.entry.only_name()).count(),
            unknown: words().filter(|token| token.entry.unknown()).count(),
            common: words().filter(|token| token.entry.common).count(),
            pair: first.is_some_and(|first| first.entry.first) && words().skip(1).any(|token| token.entry.last),
        }
    }
}

fn is_name(run: &[Token<'_>], cue: Cue, style: Style, beside: Beside) -> bool {
    let Beside { articled, alone, last_word, placed, traded, .. } = beside;
    let words = Words::of(run);
    let starts = run.first().is_some_and(|token| token.gap == Gap::Sentence);
    let Some(first) = words.first else { return cue == Cue::Strong && run.len() > 1 };
    if cue == Cue::Strong {
        return !(words.total == 1 && (first.entry.common || first.entry.rare) && !first.entry.name());
    }
    let plain = style.english && !style.titled;
    // In no list, where things and places stand.
    let elsewhere = (placed || traded) && words.unknown == words.total;
    if words.total >= 2 {
        // Where nouns have capitals, or may have, only a first name before a surname is one.
        return words.sure > 0 && (plain || words.pair || cue == Cue::Greeting)
            || words.either >= 2 && words.pair && !articled && !(starts && words.common == words.total)
            || plain
                && words.unknown > 0
                && !articled
                && !elsewhere
                && (words.unknown + words.sure + words.either == words.total);
    }
    if first.shouted {
        return false;
    }
    let mid = !starts && plain;
    let sure = words.sure > 0;
    match cue {
        Cue::Greeting | Cue::Title | Cue::Weak => {
            let everyday = cue == Cue::Greeting && first.entry.first && !starts && alone;
            let either = words.either > 0 && !first.entry.proper && (!first.entry.common || everyday);
            either || sure || words.unknown > 0 && !elsewhere && mid && alone && first.letters > 2
        }
        Cue::None | Cue::Strong if articled => false,
        _ if beside.compound => false,
        _ if beside.within && !beside.deed => false,
        _ if plain && beside.spoken_to && first.letters > 2 => {
            first.entry.first && !starts && !placed || starts && (sure || words.unknown > 0)
        }
        _ if plain && beside.speaks => {
            first.letters > 2 && (!first.colon || style.dialogue) && (words.unknown > 0 || words.either > 0 || sure)
        }
        _ => {
            let first_name = first.entry.first && sure && first.letters > 2 && (!starts || plain && alone);
            let verb = starts && plain && sure && alone && !last_word;
            let does = style.english
                && first.letters > 2
                && (beside.deed && (sure || words.unknown > 0 && !traded)
                    || beside.said && first.entry.first && first.capital);
            first_name
                || does
                || first.letters > 3 && (verb || mid && alone && (sure || words.unknown > 0 && !elsewhere))
        }
    }
}

/// A line of an address block or a signature that holds nothing else: two to four words that may all be names.
fn fills_line(run: &[Token<'_>]) -> bool {
    let words = Words::of(run);
    let may_be = words.unknown + words.sure + words.either == words.total;
    (2..=4).contains(&words.total) && may_be && words.unknown + words.sure > 0
}

/// A name in small letters: after words that leave no doubt ("my name is john smith"), or a first name with a surname in a
/// text without any capital.
fn small(tokens: &[Token<'_>], at: usize, cue: Cue, style: Style) -> Taken {
    let rest = tokens.get(at..).unwrap_or_default();
    let close = |one: Option<&&Token<'_>>| one.is_some_and(|one| one.gap == Gap::Close);
    if !matches!(cue, Cue::Strong) {
        let line = fills_small_line(rest, style);
        if line > 0 {
            return Taken::name(rest.get(..line).unwrap_or_default(), line);
        }
        let mut ahead = rest.iter().take(LONGEST_SMALL);
        let first = ahead
            .next()
            .filter(|first| style.small && first.entry.first && first.entry.only_name() && first.letters > 2);
        // An initial may stand between.
        let ahead: Vec<&Token<'_>> =
            ahead.skip_while(|token| token.letters == 1 && token.gap == Gap::Close).take(1).collect();
        let initial = usize::from(rest.get(1).is_some_and(|token| token.letters == 1));
        let surname = |last: &Token<'_>| {
            last.entry.last && last.entry.only_name() || style.english && last.entry.unknown() && last.letters > 4
        };
        let last = ahead.first().filter(|last| surname(last) && last.letters > 2);
        if first.is_some() && close(last) {
            return Taken::name(rest.get(..2 + initial).unwrap_or_default(), 2 + initial);
        }
        return Taken::nothing(1);
    }
    let fits = |token: &Token<'_>| {
        (token.entry.name() && (!token.entry.common || token.entry.first))
            || (token.entry.unknown() && token.letters > 2)
    };
    let mut length = 0;
    while length < LONGEST_SMALL {
        let Some(token) = rest.get(length) else { break };
        // The first word alone decides whether this is a name; what follows must be one, or an initial, or a particle.
        let ok = match length {
            0 => fits(token) && !token.article,
            _ => {
                token.gap == Gap::Close
                    && ((token.entry.name() && !token.entry.common)
                        || token.particle
                        || token.letters == 1
                        || token.entry.unknown())
            }
        };
        if !ok {
            break;
        }
        length += 1;
    }
    while length > 0 && rest.get(length - 1).is_some_and(|token| token.particle) {
        length -= 1;
    }
    match length {
        0 => Taken::nothing(1),
        _ => Taken::name(rest.get(..length).unwrap_or_default(), length),
    }
}

/// The words of a line of an address block or a signature in small letters: a first name, and what may be a surname; none where
/// the line holds anything else.
fn fills_small_line(rest: &[Token<'_>], style: Style) -> usize {
    let Some(first) = rest.first() else { return 0 };
    if !(style.small && style.block && first.opens_line && first.entry.first && first.entry.only_name()) {
        return 0;
    }
    let length = 1 + rest.iter().skip(1).take_while(|token| !token.opens_line).count();
    let others = || rest.iter().take(length).skip(1);
    let fits = |token: &Token<'_>| token.letters == 1 || token.entry.only_name() || token.entry.unknown();
    let close = others().all(|token| token.gap == Gap::Close && fits(token));
    if (2..=LONGEST_SMALL).contains(&length) && close && others().any(|token| token.letters > 2) { length } else { 0 }
}
