//! What stands beside words that may be a name, and what it says about them.

use super::token::{Gap, Token};

/// What somebody does with a thing: what stands behind it and in no list is a thing.
const TRADE: &[&str] = &[
    "order",
    "ordered",
    "buy",
    "bought",
    "purchase",
    "purchased",
    "sell",
    "stock",
    "use",
    "used",
    "using",
    "take",
    "taking",
    "get",
    "have",
    "want",
    "need",
    "try",
    "tried",
    "consume",
    "install",
];
/// With "of" behind it: the same.
const MEASURED: &[&str] =
    &["price", "prices", "cost", "review", "reviews", "rate", "quality", "pack", "box", "bottle", "tablet"];
/// What is said of a thing: "is … available".
const OFFERED: &[&str] = &["available", "stock", "sold", "priced", "discontinued"];
/// What is said to somebody after her name and a comma.
const ADDRESSING: &[&str] = &["can", "could", "please", "would", "will", "i", "my", "thank", "thanks", "are", "may"];
/// Words with which one asks where a thing goes: what follows "to" is then a place.
const SENT: &[&str] =
    &["deliver", "delivery", "delivered", "delivering", "deliverable", "ship", "shipping", "shipped", "courier"];

/// What stands beside a run.
#[derive(Clone, Copy)]
pub(super) struct Beside {
    /// An article before it: "the Ortho".
    pub(super) articled: bool,
    /// No noun behind it that it could belong to, as in "Ortho mattress".
    pub(super) alone: bool,
    /// "in", "at", "near" before it, or what parcels are sent to: what is in no list is then a place.
    pub(super) placed: bool,
    /// "in" right before it: nobody lives in a person.
    pub(super) within: bool,
    /// What is traded: what is in no list is then a thing.
    pub(super) traded: bool,
    /// What somebody does stands behind it, or the sign of what is hers.
    pub(super) deed: bool,
    /// The same, and only people do it: "said", "lives".
    pub(super) said: bool,
    /// The rest of a word with a hyphen whose other half is an everyday word: "All-Rounders".
    pub(super) compound: bool,
    /// Nothing at all behind it in its sentence.
    pub(super) last_word: bool,
    /// Somebody is spoken to, at the end of a sentence or at its beginning: "…, Mark!", "Mark, could you …".
    pub(super) spoken_to: bool,
    /// Somebody who speaks, in a chat that was pasted, or of whom is said where she is from.
    pub(super) speaks: bool,
}

impl Beside {
    /// What stands beside `length` words from `at` on, of which the first `skipped` are none of the name.
    pub(super) fn of(tokens: &[Token<'_>], at: usize, length: usize, skipped: usize) -> Self {
        let first = tokens.get(at);
        let close = first.is_some_and(|first| first.gap == Gap::Close);
        let before = |steps: usize| at.checked_sub(steps).and_then(|place| tokens.get(place));
        let behind = |steps: usize| tokens.get(at + length + steps);
        let next = behind(0);
        let lead = before(1);
        let last_word = next.is_none_or(|next| next.gap == Gap::Sentence);
        let small_before =
            first.is_some_and(|first| first.comma) && lead.is_some_and(|lead| !lead.capital && !lead.shouted);
        let begins = first.is_some_and(|first| first.gap == Gap::Sentence);
        let addressed = next.is_some_and(|next| next.comma && ADDRESSING.contains(&next.word));
        let who = next.is_some_and(|next| next.comma && ["who", "whose", "born", "aged"].contains(&next.word));
        let is_from = next.is_some_and(|next| next.word == "is") && behind(1).is_some_and(|word| word.word == "from");
        Self {
            articled: skipped == 0 && close && lead.is_some_and(|lead| lead.article),
            alone: next.is_none_or(|next| next.gap != Gap::Close || next.function),
            placed: placed(tokens, at),
            within: close && lead.is_some_and(|lead| lead.word == "in"),
            traded: close && lead.is_some_and(|lead| traded(lead, before(2)))
                || next.is_some_and(|next| next.gap == Gap::Close)
                    && [next, behind(1)].into_iter().flatten().any(|word| OFFERED.contains(&word.word)),
            deed: next.is_some_and(|next| next.deed && next.gap == Gap::Close),
            said: next.is_some_and(|next| {
                next.deed && next.gap == Gap::Close && next.word != "s" && !next.word.ends_with("ed")
            }),
            compound: skipped > 0 && tokens.get(at + skipped).is_some_and(|word| word.hyphen),
            last_word,
            spoken_to: length == 1 && (last_word && small_before || begins && addressed),
            speaks: length == 1 && begins && (is_from || who || first.is_some_and(Token::speaks)),
        }
    }
}

fn traded(lead: &Token<'_>, before: Option<&Token<'_>>) -> bool {
    TRADE.contains(&lead.word) || lead.word == "of" && before.is_some_and(|before| MEASURED.contains(&before.word))
}

/// Back over words that may be places, over commas too: "in Yadgir, Karnataka", "deliver this to Giddalur".
fn placed(tokens: &[Token<'_>], at: usize) -> bool {
    let back = || tokens.get(..at).unwrap_or_default().iter().rev();
    for (steps, token) in back().enumerate().take(4) {
        let sent = |token: &Token<'_>| SENT.contains(&token.word);
        if token.place || token.word == "to" && back().skip(steps + 1).take(4).any(sent) {
            return true;
        }
        let may_be_a_place = token.entry.proper || token.entry.unknown() || token.capital;
        if !may_be_a_place || token.gap == Gap::Sentence {
            return false;
        }
    }
    false
}
