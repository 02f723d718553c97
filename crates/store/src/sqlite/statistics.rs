//! What SQLite is to believe about the tables before it has seen them.
//!
//! Without statistics it takes an organisation for ten rows, and reads a whole table along its primary key rather than sort the
//! few rows a better index names. `ANALYZE` over real rows would keep samples of them, erased people's included; so the numbers
//! are written once, over empty tables, and only say what the schema says: an organisation is most of a table, a thing is few rows
//! (<https://sqlite.org/fileformat2.html#stat1tab>: a program may write this table itself).

use rusqlite::{Connection, params};

use super::run::fault;
use crate::StoreError;

/// Rows of a table.
const ROWS: i64 = 1_000_000;
/// Rows of one organisation.
const OF_ORGANISATION: i64 = 100_000;
/// Rows that agree in one column more; each column more leaves a tenth of them.
const OF_THING: i64 = 100;

/// Writes what is believed, for every index of the data file. The tables must be empty.
pub(super) fn believe(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("ANALYZE main").map_err(fault)?;
    let mut indexes = connection
        .prepare(
            "SELECT t.name, i.name, i.\"unique\", i.partial, \
             (SELECT group_concat(c.name, ' ') FROM pragma_index_info(i.name) c) \
             FROM main.sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )
        .map_err(fault)?;
    let found = indexes
        .query_map([], |row| {
            let columns: String = row.get(4)?;
            let (unique, partial): (bool, bool) = (row.get(2)?, row.get(3)?);
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, stat(&columns, unique, partial)))
        })
        .map_err(fault)?;
    for index in found {
        let (table, name, stat) = index.map_err(fault)?;
        connection
            .execute("INSERT INTO main.sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)", params![table, name, stat])
            .map_err(fault)?;
    }
    // Read at once, by this connection; the others read it when they open the file.
    connection.execute_batch("ANALYZE main.sqlite_schema").map_err(fault)
}

/// How many rows an index has, then how many agree in its first column, its first two, and so on.
fn stat(columns: &str, unique: bool, partial: bool) -> String {
    let columns: Vec<&str> = columns.split(' ').collect();
    let mut agree = if partial { OF_THING } else { ROWS };
    let mut stat = vec![agree];
    for (position, column) in columns.iter().enumerate() {
        let last = position + 1 == columns.len();
        agree = match *column {
            _ if unique && last => 1,
            "organisation" => agree.min(OF_ORGANISATION),
            _ if agree > OF_THING => OF_THING,
            _ => (agree / 10).max(1),
        };
        stat.push(agree);
    }
    let stat: Vec<String> = stat.iter().map(ToString::to_string).collect();
    stat.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_many_rows_and_a_thing_is_few() {
        assert_eq!(stat("organisation id", true, false), "1000000 100000 1");
        assert_eq!(stat("organisation person", false, false), "1000000 100000 100");
        assert_eq!(stat("organisation person conversation seq", true, false), "1000000 100000 100 10 1");
        assert_eq!(stat("token_hash", true, false), "1000000 1");
        assert_eq!(stat("organisation id", false, true), "100 100 10");
    }
}
