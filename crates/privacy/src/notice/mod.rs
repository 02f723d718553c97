//! The public privacy notice, as a value: whoever renders it adds markup, not words. What it lists comes from the map.

mod ar;
mod de;
mod en;
mod words;

use aws_lc_rs::digest::{SHA256, digest};
use datamap::{BROWSER, Plain, SUBSCRIPTION};
pub use model::Locale;
use model::OrganisationId;
use serde::Serialize;
use store::{Fence, Store, organisation};

use crate::Fault;
use crate::export::item::presets;
use crate::holdings::KEEP_DAYS;
use words::Words;

/// What differs from organisation to organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// The organisation's name.
    pub organisation: String,
    /// Its retention period.
    pub keep_days: u32,
    /// The language model's operator and country, if one is configured.
    pub recipient: Option<(String, String)>,
}

/// One part of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// A stable name for links: `assistant`, `keep`, `how-long`, `who-else`, `browser`, `rights`, `safety`.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// Sentences.
    pub paragraphs: Vec<String>,
    /// A list after the sentences; may be empty.
    pub items: Vec<String>,
}

/// The notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Its language.
    pub locale: Locale,
    /// Its heading.
    pub title: String,
    /// The first sentence.
    pub intro: String,
    /// Its parts.
    pub sections: Vec<Section>,
    /// Changes whenever a word of the notice changes, in whichever language.
    pub version: String,
}

/// The notice in a language.
pub fn notice(locale: Locale, circumstances: &Circumstances) -> Notice {
    let mut notice = compose(locale, circumstances);
    let all = Locale::ALL.map(|locale| compose(locale, circumstances));
    let text = serde_json::to_vec(&all).unwrap_or_default();
    notice.version = data_encoding::HEXLOWER.encode(digest(&SHA256, &text).as_ref()).chars().take(12).collect();
    notice
}

fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &en::WORDS,
        Locale::De => &de::WORDS,
        Locale::Ar => &ar::WORDS,
    }
}

pub(crate) fn plain(locale: Locale, plain: &Plain) -> &'static str {
    match locale {
        Locale::En => plain.en,
        Locale::De => plain.de,
        Locale::Ar => plain.ar,
    }
}

fn compose(locale: Locale, circumstances: &Circumstances) -> Notice {
    let words = words(locale);
    let fill = |text: &str| fill(text, circumstances);
    let all = |texts: &[&str]| texts.iter().map(|text| fill(text)).collect::<Vec<_>>();
    let section = |id, heading: &str, paragraphs: &[&str], items: Vec<String>| Section {
        id,
        heading: fill(heading),
        paragraphs: all(paragraphs),
        items,
    };
    let kept = presets().iter().map(|preset| plain(locale, &preset.plain).to_owned()).collect();
    let keys = BROWSER.iter().filter(|key| key.of_visitors);
    let keys = keys.map(|key| format!("{} ({} {})", plain(locale, &key.says), words.until, plain(locale, &key.until)));
    let elsewhere = if circumstances.recipient.is_some() { words.model } else { words.nobody };
    // The first of these sentences names the number of days; a subscription has none.
    let mut long = words.long.to_vec();
    if circumstances.keep_days >= SUBSCRIPTION {
        long.insert(0, words.subscription);
        long.retain(|text| !text.contains("{days}"));
    }
    Notice {
        locale,
        title: fill(words.title),
        intro: fill(words.intro),
        sections: vec![
            section("assistant", words.assistant_heading, words.assistant, Vec::new()),
            section("keep", words.keep_heading, words.keep, kept),
            section("how-long", words.long_heading, &long, Vec::new()),
            section("who-else", words.else_heading, elsewhere, Vec::new()),
            section("browser", words.browser_heading, words.browser, keys.collect()),
            section("rights", words.rights_heading, words.rights, Vec::new()),
            section("safety", words.safety_heading, words.safety, Vec::new()),
        ],
        version: String::new(),
    }
}

fn fill(text: &str, circumstances: &Circumstances) -> String {
    let (name, country) = circumstances.recipient.clone().unwrap_or_default();
    text.replace("{organisation}", &circumstances.organisation)
        .replace("{days}", &circumstances.keep_days.to_string())
        .replace("{recipient}", &name)
        .replace("{country}", &country)
}

/// The organisation's name and its retention period.
pub async fn facts(store: &Store, organisation: OrganisationId) -> Result<(String, u32), Fault> {
    let row = store.one(Fence::Organisation(organisation), organisation::by_id(organisation)).await?;
    let row = row.ok_or_else(model::Refusal::not_found)?;
    let settings: serde_json::Value = serde_json::from_str(&row.text("settings")?).unwrap_or_default();
    let days = settings.get("keep_days").and_then(serde_json::Value::as_u64);
    let days = days.and_then(|days| u32::try_from(days).ok()).unwrap_or(KEEP_DAYS);
    Ok((row.text("name")?, days))
}

/// The notice as Markdown, as it is committed to the repository.
pub fn markdown(notice: &Notice) -> String {
    let mut text = format!("# {}\n\n{}\n", notice.title, notice.intro);
    for section in &notice.sections {
        text.push_str(&format!("\n## {}\n\n", section.heading));
        for paragraph in &section.paragraphs {
            text.push_str(&format!("{paragraph}\n\n"));
        }
        for item in &section.items {
            text.push_str(&format!("- {item}\n"));
        }
        while text.ends_with("\n\n") {
            text.pop();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(recipient: Option<(String, String)>) -> Circumstances {
        Circumstances { organisation: "Nadel & Faden".into(), keep_days: 30, recipient }
    }

    #[test]
    fn every_language_says_the_same_things() {
        let shapes = Locale::ALL.map(|locale| {
            let notice = notice(locale, &shop(None));
            notice.sections.iter().map(|part| (part.id, part.paragraphs.len(), part.items.len())).collect::<Vec<_>>()
        });
        assert_eq!(shapes[0], shapes[1]);
        assert_eq!(shapes[0], shapes[2]);
    }

    #[test]
    fn circumstances_show_in_every_language_and_change_the_version() {
        let model = Some(("Example Models".to_owned(), "Ireland".to_owned()));
        for locale in Locale::ALL {
            let (without, with) = (notice(locale, &shop(None)), notice(locale, &shop(model.clone())));
            let text = markdown(&with);
            for word in ["Nadel & Faden", "30", "Example Models", "Ireland"] {
                assert!(text.contains(word), "{word} in {}", locale.tag());
            }
            assert!(!text.contains('{'), "every blank is filled");
            assert_ne!(without.version, with.version);
        }
    }

    #[test]
    fn one_version_for_all_languages() {
        let versions = Locale::ALL.map(|locale| notice(locale, &shop(None)).version);
        assert!(versions.iter().all(|version| *version == versions[0] && version.len() == 12));
    }
}
