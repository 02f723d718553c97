//! The organisation's settings: how the widget looks, which websites may show it, and whether the assistant answers.

use std::collections::BTreeMap;

use model::{Actor, OrganisationId, Refusal};
use serde::{Deserialize, Serialize};
use store::{Fence, Work, organisation as rows};

use crate::organisation::{Organisation, checked_name};
use crate::survey::Survey;
use crate::{Deed, Desk, Fault};

/// How many websites one organisation may register.
const MOST_DOMAINS: usize = 50;

/// What an organisation may set. Contains nothing personal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How the widget looks.
    pub look: Look,
    /// The origins that may show the widget, such as `https://shop.example`.
    pub domains: Vec<String>,
    /// For how many days a conversation is kept after its last message.
    pub keep_days: u32,
    /// Whether the assistant answers before a person does.
    pub ai_enabled: bool,
    /// For how many days other classes are kept, where the organisation chose.
    pub terms: BTreeMap<String, u32>,
    /// What is asked before the chat.
    pub survey: Survey,
    /// Whether the shop may sign for who somebody is.
    pub identity_signed: bool,
    /// How many secrets for signing there were; the last one counts.
    pub identity_secrets: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            look: Look::default(),
            domains: Vec::new(),
            keep_days: 90,
            ai_enabled: true,
            terms: BTreeMap::new(),
            survey: Survey::default(),
            identity_signed: false,
            identity_secrets: 0,
        }
    }
}

/// How the widget looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// A colour as `#rrggbb`.
    pub accent: String,
    /// On which side of the page.
    pub position: Position,
    /// The first words, in each language.
    pub greeting: Greeting,
}

impl Default for Look {
    fn default() -> Self {
        Self { accent: "#0f766e".to_owned(), position: Position::End, greeting: Greeting::default() }
    }
}

/// On which side of the page the launcher stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Where lines begin.
    Start,
    /// Where lines end.
    #[default]
    End,
}

impl Position {
    /// The word in the API.
    pub fn word(self) -> &'static str {
        match self {
            Position::Start => "start",
            Position::End => "end",
        }
    }
}

/// The first words of the widget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Greeting {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
    /// Arabic.
    pub ar: String,
}

impl Default for Greeting {
    fn default() -> Self {
        Self {
            en: "Hello! How can we help you?".to_owned(),
            de: "Guten Tag! Wie können wir Ihnen helfen?".to_owned(),
            ar: "مرحبًا! كيف يمكننا مساعدتك؟".to_owned(),
        }
    }
}

impl Settings {
    /// The settings as they stand in the column.
    pub(crate) fn to_column(&self) -> Deed<String> {
        serde_json::to_string(self).map_err(|_| Fault::broken("settings cannot be written down"))
    }

    /// The settings, if every part is allowed; websites in their normal form.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        if !is_colour(&self.look.accent) {
            return Err(Refusal::invalid("The accent must be a colour such as #0f766e."));
        }
        let greeting = &self.look.greeting;
        if [&greeting.en, &greeting.de, &greeting.ar].iter().any(|words| words.chars().count() > 300) {
            return Err(Refusal::invalid("A greeting may have at most 300 characters."));
        }
        privacy::retain::chosen("conversation", self.keep_days)?;
        for (class, days) in &self.terms {
            privacy::retain::chosen(class, *days)?;
        }
        if self.domains.len() > MOST_DOMAINS {
            return Err(Refusal::invalid("At most 50 websites can be registered."));
        }
        self.domains = self.domains.iter().map(|domain| checked_origin(domain)).collect::<Result<_, _>>()?;
        self.domains.sort();
        self.domains.dedup();
        Ok(self)
    }
}

impl Desk {
    /// Changes name and settings, if they are still as `house` has them; written to the audit log.
    pub async fn change_settings(
        &self,
        actor: &Actor,
        house: &Organisation,
        (name, settings): (&str, Settings),
    ) -> Deed<Organisation> {
        let id: OrganisationId = actor.organisation();
        let name = checked_name(name)?;
        let column = settings.checked()?.to_column()?;
        let audit = self.audit(actor, "settings.change", "organisation", &id.to_string());
        let change = rows::change(id, &house.read, &name, &column);
        self.store.write(Work::new(Fence::Organisation(id)).with(change).with(audit)).await?;
        self.organisation(id).await
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// An origin as browsers write it: scheme, host, port if it is not the usual one. It will stand in a header, so it is
/// rebuilt from allowed characters instead of being searched for forbidden ones.
fn checked_origin(text: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::invalid("A website must look like https://shop.example or http://localhost:8080.");
    let lower = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, rest) = lower.split_once("://").ok_or_else(wrong)?;
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| wrong())?)),
        None => (rest, None),
    };
    let letters = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if host.len() > 253 || !host.split('.').all(letters) {
        return Err(wrong());
    }
    match (scheme, port) {
        ("https", Some(443) | None) => Ok(format!("https://{host}")),
        ("http", Some(80) | None) => Ok(format!("http://{host}")),
        ("http" | "https", Some(port)) => Ok(format!("{scheme}://{host}:{port}")),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it_or_refused() {
        for (given, wanted) in [
            ("https://Shop.Example/", "https://shop.example"),
            (" http://localhost:8080 ", "http://localhost:8080"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://127.0.0.1:8788", "http://127.0.0.1:8788"),
        ] {
            assert_eq!(checked_origin(given).as_deref(), Ok(wanted));
        }
        for wrong in [
            "",
            "shop.example",
            "ftp://shop.example",
            "https://",
            "https://a b",
            "https://shop.example/path",
            "https://*.example",
            "https://shop.example; script-src *",
            "https://a..b",
            "http://a:99999",
            "https://user@a",
        ] {
            assert!(checked_origin(wrong).is_err(), "{wrong} is no website");
        }
    }

    #[test]
    fn settings_are_refused_as_a_whole() {
        let with = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.checked()
        };
        assert!(with(|_| ()).is_ok());
        assert!(with(|s| s.look.accent = "red".into()).is_err());
        assert!(with(|s| s.look.accent = "#12345g".into()).is_err());
        assert!(with(|s| s.look.greeting.de = "x".repeat(301)).is_err());
        assert!(with(|s| s.keep_days = 0).is_err());
        assert!(with(|s| s.domains = vec!["https://a.example".into(); 51]).is_err());
        let twice = with(|s| s.domains = vec!["https://b.example".into(), "https://B.example/".into()]);
        assert_eq!(twice.map(|s| s.domains.len()), Ok(1));
    }
}
