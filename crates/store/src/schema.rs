//! The schema: one text for both engines, four words of which differ.

/// The version this program writes; a higher one in the database is a newer program's.
pub(crate) const VERSION: i64 = 1;

/// The tables of the keyring: on `SQLite` a file of their own, on `PostgreSQL` a schema of their own.
pub(crate) const KEYRING: &str = include_str!("schema/keyring.sql");

/// Every other table, parents before children.
pub(crate) const DATA: &[&str] = &[
    include_str!("schema/house.sql"),
    include_str!("schema/people.sql"),
    include_str!("schema/consent.sql"),
    include_str!("schema/request.sql"),
    include_str!("schema/agent.sql"),
    include_str!("schema/knowledge.sql"),
    include_str!("schema/review.sql"),
    include_str!("schema/test_set.sql"),
    include_str!("schema/promise.sql"),
    include_str!("schema/keeping.sql"),
    include_str!("schema/lane.sql"),
    include_str!("schema/provider.sql"),
    include_str!("schema/mask_rule.sql"),
];

/// The words in which the engines differ.
pub(crate) struct Dialect {
    integer: &'static str,
    bytes: &'static str,
    text: &'static str,
    strict: &'static str,
    barrier: &'static str,
}

/// `SQLite`: `STRICT` makes it as particular about types as `PostgreSQL` is.
pub(crate) const SQLITE: Dialect =
    Dialect { integer: "INTEGER", bytes: "BLOB", text: "TEXT", strict: " STRICT", barrier: "" };

/// `PostgreSQL`: the collation `C` sorts text by its bytes, as `SQLite` does, whatever the server's language is. Its views
/// judge a row before any other condition sees it.
pub(crate) const POSTGRES: Dialect = Dialect {
    integer: "BIGINT",
    bytes: "BYTEA",
    text: "TEXT COLLATE \"C\"",
    strict: "",
    barrier: " WITH (security_barrier)",
};

impl Dialect {
    /// The script in this engine's words.
    pub(crate) fn speak(&self, script: &str) -> String {
        let script = script.replace("{integer}", self.integer).replace("{bytes}", self.bytes);
        script.replace("{text}", self.text).replace("{strict}", self.strict).replace("{barrier}", self.barrier)
    }
}

/// The one clause of a statement that `SQLite` does not know: it has one writer and needs no row locks.
pub(crate) const ROW_LOCK: &str = " FOR UPDATE SKIP LOCKED";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_foreign_word_is_left_in_either_dialect() {
        for script in DATA.iter().chain([&KEYRING]) {
            for dialect in [SQLITE, POSTGRES] {
                assert!(!dialect.speak(script).contains('{'));
            }
        }
    }

    #[test]
    fn nothing_cascades_and_nothing_fires_by_itself() {
        for script in DATA.iter().chain([&KEYRING]) {
            let upper = script.to_uppercase();
            for banned in ["CASCADE", "TRIGGER", "NOW()", "DEFAULT", "SERIAL", "AUTOINCREMENT"] {
                assert!(!upper.contains(banned), "{banned} is banned from the schema");
            }
        }
    }
}
