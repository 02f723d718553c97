//! Invented values with right check digits.

use super::language::Language;

/// Numbers that look like chance and are the same in every run (splitmix64).
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: usize) -> Self {
        Self(seed as u64 ^ 0x5eed_c0ff_ee00)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one<'a>(&mut self, of: &'a [&'static str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn signs(&mut self, alphabet: &str, count: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..count).map(|_| letters[self.below(letters.len())]).collect()
    }
}

/// A value for a place in a sentence, and its kind.
pub(super) fn of(place: &str, language: &Language, draw: &mut Draw) -> (&'static str, String) {
    match place {
        "name" => ("name", draw.one(language.names).to_owned()),
        "email" => ("email", email(draw)),
        "phone" => ("phone", phone(language.code, draw)),
        "address" => ("address", draw.one(language.streets).replace("{n}", &(1 + draw.below(180)).to_string())),
        "card" => ("card", card(draw)),
        "iban" => ("iban", iban(draw)),
        "ip" => ("ip", ip(draw)),
        "birth" => ("birth", birth(draw)),
        "plate" => ("plate", plate(language.code, draw)),
        "password" => (
            "secret",
            format!("{}{}!{}", draw.one(&["Sonne", "Blue", "tigre"]), draw.digits(3), draw.signs("xyzQRS", 3)),
        ),
        "key" => ("secret", key(draw)),
        "passport" => ("id", format!("{}{}", draw.signs("ABCLNP", 1), draw.digits(8))),
        place => ("id", national(place, draw)),
    }
}

fn email(draw: &mut Draw) -> String {
    let user = draw.one(&["m.okonkwo", "j-baumann", "camille_l", "lucia+shop", "info.rossi"]);
    format!("{user}{}@{}", draw.digits(3), draw.one(&["example.org", "mail.example.com", "example.co.uk"]))
}

fn phone(code: &str, draw: &mut Draw) -> String {
    let tail = draw.digits(4);
    let shapes: &[&str] = match code {
        "en" => &["+44 7700 90{t}", "07700 90{t}", "(555) 234-{t}", "+1 555.234.{t}"],
        "de" => &["+49 151 2345{t}", "0151/2345{t}", "(030) 123 {t}", "0049 170 55{t}"],
        "fr" => &["+33 6 12 34 {s}", "06 12 34 {s}", "0033 1 42 68 {s}"],
        "es" => &["+34 612 34 {s}", "612 34 {s}", "91 234 {s}"],
        "it" => &["+39 333 456 {t}", "333 456 {t}", "06 4567 {t}"],
        "nl" => &["+31 6 1234 {t}", "06-1234{t}", "020 123 {t}"],
        _ => &["+966 50 123 {t}", "+20 100 234 {t}"],
    };
    let split = format!("{} {}", &tail[..2], &tail[2..]);
    draw.one(shapes).replace("{t}", &tail).replace("{s}", &split)
}

fn card(draw: &mut Draw) -> String {
    let (start, length) = [("4", 16), ("51", 16), ("37", 15), ("6011", 16)][draw.below(4)];
    let mut digits: Vec<u32> =
        start.chars().chain(draw.digits(length - start.len() - 1).chars()).filter_map(|d| d.to_digit(10)).collect();
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, d)| if at % 2 == 0 { (d * 2) / 10 + (d * 2) % 10 } else { *d }).sum();
    digits.push((10 - sum % 10) % 10);
    let plain: String = digits.iter().filter_map(|d| char::from_digit(*d, 10)).collect();
    match draw.below(3) {
        0 => plain,
        n => plain
            .as_bytes()
            .chunks(4)
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect::<Vec<_>>()
            .join(if n == 1 { " " } else { "-" }),
    }
}

fn iban(draw: &mut Draw) -> String {
    let (country, length) = [("DE", 18), ("FR", 23), ("ES", 20), ("NL", 0), ("GB", 0), ("IT", 0)][draw.below(6)];
    let body = match country {
        "NL" => format!("ABNA{}", draw.digits(10)),
        "GB" => format!("WEST{}", draw.digits(14)),
        "IT" => format!("X{}", draw.digits(22)),
        _ => draw.digits(length),
    };
    let value = |text: &str| {
        text.chars()
            .filter_map(|sign| sign.to_digit(36))
            .fold(0_u32, |rest, v| (rest * if v > 9 { 100 } else { 10 } + v) % 97)
    };
    let check = 98 - value(&format!("{body}{country}00"));
    let plain = format!("{country}{check:02}{body}");
    if draw.below(2) == 0 {
        return plain;
    }
    plain.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>().join(" ")
}

