//! The annotated texts, and how they are halved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use masking::Span;
use serde::Deserialize;

use super::score::Look;

/// The kinds that are masked because they lead to a person. Not among them: countries and towns alone, organisations,
/// nationalities, titles, dates, ages and web addresses, which a shop's visitor asks about all the time.
pub const PERSONAL: &[&str] = &[
    "PERSON",
    "STREET_ADDRESS",
    "ZIP_CODE",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "US_SSN",
    "IP_ADDRESS",
    "US_DRIVER_LICENSE",
];

/// A text with what is personal in it.
#[derive(Deserialize)]
pub struct Case {
    #[serde(rename = "full_text")]
    pub text: String,
    pub spans: Vec<Marked>,
    template_id: u32,
}

/// An annotated span, in characters.
#[derive(Deserialize)]
pub struct Marked {
    #[serde(rename = "entity_type")]
    pub kind: String,
    #[serde(rename = "start_position")]
    pub start: usize,
    #[serde(rename = "end_position")]
    pub end: usize,
}

impl Case {
    /// Texts of the templates with an even number were looked at while the recognisers were written.
    pub fn looked_at(&self) -> bool {
        self.template_id.is_multiple_of(2)
    }

    /// Nobody looked at the others: no template has texts in both halves.
    pub fn reported(&self) -> bool {
        !self.looked_at()
    }

    /// Spans in bytes as spans in characters.
    pub fn in_characters(&self, spans: &[Span]) -> Look {
        let places: BTreeMap<usize, usize> =
            self.text.char_indices().map(|(byte, _)| byte).chain([self.text.len()]).zip(0..).collect();
        let place = |byte: usize| places.range(byte..).next().map_or(0, |(_, place)| *place);
        Look(spans.iter().map(|span| (place(span.start), place(span.end))).collect())
    }
}

/// The texts, or `None` if they are not in the folder.
pub fn read(data: &Path) -> Result<Option<Vec<Case>>> {
    let file = data.join("presidio-research/synth_dataset_v2.json");
    if !file.exists() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(&std::fs::read_to_string(file)?)?))
}

/// Every kind that occurs.
pub fn kinds(cases: &[Case]) -> BTreeSet<String> {
    cases.iter().flat_map(|case| &case.spans).map(|span| span.kind.clone()).collect()
}
