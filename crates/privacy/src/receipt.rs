//! The receipt of an erasure: what went, what stays and why, what the sweep found; signed so that a stranger can check it.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::{BASE64, HEXLOWER};
use datamap::{Erasure, Keep, TABLES, Who};
use model::Moment;
use serde_json::{Value as Json, json};
use store::erasure::ErasureRow;
use vault::Signer;

use crate::Fault;
use crate::canonical::canonical;
use crate::sweep::Swept;

/// The name of the format.
pub const FORMAT: &str = "confidante.erasure-receipt/1";

const BACKUPS: &str = "Backups of the database hold the person's words only sealed with the destroyed key. Keys are kept apart \
and are not part of a backup of the database; if the operator copies the key file or the database server's own logs, the key \
leaves them when those copies are rotated. A server started from an older backup erases the person again before it answers \
its first request, because this line of the ledger stays.";

const METHOD: &str = "Every table and column the database engine itself lists was searched for the person's id, for values \
sealed with the person's key and for ids of things that belonged to the person. The search shares no list with the deletion.";

/// What a receipt says.
pub(crate) struct Facts<'a> {
    pub(crate) line: &'a ErasureRow,
    pub(crate) organisation_name: &'a str,
    pub(crate) erased: &'a BTreeMap<String, u64>,
    pub(crate) told: &'a [String],
    pub(crate) swept: Option<&'a Swept>,
    pub(crate) finished_at: Moment,
}

/// The receipt without its signature.
pub(crate) fn write(facts: Facts<'_>) -> Json {
    let erased: Vec<Json> = facts.erased.iter().map(|(what, count)| json!({ "what": what, "count": count })).collect();
    let swept = facts.swept.map(|swept| {
        json!({ "method": METHOD, "found": swept.found, "same_address": swept.same_address, "tables": swept.tables })
    });
    json!({
        "format": FORMAT,
        "erasure": facts.line.id,
        "organisation": { "id": facts.line.organisation, "name": facts.organisation_name },
        "person": {
            "fingerprint": HEXLOWER.encode(&facts.line.subject_mac),
            "says": "A keyed fingerprint: this installation can compute it from an id, nobody can compute the id from it."
        },
        "requested_by": facts.line.requested_by,
        "requested_at": facts.line.created_at,
        "finished_at": facts.finished_at,
        "erased": erased,
        "stays": stays(),
        "told": facts.told,
        "backups": BACKUPS,
        "sweep": swept,
    })
}

/// What the map says stays although it once had to do with the person, and why.
fn stays() -> Vec<Json> {
    let mut seen = BTreeSet::new();
    let fields = TABLES.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    fields
        .filter(|(_, field)| field.preset.who == Who::Visitor)
        .filter(|(_, field)| matches!(field.preset.erasure, Erasure::Stays | Erasure::Replace(_)))
        .filter(|(table, _)| seen.insert(table.name))
        .map(|(table, field)| {
            let how = match field.preset.erasure {
                Erasure::Replace(word) => format!("Every id of the person was replaced by the word \"{word}\"."),
                _ => "It holds a keyed fingerprint and no id.".to_owned(),
            };
            let until = match field.preset.keep {
                Keep::Months(months) => format!("{months} months"),
                other => other.says().to_owned(),
            };
            json!({ "what": table.rows, "why": field.preset.plain.en, "how": how, "basis": field.preset.basis.article(), "until": until })
        })
        .collect()
}

/// Signs: Ed25519 over the canonical JSON (RFC 8785) of everything but the signature's own value.
pub(crate) fn sign(mut receipt: Json, signer: &Signer) -> Result<String, Fault> {
    let Some(fields) = receipt.as_object_mut() else { return Err(Fault::Broken("a receipt is an object".to_owned())) };
    fields.insert(
        "signature".to_owned(),
        json!({
            "algorithm": "Ed25519",
            "over": "RFC 8785 canonical JSON of this document without signature.value",
            "public_key": BASE64.encode(&signer.public_key()),
        }),
    );
    let signature = BASE64.encode(&signer.sign(canonical(&receipt).as_bytes()));
    if let Some(place) = receipt.get_mut("signature").and_then(Json::as_object_mut) {
        place.insert("value".to_owned(), signature.into());
    }
    Ok(serde_json::to_string_pretty(&receipt)?)
}
