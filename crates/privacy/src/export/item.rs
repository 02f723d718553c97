//! The nine items of GDPR Art. 15(1) and (2), for this person: what must be told besides the data themselves.

use std::collections::BTreeSet;

use datamap::{BROWSER, Preset, TABLES, Who};
use serde::Serialize;

use super::gather::Gathered;

/// One item.
#[derive(Serialize)]
pub(super) struct Item {
    /// The article.
    pub(super) article: &'static str,
    /// What it is about.
    pub(super) title: &'static str,
    /// What we say.
    pub(super) says: Vec<String>,
}

/// The presets that concern visitors, each once, in the order of the map.
pub(crate) fn presets() -> Vec<&'static Preset> {
    let mut seen = BTreeSet::new();
    TABLES
        .iter()
        .rev()
        .flat_map(|table| table.fields)
        .map(|field| field.preset)
        .filter(|preset| preset.who == Who::Visitor && !preset.plain.en.is_empty() && seen.insert(preset.name))
        .collect()
}

pub(super) fn items(gathered: &Gathered) -> Vec<Item> {
    let item = |article, title, says| Item { article, title, says };
    let categories: BTreeSet<&str> = presets().iter().map(|preset| preset.category).collect();
    vec![
        item(
            "Art. 15(1)(a)",
            "Purposes",
            presets().iter().map(|preset| format!("{} ({}, {})", preset.plain.en, preset.purpose, preset.basis.article())).collect(),
        ),
        item("Art. 15(1)(b)", "Categories of data", categories.into_iter().map(str::to_owned).collect()),
        item("Art. 15(1)(c)", "Recipients", recipients(gathered)),
        item("Art. 15(1)(d)", "How long", how_long(gathered)),
        item(
            "Art. 15(1)(e)",
            "Your rights",
            vec!["You may have your data corrected or erased, have their use restricted, or object to it. Download and erasure work at once in the chat window; for everything else write to us there.".into()],
        ),
        item(
            "Art. 15(1)(f)",
            "Complaint",
            vec!["You may complain to a data protection authority, above all where you live, where you work or where you think the rule was broken.".into()],
        ),
        item(
            "Art. 15(1)(g)",
            "Where the data come from",
            vec!["From you, and from our staff who answer you and make notes. From nobody else.".into()],
        ),
        item(
            "Art. 15(1)(h)",
            "Automated decisions",
            vec!["An assistant may answer your questions automatically and says so. It decides nothing about you, makes no profile of you, and a person takes over whenever you ask.".into()],
        ),
        item("Art. 15(2)", "Transfers to other countries", transfers(gathered)),
    ]
}

/// Who really received something about this person: the names in her own records.
fn told(gathered: &Gathered) -> BTreeSet<String> {
    let rows = gathered.sections.iter().flat_map(|section| &section.rows);
    rows.filter_map(|row| row.get("recipient")?.as_str().map(str::to_owned)).collect()
}

fn recipients(gathered: &Gathered) -> Vec<String> {
    let told = told(gathered);
    if told.is_empty() {
        return vec!["Nobody outside this server has received anything about you.".into()];
    }
    let seen = "received parts of your conversation with recognised names, addresses and numbers replaced; every transfer is in this archive, word for word";
    told.into_iter().map(|name| format!("{name}: {seen}.")).collect()
}

fn how_long(gathered: &Gathered) -> Vec<String> {
    let mut says =
        vec![format!("{} days after your last activity, unless a record names an earlier end.", gathered.keep_days)];
    says.push("In the audit log: 24 months, ids and verbs without contents.".into());
    says.extend(
        BROWSER
            .iter()
            .filter(|key| key.of_visitors)
            .map(|key| format!("In your browser, {}: until {}.", key.name, key.until.en)),
    );
    says
}

fn transfers(gathered: &Gathered) -> Vec<String> {
    if told(gathered).is_empty() {
        vec!["None.".into()]
    } else {
        vec!["Only to the recipients named above; the safeguards for their country are in the privacy notice of this website.".into()]
    }
}
