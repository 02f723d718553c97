//! Looks at what an organisation takes along when it asks for everything, and at what is left of those that went.

use super::{Finding, Ground};
use crate::{Fault, leave};

/// An export of the organisation would leave nothing behind.
pub(super) async fn leaving_whole(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let leave::Whole { tables, rows, missing, where_ } =
        leave::whole(ground.keyring, ground.store, ground.organisation).await?;
    let list = where_.into_iter().collect::<Vec<_>>().join(", ");
    let says = format!("{tables} kinds of rows tried, {rows} rows handed over, {missing} would be missing. {list}");
    Ok(Finding::none_of(missing, says.trim_end().to_owned()))
}

/// Of organisations that ended nothing is here but the ledgers.
pub(super) async fn departed_gone(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let leave::Remains { ended, left } = leave::remains(ground.store).await?;
    Ok(Finding::none_of(
        left,
        format!("{ended} organisations ended here, {left} rows or certificates do not fit that."),
    ))
}