fn ip(draw: &mut Draw) -> String {
    match draw.below(2) {
        0 => format!("203.0.113.{}", 1 + draw.below(254)),
        _ => format!("2001:db8::{:x}:{:x}", 1 + draw.below(0xfffe), 1 + draw.below(0xfffe)),
    }
}

fn birth(draw: &mut Draw) -> String {
    let (day, month, year) = (10 + draw.below(18), 10 + draw.below(3), 1950 + draw.below(55));
    match draw.below(3) {
        0 => format!("{day}.{month}.{year}"),
        1 => format!("{day}/{month}/{year}"),
        _ => format!("{year}-{month}-{day}"),
    }
}

fn plate(code: &str, draw: &mut Draw) -> String {
    let letters = draw.signs("BCDFGHJKL", 3);
    let digits = draw.digits(3);
    match code {
        "de" => format!("{}-{} 4{digits}", &letters[..1], &letters[1..]),
        "fr" | "it" => format!("{}-{digits}-{}", &letters[..2], &letters[1..]),
        "es" => format!("4{digits} {letters}"),
        "nl" => format!("{}-{digits}-{}", &letters[..2], &letters[2..]),
        _ => format!("{}5{} {letters}", &letters[..2], &digits[..1]),
    }
}

fn key(draw: &mut Draw) -> String {
    let alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    match draw.below(5) {
        0 => format!("sk-{}", draw.signs(alphabet, 40)),
        1 => format!("ghp_{}", draw.signs(alphabet, 36)),
        2 => format!("AKIA{}", draw.signs("ABCDEFGHJKLMNPQRSTUVWXYZ234567", 16)),
        3 => format!("shpat_{}", draw.signs("0123456789abcdef", 32)),
        _ => format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", draw.signs(alphabet, 64)),
    }
}

/// The number of a person at an office, by its issuer's rule.
fn national(place: &str, draw: &mut Draw) -> String {
    match place {
        "ssn" => format!("2{}-4{}-3{}", draw.digits(2), draw.digits(1), draw.digits(3)),
        "nino" => format!("AB {} {} {} C", draw.digits(2), draw.digits(2), draw.digits(2)),
        // A number with one pair, and its check digit (ISO 7064 MOD 11,10).
        "steuer" => {
            let body = ["5549670832", "8609574271", "2495380168", "4785016392"][draw.below(4)];
            let body: String = if body.chars().collect::<std::collections::BTreeSet<_>>().len() == 10 {
                body.replacen('0', &body[..1], 1)
            } else {
                body.to_owned()
            };
            let product = body.chars().filter_map(|d| d.to_digit(10)).fold(10, |product, digit| {
                let sum = if (digit + product) % 10 == 0 { 10 } else { (digit + product) % 10 };
                (sum * 2) % 11
            });
            format!("{body}{}", (11 - product) % 10)
        }
        "nir" => {
            let body = format!("2{}07{}", 50 + draw.below(49), draw.digits(8));
            let number: u64 = body.parse().expect("digits");
            format!("{body}{:02}", 97 - number % 97)
        }
        "dni" => {
            let number: usize = draw.digits(8).parse().expect("digits");
            format!("{number:08}{}", &"TRWAGMYFPDXBNJZSQVHLCKE"[number % 23..=number % 23])
        }
        "fiscale" => draw.one(&["RSSMRA85T10A562S", "BNCGLI80A41H501C", "VRDLGI60M15F205I"]).to_owned(),
        _ => loop {
            let body = draw.digits(8);
            let sum: u32 =
                body.chars().filter_map(|d| d.to_digit(10)).zip([9, 8, 7, 6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
            if sum % 11 < 10 && !body.starts_with('0') {
                return format!("{body}{}", sum % 11);
            }
        },
    }
}
