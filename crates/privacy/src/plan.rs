//! What the map says about one person's rows, in the words in which the store is asked.

use datamap::{Field, TABLES, Table};
use store::subject::{Mention, Owned};

/// The tables whose rows belong to one person, children first.
pub(crate) fn owned() -> impl Iterator<Item = (&'static Table, Owned)> {
    TABLES.iter().filter_map(|table| Some((table, of(table)?)))
}

/// How this table's rows are tied to a person, if they are.
pub(crate) fn of(table: &'static Table) -> Option<Owned> {
    let owner = table.person()?.name;
    // A row without an id of its own is named by the first thing it hangs on besides organisation and person.
    let key = if table.has_id() { "id" } else { parent(table)?.name };
    Some(Owned { table: table.name, owner, key })
}

fn parent(table: &'static Table) -> Option<&'static Field> {
    table
        .fields
        .iter()
        .find(|field| field.link == datamap::Link::None && field.references.is_some_and(|target| target != TENANT))
}

/// The table every other one is fenced by: its column is the same in every row a person can be given.
pub(crate) const TENANT: &str = "organisation";

/// The columns in which an id of hers may stand among others.
pub(crate) fn mentions() -> impl Iterator<Item = (&'static Table, &'static Field, Mention)> {
    TABLES.iter().flat_map(|table| {
        table
            .mentions()
            .map(move |field| (table, field, Mention { table: table.name, column: field.name, salt: field.salt }))
    })
}

/// The map as it is, turned into plans: every owned table can be named row by row.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_a_person_has_a_plan() {
        let with_owner = TABLES.iter().filter(|table| table.person().is_some()).count();
        assert_eq!(owned().count(), with_owner);
        assert!(with_owner >= 8 && mentions().count() >= 3);
    }

    #[test]
    fn the_person_comes_last() {
        let last = owned().last().expect("tables").1;
        assert_eq!(last.owner, last.key, "the last table to be emptied is the person's own");
    }
}
