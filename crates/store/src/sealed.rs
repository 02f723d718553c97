//! Sealed values go into columns and come out of them as they are: the store has no key to open them.

use vault::Sealed;

use crate::{Row, StoreError, Value};

impl From<Sealed> for Value {
    fn from(sealed: Sealed) -> Self {
        Value::Bytes(sealed.into_column())
    }
}

impl Row {
    /// A sealed value.
    pub fn sealed(&self, column: &str) -> Result<Sealed, StoreError> {
        self.bytes(column).map(Sealed::from_column)
    }

    /// The same, or nothing where the column is empty.
    pub fn maybe_sealed(&self, column: &str) -> Result<Option<Sealed>, StoreError> {
        Ok(self.maybe_bytes(column)?.map(Sealed::from_column))
    }
}
