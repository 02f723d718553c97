//! The map agrees with itself: order, seals, links, sentences.

use datamap::*;

#[test]
fn children_come_before_the_tables_they_point_at() {
    for (position, table) in TABLES.iter().enumerate() {
        for parent in table.fields.iter().filter_map(|field| field.references) {
            let later = TABLES.iter().position(|other| other.name == parent);
            assert!(later > Some(position), "{} points at {parent}, which must come later", table.name);
        }
    }
}

#[test]
fn names_are_unique() {
    for table in TABLES {
        assert_eq!(TABLES.iter().filter(|other| other.name == table.name).count(), 1, "{}", table.name);
        for field in table.fields {
            assert_eq!(
                table.fields.iter().filter(|other| other.name == field.name).count(),
                1,
                "{}.{}",
                table.name,
                field.name
            );
        }
    }
}

/// Columns with words in them that are not sealed, each with its reason.
const IN_THE_CLEAR: &[(&str, &str)] = &[];

#[test]
fn words_names_and_addresses_are_sealed_or_blind() {
    for table in TABLES {
        for field in table.fields {
            let personal = ["user.content.private", "user.name", "user.contact.email"].contains(&field.preset.category);
            let hidden = field.is_sealed() || field.is_index() || field.name == "password_hash";
            let word = ["evidence", "trace"].contains(&field.preset.name);
            assert!(
                !personal || hidden || word || IN_THE_CLEAR.contains(&(table.name, field.name)),
                "{}.{} is personal and in the clear",
                table.name,
                field.name
            );
        }
    }
}

#[test]
fn a_table_with_sealed_words_has_an_owner_and_ids() {
    // The organisation's own secrets are sealed with its own key.
    let words = |field: &Field| field.is_sealed() && field.preset.name != SECRET.name;
    for table in TABLES.iter().filter(|table| table.fields.iter().any(words)) {
        let owned = table.fields.iter().any(|field| matches!(field.link, Link::Person | Link::Member));
        assert!(owned && table.has_id(), "{}: whose key opens it, and which row is it?", table.name);
    }
}

#[test]
fn a_row_of_hers_is_deleted_and_a_shared_row_says_what_happens() {
    for table in TABLES {
        if let Some(owner) = table.person() {
            assert_eq!(owner.preset.erasure, Erasure::DeleteRow, "{}", table.name);
        }
        for mention in table.mentions() {
            assert_ne!(mention.preset.erasure, Erasure::Stays, "{}.{}", table.name, mention.name);
        }
        for field in table.fields.iter().filter(|field| field.link == Link::None) {
            let held = field.preset.who == Who::Visitor;
            let reached = table.person().is_some()
                || table.mentions().next().is_some()
                || field.preset.purpose == "essential.legal_obligation";
            assert!(!held || reached, "{}.{} is about visitors but nothing ties it to one", table.name, field.name);
        }
    }
}

#[test]
fn every_period_and_file_name_that_is_named_exists() {
    for table in TABLES {
        for field in table.fields {
            if let Keep::Until(column) = field.preset.keep {
                let in_table = table.field(column).is_some();
                assert!(in_table, "{}.{} ends at {column}, which is not there", table.name, field.name);
            }
            if let Export::File { name } = field.preset.export {
                assert!(table.field(name).is_some(), "{}.{}", table.name, field.name);
            }
        }
    }
}

#[test]
fn a_sentence_of_the_notice_exists_in_every_language_or_in_none() {
    for field in TABLES.iter().flat_map(|table| table.fields) {
        let Plain { en, de, ar } = field.preset.plain;
        assert_eq!((en.is_empty(), de.is_empty()), (ar.is_empty(), ar.is_empty()), "{}", field.preset.name);
    }
}

#[test]
fn nobody_trains_on_it_and_nobody_sells_with_it() {
    for field in TABLES.iter().flat_map(|table| table.fields) {
        let purpose = field.preset.purpose;
        assert!(!purpose.starts_with("train_ai_system") && !purpose.starts_with("marketing"), "{}", field.name);
    }
}

#[test]
fn every_retention_class_names_what_exists_and_every_table_has_one() {
    assert_eq!(datamap::terms_fit_the_map(), Ok(()));
    for table in TABLES {
        let class = datamap::class_of(table);
        assert!(datamap::term(class).is_some(), "{} is of the unknown class {class}", table.name);
        if table.person().is_some() && !["visitor_session", "request_file"].contains(&table.name) {
            assert_eq!(class, "conversation", "{} goes with the person", table.name);
        }
    }
    for term in datamap::TERMS {
        assert!(term.bounds.0 <= term.days && term.days <= term.bounds.1, "{}", term.class);
        assert!(!term.says.is_empty() && !term.law.is_empty(), "{}", term.class);
    }
}
