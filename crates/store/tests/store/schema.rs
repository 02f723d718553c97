//! The schema is the same on both engines, and each engine understands every statement of every noun.

use std::collections::BTreeSet;

use store::{Fence, STATEMENTS, Statement, StoreError, Value, Work};
use testkit::engines;

#[tokio::test]
async fn each_engine_understands_every_statement() {
    let stores = engines().await;
    let mut failures = Vec::new();
    for (noun, statements) in STATEMENTS {
        for (name, sql) in *statements {
            for store in &stores {
                if let Err(error) = store.check(sql).await {
                    failures.push(format!("{noun}::{name} on {}: {error}", store.name()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_noun_file_lists_its_statements() {
    let listed: BTreeSet<&str> = STATEMENTS.iter().map(|(noun, _)| *noun).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let noun = path.file_stem().unwrap().to_str().unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            let has = text.contains("crate::statements! {");
            assert_eq!(has, listed.contains(noun), "{noun}.rs and STATEMENTS disagree");
        }
    }
}

/// Every statement about an organisation's rows says whose; the house's own are few and named here.
#[test]
fn every_statement_names_the_organisation_or_is_on_the_list() {
    let house = [
        "api_key::BY_TOKEN",
        "authorised_agent::BY_TOKEN",
        "request::ANYWHERE",
        "audit::WAITING",
        "departure::BY_ID",
        "departure::EVERY",
        "erasure::BY_ID",
        "invitation::BY_TOKEN",
        "member::OWNER_ANYWHERE",
        "organisation::BY_WIDGET_KEY",
        "organisation::EVERY",
        "session::BY_TOKEN",
        "snapshot::PUBLIC",
        "visitor_session::BY_TOKEN",
    ];
    let mut unnamed = Vec::new();
    for (noun, statements) in STATEMENTS {
        for (name, sql) in *statements {
            let flat = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            let named = flat.contains("organisation = $")
                || (flat.starts_with("INSERT") && flat.contains("organisation"))
                || (*noun == "organisation" && (flat.contains("WHERE id = $1") || flat.starts_with("INSERT")));
            let full = format!("{noun}::{name}");
            if !named && !house.contains(&full.as_str()) && *noun != "job" && *noun != "erasure" {
                unnamed.push(full);
            }
        }
    }
    assert!(unnamed.is_empty(), "name the organisation in {unnamed:?}, or list the statement here with a reason");
}

#[tokio::test]
async fn both_engines_hold_the_same_columns() {
    let mut schemas = Vec::new();
    for store in engines().await {
        schemas.push(store.columns().await.unwrap());
    }
    for schema in &schemas {
        assert!(schema.contains(&("wrapped_key".into(), "wrapped".into())), "the keyring is part of the schema");
        assert!(schema.contains(&("message".into(), "body_sealed".into())));
        assert_eq!(schema, &schemas[0]);
    }
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    for store in engines().await {
        let newer = Statement::new("UPDATE meta SET version = 999", Vec::new());
        store.write(Work::new(Fence::House).with(newer)).await.unwrap();
        store.close().await;
        let opened = store::Store::open(store.config()).await;
        assert_eq!(opened.err(), Some(StoreError::Newer), "{}", store.name());
    }
}

/// Whoever asks for the rows of somebody or of something gets to them by an index, not by reading an organisation through.
#[tokio::test]
async fn rows_of_somebody_are_found_by_an_index() {
    let stores = engines().await;
    let sqlite = stores.iter().find(|store| store.engine() == store::EngineName::Sqlite).unwrap();
    let named = ["person = $", "conversation = $", "request = $", "email_index = $", "message = $"];
    let (mut seen, mut slow) = (0, Vec::new());
    for (noun, statements) in STATEMENTS {
        for (name, sql) in statements.iter().filter(|(_, sql)| named.iter().any(|one| sql.contains(one))) {
            let parameters = (1..20).take_while(|number| sql.contains(&format!("${number}"))).map(|_| Value::Null);
            let plan = Statement::owned(format!("EXPLAIN QUERY PLAN {sql}"), parameters.collect());
            for row in sqlite.all(Fence::House, plan).await.unwrap() {
                let step = row.text("detail").unwrap();
                seen += 1;
                if step.starts_with("SCAN") || step.ends_with("(organisation=?)") {
                    slow.push(format!("{noun}::{name}: {step}"));
                }
            }
        }
    }
    assert!(seen > 30, "{seen}");
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
