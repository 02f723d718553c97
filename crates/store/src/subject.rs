//! Everything tied to one person, by table and column names that the data map supplies: read, count, delete, unlink.
//!
//! The only place where SQL is put together at run time; every name comes from a `const` of the map, never from a request.

use model::{OrganisationId, PersonId};

use crate::{Statement, Value};

/// A table whose rows are tied to a person: its name, the column with her id, and the column that names a row.
#[derive(Clone, Copy)]
pub struct Owned {
    /// The table.
    pub table: &'static str,
    /// The column with the person's id.
    pub owner: &'static str,
    /// The column by which other tables name a row of this one.
    pub key: &'static str,
}

impl Owned {
    /// The owner, asked for once more of rows that are named already. Where a row has an id, SQLite must find it by that: by the
    /// bare column it would walk through all of her rows for each batch.
    pub(crate) fn once_more(&self) -> String {
        match self.key {
            "id" => format!("CAST({} AS TEXT)", self.owner),
            _ => self.owner.to_owned(),
        }
    }
}

/// A column in which an id of anything of hers may stand.
#[derive(Clone, Copy)]
pub struct Mention {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The column with the salt of a commitment to it, cleared when the id is replaced.
    pub salt: Option<&'static str>,
}

impl Mention {
    /// The assignments that put the parameter in the place of the id and shred the commitment to it.
    pub(crate) fn replacing(&self, parameter: &str) -> String {
        let shred = self.salt.map(|salt| format!(", {salt} = NULL")).unwrap_or_default();
        format!("{} = {parameter}{shred}", self.column)
    }
}

fn whose(organisation: OrganisationId, person: PersonId) -> Vec<Value> {
    vec![organisation.into(), person.into()]
}

/// `SELECT` of her ids in one table.
fn ids_of(of: Owned) -> String {
    let Owned { table, owner, key } = of;
    format!("SELECT {key} FROM {table} WHERE organisation = $1 AND {owner} = $2")
}

/// These columns of her rows, oldest first as far as the key tells.
pub fn select(of: Owned, columns: &[&str], organisation: OrganisationId, person: PersonId) -> Statement {
    let (columns, Owned { table, owner, key }) = (columns.join(", "), of);
    // Ordered by the bare column, SQLite would read the whole table along its primary key instead of her rows by theirs.
    let order = format!("ORDER BY CAST({key} AS TEXT)");
    let sql = format!("SELECT {columns} FROM {table} WHERE organisation = $1 AND {owner} = $2 {order}");
    Statement::owned(sql, whose(organisation, person))
}

/// One column of one row of hers: the bytes of a file, which are read one at a time.
pub fn cell(of: Owned, column: &str, organisation: OrganisationId, person: PersonId, row: &str) -> Statement {
    let Owned { table, owner, key } = of;
    let mut params = whose(organisation, person);
    params.push(row.into());
    let sql = format!("SELECT {column} FROM {table} WHERE organisation = $1 AND {owner} = $2 AND {key} = $3");
    Statement::owned(sql, params)
}

/// How many rows are hers: one row with the column `many`, and `last`, the greatest value of `until` where one is named.
pub fn count(of: Owned, until: Option<&str>, organisation: OrganisationId, person: PersonId) -> Statement {
    let Owned { table, owner, .. } = of;
    let last = until.map_or_else(|| "0".to_owned(), |column| format!("coalesce(max({column}), 0)"));
    let sql = format!(
        "SELECT count(*) AS many, CAST({last} AS bigint) AS last FROM {table} WHERE organisation = $1 AND {owner} = $2"
    );
    Statement::owned(sql, whose(organisation, person))
}

/// Deletes up to about `limit` of her rows.
pub fn delete(of: Owned, limit: i64, organisation: OrganisationId, person: PersonId) -> Statement {
    let (inner, owned, Owned { table, key, .. }) = (ids_of(of), of.once_more(), of);
    let sql = format!("DELETE FROM {table} WHERE organisation = $1 AND {owned} = $2 AND {key} IN ({inner} LIMIT $3)");
    let mut params = whose(organisation, person);
    params.push(limit.into());
    Statement::owned(sql, params)
}

/// Rows in which an id of hers from the table `of` stands in the mentioning column.
pub fn mentioned(
    at: Mention,
    of: Owned,
    columns: &[&str],
    organisation: OrganisationId,
    person: PersonId,
) -> Statement {
    let (columns, inner, Mention { table, column, .. }) = (columns.join(", "), ids_of(of), at);
    let sql = format!("SELECT {columns} FROM {table} WHERE organisation = $1 AND {column} IN ({inner})");
    Statement::owned(sql, whose(organisation, person))
}

/// Puts `word` in the place of every id of hers from the table `of`.
pub fn replace(at: Mention, of: Owned, word: &str, organisation: OrganisationId, person: PersonId) -> Statement {
    let (inner, Mention { table, column, .. }, replacing) = (ids_of(of), at, at.replacing("$3"));
    let sql = format!("UPDATE {table} SET {replacing} WHERE organisation = $1 AND {column} IN ({inner})");
    let mut params = whose(organisation, person);
    params.push(word.into());
    Statement::owned(sql, params)
}

/// Deletes every row that mentions an id of hers from the table `of`.
pub fn delete_mentioning(at: Mention, of: Owned, organisation: OrganisationId, person: PersonId) -> Statement {
    let (inner, Mention { table, column, .. }) = (ids_of(of), at);
    let sql = format!("DELETE FROM {table} WHERE organisation = $1 AND {column} IN ({inner})");
    Statement::owned(sql, whose(organisation, person))
}

/// The condition that the mentioning column is one of `names`; `first` is the number of the first parameter.
fn named(column: &str, names: &[String], first: usize) -> String {
    let list: Vec<String> = (first..first + names.len()).map(|number| format!("${number}")).collect();
    format!("organisation = $1 AND {column} IN ({})", list.join(", "))
}

/// Puts `word` in the place of these ids: for mentions that were written while the rows were already going.
pub fn replace_named(at: Mention, names: &[String], word: &str, organisation: OrganisationId) -> Statement {
    let (condition, table, replacing) = (named(at.column, names, 3), at.table, at.replacing("$2"));
    let mut params = vec![organisation.into(), word.into()];
    params.extend(names.iter().map(Value::from));
    Statement::owned(format!("UPDATE {table} SET {replacing} WHERE {condition}"), params)
}

/// Deletes rows that mention these ids.
pub fn delete_named(at: Mention, names: &[String], organisation: OrganisationId) -> Statement {
    let (condition, table) = (named(at.column, names, 2), at.table);
    let mut params = vec![organisation.into()];
    params.extend(names.iter().map(Value::from));
    Statement::owned(format!("DELETE FROM {table} WHERE {condition}"), params)
}

/// One row of any table by its id, for the card of a member of the staff.
pub fn card(table: &str, columns: &[&str], organisation: OrganisationId, id: &str) -> Statement {
    let columns = columns.join(", ");
    let sql = format!("SELECT {columns} FROM {table} WHERE organisation = $1 AND id = $2");
    Statement::owned(sql, vec![organisation.into(), id.into()])
}

/// The ids of an organisation's rows in a table, after `after`, in pages: for the replay of the ledger after a restore.
pub fn ids_after(of: Owned, after: &str, limit: i64, organisation: OrganisationId) -> Statement {
    let Owned { table, key, .. } = of;
    let sql = format!("SELECT {key} AS id FROM {table} WHERE organisation = $1 AND {key} > $2 ORDER BY {key} LIMIT $3");
    Statement::owned(sql, vec![organisation.into(), after.into(), limit.into()])
}
