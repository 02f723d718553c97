//! Number plates: too like article numbers to be found alone, so a word for a plate must announce them.

use regex::Regex;

use super::pattern;
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

const ANNOUNCED: &str = concat!(
    r"(?:\b(?:(?:licen[sc]e|number|registration|car|vehicle)[ -]?plates?(?: numbers?)?|plates?|vehicle registration|reg(?:istration)? (?:number|no)",
    r"|kennzeichen|nummernschild|plaque(?: d'immatriculation)?|immatriculation|matricula|placa|targa|kenteken(?:plaat)?)|لوحه السياره|رقم اللوحه)",
    r"(?:[\s:=#(]|\b(?:is|ist|lautet|est|es|e|no|nr|number|nummer|della|mia|auto|macchina|car|de|del|mi|coche|ma|voiture|van|mijn|my|the|of|für|mein)\b){1,16}",
    r"([\p{L}0-9]{1,4}(?:[ ·-]?[\p{L}0-9]{1,4}){0,3})\b"
);

pub(super) struct Plate(Regex);

impl Plate {
    pub(super) fn new() -> Self {
        Self(pattern(ANNOUNCED))
    }
}

impl Recogniser for Plate {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        for found in self.0.captures_iter(text.text()).filter_map(|captures| captures.get(1)) {
            let signs = found.as_str();
            // What follows may be the rest of the sentence: the plate ends with its last group that is no word.
            let groups = signs.split_inclusive([' ', '·', '-']);
            let mut end = found.start();
            let mut length = 0;
            for group in groups {
                length += group.len();
                let sign = group.trim_end_matches([' ', '·', '-']);
                let start = found.start() + length - group.len();
                let capitals = text.all_upper(&(start..start + sign.len()));
                if !sign.bytes().any(|byte| byte.is_ascii_digit()) && !capitals {
                    break;
                }
                end = start + sign.len();
            }
            let plate = text.text().get(found.start()..end).unwrap_or_default();
            let count = plate.chars().filter(|sign| sign.is_alphanumeric()).count();
            if (4..=9).contains(&count) && plate.bytes().any(|byte| byte.is_ascii_digit()) {
                findings.push(Finding::new(Category::Plate, found.start()..end));
            }
        }
        Ok(())
    }
}
