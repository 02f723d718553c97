//! The record of processing activities (GDPR Art. 30), as Markdown, made from the map.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use datamap::{CACHES, Copy, Erasure, Export, FILES, Field, INDEXES, LOG, Preset, RECIPIENTS, TABLES, Table, Who};

/// RECORD.md.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Record of processing\n\nMade from the data map (`crates/datamap`); do not edit. Categories and purposes are Fideslang names \
         (CC BY 4.0), legal bases are those of GDPR Art. 6. The organisation that runs this installation is the controller; its name, contact \
         and data protection officer belong at the top of its own copy.\n",
    );
    text.push_str("\n## Activities\n\n| activity | about | purpose | category | legal basis | kept | where |\n| --- | --- | --- | --- | --- | --- | --- |\n");
    for (preset, places) in activities() {
        let Preset { name, purpose, category, .. } = preset;
        let (basis, keep) = (preset.basis.article(), preset.keep.says());
        let places = places.join(", ");
        let _ = writeln!(
            text,
            "| {name} | {} | `{purpose}` | `{category}` | {basis} | {keep} | {places} |",
            who(preset.who)
        );
    }
    text.push_str("\n## Recipients\n\n| who | when | what | purpose | country |\n| --- | --- | --- | --- | --- |\n");
    for to in RECIPIENTS {
        let _ = writeln!(text, "| {} | {} | {} | `{}` | {} |", to.name, to.when, to.what, to.purpose, to.country);
    }
    text.push_str("\n## Security\n\n");
    for measure in SECURITY {
        let _ = writeln!(text, "- {measure}");
    }
    text.push_str("\n## Every field\n");
    for table in TABLES.iter().rev() {
        text.push_str(&fields(table));
    }
    text.push_str("\n## Copies outside the tables\n\n| kind | name | can hold something of a visitor | what | how long |\n| --- | --- | --- | --- | --- |\n");
    for (kind, copies) in [("file", FILES), ("search index", INDEXES), ("cache", CACHES), ("field of the log", LOG)] {
        for Copy { name, of_visitors, says, until } in copies {
            let of = if *of_visitors { "yes" } else { "no" };
            let _ = writeln!(text, "| {kind} | `{name}` | {of} | {says} | {until} |");
        }
    }
    text
}

const SECURITY: [&str; 6] = [
    "Words, names, addresses and files are sealed with a key per person (AES-256-GCM); the place of a value is authenticated with it.",
    "Keys are kept apart from what they open, each wrapped by its organisation's key, and that by the master key outside the database.",
    "The embedded database is encrypted as a whole besides; search works on keyed fingerprints of words.",
    "Every statement names its organisation; on PostgreSQL row-level security repeats that fence.",
    "Nothing leaves the server but masked text through one door to a named recipient, and every transfer is recorded.",
    "Erasure destroys the key, deletes the rows, and is proved by a search that shares no list with the deletion.",
];

fn who(who: Who) -> &'static str {
    match who {
        Who::Visitor => "visitors and customers",
        Who::Staff => "staff",
        Who::Nobody => "nobody",
    }
}

/// Presets that are about somebody, with the columns they apply to.
fn activities() -> Vec<(&'static Preset, Vec<String>)> {
    let mut order = Vec::new();
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for table in TABLES.iter().rev() {
        for field in table.fields.iter().filter(|field| field.preset.who != Who::Nobody) {
            if !places.contains_key(field.preset.name) {
                order.push(field.preset);
            }
            places.entry(field.preset.name).or_default().push(format!("`{}.{}`", table.name, field.name));
        }
    }
    order.into_iter().map(|preset| (preset, places.remove(preset.name).unwrap_or_default())).collect()
}

fn fields(table: &Table) -> String {
    let mut text = format!("\n### {}\n\n{}\n\n", table.name, table.says);
    text.push_str("| column | what | activity | in the export | on erasure |\n| --- | --- | --- | --- | --- |\n");
    for field in table.fields {
        let (export, erasure) = behaviour(field);
        let _ = writeln!(text, "| `{}` | {} | {} | {export} | {erasure} |", field.name, field.says, field.preset.name);
    }
    text
}

fn behaviour(field: &Field) -> (&'static str, String) {
    if field.preset.who == Who::Nobody {
        return ("with the row", "with the row".to_owned());
    }
    let export = match field.preset.export {
        Export::Value => "yes",
        Export::File { .. } => "as a file",
        Export::StaffName => "as name and role",
        Export::Described => "described",
    };
    let erasure = match field.preset.erasure {
        Erasure::DeleteRow => "the row is deleted".to_owned(),
        Erasure::Shred => "overwritten and deleted first".to_owned(),
        Erasure::Replace(word) => format!("replaced by \"{word}\""),
        Erasure::ClearLast => "cleared last".to_owned(),
        Erasure::Stays => "stays".to_owned(),
    };
    (export, erasure)
}
