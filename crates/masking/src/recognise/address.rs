//! Postal addresses: a street with its number as the countries we claim write it, then what stands around it (flat, postcode,
//! town); what a word such as "address" announces; and postcodes.
//!
//! Claimed: United States, Canada, United Kingdom, Ireland, Germany, Austria, Switzerland, France, Belgium, Spain, Italy, the
//! Netherlands. Streets of Portugal, Poland, Czechia, Hungary and the Nordic countries are found by their endings and words.

mod extent;
mod postcode;
mod street;

use postcode::Postcode;
use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Words that announce a whole address.
const ANNOUNCED: &str = concat!(
    r"(?:\b(?:(?:home|shipping|delivery|billing|postal|mailing|street|correct|current|full) address(?:es)?|address(?: is| was| ?:| of [\p{L}' .-]{1,40}? is)|lives? (?:at|on)|meet (?:me |you |us )?at|pick (?:me |us )?up (?:at|from)|(?:taxi|cab|driver|courier) to|here they are:|living at|resid(?:es?|ing) at|located at|situated at",
    r"|(?:ship|send|deliver|mail|post|move|moved|return|come|came|sent|shipped|delivered)(?: (?:it|them|this|the|my|order|package|parcel|everything|back|over|goods|items?)){0,3} to|(?:office|restaurant|hotel|house|home|flat|shop|store|building|place) is (?:at|in)|office (?:at|in)|(?:address|(?:send|ship|deliver|mail) (?:it|this|them|that) to|(?:sent|shipped|delivered) to) ?\?\s{1,2}(?:[\p{L}]{1,12}: )?|(?:adresse|anschrift|lieferadresse|rechnungsadresse|wohnanschrift)(?: ist| lautet| est|:)|wohne (?:in der|im|am|in)|wohnhaft",
    r"|j'?habite (?:au|a)?|habite (?:au|a)|domicilie|domicilio|direccion(?: es|:)|vivo en|indirizzo(?: e|:)|abito (?:in|a)|residente (?:in|a)|adres(?: is|:)|woon (?:op|in|aan)|verzendadres|bezorgadres)|عنواني|العنوان)"
);
/// Mail boxes and military post.
const BOX: &str = r"\b(?:p\.? ?o\.? ?box|post ?office box|postfach|boite postale|b\.?p\.|apartado(?: de correos)?|casella postale|postbus|psc|unit|cmr) ?#?[0-9]{1,6}(?:,? box [0-9]{1,6})?\b";
/// Flats that stand in a line of their own.
const FLAT: &str = r"\b(?:apt|apartment|suite|ste|flat|unit|appartement|wohnung|piso|interno)\.? ?#?[0-9]{1,5}[a-z]?\b";

/// A line that begins and ends with a number, with capitalised words between: `5850 Jana Nerudy 894`.
const LINE: &str = r"(?m)(?:^|: |, )[^\p{L}0-9\n]{0,4}([0-9]{2,6} [\p{L}][\p{L}'.-]*(?: [\p{L}][\p{L}'.-]*){0,3} [0-9]{1,4}[a-k]?)\s*(?:,|$)";
/// Where two streets meet: their names follow.
const CORNER: &str = r"\b(?:the )?(?:corner|intersection|junction) of ";
/// Ships and posts of the armed forces of the United States.
const MILITARY: &str = r"\b(?:(?:us[a-z]{2,3}|uscgc) [\p{L}-]+\s+)?(?:apo|fpo|dpo) a[aep] [0-9]{5}\b";

pub(super) struct Address {
    streets: Vec<Regex>,
    announced: Regex,
    postcode: Postcode,
    corner: Regex,
    boxes: [Regex; 2],
    line: Regex,
    military: Regex,
}

impl Address {
    pub(super) fn new() -> Self {
        Self {
            streets: street::PATTERNS.iter().map(|text| pattern(text)).collect(),
            announced: pattern(ANNOUNCED),
            postcode: Postcode::new(),
            corner: pattern(CORNER),
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
        for found in self.military.find_iter(folded) {
            note(found.range());
        }
        for found in self.line.captures_iter(folded).filter_map(|captures| captures.get(1)) {
            let first = found.as_str().find(' ').map_or(0, |space| found.start() + space + 1);
            let row =
                found.as_str().len() - found.as_str().trim_start_matches(|sign: char| sign.is_ascii_digit()).len() >= 3
                    && extent::goes_on_with_a_place(text, found.end());
            if text.is_upper(first) && (style_of_block(folded) || row) {
                note(found.range());
            }
        }
        self.postcode.look(text, &mut note);
        for found in self.corner.find_iter(folded) {
            if let Some(end) = extent::corner(text, found.end()) {
                note(found.start()..end);
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
