//! Dates of birth: a date is personal when a word says that somebody was born on it. Dates of orders stay.

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Words for being born and for the date of it, in the languages claimed.
const BORN: &str = concat!(
    r"(?:\b(?:born|birth ?da(?:te|y)|date of birth|d\.?o\.?b\.?|geboren|geburtsdatum|geburtstag|geb\.|nee? le|ne\(e\) le|date de naissance|naissance",
    r"|nacid[oa]|naci|fecha de nacimiento|nacimiento|nat[oa] il|nat[oa]|data di nascita|nascita|geboortedatum|geb\.?datum|nascid[oa]|data de nascimento)",
    r"|مواليد|تاريخ الميلاد|تاريخ ميلادي)"
);
/// What may stand between the word and the date.
const BETWEEN: &str =
    r"(?:[\s:=,.()/-]|\b(?:is|on|the|was|in|am|ist|den|der|est|le|es|el|il|e|op|is|de|my|i|ich|bin|war|هو|في)\b){0,8}";
const MONTHS: &str = concat!(
    "jan(?:uary|uar|vier|uari)?|jaenner|janner|enero|ene|gennaio|gen|feb(?:ruary|ruar|brero|braio|ruari)?|fevrier|fevr|mar(?:ch|s|zo)?|marz|maerz|maart|mrt",
    "|apr(?:il|ile)?|avril|avr|abril|abr|may|mai|mayo|maggio|mag|mei|jun[ei]?|juin|junio|giugno|giu|jul[iy]?|juillet|juil|julio|luglio|lug",
    "|aug(?:ust|ustus)?|aout|agosto|ago|sep(?:t|tember|tembre|tiembre)?|settembre|set|oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|ott",
    "|nov(?:ember|embre|iembre)?|dec(?:ember|embre)?|dez(?:ember)?|dic(?:iembre|embre)?",
    "|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر"
);

/// The same the other way round: "am 12.03.1984 geboren".
const BEHIND: &str = r"[\s,)]{1,3}(?:in [\p{L} ]{2,30} )?(?:geboren|geb\.|born|nacid[oa]|nat[oa])\b";

pub(super) struct Birth([Regex; 2]);

impl Birth {
    pub(super) fn new() -> Self {
        let day = r"[0-3]?[0-9](?:st|nd|rd|th|er|º|\.)?";
        let year = r"(?:1[89]|20)?[0-9]{2}";
        let date = [
            format!(r"{day}(?:[\s.-]|\b(?:of|de|du)\b)*(?:{MONTHS})\.?,?(?:[\s.-]|\b(?:de|del|di)\b)*{year}"),
            format!(r"(?:{MONTHS})\.?\s+{day},?\s+{year}"),
            r"[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?(?:1[89]|20)?[0-9]{2}".to_owned(),
            r"(?:1[89]|20)[0-9]{2}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}".to_owned(),
            r"[0-3][0-9][01][0-9](?:19|20)[0-9]{2}".to_owned(),
            r"(?:19|20)[0-9]{2}".to_owned(),
        ];
        let date = date.join("|");
        Self([pattern(&format!("{BORN}{BETWEEN}({date})")), pattern(&format!(r"\b({date}){BEHIND}"))])
    }
}

impl Recogniser for Birth {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let dates =
            self.0.iter().flat_map(|pattern| pattern.captures_iter(text.text())).filter_map(|captures| captures.get(1));
        findings.extend(dates.map(|found| Finding::new(Category::Birth, found.range())));
        Ok(())
    }
}
