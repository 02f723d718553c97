//! The check of each number, with where its issuer publishes the rule. All get letters and digits only, in small letters.

/// The digits, or nothing if there is a letter.
fn digits(text: &str) -> Vec<u32> {
    text.chars().map(|sign| sign.to_digit(10)).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The value of the digits from `from` on, `count` of them.
fn part(text: &str, from: usize, count: usize) -> u32 {
    text.get(from..from + count).and_then(|part| part.parse().ok()).unwrap_or(u32::MAX)
}

fn is_day(day: u32, month: u32) -> bool {
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

/// US social security number: no area 000, 666 or 900 and up, no group 00, no serial 0000 (SSA, randomization of 2011).
pub(super) fn us_ssn(text: &str) -> bool {
    text.len() == 9 && !matches!(part(text, 0, 3), 0 | 666 | 900..) && part(text, 3, 2) != 0 && part(text, 5, 4) != 0
}

/// US taxpayer number of individuals: 9xx with a group of 50–65, 70–88, 90–92 or 94–99 (IRS, Publication 1915).
pub(super) fn us_itin(text: &str) -> bool {
    text.starts_with('9') && matches!(part(text, 3, 2), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// UK national insurance number: prefixes that are not given (HMRC, National Insurance Manual NIM39110).
pub(super) fn uk_nino(text: &str) -> bool {
    text.len() == 9 && !["bg", "gb", "kn", "nk", "nt", "tn", "zz"].iter().any(|prefix| text.starts_with(prefix))
}

/// UK NHS number: weights 10 to 2, modulo 11 (NHS Data Dictionary).
pub(super) fn uk_nhs(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    digits.len() == 10 && digits.last().is_some_and(|last| (11 - sum % 11) % 11 == *last)
}

/// UK unique taxpayer reference: the first digit checks the other nine, modulo 11 (HMRC).
pub(super) fn uk_utr(text: &str) -> bool {
    let digits = digits(text);
    let Some((first, rest)) = digits.split_first() else { return false };
    let sum = weighted(rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
    let check = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1].get((sum % 11) as usize).copied();
    digits.len() == 10 && check == Some(*first)
}

/// UK driving licence: five letters of the surname, year, month (plus 50 for women), day (DVLA).
pub(super) fn uk_licence(text: &str) -> bool {
    let month = part(text, 6, 2);
    text.len() == 16 && is_day(part(text, 8, 2), if month > 50 { month - 50 } else { month })
}

/// German tax number of persons: ISO 7064 MOD 11,10; among the first ten digits one occurs two or three times (BZSt).
pub(super) fn de_tax(text: &str) -> bool {
    let digits = digits(text);
    let Some((check, rest)) = digits.split_last() else { return false };
    if rest.len() != 10 || rest.first() == Some(&0) {
        return false;
    }
    let often = (0..10).map(|digit| rest.iter().filter(|one| **one == digit).count()).max();
    let product = rest.iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        (sum * 2) % 11
    });
    matches!(often, Some(2 | 3)) && (11 - product) % 10 == *check
}

/// German pension insurance number: weights over area, birth date, letter and serial (VKVV § 4).
pub(super) fn de_pension(text: &str) -> bool {
    if text.len() != 12 || !is_day(part(text, 2, 2) % 50, part(text, 4, 2)) {
        return false;
    }
    let mut spread = Vec::new();
    for sign in text.chars().take(11) {
        match sign.to_digit(36) {
            Some(letter) if letter > 9 => spread.extend([(letter - 9) / 10, (letter - 9) % 10]),
            Some(digit) => spread.push(digit),
            None => return false,
        }
    }
    let sum: u32 = spread
        .iter()
        .zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    Some(sum % 10) == text.chars().last().and_then(|sign| sign.to_digit(10))
}

/// German identity card: nine signs, and perhaps a check digit with weights 7, 3, 1 (ICAO 9303-3).
pub(super) fn de_card(text: &str) -> bool {
    let sum: u32 = text
        .chars()
        .take(9)
        .zip([7, 3, 1].into_iter().cycle())
        .filter_map(|(sign, weight)| Some(sign.to_digit(36)? * weight))
        .sum();
    let mixed = text.bytes().any(|byte| byte.is_ascii_digit());
    match text.chars().nth(9).and_then(|sign| sign.to_digit(10)) {
        Some(check) => sum % 10 == check,
        None => mixed,
    }
}

/// French social security number: key = 97 − number mod 97; Corsica counts as 19 and 18 (INSEE).
pub(super) fn fr_nir(text: &str) -> bool {
    let plain = text.replacen("2a", "19", 1).replacen("2b", "18", 1);
    let digits = digits(&plain);
    let (Some(body), Some(key)) = (digits.get(..13), digits.get(13..)) else { return false };
    digits.len() == 15 && 97 - number(body) % 97 == number(key)
}

/// French tax number: the last three digits are the first ten modulo 511 (DGFiP).
pub(super) fn fr_spi(text: &str) -> bool {
    let digits = digits(text);
    let (Some(body), Some(key)) = (digits.get(..10), digits.get(10..)) else { return false };
    digits.len() == 13 && number(body) % 511 == number(key)
}

/// Spanish DNI and NIE: the letter is the number modulo 23; X, Y, Z count as 0, 1, 2 (Real Decreto 1553/2005).
pub(super) fn es_dni(text: &str) -> bool {
    let (Some(body), Some(letter)) = (text.get(..text.len().saturating_sub(1)), text.chars().last()) else {
        return false;
    };
    let body = match body.chars().next() {
        Some(first @ 'x'..='z') => {
            format!("{}{}", u32::from(first) - u32::from('x'), body.get(1..).unwrap_or_default())
        }
        _ => body.to_owned(),
    };
    let Ok(value) = body.parse::<usize>() else { return false };
    "trwagmyfpdxbnjzsqvhlcke".chars().nth(value % 23) == Some(letter)
}

/// Italian codice fiscale: values for odd and even places, modulo 26 (D.M. 23 dicembre 1976).
pub(super) fn it_fiscal(text: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let value = |sign: char| sign.to_digit(36).map(|value| if value > 9 { value - 10 } else { value });
    let sum: Option<u32> = text
        .chars()
        .take(15)
        .enumerate()
        .map(|(place, sign)| {
            let value = value(sign)?;
            if place % 2 == 1 { Some(value) } else { ODD.get(value as usize).copied() }
        })
        .sum();
    text.len() == 16 && sum.map(|sum| sum % 26) == text.chars().last().and_then(value)
}

/// Dutch citizen number: weights 9 to 2 and −1, modulo 11 (Wet algemene bepalingen BSN, the "eleven test").
pub(super) fn nl_bsn(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 10]);
    digits.len() == 9 && number(&digits) > 0 && sum.is_multiple_of(11)
}

