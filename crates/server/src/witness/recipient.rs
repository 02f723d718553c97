//! Looks at who outside could receive something, how, and whether the masker still stands before them.

use std::net::IpAddr;

use desk::provider::Facts;
use masking::{Masker, Placeholders};
use privacy::promise::Finding;
use url::{Host, Url};

use crate::config::{Config, MailProtection};

/// Invented details, each of a kind that must not pass. Numbers are test numbers or reserved ones (RFC 5737, ISO 13616 example).
const PLANTED: [(&str, &str); 8] = [
    ("ada.probe@shop.example", "Please write to ada.probe@shop.example about it."),
    ("bo.muster+test@post.example", "Schreiben Sie an bo.muster+test@post.example, bitte."),
    ("+49 30 901820", "Call me: +49 30 901820"),
    ("4111 1111 1111 1111", "My card is 4111 1111 1111 1111."),
    ("5500005555555559", "Karte 5500005555555559"),
    ("DE89 3704 0044 0532 0130 00", "IBAN DE89 3704 0044 0532 0130 00"),
    ("GB82WEST12345698765432", "account GB82WEST12345698765432 thanks"),
    ("203.0.113.77", "I was at 203.0.113.77 when it failed."),
];
/// A mechanism that was struck down (CJEU C-311/18) and is refused as a ground.
const STRUCK_DOWN: &str = "privacy shield";

/// Plants details and sees none of them come out.
pub(super) fn masker_stands(masker: &Masker) -> Finding {
    let passed = PLANTED.iter().filter(|(secret, text)| {
        let masked = masker.mask(&mut Placeholders::new(), text, &[]);
        // Without a masked text nothing leaves: that is safe, too, but it is not masking.
        masked.map_or(true, |masked| masked.as_text().contains(secret))
    });
    let (planted, passed) = (PLANTED.len(), passed.count());
    Finding::none_of(passed, format!("{planted} invented details given to the masker, {passed} came out."))
}

/// Somebody outside to whom something may be sent.
pub(super) struct Outside {
    name: String,
    country: String,
    mechanism: String,
    contract: String,
    encrypted: bool,
}

/// The organisation's models, or the operator's; and the mail relay.
pub(super) fn everybody(providers: impl Iterator<Item = Facts>, config: &Config) -> Vec<Outside> {
    let mut all: Vec<Outside> = providers
        .map(|facts| Outside {
            encrypted: is_encrypted(&facts.base_url),
            name: facts.recipient,
            country: facts.country,
            mechanism: facts.mechanism,
            contract: facts.contract,
        })
        .collect();
    let Config { model, mail, .. } = config;
    if all.is_empty() && !model.base_url.is_empty() {
        all.push(Outside {
            name: model.recipient.clone(),
            country: model.country.clone(),
            mechanism: model.mechanism.clone(),
            contract: model.contract.clone(),
            encrypted: is_encrypted(&model.base_url),
        });
    }
    if !mail.host.is_empty() {
        let here = mail.host == "localhost" || mail.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        all.push(Outside {
            name: mail.recipient.clone(),
            country: mail.country.clone(),
            mechanism: mail.mechanism.clone(),
            contract: mail.contract.clone(),
            encrypted: mail.protection != MailProtection::None || here,
        });
    }
    all
}

/// Whoever receives something has a name, a country, a ground and a contract.
pub(super) fn contracted(all: &[Outside]) -> Finding {
    let lacking = all.iter().filter(|one| {
        let facts = [&one.name, &one.country, &one.mechanism, &one.contract];
        let ground = one.mechanism.to_lowercase().replace('-', " ");
        facts.iter().any(|fact| fact.trim().is_empty()) || ground.contains(STRUCK_DOWN)
    });
    let (known, lacking) = (all.len(), lacking.count());
    Finding::none_of(
        lacking,
        format!("{known} recipients are configured; {lacking} lack a contract or a lawful ground."),
    )
}

/// Whoever receives something is reached with TLS, or on this machine.
pub(super) fn encrypted(all: &[Outside]) -> Finding {
    let (known, open) = (all.len(), all.iter().filter(|one| !one.encrypted).count());
    Finding::none_of(open, format!("{known} recipients are configured; {open} would be reached without encryption."))
}

fn is_encrypted(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "https" || on_this_machine(&url))
}

fn on_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Model;

    fn configured(base_url: &str, mechanism: &str) -> Vec<Outside> {
        let model = Model {
            base_url: base_url.into(),
            recipient: "Example Models".into(),
            country: "IE".into(),
            mechanism: mechanism.into(),
            contract: "DPA 7".into(),
            ..Model::default()
        };
        everybody(std::iter::empty(), &Config { model, ..Config::default() })
    }

    #[test]
    fn the_masker_lets_none_of_the_planted_details_pass() {
        let finding = masker_stands(&Masker::new());
        assert!(finding.holds, "{}", finding.says);
    }

    #[test]
    fn a_recipient_without_a_lawful_ground_or_without_tls_is_found() {
        let good = configured("https://models.example/v1", "standard contractual clauses");
        assert!(contracted(&good).holds && encrypted(&good).holds);
        assert!(!contracted(&configured("https://models.example/v1", "EU-US Privacy Shield")).holds);
        assert!(!contracted(&configured("https://models.example/v1", "")).holds);
        for (address, holds) in [
            ("http://127.0.0.1:11434/v1", true),
            ("http://[::1]:1/v1", true),
            ("http://models.example/v1", false),
            ("", true),
        ] {
            assert_eq!(encrypted(&configured(address, "own server")).holds, holds, "{address}");
        }
    }
}
