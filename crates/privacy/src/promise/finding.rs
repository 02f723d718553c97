//! What a check saw: whether it is as it should be, a figure, one sentence.

/// The outcome of one check. Holds nothing personal: it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// As it should be?
    pub holds: bool,
    /// What was counted, in the unit of the check.
    pub figure: i64,
    /// What was looked at and seen, in one English sentence for the staff.
    pub says: String,
}

impl Finding {
    /// Holds where nothing was found that must not be there.
    pub fn none_of(figure: impl TryInto<i64>, says: impl Into<String>) -> Self {
        let figure = figure.try_into().unwrap_or(i64::MAX);
        Self { holds: figure == 0, figure, says: says.into() }
    }

    /// Holds where the figure is at most `most`.
    pub fn at_most(most: i64, figure: i64, says: impl Into<String>) -> Self {
        Self { holds: figure <= most, figure, says: says.into() }
    }

    /// Holds where what was asked for was seen; the figure is how much of it.
    pub fn given(holds: bool, figure: impl TryInto<i64>, says: impl Into<String>) -> Self {
        Self { holds, figure: figure.try_into().unwrap_or(i64::MAX), says: says.into() }
    }
}
