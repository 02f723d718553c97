//! Numbers of identity documents, social insurances and tax offices, each with the check its issuer publishes.

mod check;

use std::ops::Range;

use regex::Regex;

use super::{after, before, is_ordered, pattern};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// A kind of number.
struct Kind {
    pattern: &'static str,
    check: fn(&str) -> bool,
    /// `true` if the number is too like others to be believed without a word that announces it.
    announced: bool,
}

const fn alone(pattern: &'static str, check: fn(&str) -> bool) -> Kind {
    Kind { pattern, check, announced: false }
}

const fn announced(pattern: &'static str, check: fn(&str) -> bool) -> Kind {
    Kind { pattern, check, announced: true }
}

/// Every number we claim. Letters and digits only reach the check, in small letters.
const KINDS: &[Kind] = &[
    alone(r"[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}", check::us_ssn),
    announced(r"[0-9]{9}", check::us_ssn),
    alone(r"9[0-9]{2}-[5-9][0-9]-[0-9]{4}", check::us_itin),
    alone(r"[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]", check::uk_nino),
    alone(r"[0-9]{3}[ -][0-9]{3}[ -][0-9]{4}", check::uk_nhs),
    announced(r"[0-9]{10}", check::uk_nhs),
    announced(r"[0-9]{10}", check::uk_utr),
    alone(r"[a-z9]{5}[0-9]{6}[a-z9]{2}[0-9a-z]{3}", check::uk_licence),
    alone(r"[0-9]{2} [0-9]{3} [0-9]{3} [0-9]{3}", check::de_tax),
    announced(r"[0-9]{11}", check::de_tax),
    alone(r"[0-9]{2} ?[0-3][0-9][01][0-9]{3} ?[a-z] ?[0-9]{3}", check::de_pension),
    announced(r"[cfghjklmnprtvwxyz0-9]{9}[0-9]?", check::de_card),
    alone(
        r"[12][ .]?[0-9]{2}[ .]?(?:[01][0-9]|[2-9][0-9])[ .]?(?:[0-9]{2}|2[ab])[ .]?[0-9]{3}[ .]?[0-9]{3}(?:[ .]?[0-9]{2})",
        check::fr_nir,
    ),
    announced(r"[0-3][0-9](?: ?[0-9]){11}", check::fr_spi),
    alone(r"[0-9]{8}[ -]?[a-hj-np-tv-z]", check::es_dni),
    alone(r"[xyz][ -]?[0-9]{7}[ -]?[a-hj-np-tv-z]", check::es_dni),
    alone(r"[a-z]{6}[0-9lmnpqrstuv]{2}[abcdehlmprst][0-9lmnpqrstuv]{2}[a-z][0-9lmnpqrstuv]{3}[a-z]", check::it_fiscal),
    announced(r"[0-9]{9}|[0-9]{4}[. ][0-9]{2}[. ][0-9]{3}", check::nl_bsn),
    alone(r"[0-9]{11}", check::pl_pesel),
    alone(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}", check::be_national),
    announced(r"[0-9]{11}", check::be_national),
    announced(r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}", check::pt_nif),
    alone(r"(?:19|20)?[0-9]{2}[01][0-9][0-3][0-9][-+][0-9]{4}", check::se_person),
    announced(r"[0-9]{4} ?[0-3][0-9][01][0-9]{3}", check::at_insurance),
];

