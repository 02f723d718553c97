//! One SQL statement with its values and the number of rows it must touch.

use std::borrow::Cow;

use crate::Value;

/// How many rows a statement must change (or return) for its work to stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// Any number.
    #[default]
    Any,
    /// This number.
    Exactly(u64),
    /// This number or more.
    AtLeast(u64),
}

impl Expect {
    pub(crate) fn holds(self, changed: u64) -> bool {
        match self {
            Expect::Any => true,
            Expect::Exactly(wanted) => changed == wanted,
            Expect::AtLeast(least) => changed >= least,
        }
    }
}

/// A statement: SQL written once for both engines (`$1`, `$2`, … by number), its values, its guard.
#[derive(Clone)]
pub struct Statement {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) params: Vec<Value>,
    pub(crate) expect: Expect,
    pub(crate) patient: bool,
}

impl Statement {
    /// A statement of a noun file: `$1` is the first of `params`.
    pub fn new(sql: &'static str, params: Vec<Value>) -> Self {
        Self { sql: Cow::Borrowed(sql), params, expect: Expect::Any, patient: false }
    }

    /// A statement put together from names of tables and columns; only for readers of the data map.
    pub fn owned(sql: String, params: Vec<Value>) -> Self {
        Self { sql: Cow::Owned(sql), params, expect: Expect::Any, patient: false }
    }

    /// A read that may take as long as it takes: it looks through everything there is.
    #[must_use]
    pub fn patiently(mut self) -> Self {
        self.patient = true;
        self
    }

    /// Demands a number of rows: with another one the whole work is undone with [`crate::StoreError::Guard`].
    #[must_use]
    pub fn expect(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }
}

/// Names the SQL of a noun, one constant each, and lists them all so that one test can prepare them on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// Every statement of this noun, by name.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// `params![a, b, c]`: the values of a statement, in the order of `$1`, `$2`, `$3`.
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
pub(crate) use params;