/// Polish PESEL: weights 1, 3, 7, 9, and a date of birth with the century in the month (Ustawa o ewidencji ludności).
pub(super) fn pl_pesel(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    digits.len() == 11 && sum.is_multiple_of(10) && is_day(part(text, 4, 2), part(text, 2, 2) % 20)
}

/// Belgian national number: 97 − number mod 97, with a 2 before it for those born since 2000 (KB of 3 April 1984).
pub(super) fn be_national(text: &str) -> bool {
    let digits = digits(text);
    let (Some(body), Some(key)) = (digits.get(..9), digits.get(9..)) else { return false };
    let (body, key) = (number(body), number(key));
    digits.len() == 11 && (97 - body % 97 == key || 97 - (2_000_000_000 + body) % 97 == key)
}

/// Portuguese tax number: weights 9 to 2, modulo 11 (Autoridade Tributária).
pub(super) fn pt_nif(text: &str) -> bool {
    let digits = digits(text);
    let rest = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    digits.len() == 9 && digits.last() == Some(&(if rest < 2 { 0 } else { 11 - rest }))
}

/// Swedish personal number: Luhn over the ten last digits, a date first (Skatteverket, SKV 704).
pub(super) fn se_person(text: &str) -> bool {
    let short = text.get(text.len().saturating_sub(10)..).unwrap_or_default();
    let digits = digits(short);
    let sum: u32 = digits
        .iter()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    digits.len() == 10 && sum.is_multiple_of(10) && is_day(part(short, 4, 2) % 60, part(short, 2, 2))
}

/// Austrian social insurance number: weights 3, 7, 9, 5, 8, 4, 2, 1, 6, modulo 11 in the fourth place (ASVG § 31).
pub(super) fn at_insurance(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    digits.len() == 10 && digits.get(3) == Some(&(sum % 11))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Check = fn(&str) -> bool;

    /// Examples that the issuers print, or numbers made by their rule; the second of each pair has one digit changed.
    const PAIRS: &[(Check, &str, &str)] = &[
        (us_ssn, "219099999", "666099999"),
        (us_itin, "912701234", "912001234"),
        (uk_nino, "qq123456c", "gb123456c"),
        (uk_nhs, "9434765919", "9434765918"),
        (uk_utr, "1955839661", "2955839661"),
        (uk_licence, "morga657054sm9ij", "morga697054sm9ij"),
        (de_tax, "86095742719", "86095742718"),
        (de_pension, "15070649c103", "15070649c104"),
        (de_card, "t220001293", "t220001294"),
        (fr_nir, "255081416802538", "255081416802537"),
        (fr_spi, "3023217600053", "3023217600054"),
        (es_dni, "12345678z", "12345678a"),
        (es_dni, "x1234567l", "x1234567m"),
        (it_fiscal, "rssmra85t10a562s", "rssmra85t10a562t"),
        (nl_bsn, "111222333", "111222334"),
        (pl_pesel, "44051401359", "44051401358"),
        (be_national, "85073003328", "85073003329"),
        (pt_nif, "123456789", "123456788"),
        (se_person, "6408233234", "6408233235"),
        (at_insurance, "1237010180", "1238010180"),
    ];

    #[test]
    fn every_check_takes_its_issuers_example_and_refuses_a_changed_digit() {
        for (number, (check, right, wrong)) in PAIRS.iter().enumerate() {
            assert!(check(right), "pair {number}: {right}");
            assert!(!check(wrong), "pair {number}: {wrong}");
            assert!(!check(""), "pair {number}: nothing");
        }
    }
}
