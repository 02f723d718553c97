//! The published JSON Schema (2020-12) of `data.json`, made from the map, so that a new field changes it visibly.

use datamap::{Erasure, Export, Field, TABLES, Table};
use serde_json::{Map, Value as Json, json};

use super::FORMAT;
use super::gather::open_name;
use crate::plan;

/// The schema.
pub fn schema() -> Json {
    let tables: Map<String, Json> = TABLES
        .iter()
        .rev()
        .filter(|table| {
            table.person().is_some() || table.mentions().any(|field| field.preset.export != Export::Described)
        })
        .map(|table| (table.name.to_owned(), of_table(table)))
        .collect();
    let required: Vec<&String> = tables.keys().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything held about one person",
        "type": "object",
        "required": ["format", "created_at", "organisation", "person", "about", "tables", "described"],
        "additionalProperties": false,
        "properties": {
            "format": { "const": FORMAT },
            "created_at": { "type": "integer", "description": "milliseconds since 1970-01-01T00:00:00Z" },
            "organisation": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] },
            "person": { "type": "string" },
            "about": {
                "description": "the information of GDPR Art. 15(1) and (2)",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["article", "title", "says"],
                    "properties": {
                        "article": { "type": "string" },
                        "title": { "type": "string" },
                        "says": { "type": "array", "items": { "type": "string" } }
                    }
                }
            },
            "tables": { "type": "object", "required": required, "additionalProperties": false, "properties": tables },
            "described": {
                "description": "what is held but not printed, and what it is",
                "type": "array",
                "items": { "type": "object", "required": ["table", "column", "says"] }
            }
        }
    })
}

fn of_table(table: &Table) -> Json {
    let fields: Map<String, Json> = table
        .fields
        .iter()
        .filter(|field| field.preset.export != Export::Described && field.references != Some(plan::TENANT))
        .map(|field| (open_name(field.name).to_owned(), of_field(field)))
        .collect();
    let row = json!({ "type": "object", "additionalProperties": false, "properties": fields });
    json!({
        "type": "object",
        "description": table.says,
        "required": ["says", "rows"],
        "properties": { "says": { "type": "string" }, "rows": { "type": "array", "items": row } }
    })
}

fn of_field(field: &Field) -> Json {
    let staff = json!({
        "type": ["object", "null"],
        "description": format!("{}: name and role only", field.says),
        "required": ["name", "role"],
        "properties": { "name": { "type": "string" }, "role": { "type": ["string", "null"] } }
    });
    match field.preset.export {
        Export::StaffName => staff,
        Export::File { .. } => {
            json!({ "type": "string", "description": format!("{}: its path in the archive", field.says) })
        }
        _ if field.preset.name == datamap::TRACE.name => json!({ "description": field.says }),
        // The audit log names who did something: a member by name and role, anybody else by id.
        _ if matches!(field.preset.erasure, Erasure::Replace(_)) => {
            json!({ "type": ["string", "object"], "description": field.says })
        }
        _ => json!({ "type": ["string", "integer", "null"], "description": field.says }),
    }
}