/// Words for such numbers.
const ANNOUNCING: &str = concat!(
    r"(?:\b(?:ssn|social security|social insurance|itin|tin|tax(?:payer)? ?(?:id|number|no|reference)|national ?(?:id|insurance|identity|identification)|nino|nhs|utr|id ?(?:card|number|no)",
    r"|identity (?:card|number)|passport|driv(?:er'?s?|ing) licen[sc]e|licen[sc]e (?:number|no)|steuer-?(?:id|identifikationsnummer|nummer)|idnr|tin|sozialversicherungsnummer|versicherungsnummer|svnr|rentenversicherungsnummer",
    r"|personalausweis(?:nummer)?|ausweis(?:nummer)?|reisepass(?:nummer)?|fuhrerschein(?:nummer)?|fuehrerschein|numero fiscal|numero de securite sociale|securite sociale|nir|carte d'identite|passeport|permis de conduire|cni|spi",
    r"|dni|nie|nif|documento de identidad|pasaporte|carne de conducir|seguridad social|codice fiscale|carta d'identita|passaporto|patente|bsn|burgerservicenummer|sofinummer|paspoort|rijbewijs|identiteitskaart",
    r"|rijksregisternummer|pesel|personnummer|contribuinte|cartao de cidadao)|رقم الهويه|رقم جواز السفر|جواز السفر|الرقم القومي|رقم الاقامه)",
    r"(?: ?(?:numbers?|nummer|numero|num|no|nr|n|card|id|is|was|ist|lautet|est|es|e|de|del|di|du|my|رقم|هو)\b\.?)*[ .:#°º=(-]{0,3}$"
);
/// Documents without a published check: whatever mixed word follows the word for one.
const DOCUMENT: &str = concat!(
    r"(?:\b(?:passport|driv(?:er'?s?|ing) licen[sc]e|driver licen[sc]e|licen[sc]e number|reisepass(?:nummer)?|fuhrerschein(?:nummer)?|passeport|permis de conduire|pasaporte|carne de conducir",
    r"|passaporto|patente(?: di guida)?|paspoort(?:nummer)?|rijbewijs(?:nummer)?|personalausweis(?:nummer)?|ausweisnummer|carte d'identite|carta d'identita|id card|national id)|جواز السفر|رقم الهويه)",
    r"(?: ?(?:numbers?|nummer|numero|no|nr|n|card|id|is|was|ist|lautet|est|es|e|de|del|di|my|رقم|هو)\b\.?)*[ .:#°º=(-]{0,3}([a-z]{0,3}[0-9][a-z0-9]{4,19}(?:-[0-9]{2,5}){0,3})\b"
);
/// How far before a number a word may stand that announces it, in characters.
const REACH: usize = 64;

pub(super) struct National {
    kinds: Vec<(Regex, &'static Kind)>,
    announcing: Regex,
    document: Regex,
    ordered: Regex,
}

impl National {
    pub(super) fn new() -> Self {
        Self {
            kinds: KINDS.iter().map(|kind| (pattern(&format!(r"\b(?:{})\b", kind.pattern)), kind)).collect(),
            announcing: pattern(ANNOUNCING),
            document: pattern(DOCUMENT),
            ordered: pattern(super::cue::ORDER),
        }
    }

    fn is_announced(&self, text: &str, start: usize) -> bool {
        let Some(lead) = text.get(..start) else { return false };
        let from = lead.char_indices().rev().nth(REACH - 1).map_or(0, |(at, _)| at);
        lead.get(from..).is_some_and(|lead| self.announcing.is_match(lead))
    }

    fn is_one(&self, text: &str, range: &Range<usize>, kind: &Kind) -> bool {
        let number = text.get(range.clone()).unwrap_or_default();
        let plain: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let glued = |sign: Option<char>| sign.is_some_and(|sign| sign == '-' || sign == '_' || sign == '/');
        if !(kind.check)(&plain) || glued(before(text, range.start)) || glued(after(text, range.end)) {
            return false;
        }
        if kind.announced {
            self.is_announced(text, range.start)
        } else {
            !is_ordered(&self.ordered, text, range.start)
        }
    }
}

impl Recogniser for National {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let text = text.text();
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        for (pattern, kind) in &self.kinds {
            for found in pattern.find_iter(text).filter(|found| self.is_one(text, &found.range(), kind)) {
                findings.push(Finding::new(Category::NationalId, found.range()));
            }
        }
        let documents = self.document.captures_iter(text).filter_map(|captures| captures.get(1));
        findings.extend(documents.map(|found| Finding::new(Category::NationalId, found.range())));
        Ok(())
    }
}
