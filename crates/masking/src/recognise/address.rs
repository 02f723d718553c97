//! Postal addresses: a street with its number as the countries we claim write it, then what stands around it (flat, postcode,
//! town); what a word such as "address" announces; and postcodes.
//!
//! Claimed: United States, Canada, United Kingdom, Ireland, Germany, Austria, Switzerland, France, Belgium, Spain, Italy, the
//! Netherlands. Streets of Portugal, Poland, Czechia, Hungary and the Nordic countries are found by their endings and words.

mod extent;
mod street;

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Words that announce a whole address.
const ANNOUNCED: &str = concat!(
    r"(?:\b(?:(?:home|shipping|delivery|billing|postal|mailing|street|correct|current|full) address(?:es)?|address(?: is| was| ?:| of [\p{L}' .-]{1,40}? is)|lives? (?:at|on)|meet (?:me |you |us )?at|pick (?:me |us )?up (?:at|from)|(?:taxi|cab|driver|courier) to|here they are:|living at|resid(?:es?|ing) at|located at|situated at",
    r"|(?:ship|send|deliver|mail|post|move|moved|return|come|came|sent|shipped|delivered)(?: (?:it|them|this|the|my|order|package|parcel|everything|back|over|goods|items?)){0,3} to|office (?:is )?(?:at|in)|(?:adresse|anschrift|lieferadresse|rechnungsadresse|wohnanschrift)(?: ist| lautet| est|:)|wohne (?:in der|im|am|in)|wohnhaft",
    r"|j'?habite (?:au|a)?|habite (?:au|a)|domicilie|domicilio|direccion(?: es|:)|vivo en|indirizzo(?: e|:)|abito (?:in|a)|residente (?:in|a)|adres(?: is|:)|woon (?:op|in|aan)|verzendadres|bezorgadres)|عنواني|العنوان)"
);
/// Words that announce a postcode.
const POSTCODE: &str = concat!(
    r"(?:\b(?:zip(?: ?code)?|post ?code|postal code|postleitzahl|plz|code postal|codigo postal|c\.?p\.?|cap|c\.a\.p\.|codice postale|postnummer)|الرمز البريدي)",
    r"[ :=#.(-]{0,3}(?:[\p{L}'.]+[ :]+){0,4}?([a-z]{0,2}[0-9][a-z0-9]{1,4}(?:[ -][0-9]{2,4}[a-z]{0,2}|[ -][0-9]?[a-z]{2,3})?)\b"
);
/// The same the other way round: "90210 is my zip code".
const POSTCODE_BEHIND: &str = r"\b([0-9]{3,5}(?:[ -][0-9]{2,4})?)(?: [\p{L}']+){0,3} (?:zip(?: ?code)?|post ?code|postal code|postleitzahl|plz|code postal|codigo postal|cap)\b";
/// Postcodes that are like nothing else when written in capitals: United Kingdom, Canada, the Netherlands.
const UNMISTAKABLE: &str = r"\b(?:[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][abd-hjlnp-uw-z]{2}|[abceghj-nprstvxy][0-9][a-z] ?[0-9][a-z][0-9]|[1-9][0-9]{3} [a-z]{2})\b";
/// A state of the United States or a territory, and its code: `CO 80202`.
const STATE: &str = concat!(
    r"\b(?:a[aeklprsz]|c[aot]|d[ce]|f[lm]|g[au]|hi|i[adln]|k[sy]|la|m[adehinopst]|n[cdehjmvy]|o[hkr]|p[arw]|ri|s[cd]|t[nx]|ut|v[ait]|w[aivy])",
    r",? [0-9]{5}(?:-[0-9]{4})?\b"
);
/// Mail boxes and military post.
const BOX: &str = r"\b(?:p\.? ?o\.? ?box|post ?office box|postfach|boite postale|b\.?p\.|apartado(?: de correos)?|casella postale|postbus|psc|unit|cmr) ?#?[0-9]{1,6}(?:,? box [0-9]{1,6})?\b";
/// Flats that stand in a line of their own.
const FLAT: &str = r"\b(?:apt|apartment|suite|ste|flat|unit|appartement|wohnung|piso|interno)\.? ?#?[0-9]{1,5}[a-z]?\b";

/// A line that begins and ends with a number, with capitalised words between: `5850 Jana Nerudy 894`.
const LINE: &str = r"(?m)(?:^|: |, )[^\p{L}0-9\n]{0,4}([0-9]{2,6} [\p{L}][\p{L}'.-]*(?: [\p{L}][\p{L}'.-]*){0,3} [0-9]{1,4}[a-k]?)\s*(?:,|$)";
/// Ships and posts of the armed forces of the United States.
const MILITARY: &str = r"\b(?:(?:us[a-z]{2,3}|uscgc) [\p{L}-]+\s+)?(?:apo|fpo|dpo) a[aep] [0-9]{5}\b";

pub(super) struct Address {
    streets: Vec<Regex>,
    announced: Regex,
    postcode: [Regex; 2],
    unmistakable: Regex,
    state: Regex,
    boxes: [Regex; 2],
    line: Regex,
    military: Regex,
}

impl Address {
    pub(super) fn new() -> Self {
        Self {
            streets: street::PATTERNS.iter().map(|text| pattern(text)).collect(),
            announced: pattern(ANNOUNCED),
            postcode: [pattern(POSTCODE), pattern(POSTCODE_BEHIND)],
            unmistakable: pattern(UNMISTAKABLE),
            state: pattern(STATE),
            boxes: [pattern(BOX), pattern(FLAT)],
            line: pattern(LINE),
            military: pattern(MILITARY),
        }
    }
}

impl Recogniser for Address {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let folded = text.text();
        if !folded.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        let mut note = |range| findings.push(Finding::new(Category::Address, extent::around(text, range)));
        for street in &self.streets {
            for found in street.captures_iter(folded).filter_map(|captures| captures.name("street")) {
                if street::is_street(text, &found.range()) {
                    note(found.range());
                }
            }
        }
        for announced in self.announced.find_iter(folded) {
            if let Some(range) = extent::announced(text, announced.end()) {
                note(range);
            }
        }
        for found in self
            .postcode
            .iter()
            .flat_map(|pattern| pattern.captures_iter(folded))
            .filter_map(|captures| captures.get(1))
        {
            note(found.range());
        }
        for found in self.military.find_iter(folded) {
            note(found.range());
        }
        for found in self.line.captures_iter(folded).filter_map(|captures| captures.get(1)) {
            let first = found.as_str().find(' ').map_or(0, |space| found.start() + space + 1);
            if text.is_upper(first) && style_of_block(folded) {
                note(found.range());
            }
        }
        for found in self.unmistakable.find_iter(folded).chain(self.state.find_iter(folded)) {
            let letters: Vec<usize> = found
                .as_str()
                .char_indices()
                .filter(|(_, sign)| sign.is_alphabetic())
                .map(|(at, _)| found.start() + at)
                .collect();
            if letters.iter().all(|at| text.is_upper(*at)) && !extent::is_article(folded, found.start()) {
                note(found.range());
            }
        }
        for found in self.boxes.iter().flat_map(|pattern| pattern.find_iter(folded)) {
            let start = extent::line_before(text, &found.range()).unwrap_or(found.start());
            note(start..found.end());
        }
        Ok(())
    }
}

/// Several lines: an address as it stands on a parcel, and not a list of what was bought in one line.
fn style_of_block(text: &str) -> bool {
    text.matches('\n').count() >= 2
}
