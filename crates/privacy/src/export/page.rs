//! The readable page of an export: no script, nothing loaded from anywhere.

use maud::{DOCTYPE, Markup, html};
use model::Moment;
use serde_json::{Map, Value as Json};

use super::gather::{Gathered, Section, open_name};
use super::item::Item;
use super::pack::described;

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:2rem 1rem}\
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}\
th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #8886;max-width:32rem;overflow-wrap:anywhere}\
th{font-weight:600}pre{white-space:pre-wrap;margin:0}";

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; script-src 'none'";

pub(super) fn page(gathered: &Gathered, items: &[Item], now: Moment) -> String {
    let title = format!("What {} holds about you", gathered.organisation_name);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                p { "Made on " (date(now.millis())) ". Everything in this page is also in data.json and in the folder csv, for programs." }
                @for section in &gathered.sections { (table(section)) }
                h2 { "Held, but not printed here" }
                ul { @for line in described() { li { (line.table) ": " (line.says) } } }
                h2 { "What the law says you must be told" }
                @for item in items {
                    h3 { (item.title) " (" (item.article) ")" }
                    ul { @for sentence in &item.says { li { (sentence) } } }
                }
            }
        }
    }
    .into_string()
}

fn table(section: &Section) -> Markup {
    let has = |name: &&str| section.rows.iter().any(|row| row.get(*name).is_some_and(|value| !value.is_null()));
    let names = section.table.fields.iter().map(|field| open_name(field.name));
    let columns: Vec<&str> = names.filter(has).collect();
    html! {
        h2 { (section.table.says) " " small { "(" (section.rows.len()) ")" } }
        @if !section.rows.is_empty() {
            div.scroll tabindex="0" {
                table {
                    thead { tr { @for column in &columns { th scope="col" { (column.replace('_', " ")) } } } }
                    tbody { @for row in &section.rows { (line(row, &columns)) } }
                }
            }
        }
    }
}

fn line(row: &Map<String, Json>, columns: &[&str]) -> Markup {
    html! { tr { @for column in columns { td dir="auto" { (cell(column, row.get(*column).unwrap_or(&Json::Null))) } } } }
}

fn cell(column: &str, value: &Json) -> Markup {
    html! {
        @match value {
            Json::Null => {}
            Json::Number(number) if is_time(column) => { (date(number.as_i64().unwrap_or(0))) }
            Json::String(path) if path.starts_with("files/") && column == "content" => { a href=(path) { (path) } }
            Json::String(text) => { (text) }
            Json::Object(card) if card.contains_key("name") && card.contains_key("role") => {
                (card.get("name").and_then(Json::as_str).unwrap_or_default())
                " (" (card.get("role").and_then(Json::as_str).unwrap_or("left")) ")"
            }
            Json::Object(_) | Json::Array(_) => { details { summary { "open" } pre { (serde_json::to_string_pretty(value).unwrap_or_default()) } } }
            other => { (other.to_string()) }
        }
    }
}

fn is_time(column: &str) -> bool {
    column.ends_with("_at") || column.ends_with("_since")
}

/// A moment as a person reads it, in UTC.
pub(crate) fn date(millis: i64) -> String {
    match jiff::Timestamp::from_millisecond(millis) {
        Ok(moment) => moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        Err(_) => millis.to_string(),
    }
}
