//! Names that are found because others were: the next in a list, and the same word again.

use std::collections::HashSet;
use std::ops::Range;

use super::token::Token;
use crate::recogniser::Looked;

/// Words for "and" in the languages claimed.
const AND: &[&str] = &["and", "und", "et", "y", "e", "en", "&"];

/// Adds what `names`, in reading order, lead to.
pub(super) fn add(text: &Looked<'_>, tokens: &[Token<'_>], names: &mut Vec<Range<usize>>) {
    if names.is_empty() {
        return;
    }
    let word = |token: &Token<'_>| text.text().get(token.range.clone()).unwrap_or_default();
    let mut named: Vec<bool> = tokens.iter().map(|token| inside(token, names)).collect();
    let before = named.clone();
    // "Kónya, Becker and Vasquez": what may be a name, beside one that is, forwards and then backwards.
    let order: Vec<usize> = (0..tokens.len()).collect();
    for (at, step) in order.iter().map(|at| (*at, 1_isize)).chain(order.iter().rev().map(|at| (*at, -1))) {
        let Some(token) = tokens.get(at).filter(|_| named.get(at) == Some(&false)) else { continue };
        if !token.capital
            || token.letters < 3
            || token.english
            || token.article
            || token.function
            || !(token.entry.name() || token.entry.unknown())
        {
            continue;
        }
        let beside = |distance: isize| at.checked_add_signed(-step * distance);
        let one = beside(1).filter(|one| named.get(*one) == Some(&true)).and_then(|one| tokens.get(one));
        let comma = one.is_some_and(|one| between(text, one, token).trim() == ",");
        let and = beside(1).and_then(|and| tokens.get(and)).is_some_and(|and| AND.contains(&word(and)));
        let two = beside(2).is_some_and(|two| named.get(two) == Some(&true));
        if comma || and && two && token.entry.name() {
            named.get_mut(at).into_iter().for_each(|one| *one = true);
        }
    }
    let said: HashSet<&str> = tokens
        .iter()
        .zip(&named)
        .filter(|(token, named)| {
            **named && token.letters > 2 && !token.particle && !token.entry.common && !token.entry.proper
        })
        .map(|(token, _)| word(token))
        .collect();
    let found = tokens
        .iter()
        .zip(&named)
        .zip(&before)
        .filter(|((token, named), before)| !**before && (**named || said.contains(word(token))));
    names.extend(found.map(|((token, _), _)| token.range.clone()));
}

fn inside(token: &Token<'_>, names: &[Range<usize>]) -> bool {
    let after = names.partition_point(|name| name.start <= token.range.start);
    after.checked_sub(1).and_then(|at| names.get(at)).is_some_and(|name| name.end >= token.range.end)
}

/// What stands between two words, whichever comes first.
fn between<'a>(text: &Looked<'a>, one: &Token<'_>, other: &Token<'_>) -> &'a str {
    let (low, high) = (one.range.end.min(other.range.end), one.range.start.max(other.range.start));
    text.text().get(low..high).unwrap_or_default()
}
