//! Looks at live rows by table and column names that the data map supplies, for the checks of the promise ledger.
//!
//! Reads only. Every name comes from a `const` of the map, never from a request; every statement names its organisation.

use model::{Moment, OrganisationId};

use crate::{Statement, Value};

/// Rows whose moment in `column` lies before `before`: one row with `many`, and `oldest`, the least such moment or 0.
/// Where `filled` names a column of bytes, only rows in which it holds any.
pub fn before(
    (table, column): (&str, &str),
    filled: Option<&str>,
    moment: Moment,
    organisation: OrganisationId,
) -> Statement {
    let filled = filled.map(|filled| format!(" AND length({filled}) > 0")).unwrap_or_default();
    let sql = format!(
        "SELECT count(*) AS many, CAST(coalesce(min({column}), 0) AS bigint) AS oldest FROM {table} \
         WHERE organisation = $1 AND {column} < $2{filled}"
    );
    Statement::owned(sql, vec![organisation.into(), moment.into()])
}

/// The newest rows (by id) in which `column` holds something: these columns of them.
pub fn newest(table: &str, columns: &[&str], column: &str, limit: i64, organisation: OrganisationId) -> Statement {
    let (columns, key) = (columns.join(", "), columns.first().copied().unwrap_or(column));
    let sql = format!(
        "SELECT {columns} FROM {table} WHERE organisation = $1 AND {column} IS NOT NULL ORDER BY {key} DESC LIMIT $2"
    );
    Statement::owned(sql, vec![organisation.into(), limit.into()])
}

/// How many rows, and how many of them have a text like `pattern` in each column: `total`, `cells_0`, `cells_1`, …
pub fn alike(table: &str, columns: &[&str], pattern: &str, organisation: OrganisationId) -> Statement {
    let sums: String = columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            format!(
                ", coalesce(sum(CASE WHEN CAST({column} AS text) LIKE $2 THEN 1 ELSE 0 END), 0) AS cells_{position}"
            )
        })
        .collect();
    // The pattern is spent also where there is no column: an engine refuses a parameter that is never used.
    let sql = format!("SELECT count(*) AS total{sums} FROM {table} WHERE organisation = $1 AND $2 = $2");
    Statement::owned(sql, vec![organisation.into(), Value::from(pattern)])
}

/// Rows whose `owner` is no row of `parent` in the same organisation: one row with `many`.
pub fn homeless((table, owner): (&str, &str), (parent, key): (&str, &str), organisation: OrganisationId) -> Statement {
    let sql = format!(
        "SELECT count(*) AS many FROM {table} AS here WHERE here.organisation = $1 AND here.{owner} IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM {parent} AS there WHERE there.organisation = $1 AND there.{key} = here.{owner})"
    );
    Statement::owned(sql, vec![organisation.into()])
}

/// The different texts in a column of rows whose `moment` is not before `since`: `word`.
pub fn different(
    (table, column): (&str, &str),
    (moment, since): (&str, Moment),
    limit: i64,
    organisation: OrganisationId,
) -> Statement {
    let sql = format!(
        "SELECT DISTINCT {column} AS word FROM {table} WHERE organisation = $1 AND {moment} >= $2 AND {column} IS NOT NULL \
         ORDER BY word LIMIT $3"
    );
    Statement::owned(sql, vec![organisation.into(), since.into(), limit.into()])
}

/// The least value of a column and how many rows there are: `many`, `oldest` (0 where there is none).
pub fn oldest(table: &str, column: &str, organisation: OrganisationId) -> Statement {
    let sql = format!(
        "SELECT count(*) AS many, CAST(coalesce(min({column}), 0) AS bigint) AS oldest FROM {table} WHERE organisation = $1"
    );
    Statement::owned(sql, vec![organisation.into()])
}

/// A statement that forgot its organisation: the store must refuse it. The check of the fence asks it and wants a no.
pub fn careless(table: &str) -> Statement {
    Statement::owned(format!("SELECT count(*) AS many FROM {table}"), Vec::new())
}

/// How many rows of an organisation are in a table that the engine itself named: one row with `many`.
pub fn of_organisation(table: &str, organisation: OrganisationId) -> Statement {
    let sql = format!("SELECT count(*) AS many FROM {table} WHERE organisation = $1");
    Statement::owned(sql, vec![organisation.into()])
}
