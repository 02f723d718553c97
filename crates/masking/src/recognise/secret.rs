//! Secrets in pasted text: keys by the prefixes their issuers document, private key blocks, passwords and codes that a word
//! announces, and long random words.

use std::collections::HashMap;

use regex::Regex;

use super::{after, before, pattern};
use crate::recogniser::{Finding, Looked, Recogniser};
use crate::{Category, MaskFault};

/// Prefixes as documented by OpenAI, Anthropic, GitHub, GitLab, Slack, AWS, Google, Stripe, Shopify, npm, PyPI, SendGrid,
/// Hugging Face, Meta; and JSON Web Tokens (RFC 7519).
const PREFIXED: &str = concat!(
    r"\b(?:sk-[a-z0-9_-]{16,}|gh[pousr]_[a-z0-9]{30,}|github_pat_[a-z0-9_]{22,}|glpat-[a-z0-9_-]{18,}|xox[abeprs]-[a-z0-9-]{10,}",
    r"|(?:akia|asia)[a-z0-9]{16}|aiza[a-z0-9_-]{30,}|ya29\.[a-z0-9_-]{20,}|(?:sk|rk|pk)_(?:live|test)_[a-z0-9]{16,}|whsec_[a-z0-9+/=]{20,}",
    r"|shp(?:at|ca|pa|ss)_[a-f0-9]{24,}|c[ks]_[a-f0-9]{40}|npm_[a-z0-9]{30,}|pypi-[a-z0-9_-]{30,}|sg\.[a-z0-9_-]{16,}\.[a-z0-9_-]{16,}|hf_[a-z0-9]{30,}",
    r"|eaa[a-z0-9]{40,}|eyj[a-z0-9_-]{8,}\.[a-z0-9_-]{8,}(?:\.[a-z0-9_-]*)?)"
);
/// RFC 7468. Without its end the block is taken to the end of the text: better too much than half a key.
const BLOCK: &str =
    r"(?s)-----begin [a-z0-9 ]*private key[a-z ]*-----.*?(?:-----end [a-z0-9 ]*private key[a-z ]*-----|\z)";
/// A word for a secret, a sign or verb that says "here it is", and the secret.
const ANNOUNCED: &str = concat!(
    r#"(?:\b(?:password|passwd|passwort|kennwort|passphrase|pwd|pw|mot de passe|mdp|contrasena|clave|password|parola d'ordine|wachtwoord|secret|api[ _-]?key|access[ _-]?token|auth[ _-]?token|token|bearer"#,
    r#"|pin(?: ?code)?|tan|cvv2?|cvc2?|security code|otp|verification code|one[- ]time (?:code|password)|pruefziffer|prufziffer|codigo de seguridad|codice di sicurezza|code de securite)|كلمه السر|كلمه المرور|الرقم السري)"#,
    r#"(?: (?:for|fur|pour|para|per|voor) [\p{L} ]{1,20})?(?:\s?[:=]\s?|\s(?:is|was|ist|lautet|war|est|es|e|era|هي|هو)\s?:?\s|\s)["'«„“]?([^\s"'»“”,;\x01]{3,128})"#
);
/// A word that could be a random key.
const LONG: &str = r"[a-z0-9+/_=-]{20,}";
/// Bits for each sign from which on a long mixed word is called random (Shannon, 1948). Product codes stay below.
const RANDOM: f64 = 3.6;

pub(super) struct Secret {
    whole: [Regex; 2],
    announced: Regex,
    long: Regex,
}

impl Secret {
    pub(super) fn new() -> Self {
        Self { whole: [pattern(BLOCK), pattern(PREFIXED)], announced: pattern(ANNOUNCED), long: pattern(LONG) }
    }
}

impl Recogniser for Secret {
    fn look(&self, text: &Looked<'_>, findings: &mut Vec<Finding>) -> Result<(), MaskFault> {
        let whole = self.whole.iter().flat_map(|pattern| pattern.find_iter(text.text()));
        findings.extend(whole.map(|found| Finding::new(Category::Secret, found.range())));
        for found in self.announced.captures_iter(text.text()) {
            let (Some(all), Some(secret)) = (found.get(0), found.get(1)) else { continue };
            let bare = secret.as_str().trim_end_matches(['.', '?', '!', ')']);
            let told =
                all.as_str().trim_end_matches(secret.as_str()).trim_end_matches(['"', '\'', ' ']).ends_with([':', '=']);
            let range = secret.start()..secret.start() + bare.len();
            if is_secret(text, &range, bare, told) {
                findings.push(Finding::new(Category::Secret, range));
            }
        }
        for found in self.long.find_iter(text.text()) {
            if is_random(text, found.start(), found.as_str()) {
                findings.push(Finding::new(Category::Secret, found.range()));
            }
        }
        Ok(())
    }
}

/// "My password is not working" holds no secret: after a colon anything is one, otherwise it must hold a digit, a sign or a
/// capital within.
fn is_secret(text: &Looked<'_>, range: &std::ops::Range<usize>, bare: &str, told: bool) -> bool {
    if bare.len() < 3 || bare.starts_with('[') {
        return false;
    }
    let digit = bare.bytes().any(|byte| byte.is_ascii_digit());
    let sign =
        bare.trim_matches(['-', '/']).contains(|sign: char| sign.is_ascii_punctuation() && !"-/'.".contains(sign));
    let inner = (range.start + 1..range.end).any(|at| text.is_upper(at)) && !text.all_upper(range);
    digit || sign || inner || (told && bare.chars().all(|sign| !sign.is_whitespace()) && bare.len() >= 4)
}

/// Small and capital letters and digits mixed, and no two signs alike more often than chance has it.
fn is_random(text: &Looked<'_>, start: usize, word: &str) -> bool {
    if word.contains("//")
        || before(text.text(), start).is_some_and(|sign| "/.@:".contains(sign))
        || after(text.text(), start + word.len()) == Some('@')
    {
        return false;
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_lowercase());
    let (mut small, mut capital) = (0, 0);
    for (at, _) in letters {
        if text.is_upper(start + at) { capital += 1 } else { small += 1 }
    }
    digits >= 3 && small >= 3 && capital >= 3 && entropy(word) >= RANDOM
}

#[expect(clippy::cast_precision_loss, reason = "a word is short")]
fn entropy(word: &str) -> f64 {
    let mut counts: HashMap<u8, usize> = HashMap::new();
    for byte in word.bytes() {
        *counts.entry(byte).or_default() += 1;
    }
    let length = word.len() as f64;
    counts.values().map(|count| *count as f64 / length).map(|share| -share * share.log2()).sum()
}
