//! Telephone numbers: international ones, the usual national forms, and whatever stands behind a word for telephone.
//! Order numbers are what customers write most: bare digits without a leading zero are left alone.

use regex::Regex;

use super::{Finding, after, before, pattern};
use crate::Category;

/// `+49 (0)151 234…`, `0049151…`: a plus (or two zeros) and a country.
const INTERNATIONAL: &str = r"(?:\+|\b00)[ ]?[1-9](?:(?: ?\(|\) ?|[ ./-]| - )?[0-9]){6,15}";
/// `0151 2345678`, `(030) 123 45 67`, `06 12 34 56 78`: a trunk zero.
const TRUNK: &str = r"\(?\b0[1-9](?:[ ./()-]{0,2}[0-9]){7,10}";
/// `(555) 123-4567`, `1-800-555-0199`: North America.
const NORTH_AMERICA: &str = r"(?:\b1[ .-])?(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}\b";
/// A word for telephone announces the number.
const ANNOUNCED: &str = concat!(
    r"(?:\b(?:tel|telefon|telephone|telefono|phone|fon|mobile|mobil|handy|cell|whatsapp|fax|rufnummer|call me (?:at|on)|reach me (?:at|on))",
    r"|هاتف|جوال|موبايل|تليفون)",
    r"(?: ?(?:number|nummer|no|nr|is|ist|رقم))*[ .:#]{0,3}(\+?\(?[0-9](?:[ ./()-]{0,2}[0-9]){5,14})"
);
/// What stands before a number that is no telephone number.
const ORDER: &str = r"(?:#|\b(?:order|orders|bestellung|bestellnummer|auftrag|auftragsnummer|kundennummer|rechnung|invoice|tracking|sku|ean|isbn|artikel|item|ref|reference|sendungsnummer|ticket|طلب|الطلب))(?: ?(?:number|nummer|no|nr|id|is|ist|رقم))*[ .:#-]{0,3}$";
/// A date is no number to call.
const DATE: &str = r"^\(?(?:[0-3]?[0-9][./-][01]?[0-9][./-](?:19|20)?[0-9]{2}\b|(?:19|20)[0-9]{2}[./-])";

#[derive(Clone)]
pub(super) struct PhonePatterns {
    international: Regex,
    national: [Regex; 2],
    announced: Regex,
    order: Regex,
    date: Regex,
}

impl PhonePatterns {
    pub(super) fn new() -> Self {
        Self {
            international: pattern(INTERNATIONAL),
            national: [pattern(TRUNK), pattern(NORTH_AMERICA)],
            announced: pattern(ANNOUNCED),
            order: pattern(ORDER),
            date: pattern(DATE),
        }
    }

    pub(super) fn look(&self, text: &str, findings: &mut Vec<Finding>) {
        for found in self.international.find_iter(text) {
            if stands_alone(text, found.start(), found.end()) {
                findings.push(Finding::new(Category::Phone, found.range()));
            }
        }
        for found in self.announced.captures_iter(text).filter_map(|captures| captures.get(1)) {
            findings.push(Finding::new(Category::Phone, found.range()));
        }
        for found in self.national.iter().flat_map(|pattern| pattern.find_iter(text)) {
            let told_otherwise = self.date.is_match(found.as_str()) || self.is_order(text, found.start());
            if !told_otherwise && stands_alone(text, found.start(), found.end()) {
                findings.push(Finding::new(Category::Phone, found.range()));
            }
        }
    }

    fn is_order(&self, text: &str, start: usize) -> bool {
        let Some(lead) = text.get(..start) else { return false };
        let from = lead.char_indices().rev().nth(47).map_or(0, |(at, _)| at);
        lead.get(from..).is_some_and(|lead| self.order.is_match(lead))
    }
}

/// Not in the middle of a longer word or number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let glued_before = before(text, start).is_some_and(|letter| letter.is_alphanumeric() || "-_/.".contains(letter));
    let glued_after = after(text, end).is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    !glued_before && !glued_after
}
