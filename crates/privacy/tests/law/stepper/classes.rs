//! Which classes the stepper walks, and which have no day of their own and why: the two together are what the map knows.

use std::collections::BTreeSet;

use datamap::{FILES, Field, Keep, TABLES, TERMS, Table};

/// Where a class can be seen.
#[derive(Clone, Copy)]
pub enum Seen {
    /// In a table of the organisation: by this column, under this condition.
    Rows { key: &'static str, only: &'static str },
    /// In a file, or in the ledgers of an organisation that is gone.
    Apart,
}

/// One class that ends on a day.
#[derive(Clone, Copy)]
pub struct Class {
    pub name: &'static str,
    /// The table, or the name of the file on the map.
    pub of: &'static str,
    pub seen: Seen,
}

const fn rows(name: &'static str, of: &'static str, key: &'static str, only: &'static str) -> Class {
    Class { name, of, seen: Seen::Rows { key, only } }
}

const fn apart(name: &'static str, of: &'static str) -> Class {
    Class { name, of, seen: Seen::Apart }
}

/// What is not simply a row of somebody's.
const MORE: &[Class] = &[
    rows("somebody who came back", "person", "id", ""),
    rows("key of somebody", "wrapped_key", "subject", ""),
    rows("conversation of somebody who still comes", "conversation", "id", ""),
    rows("deleted conversation", "conversation", "id", ""),
    rows("words that left", "disclosure", "id", " AND length(content_sealed) > 0"),
    rows("work about somebody", "job", "subject", " AND state = 'ready'"),
    rows("failed work", "job", "id", " AND state = 'failed'"),
    rows("somebody in the audit log", "audit", "object", ""),
    rows("line of the audit log", "audit", "object", ""),
    rows("mark of the audit log", "audit_checkpoint", "CAST(seq AS text)", " AND kind = 'head'"),
    rows("request", "request", "id", ""),
    rows("whose request", "request", "person", ""),
    rows("code of a request", "request", "id", " AND length(code_index) > 0"),
    rows("step of a request", "request_step", "id", ""),
    rows("whose step", "request_step", "subject", ""),
    rows("request by an agent", "agent_request", "id", ""),
    rows("used signature", "used_signature", "id", ""),
    rows("old version of a page", "snapshot", "id", ""),
    rows("version of a removed page", "snapshot", "id", ""),
    rows("passage of an old version", "passage", "id", ""),
    rows("session", "session", "id", ""),
    rows("idle session", "session", "id", ""),
    rows("invitation", "invitation", "id", ""),
    rows("proof", "proof", "id", ""),
    rows("attestation", "attestation", "id", ""),
    rows("export of the organisation", "tenant_export", "id", ""),
    apart("file of such an export", "*.piece, whole.cfd"),
    apart("backup", "data-*.cfd"),
    apart("end of an organisation", "departure"),
    apart("ledger of an organisation that ended", "erasure"),
];

/// Every class, those of the tables of a person by themselves: a new table of hers is walked without being named here.
pub fn classes() -> Vec<Class> {
    let hers = TABLES.iter().filter(|table| table.person().is_some());
    let hers = hers.map(|table| rows(table.name, table.name, if table.has_id() { "id" } else { "conversation" }, ""));
    hers.chain(MORE.iter().copied()).collect()
}

/// By which classes a term of the map is walked.
const WALKED: &[(&str, &[&str])] = &[
    ("conversation", &["conversation", "person", "somebody who came back", "conversation of somebody who still comes"]),
    ("deleted_conversation", &["deleted conversation"]),
    ("disclosure_text", &["words that left"]),
    ("visitor_session", &["visitor_session"]),
    ("session", &["session", "idle session"]),
    ("invitation", &["invitation"]),
    ("request_file", &["request_file"]),
    ("request", &["request", "step of a request"]),
    ("request_code", &["code of a request"]),
    ("agent_request", &["request by an agent"]),
    ("used_signature", &["used signature"]),
    ("failed_work", &["failed work"]),
    ("proof", &["proof"]),
    ("attestation", &["attestation"]),
    ("audit", &["line of the audit log", "mark of the audit log"]),
    ("organisation_export", &["export of the organisation", "file of such an export"]),
    ("website", &["old version of a page", "version of a removed page", "passage of an old version"]),
    ("erased_ids", &["ledger of an organisation that ended"]),
    ("account", &["end of an organisation"]),
];

