//! What is said about a provider, and what must be said before a word may leave for it.

use model::Refusal;
use outside::model::Dialect;
use url::Url;

/// What makes a transfer lawful (GDPR Art. 44 ff.).
pub const MECHANISMS: [&str; 5] =
    ["own_server", "within_eea", "adequacy_decision", "standard_contractual_clauses", "binding_corporate_rules"];

/// What the staff says about a provider.
#[derive(Clone)]
pub struct Facts {
    /// The protocol it speaks, by its word.
    pub dialect: String,
    /// What the staff calls it.
    pub name: String,
    /// Its address.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// The company that receives what is sent.
    pub recipient: String,
    /// Where it works on it: ISO 3166-1 alpha-2.
    pub country: String,
    /// One of [`MECHANISMS`], or empty.
    pub mechanism: String,
    /// Where the contract is found, or empty.
    pub contract: String,
    /// How long the recipient keeps what it gets, in its words.
    pub retention: String,
    /// Minor units of money for a million tokens sent.
    pub price_in: i64,
    /// Minor units of money for a million tokens received.
    pub price_out: i64,
}

impl Facts {
    /// Every part is allowed; spaces at the ends are cut.
    pub(super) fn checked(mut self, named: impl Fn(&Url) -> bool) -> Result<Self, Refusal> {
        let fields = [
            (&mut self.name, "The name", 1),
            (&mut self.model, "The model's name", 1),
            (&mut self.recipient, "The recipient", 1),
            (&mut self.base_url, "The address", 1),
            (&mut self.contract, "The contract reference", 0),
            (&mut self.retention, "The retention", 0),
        ];
        for (text, what, least) in fields {
            *text = text.trim().to_owned();
            let length = text.chars().count();
            if length < least || length > 200 || text.chars().any(char::is_control) {
                return Err(Refusal::invalid(format!("{what} must have {least} to 200 characters on one line.")));
            }
        }
        if Dialect::named(&self.dialect).is_none() {
            return Err(Refusal::invalid("This protocol is not known."));
        }
        if self.country.len() != 2 || !self.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(Refusal::invalid("The country must be two capital letters such as DE (ISO 3166)."));
        }
        if !self.mechanism.is_empty() && !MECHANISMS.contains(&self.mechanism.as_str()) {
            return Err(Refusal::invalid("This ground for the transfer is not known."));
        }
        if !(0..=100_000_000).contains(&self.price_in) || !(0..=100_000_000).contains(&self.price_out) {
            return Err(Refusal::invalid("A price must be between 0 and 100,000,000 minor units a million tokens."));
        }
        checked_address(&self.base_url, named)?;
        Ok(self)
    }

    /// Everything is declared that must be before a word may leave.
    pub(super) fn complete(&self) -> Result<(), Refusal> {
        if self.contract.is_empty() || self.mechanism.is_empty() || self.retention.is_empty() {
            return Err(Refusal::conflict(
                "Before a provider is switched on, it needs a contract reference, what makes the transfer lawful, and how long the recipient keeps what it gets.",
            ));
        }
        Ok(())
    }
}

/// A web address without credentials; without TLS only where the operator names it.
fn checked_address(text: &str, named: impl Fn(&Url) -> bool) -> Result<(), Refusal> {
    let wrong = || Refusal::invalid("The address must look like https://api.example.com/v1.");
    let url = Url::parse(text).map_err(|_| wrong())?;
    let bare =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if !bare || url.host_str().is_none() || !matches!(url.scheme(), "https" | "http") {
        return Err(wrong());
    }
    if url.scheme() == "http" && !named(&url) {
        return Err(Refusal::invalid(
            "The address must begin with https. Only hosts that the operator names in model.allow_private may be reached without it.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(change: fn(&mut Facts)) -> Result<Facts, Refusal> {
        let text = |text: &str| text.to_owned();
        let mut facts = Facts {
            dialect: text("openai_chat"),
            name: text(" Main "),
            base_url: text("https://api.example.com/v1"),
            model: text("small"),
            recipient: text("Example AI Ltd"),
            country: text("IE"),
            mechanism: text("within_eea"),
            contract: text("DPA 2026-11"),
            retention: text("30 days"),
            price_in: 15,
            price_out: 60,
        };
        change(&mut facts);
        facts.checked(|url| url.host_str() == Some("127.0.0.1"))
    }

    #[test]
    fn a_provider_is_described_completely_or_refused() {
        assert_eq!(facts(|_| ()).map(|facts| facts.name).as_deref(), Ok("Main"));
        let wrong: [fn(&mut Facts); 12] = [
            |f| f.name = " ".into(),
            |f| f.name = "a\nb".into(),
            |f| f.model = "x".repeat(201),
            |f| f.dialect = "telepathy".into(),
            |f| f.country = "Ireland".into(),
            |f| f.country = "ie".into(),
            |f| f.mechanism = "trust".into(),
            |f| f.price_in = -1,
            |f| f.base_url = "http://api.example.com".into(),
            |f| f.base_url = "https://user@api.example.com".into(),
            |f| f.base_url = "ftp://api.example.com".into(),
            |f| f.base_url = "https://api.example.com/?key=1".into(),
        ];
        for (number, change) in wrong.into_iter().enumerate() {
            assert!(facts(change).is_err(), "{number}");
        }
        assert!(facts(|f| f.base_url = "http://127.0.0.1:9/v1".into()).is_ok(), "the operator names it");
    }

    #[test]
    fn without_contract_ground_and_retention_nothing_is_switched_on() {
        assert!(facts(|_| ()).unwrap().complete().is_ok());
        assert!(facts(|f| f.contract = " ".into()).unwrap().complete().is_err());
        assert!(facts(|f| f.mechanism = String::new()).unwrap().complete().is_err());
        assert!(facts(|f| f.retention = String::new()).unwrap().complete().is_err());
    }
}
