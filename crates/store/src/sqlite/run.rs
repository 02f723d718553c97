//! Runs one statement on one connection, and turns this engine's errors into the store's.

use std::borrow::Cow;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Error, ErrorCode, ToSql, ffi};

use crate::schema::ROW_LOCK;
use crate::{Done, Row, Statement, StoreError, Value};

/// Runs the statement to its end and checks its guard; `position` is the statement's in its work.
pub(crate) fn run(connection: &Connection, statement: &Statement, position: usize) -> Result<Done, StoreError> {
    let sql = without_row_lock(&statement.sql);
    let mut prepared = connection.prepare_cached(&sql).map_err(fault)?;
    bind(&mut prepared, statement)?;
    let done = if prepared.column_count() == 0 {
        let changed = prepared.raw_execute().map_err(fault)?;
        Done { changed: u64::try_from(changed).unwrap_or(u64::MAX), rows: Vec::new() }
    } else {
        collect(&mut prepared)?
    };
    if statement.expect.holds(done.changed) { Ok(done) } else { Err(StoreError::Guard { statement: position }) }
}

/// One writer needs no row locks, and this engine does not know the words.
pub(crate) fn without_row_lock(sql: &str) -> Cow<'_, str> {
    if sql.contains(ROW_LOCK) { Cow::Owned(sql.replace(ROW_LOCK, "")) } else { Cow::Borrowed(sql) }
}

/// Binds `$n` by its name: this engine numbers parameters by their order of appearance, so binding by position
/// would silently swap the values of `$2 … $1`.
fn bind(prepared: &mut CachedStatement<'_>, statement: &Statement) -> Result<(), StoreError> {
    let mut highest = 0;
    for index in 1..=prepared.parameter_count() {
        let name = prepared.parameter_name(index).unwrap_or_default();
        let number: usize = name.strip_prefix('$').and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let value = number.checked_sub(1).and_then(|number| statement.params.get(number));
        let Some(value) = value else {
            return Err(StoreError::fault(format!("parameter {name} has no value: {}", statement.sql)));
        };
        prepared.raw_bind_parameter(index, value).map_err(fault)?;
        highest = highest.max(number);
    }
    if highest == statement.params.len() {
        return Ok(());
    }
    Err(StoreError::fault(format!("{} values for {highest} parameters: {}", statement.params.len(), statement.sql)))
}

fn collect(prepared: &mut CachedStatement<'_>) -> Result<Done, StoreError> {
    let names: Arc<[String]> = prepared.column_names().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next().map_err(fault)? {
        let mut values = Vec::with_capacity(names.len());
        for index in 0..names.len() {
            values.push(value(row.get_ref(index).map_err(fault)?)?);
        }
        found.push(Row::new(Arc::clone(&names), values));
    }
    Ok(Done { changed: u64::try_from(found.len()).unwrap_or(u64::MAX), rows: found })
}

pub(crate) fn value(stored: ValueRef<'_>) -> Result<Value, StoreError> {
    match stored {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Text(text) => match String::from_utf8(text.to_vec()) {
            Ok(text) => Ok(Value::Text(text)),
            Err(_) => Err(StoreError::fault("a text column holds bytes that are not UTF-8")),
        },
        ValueRef::Real(_) => Err(StoreError::fault("a column holds a fraction; columns are integers, bytes and text")),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// The store's error for this engine's. `RESTRICT` reports itself as a trigger here, and we have no others.
pub(crate) fn fault(error: Error) -> StoreError {
    let Error::SqliteFailure(failure, sentence) = &error else { return StoreError::fault(error.to_string()) };
    match (failure.code, failure.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => StoreError::Unique,
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_TRIGGER) => StoreError::Foreign,
        (ErrorCode::DiskFull, _) => StoreError::Full,
        (ErrorCode::NotADatabase, _) => StoreError::WrongKey,
        _ => StoreError::fault(sentence.clone().unwrap_or_else(|| failure.to_string())),
    }
}
