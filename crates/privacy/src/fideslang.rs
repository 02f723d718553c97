//! The data map as a Fideslang manifest (fides_key, dataset, system; version 3): JSON, which is YAML, for foreign privacy tools.

use std::collections::BTreeMap;

use datamap::{Basis, Preset, RECIPIENTS, TABLES, Table, Who};
use serde_json::{Value as Json, json};

/// The key under which the installation is known in the manifest.
const KEY: &str = "confidante";
/// Fideslang's key for the organisation of a manifest that names none.
const ORGANISATION: &str = "default_organization";

/// The manifest.
pub fn manifest() -> Json {
    json!({
        "dataset": [{
            "fides_key": KEY,
            "organization_fides_key": ORGANISATION,
            "name": "Confidante",
            "description": "Every table and column, made from the data map.",
            "collections": TABLES.iter().rev().map(collection).collect::<Vec<_>>(),
        }],
        "system": [{
            "fides_key": KEY,
            "organization_fides_key": ORGANISATION,
            "name": "Confidante",
            "description": "Customer chat with an AI assistant, on a server of the organisation's own.",
            "system_type": "Application",
            "dataset_references": [KEY],
            "processes_personal_data": true,
            "uses_profiling": false,
            "privacy_declarations": declarations(),
        }],
    })
}

fn collection(table: &Table) -> Json {
    let fields = table.fields.iter().map(|field| {
        let mut described = json!({
            "name": field.name,
            "description": field.says,
            "data_categories": [field.preset.category],
        });
        // A field about nobody has no subject; naming one would say that it is about somebody.
        if let (Some(subject), Some(field)) = (subject(field.preset.who), described.as_object_mut()) {
            field.insert("data_subjects".to_owned(), json!([subject]));
        }
        described
    });
    json!({ "name": table.name, "description": table.says, "fields": fields.collect::<Vec<_>>() })
}

fn subject(who: Who) -> Option<&'static str> {
    match who {
        Who::Visitor => Some("customer"),
        Who::Staff => Some("employee"),
        Who::Nobody => None,
    }
}

/// One declaration for each thing that is done with something about somebody.
fn declarations() -> Vec<Json> {
    let mut activities: BTreeMap<&str, &'static Preset> = BTreeMap::new();
    for field in TABLES.iter().flat_map(|table| table.fields) {
        activities.insert(field.preset.name, field.preset);
    }
    let third = RECIPIENTS.iter().filter(|to| to.of_visitors).map(|to| to.name).collect::<Vec<_>>().join("; ");
    activities
        .into_values()
        .filter_map(|preset| {
            let (subject, basis) = (subject(preset.who)?, basis(preset.basis)?);
            let leaves = preset.name == datamap::WORDS.name;
            Some(json!({
                "name": preset.name,
                "data_categories": [preset.category],
                "data_use": preset.purpose,
                "data_subjects": [subject],
                "dataset_references": [KEY],
                "legal_basis_for_processing": basis,
                "retention_period": preset.keep.says(),
                "data_shared_with_third_parties": leaves,
                "third_parties": if leaves { Json::from(third.as_str()) } else { Json::Null },
                "shared_categories": if leaves { vec![preset.category] } else { Vec::new() },
            }))
        })
        .collect()
}

fn basis(basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Consent => Some("Consent"),
        Basis::Contract => Some("Contract"),
        Basis::LegalObligation => Some("Legal obligations"),
        Basis::LegitimateInterest => Some("Legitimate interests"),
        Basis::NotPersonal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_and_every_activity_is_in_the_manifest() {
        let manifest = manifest();
        let tables = manifest["dataset"][0]["collections"].as_array().unwrap();
        let columns: usize = tables.iter().map(|table| table["fields"].as_array().unwrap().len()).sum();
        assert_eq!(columns, TABLES.iter().map(|table| table.fields.len()).sum::<usize>());
        let declared = manifest["system"][0]["privacy_declarations"].as_array().unwrap();
        for field in TABLES.iter().flat_map(|table| table.fields).filter(|field| field.preset.who != Who::Nobody) {
            assert!(declared.iter().any(|one| one["name"] == field.preset.name), "{}", field.preset.name);
        }
    }
}
