//! Everything of one organisation, by table and column names that the data map supplies: read in pages, counted, deleted.
//!
//! Put together at run time like `subject`; every name comes from a `const` of the map, never from a request.

use model::OrganisationId;

use crate::{Statement, Value};

/// A table of an organisation.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// The table.
    pub table: &'static str,
    /// The column with the organisation's id.
    pub tenant: &'static str,
    /// The column by which rows are paged, where each has one of its own.
    pub key: Option<&'static str>,
}

/// Where a page begins.
#[derive(Clone, Debug)]
pub enum Place {
    /// After the row with this key.
    After(String),
    /// After so many rows, where rows have no key.
    Skip(i64),
}

/// A page of rows.
pub fn page(of: Holding, columns: &[&str], organisation: OrganisationId, place: &Place, limit: i64) -> Statement {
    let (columns, Holding { table, tenant, key }) = (columns.join(", "), of);
    match (key, place) {
        (Some(key), Place::After(last)) => Statement::owned(
            format!("SELECT {columns} FROM {table} WHERE {tenant} = $1 AND {key} > $2 ORDER BY {key} LIMIT $3"),
            vec![organisation.into(), last.into(), limit.into()],
        ),
        (_, Place::Skip(rows)) => Statement::owned(
            format!("SELECT {columns} FROM {table} WHERE {tenant} = $1 ORDER BY {columns} LIMIT $2 OFFSET $3"),
            vec![organisation.into(), limit.into(), Value::Int(*rows)],
        ),
        (None, Place::After(_)) => page(of, &[columns.as_str()], organisation, &Place::Skip(0), limit),
    }
}

/// How many rows there are (`many`).
pub fn count(of: Holding, organisation: OrganisationId) -> Statement {
    let Holding { table, tenant, .. } = of;
    Statement::owned(format!("SELECT count(*) AS many FROM {table} WHERE {tenant} = $1"), vec![organisation.into()])
}

/// Deletes rows: up to `limit` of them where they have keys, else all.
pub fn delete(of: Holding, organisation: OrganisationId, limit: i64) -> Statement {
    let Holding { table, tenant, key } = of;
    match key {
        Some(key) => Statement::owned(
            format!(
                "DELETE FROM {table} WHERE {tenant} = $1 AND {key} IN \
                 (SELECT {key} FROM {table} WHERE {tenant} = $1 LIMIT $2)"
            ),
            vec![organisation.into(), limit.into()],
        ),
        None => Statement::owned(format!("DELETE FROM {table} WHERE {tenant} = $1"), vec![organisation.into()]),
    }
}

/// Deletes every row but the one with this value: the work that does it has a row of its own.
pub fn delete_but(of: Holding, organisation: OrganisationId, column: &str, but: &str) -> Statement {
    let Holding { table, tenant, .. } = of;
    let sql = format!("DELETE FROM {table} WHERE {tenant} = $1 AND {column} <> $2");
    Statement::owned(sql, vec![organisation.into(), but.into()])
}
