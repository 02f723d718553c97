//! One row of an answer, read by column name.

use std::str::FromStr;
use std::sync::Arc;

use model::Moment;

use crate::{StoreError, Value};

/// A row. Every getter fails with [`StoreError::Fault`] where the column is missing or of another kind: that is a defect.
#[derive(Clone)]
pub struct Row {
    names: Arc<[String]>,
    values: Vec<Value>,
}

macro_rules! getters {
    ($($(#[$doc:meta])* $maybe:ident, $must:ident -> $kind:ty = $pattern:pat => $value:expr;)*) => {$(
        $(#[$doc])*
        pub fn $must(&self, column: &str) -> Result<$kind, StoreError> {
            self.$maybe(column)?.ok_or_else(|| unfit(column, "is empty"))
        }

        /// The same, or nothing where the column is empty.
        pub fn $maybe(&self, column: &str) -> Result<Option<$kind>, StoreError> {
            match self.value(column)? {
                Value::Null => Ok(None),
                $pattern => Ok(Some($value)),
                _ => Err(unfit(column, "is of another kind")),
            }
        }
    )*};
}

impl Row {
    pub(crate) fn new(names: Arc<[String]>, values: Vec<Value>) -> Self {
        Self { names, values }
    }

    getters! {
        /// An integer.
        maybe_int, int -> i64 = Value::Int(number) => *number;
        /// A text.
        maybe_text, text -> String = Value::Text(text) => text.clone();
        /// Bytes.
        maybe_bytes, bytes -> Vec<u8> = Value::Bytes(bytes) => bytes.clone();
        /// A point in time.
        maybe_moment, moment -> Moment = Value::Int(millis) => Moment::from_millis(*millis);
        /// Yes or no.
        maybe_flag, flag -> bool = Value::Int(number) => *number != 0;
    }

    /// A typed id or any other word that parses, such as a role.
    pub fn id<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.maybe_id(column)?.ok_or_else(|| unfit(column, "is empty"))
    }

    /// The same, or nothing where the column is empty.
    pub fn maybe_id<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let Some(text) = self.maybe_text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| unfit(column, "is not a word of its kind"))
    }

    /// The names of the columns, in the order of the statement.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The value as it stands in the column.
    pub fn value(&self, column: &str) -> Result<&Value, StoreError> {
        let position = self.names.iter().position(|name| name == column);
        position.and_then(|index| self.values.get(index)).ok_or_else(|| unfit(column, "is not in the row"))
    }
}

fn unfit(column: &str, why: &str) -> StoreError {
    StoreError::fault(format!("column {column} {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        let names: Arc<[String]> = ["seq", "state", "closed_at", "open"].map(String::from).into();
        Row::new(names, vec![7.into(), "open".into(), Value::Null, true.into()])
    }

    #[test]
    fn columns_are_read_by_name_and_kind() {
        let row = row();
        assert_eq!(row.int("seq"), Ok(7));
        assert_eq!(row.text("state"), Ok("open".to_owned()));
        assert_eq!(row.maybe_moment("closed_at"), Ok(None));
        assert_eq!(row.flag("open"), Ok(true));
    }

    #[test]
    fn a_missing_empty_or_unfit_column_is_a_fault() {
        let row = row();
        for fault in [row.int("nowhere"), row.int("state"), row.int("closed_at")] {
            assert!(matches!(fault, Err(StoreError::Fault(_))));
        }
        assert!(row.id::<model::PersonId>("state").is_err());
    }
}