/// Tables without a day of their own, each with its reason.
const UNTIMED_TABLES: &[(&str, &str)] = &[
    ("meta", "the version of the schema: about nobody"),
    ("organisation", "the account itself: goes when the organisation leaves, its legal record is walked as its end"),
    ("member", "while the account of the member exists: its end is a deed, not a day"),
    ("api_key", "a key of a program of the organisation: revoked by hand, about no visitor"),
    ("authorised_agent", "a company with a contract: until the organisation removes it"),
    ("retention_run", "one row: when the last round went through"),
    ("consent_text", "wordings the organisation published: needed as long as a decision refers to one"),
    ("source", "the organisation's own: until removed by hand"),
    ("crawl", "counts of the organisation's own pages: about nobody, goes with the source"),
    ("crawl_url", "addresses of the organisation's own pages: about nobody, goes with the source"),
    (
        "page",
        "an address of the organisation's own website: until removed by hand; what it says is walked as its versions",
    ),
    ("sighting", "host names of the organisation's own websites: about nobody"),
    ("test_set", "questions of the staff, masked: until removed by hand"),
    ("test_run", "the last ten of a set: a number, not a day"),
    ("provider", "the organisation's own: until removed by hand"),
    ("mask_rule", "the organisation's own: until removed by hand"),
    ("spending", "sums of a day and a provider: about nobody, books of the account"),
    ("spending_limit", "the organisation's own setting"),
];

/// Files without a day of their own, each with its reason.
const UNTIMED_FILES: &[(&str, &str)] = &[
    ("confidante.db", "the tables themselves"),
    ("confidante.db-wal", "the tables themselves, until the next fold"),
    ("confidante.db-shm", "while the server runs"),
    ("keys.db", "the keys themselves"),
    ("keys.db-wal", "the keys themselves, until the next fold"),
    ("keys.db-shm", "while the server runs"),
    ("confidante.lock", "while the server runs"),
    ("keys.lock", "while the server runs"),
    ("keys-*.cfd", "one file, written anew with every backup and every erasure"),
    ("master.key", "as the installation"),
    ("confidante.toml", "as the installation"),
];

/// Promised for 180 days, and not held at all: nothing about how visitors behave is collected, so there is nothing to walk.
/// Whoever adds such a table adds it to the map, and the tests below send her here.
const NOT_HELD: &str = "analytics";

/// Whether the map says that this ends by itself.
fn ends(field: &Field) -> bool {
    matches!(field.preset.keep, Keep::AfterLastActivity | Keep::Until(_) | Keep::Months(_))
}

fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    all.into_iter().collect()
}

fn walked() -> BTreeSet<&'static str> {
    names(classes().iter().map(|class| class.of))
}

/// Of what the map knows, everything is walked or excused, not both; and nothing is that the map does not know.
fn each_once(known: &BTreeSet<&str>, walked: &BTreeSet<&str>, excused: &[(&str, &str)]) {
    let untimed = names(excused.iter().map(|(name, _)| *name));
    assert_eq!(untimed.len(), excused.len(), "each once");
    assert!(excused.iter().all(|(_, why)| why.len() > 10), "each with its reason");
    let twice: Vec<_> = walked.intersection(&untimed).collect();
    assert!(twice.is_empty(), "walked and not: {twice:?}");
    let said: BTreeSet<&str> = walked.union(&untimed).copied().collect();
    let forgotten: Vec<_> = known.difference(&said).collect();
    let invented: Vec<_> = said.difference(known).collect();
    assert!(forgotten.is_empty(), "give these a place in the stepper, or a reason: {forgotten:?}");
    assert!(invented.is_empty(), "these are not on the map: {invented:?}");
}

#[test]
fn the_stepper_walks_every_class_the_map_knows_or_says_why_not() {
    let terms = names(TERMS.iter().map(|term| term.class));
    each_once(&terms, &names(WALKED.iter().map(|(term, _)| *term)), &[]);
    let (tables, files) = (names(TABLES.iter().map(|table| table.name)), names(FILES.iter().map(|file| file.name)));
    let (of_files, of_tables): (BTreeSet<&str>, _) = walked().into_iter().partition(|of| of.contains('.'));
    each_once(&tables, &of_tables, UNTIMED_TABLES);
    each_once(&files, &of_files, UNTIMED_FILES);
    assert!(!terms.union(&tables).any(|name| name.contains(NOT_HELD)), "it is held now: walk it");
}

#[test]
fn what_the_map_ends_by_itself_is_never_excused() {
    let walked = walked();
    for table in TABLES.iter().filter(|table| !walked.contains(table.name)) {
        let dated: Vec<&str> = table.fields.iter().filter(|field| ends(field)).map(|field| field.name).collect();
        assert!(dated.is_empty(), "{} says that these end by themselves: {dated:?}", table.name);
    }
}

#[test]
fn every_term_names_classes_that_are_walked_and_every_table_of_a_person_can_be_seen() {
    let all = names(classes().iter().map(|class| class.name));
    for (term, classes) in WALKED {
        let unknown: Vec<_> = classes.iter().filter(|class| !all.contains(**class)).collect();
        assert!(!classes.is_empty() && unknown.is_empty(), "{term}: {unknown:?}");
    }
    let nameless =
        |table: &&Table| table.person().is_some() && !table.has_id() && table.field("conversation").is_none();
    assert!(TABLES.iter().find(nameless).is_none());
}
