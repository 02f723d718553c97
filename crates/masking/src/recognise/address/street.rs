//! Streets with their number, in the order and with the words of each country.

use std::ops::Range;

use crate::gazetteer::entry;
use crate::recogniser::Looked;

/// A group named `street` holds the street and its number.
pub(super) const PATTERNS: &[&str] = &[
    // 221b Baker Street, 12 St. Mary's Road, 1600 Pennsylvania Ave NW
    concat!(
        r"(?P<street>\b[0-9]{1,6}(?:[ -]?[0-9]{1,4})?[a-z]?,? (?:(?:north|south|east|west|[nsew]{1,2})\.? )?(?:[\p{L}0-9][\p{L}0-9'.-]* ){1,4}?",
        r"(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|court|ct|place|pl|square|sq|terrace|crescent|cres|close|gardens|grove|boulevard|blvd|way|highway|hwy|parkway|pkwy|circle|cir|trail|trl|mews|row|hill|walk|wharf|quay|view|green|park|loop|alley|plaza|turnpike|route)\b\.?",
        r"(?: (?:north|south|east|west|[nsew]{1,2})\b)?)"
    ),
    // Hauptstraße 12a, Lange Str. 5, Keizersgracht 174-2, Koskikatu 25, Storgatan 4
    concat!(
        r"(?P<street>\b(?:(?:alte|neue|grosse|große|kleine|lange|obere|untere|hohe|am|an der|nieuwe|oude|grote|kleine|lange|[\p{L}]+sche|[\p{L}]+er)[ -])?[\p{L}-]{2,}?",
        r"(?:strasse|straße|str\.|str|gasse|weg|platz|allee|damm|ufer|chaussee|steig|stieg|pfad|hof|berg|markt|straat|laan|gracht|plein|kade|dijk|singel|steeg|dreef|baan|lei",
        r"|katu|tie|kuja|polku|gatan|vagen|gata|veien|vegen|gade|vej|stræde|stræti|straeti|utca|utja|stien|alle|gaten|straede|backen|torg|torget|brautin|gotu|vegi)",
        r",? (?:nr\.? ?)?[0-9]{1,4}(?: ?[-/] ?[0-9]{1,4})?(?: ?[a-k])?\b)"
    ),
    // Lange Straße 5, Am Markt 3, Unter den Linden 5, Damrak 1
    concat!(
        r"(?P<street>\b(?:[\p{L}-]+ (?:strasse|straße|str\.|weg|platz|allee|gasse|ring|damm|markt|graben|straat|laan|plein|gracht|gata|gate|vej|ut|utca|ter|krt|u)",
        r"|(?:am|an der|an den|auf der|auf dem|im|in der|in den|unter den|zum|zur|hinter der|vor dem|bei der|beim|op de|aan de) [\p{L}-]{3,})\.?,? (?:nr\.? ?)?[0-9]{1,4}(?: ?[-/] ?[0-9]{1,4})?(?: ?[a-k])?\b)"
    ),
    // 12 bis, rue de la Paix; 4 place du Général-de-Gaulle
    concat!(
        r"(?P<street>\b[0-9]{1,4}(?: ?(?:bis|ter|quater|[a-d]))?,? (?:rue|r\.|avenue|av\.?|boulevard|bd\.?|blvd|place|pl\.|impasse|allees?|chemin|route|rte|quai|cours|square|passage|villa|cite|sentier|faubourg|esplanade|residence|lieu-dit)",
        r"(?: (?:de la|de l'|de|du|des|la|le|les|l'|d'|aux?|saint|sainte|st|ste))*[ ']?[\p{L}'’-]{2,}(?:[ -][\p{L}'’-]{2,}){0,3})"
    ),
    // Calle de Alcalá, 42, 3º B; Via Roma 12/A; Rua do Arenque 1634; rue Neuve 12; ul. Długa 7
    concat!(
        r"(?P<street>(?:\b(?:calle|cl\.|avenida|avda\.?|avd\.|av\.|plaza|pza\.|pl\.|paseo|po\.|camino|carretera|ctra\.|ronda|travesia|glorieta|rambla|carrer|passeig|placa|via|viale|v\.le|piazza|p\.za|piazzale|corso|c\.so|largo|vicolo|strada|lungotevere|contrada|localita",
        r"|rua|travessa|praca|alameda|estrada|rue|chaussee|avenue|ulica|ul\.|al\.|aleja|os\.|ulice|trida|namesti|bulevardul|strada|rruga|ulitsa|pr\.)|c/) ?",
        r"(?:(?:de la|de las|de los|de|del|della|dello|dei|degli|delle|di|da|do|dos|das|du|des|d'|la|le|les|l'|san|santa|sant'|el|los) ?)*",
        r"[\p{L}][\p{L}'’.-]*(?: [\p{L}][\p{L}'’.-]*){0,4}?,? ?(?:n[º°.]?o?\.? ?|num\.? ?|numero )?[0-9]{1,4}(?:(?:[/-]| ?)[0-9]{0,3}[a-h]?\b)?)"
    ),
];

/// Words on which a number and a word for a street do not make an address: "2 way", "5 star hill".
const COUNTED: &[&str] = &[
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "hour",
    "hours",
    "minute",
    "minutes",
    "year",
    "years",
    "percent",
    "way",
    "items",
    "pieces",
    "times",
    "people",
    "pm",
    "am",
    "inch",
    "cm",
    "mm",
    "kg",
    "tage",
    "tagen",
    "uhr",
    "euro",
    "jours",
    "heures",
    "giorni",
    "ore",
    "dias",
    "horas",
    "in",
    "on",
    "per",
    "to",
    "of",
    "and",
    "or",
    "is",
    "are",
    "the",
    "my",
    "a",
    "more",
    "different",
    "bought",
    "at",
    "from",
    "for",
    "with",
    "old",
];

/// With the words of a street there must be a name in it: a capital, or no everyday word at all.
pub(super) fn is_street(text: &Looked<'_>, range: &Range<usize>) -> bool {
    let found = text.text().get(range.clone()).unwrap_or_default();
    let mut capital = false;
    let mut counted = false;
    let mut unusual = false;
    let mut at = range.start;
    for word in found.split([' ', ',']) {
        let letters = word.trim_matches(|sign: char| !sign.is_alphabetic());
        let start = at + word.find(letters).unwrap_or_default();
        if !letters.is_empty() && !word.contains(|sign: char| sign.is_ascii_digit()) {
            capital |= text.is_upper(start) && letters.len() > 1;
            counted |= COUNTED.contains(&letters) && !text.is_upper(start);
            unusual |= letters.chars().count() > 3 && !entry(letters).common;
        }
        at += word.len() + 1;
    }
    (capital || unusual) && !counted
}
