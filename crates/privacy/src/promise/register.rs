//! PROMISES.md: every sentence, what proves it, which rows of the register of promises it answers, and which are left.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Group, Promise, Proof, promises};

/// How many rows the register of promises has: `P-001` to `P-285`.
const ROWS: usize = 285;

/// The document.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Promises\n\nMade from the promise ledger (`crates/privacy/src/promise`); do not edit. A sentence is published while every \
         check behind it holds and is not older than 26 hours. What no check on the server can see is published only while a member \
         of the staff vouches for it, and says so.\n",
    );
    for group in Group::ALL {
        let _ = writeln!(text, "\n## {}\n", group.heading().en);
        text.push_str("| promise | sentence | applies | proved by | rows |\n| --- | --- | --- | --- | --- |\n");
        for promise in promises().filter(|promise| promise.group == group) {
            let (id, says, when) = (promise.id, promise.says.en, promise.when.words());
            let _ = writeln!(text, "| `{id}` | {says} | {when} | {} | {} |", proof(promise), promise.rows.join(", "));
        }
    }
    text.push_str("\n## Checks\n\n| check | looks at | its figure counts |\n| --- | --- | --- |\n");
    for check in super::Check::ALL {
        let _ = writeln!(text, "| `{}` | {} | {} |", check.word(), check.looks().en, check.counts().en);
    }
    let answered = answered();
    let left: Vec<String> =
        (1..=ROWS).map(|row| format!("P-{row:03}")).filter(|row| !answered.contains(row.as_str())).collect();
    let _ = writeln!(
        text,
        "\n## Rows of the register\n\n{} of {ROWS} rows have a sentence here. Left, by id: {}.",
        answered.len(),
        ranges(&left)
    );
    text
}

fn proof(promise: &Promise) -> String {
    match promise.proof {
        Proof::Live(checks) => checks.iter().map(|check| format!("`{}`", check.word())).collect::<Vec<_>>().join(", "),
        Proof::Attested => "attested".to_owned(),
    }
}

fn answered() -> BTreeSet<&'static str> {
    promises().flat_map(|promise| promise.rows).copied().collect()
}

/// `P-002, P-003, P-004` as `P-002 to P-004`.
fn ranges(rows: &[String]) -> String {
    let number = |row: &String| row.get(2..).and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(0);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().map(number) {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => parts.push((row, row)),
        }
    }
    let word = |(first, last): &(usize, usize)| match last - first {
        0 => format!("P-{first:03}"),
        1 => format!("P-{first:03}, P-{last:03}"),
        _ => format!("P-{first:03} to P-{last:03}"),
    };
    parts.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_that_is_named_exists_in_the_register() {
        for row in answered() {
            let number: usize = row.strip_prefix("P-").unwrap().parse().unwrap();
            assert!(row.len() == 5 && (1..=ROWS).contains(&number), "{row}");
        }
        assert!(answered().len() > 80, "{}", answered().len());
    }

    #[test]
    fn runs_of_rows_are_shortened() {
        let rows = ["P-001", "P-002", "P-003", "P-007", "P-008", "P-010"].map(String::from);
        assert_eq!(ranges(&rows), "P-001 to P-003, P-007, P-008, P-010");
    }
}
