//! Sealed words on their way into and out of a column; what is inside them this floor never sees.

use vault::Sealed;

use crate::{Row, StoreError, Value};

impl From<Sealed> for Value {
    fn from(sealed: Sealed) -> Self {
        Value::Bytes(sealed.into_column())
    }
}

impl Row {
    /// A sealed column.
    pub fn sealed(&self, column: &str) -> Result<Sealed, StoreError> {
        Ok(Sealed::from_column(self.bytes(column)?))
    }

    /// A sealed column that may be empty.
    pub fn maybe_sealed(&self, column: &str) -> Result<Option<Sealed>, StoreError> {
        Ok(self.maybe_bytes(column)?.map(Sealed::from_column))
    }
}
