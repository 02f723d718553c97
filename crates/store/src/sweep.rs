//! The second hand: asks the engine itself for every table and column and looks for traces, without the data map.
//!
//! The one place where the two engines are asked in different words, because it looks at bytes below the columns' types.

use crate::{EngineName, Statement, Value};

/// A trace to look for.
#[derive(Clone)]
pub enum Trace {
    /// This text anywhere inside a cell.
    Text(String),
    /// These bytes anywhere inside a cell.
    Bytes(Vec<u8>),
    /// A cell that is one of these texts.
    OneOf(Vec<String>),
}

/// A statement that looks through one table: answers one row with `cells_N`, the number of cells of column N in which a
/// trace was found, and `total`, the number of rows. The row with the id `but` is left out: the ledger line of the work itself.
pub fn look(engine: EngineName, table: &str, columns: &[String], traces: &[Trace], but: &str) -> Statement {
    let mut params = vec![Value::from(but)];
    let tests: Vec<String> = columns.iter().map(|column| test(engine, column, traces)).collect();
    for trace in traces {
        bind(engine, trace, &mut params);
    }
    let sums: String = tests
        .iter()
        .enumerate()
        .map(|(position, test)| format!(", coalesce(sum(CASE WHEN {test} THEN 1 ELSE 0 END), 0) AS cells_{position}"))
        .collect();
    // Where there is no id, the parameter is still spent: an engine refuses one that is never used.
    let own = if columns.iter().any(|column| column == "id") { "id <> $1" } else { "$1 = $1" };
    // It reads the whole table: on a large store that takes longer than anybody else may.
    Statement::owned(format!("SELECT count(*) AS total{sums} FROM {table} WHERE {own}"), params).patiently()
}

/// The condition that a cell of `column` carries any of the traces. Parameters are numbered as [`bind`] pushes them.
fn test(engine: EngineName, column: &str, traces: &[Trace]) -> String {
    let conditions: Vec<String> = (2..)
        .zip(traces)
        .map(|(number, trace)| match trace {
            Trace::Text(_) | Trace::Bytes(_) => inside(engine, column, number),
            Trace::OneOf(_) => among(engine, column, number),
        })
        .collect();
    if conditions.is_empty() { "1 = 0".to_owned() } else { conditions.join(" OR ") }
}

/// Is the cell one of the texts in the parameter, a JSON list? One parameter, however many: a statement with thousands of them
/// takes longer to read than a table.
fn among(engine: EngineName, column: &str, number: usize) -> String {
    let list = match engine {
        EngineName::Sqlite => format!("SELECT value FROM json_each(${number})"),
        EngineName::Postgres => format!("SELECT json_array_elements_text(CAST(CAST(${number} AS text) AS json))"),
    };
    format!("CAST({column} AS TEXT) IN ({list})")
}

/// Is the parameter inside the cell, whatever the column's type? `PostgreSQL` shows bytes as hexadecimal text.
fn inside(engine: EngineName, column: &str, number: usize) -> String {
    match engine {
        EngineName::Sqlite => format!("instr(CAST({column} AS BLOB), ${number}) > 0"),
        EngineName::Postgres => format!(
            "position(CAST(${number} AS text) IN CAST({column} AS text)) > 0 \
             OR position(encode(convert_to(CAST(${number} AS text), 'UTF8'), 'hex') IN CAST({column} AS text)) > 0"
        ),
    }
}

fn bind(engine: EngineName, trace: &Trace, params: &mut Vec<Value>) {
    match (trace, engine) {
        (Trace::Text(text), EngineName::Sqlite) => params.push(Value::Bytes(text.clone().into_bytes())),
        (Trace::Text(text), EngineName::Postgres) => params.push(text.into()),
        (Trace::Bytes(bytes), EngineName::Sqlite) => params.push(Value::Bytes(bytes.clone())),
        (Trace::Bytes(bytes), EngineName::Postgres) => {
            params.push(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into());
        }
        (Trace::OneOf(words), _) => params.push(serde_json::json!(words).to_string().into()),
    }
}
