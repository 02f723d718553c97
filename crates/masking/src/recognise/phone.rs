//! Telephone numbers: international ones, the usual national forms, and whatever stands behind a word for telephone.
//! Order numbers are what customers write most: bare digits without a leading zero are left alone.

mod plan;

use regex::Regex;

use super::{after, before, is_ordered, pattern};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// `+49 (0)151 234…`, `0049151…`: a plus (or two zeros) and a country.
const INTERNATIONAL: &str =
    r"(?:\+|\b00)[ ]?[1-9](?:(?: ?\(|\) ?|[ ./-]| - )?[0-9]){6,15}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?";
/// `0151 2345678`, `(030) 123 45 67`, `06 12 34 56 78`: a trunk zero.
const TRUNK: &str = r"\(?\b0[1-9](?:[ ./()-]{0,2}[0-9]){7,10}";
/// `(555) 123-4567`, `1-800-555-0199`: North America.
const NORTH_AMERICA: &str = r"(?:\b1[ .-])?(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}(?: ?(?:x|ext\.?|extension) ?[0-9]{1,6})?\b";
/// A word for telephone announces the number.
const ANNOUNCED: &str = concat!(
    r"(?:\b(?:tel|telefon|telephone|telefono|phone|fon|mobile|mobil|handy|cell|desk|direct line|landline|whatsapp|fax|rufnummer|call(?: me| us| him| her)?(?: back)? (?:at|on)|reach(?: me| us| him| her)? (?:at|on|under)|ring|dial|answering at|answer at|text me (?:at|on)|numero de telefono|numero di telefono|numero de telephone|cellulare|movil|celular|portable|gsm|mobiel|telefoonnummer|telefonnummer|handynummer|phone-?number|sms)",
    r"|هاتف|جوال|موبايل|تليفون)",
    r"(?: ?(?:numbers?|nummer|numero|no|nr|is|ist|est|es|e|at|on|under|my|has changed to|رقم|هو)\b)*[ .:#\n]{0,3}(\+?\(?[0-9](?:[ ./()-]{0,2}[0-9]){5,14})"
);
/// A date is no number to call.
const DATE: &str = r"^\(?(?:[0-3]?[0-9][./-][01]?[0-9][./-](?:19|20)?[0-9]{2}\b|(?:19|20)[0-9]{2}[./-])";

/// Groups of two to four digits, as numbers are written where no trunk zero is: `699 956 915`, `60-56-85-91`, `(37) 788-063`.
const GROUPED: &str = r"(?:\(\+?[0-9]{1,4}\) ?|\b)[0-9]{2,4}(?:[ ./-][0-9]{2,4}){1,4}\b";

pub(super) struct Phone {
    international: Regex,
    national: [Regex; 2],
    announced: Regex,
    grouped: Regex,
    order: Regex,
    date: Regex,
}

impl Phone {
    pub(super) fn new() -> Self {
        Self {
            international: pattern(INTERNATIONAL),
            national: [pattern(TRUNK), pattern(NORTH_AMERICA)],
            announced: pattern(ANNOUNCED),
            grouped: pattern(GROUPED),
            order: pattern(super::cue::ORDER),
            date: pattern(DATE),
        }
    }
}

impl Recogniser for Phone {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let text = text.text();
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        for found in self.international.find_iter(text) {
            if stands_alone(text, found.start(), found.end()) {
                findings.push(Finding::new(Category::Phone, found.range()));
            }
        }
        for found in self.announced.captures_iter(text).filter_map(|captures| captures.get(1)) {
            findings.push(Finding::new(Category::Phone, found.range()));
        }
        for found in self.national.iter().flat_map(|pattern| pattern.find_iter(text)) {
            if !self.is_other(text, found.start(), found.as_str()) && stands_alone(text, found.start(), found.end()) {
                findings.push(Finding::new(Category::Phone, found.range()));
            }
        }
        for found in self.grouped.find_iter(text) {
            let plausible = plan::is_given(found.as_str());
            if plausible
                && !self.is_other(text, found.start(), found.as_str())
                && stands_alone(text, found.start(), found.end())
            {
                findings.push(Finding::new(Category::Phone, found.range()));
            }
        }
        Ok(())
    }
}

impl Phone {
    /// A date, or the number of an order.
    fn is_other(&self, text: &str, start: usize, found: &str) -> bool {
        self.date.is_match(found) || is_ordered(&self.order, text, start)
    }
}

/// Not in the middle of a longer word or number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let glued_before = before(text, start).is_some_and(|letter| letter.is_alphanumeric() || "-_/.".contains(letter));
    let glued_after = after(text, end).is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    !glued_before && !glued_after
}
