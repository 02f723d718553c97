//! Postcodes: with a word that announces them, in a form that nothing else has, or beside a state, a town or a country.

use std::ops::Range;

use regex::Regex;

use super::extent;
use crate::gazetteer::entry;
use crate::recognise::cue::ORDER;
use crate::recognise::{is_ordered, pattern};
use crate::recogniser::Looked;

/// Words that announce a postcode.
pub(super) const POSTCODE: &str = concat!(
    r"(?:\b(?:zip(?: ?code)?|post ?code|postal code|postleitzahl|plz|code postal|codigo postal|c\.?p\.?|cap|c\.a\.p\.|codice postale|postnummer)|الرمز البريدي)",
    r"[ :=#.(-]{0,3}(?:[\p{L}'.]+[ :]+){0,4}?([a-z]{0,2}[0-9][a-z0-9]{1,4}(?:[ -][0-9]{2,4}[a-z]{0,2}|[ -][0-9]?[a-z]{2,3})?)\b"
);
/// The same the other way round: "90210 is my zip code".
pub(super) const POSTCODE_BEHIND: &str = r"\b([0-9]{3,5}(?:[ -][0-9]{2,4})?)(?: [\p{L}']+){0,3} (?:zip(?: ?code)?|post ?code|postal code|postleitzahl|plz|code postal|codigo postal|cap)\b";
/// Postcodes that are like nothing else when written in capitals: United Kingdom, Canada.
pub(super) const UNMISTAKABLE: &str =
    r"\b(?:[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][abd-hjlnp-uw-z]{2}|[abceghj-nprstvxy][0-9][a-z] ?[0-9][a-z][0-9])\b";
/// A state of the United States or a territory, and its code: `CO 80202`.
pub(super) const STATE: &str = concat!(
    r"\b(?:a[aeklprsz]|c[aot]|d[ce]|f[lm]|g[au]|hi|i[adln]|k[sy]|la|m[adehinopst]|n[cdehjmvy]|o[hkr]|p[arw]|ri|s[cd]|t[nx]|ut|v[ait]|w[aivy])",
    r",? [0-9]{5}(?:-[0-9]{4})?\b"
);
/// The Netherlands: also how a model or a price may be written, so that a town, or nothing, must follow.
const DUTCH: &str = r"\b[1-9][0-9]{3} [a-z]{2}\b";
/// Five digits behind words with which one says where: "near 94107".
const WHERE: &str = r"\b(?:near|around|nearest to|in|within|at|(?:deliver|delivery|delivered|ship|shipping|shipped|deliverable|courier)(?: \p{L}+){0,3} to) (?:pin(?: ?code)? )?([0-9]{5,6}(?:-[0-9]{4})?)\b";
/// Five digits before a town, or behind one: "10115 Berlin", "in Chicago, 60614".
const TOWN: &str = r"\b([0-9]{5}) ([\p{L}-]{3,})|\b(?:in|to|from|at|near|of) ([\p{L}-]{3,}),? ([0-9]{5})\b";
/// The last line of an address: a country or a town and a number.
const LAST_LINE: &str = r"(?m)^[^\p{L}0-9\n]{0,5}(\p{L}[\p{L}'.() -]{2,40} [0-9]{4,6})\s*$";

pub(super) struct Postcode {
    announced: [Regex; 2],
    unmistakable: Regex,
    state: Regex,
    dutch: Regex,
    place: Regex,
    town: Regex,
    last_line: Regex,
    order: Regex,
}

impl Postcode {
    pub(super) fn new() -> Self {
        Self {
            announced: [pattern(POSTCODE), pattern(POSTCODE_BEHIND)],
            unmistakable: pattern(UNMISTAKABLE),
            state: pattern(STATE),
            dutch: pattern(DUTCH),
            place: pattern(WHERE),
            town: pattern(TOWN),
            last_line: pattern(LAST_LINE),
            order: pattern(ORDER),
        }
    }

    /// Tells each postcode.
    pub(super) fn look(&self, text: &Looked<'_>, note: &mut dyn FnMut(Range<usize>)) {
        let folded = text.text();
        let announced = self.announced.iter().flat_map(|pattern| pattern.captures_iter(folded));
        announced.filter_map(|found| found.get(1)).for_each(|found| note(found.range()));
        let capitals = |range: &Range<usize>| text.all_upper(range) && !extent::is_article(folded, range.start);
        let own = self.unmistakable.find_iter(folded).chain(self.state.find_iter(folded)).map(|found| found.range());
        let dutch = self.dutch.find_iter(folded).map(|found| found.range()).filter(|range| dutch(text, range));
        own.chain(dutch).filter(capitals).for_each(&mut *note);
        for found in self.place.captures_iter(folded).filter_map(|found| found.get(1)) {
            // "in 10000 pieces", "in 25000 rupees": what is counted follows, or the number is a round one.
            let behind = folded.get(found.end()..).unwrap_or_default().trim_start_matches(' ');
            let counted = behind.starts_with(|sign: char| sign.is_alphanumeric() || "-/%$€£₹".contains(sign));
            let goes_on = ["and ", "or ", "please", "area", "in ", "is ", "on ", "by "]
                .iter()
                .any(|word| behind.starts_with(word));
            if (!counted || goes_on) && !found.as_str().ends_with("00") {
                note(found.range());
            }
        }
        for found in self.town.captures_iter(folded) {
            let (town, code) = (found.get(2).or(found.get(3)), found.get(1).or(found.get(4)));
            let Some((town, code)) = town.zip(code) else { continue };
            let place = text.is_upper(town.start()) && entry(town.as_str()).proper && !entry(town.as_str()).common;
            if place && !is_ordered(&self.order, folded, code.start()) {
                note(code.range());
            }
        }
        for found in self.last_line.captures_iter(folded).filter_map(|found| found.get(1)) {
            if super::style_of_block(folded) && is_last_line(text, &found.range()) {
                note(found.range());
            }
        }
    }
}

/// No model before it ("HEM 7120 BP"), and a town or nothing behind it.
fn dutch(text: &Looked<'_>, range: &Range<usize>) -> bool {
    let folded = text.text();
    let behind = folded.get(range.end..).unwrap_or_default();
    let next = behind.trim_start_matches([' ', ',']);
    let town = next.starts_with(char::is_alphabetic).then(|| range.end + behind.len() - next.len());
    let lead = folded.get(..range.start).unwrap_or_default().trim_end();
    let word = lead.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    let model = word.len() > 1 && lead.ends_with(word) && text.all_upper(&(lead.len() - word.len()..lead.len()));
    !model && town.is_none_or(|town| text.is_upper(town))
}

/// Capitalised words, the last of them a place, and a number that nothing else announces.
fn is_last_line(text: &Looked<'_>, range: &Range<usize>) -> bool {
    let line = text.text().get(range.clone()).unwrap_or_default();
    let Some((words, number)) = line.rsplit_once(' ') else { return false };
    let mut words = words.split([' ', '(', ')', '-']).filter(|word| !word.is_empty());
    let place = |word: &str| entry(word).proper;
    let known = words.clone().any(place) && words.all(|word| place(word) || !entry(word).common || word.len() <= 3);
    known && (text.is_small() || text.is_upper(range.start)) && number.len() >= 4
}
