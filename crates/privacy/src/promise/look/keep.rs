//! Looks at periods: who is kept too long, what outlived its own end, and whether the job that ends things is alive.

use datamap::{Keep, Table};
use store::job::{self, JobRow};
use store::{person, probe};

use super::{Finding, GRACE, Ground, tables};
use crate::holdings::days;
use crate::{Fault, retain};

/// How many people too many are counted at most.
const MOST: i64 = 10_000;
/// How many minutes a retention run may be late before it is an alarm: it is due every hour.
const LATE: i64 = 120;

/// Nobody was quiet for longer than the period and a day.
pub(super) async fn overdue(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let period = days(ground.scene.keep_days);
    let since = ground.world.now().minus(period).minus(GRACE);
    let late = ground.all(person::quiet_since(ground.organisation, since, MOST)).await?.len();
    let days = ground.scene.keep_days;
    Ok(Finding::none_of(late, format!("The period is {days} days; {late} people were quiet for a day longer.")))
}

/// The job of retention exists, is not late and was not given up.
pub(super) async fn retention_alive(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let organisation = ground.organisation;
    let job = job::by_subject(organisation, retain::KIND, &organisation.to_string());
    let Some(row) = ground.all(job).await?.into_iter().next() else {
        return Ok(Finding::given(false, 0, "There is no retention job."));
    };
    let job = JobRow::from_row(&row)?;
    let (due, now) = (job.claimed_at.unwrap_or(job.run_at), ground.world.now());
    let minutes = |span: std::time::Duration| i64::try_from(span.as_secs() / 60).unwrap_or(i64::MAX);
    let (late, early) = (minutes(now.since(due)), minutes(due.since(now)));
    if early > LATE {
        let says = format!("The retention job waits for a day {early} minutes ahead: the clock was set back.");
        return Ok(Finding::given(false, early, says));
    }
    let alive = job.state != "failed" && late <= LATE;
    Ok(Finding::given(alive, late, format!("The retention job is {}, {late} minutes after it was due.", job.state)))
}

/// Nothing of any class is past its period.
pub(super) async fn classes_on_time(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let figures = retain::figures(ground.store, ground.world, ground.organisation).await?;
    let (rows, late) = figures.iter().fold((0, 0), |(rows, late), one| (rows + one.rows, late + one.overdue));
    let classes = figures.len();
    Ok(Finding::none_of(late, format!("{classes} classes with {rows} rows looked at, {late} rows are overdue.")))
}

/// Planted people vanish on their day.
pub(super) async fn planted_gone(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let canary = retain::canary(ground.store, ground.world, ground.organisation).await?;
    let (planted, outlived) = (canary.planted, canary.outlived);
    Ok(Finding::none_of(outlived, format!("{planted} invented people wait for their day, {outlived} outlived it.")))
}

/// What ends by itself has ended.
pub(super) async fn expired(ground: &Ground<'_>) -> Result<Finding, Fault> {
    let before = ground.world.now().minus(GRACE);
    let (mut looked, mut late, mut where_) = (0, 0, Vec::new());
    for table in tables() {
        let Some(end) = end(table) else { continue };
        // Where the row stays as a record, it is its sealed text that ends.
        let text = table.fields.iter().find(|field| field.is_sealed() && matches!(field.preset.keep, Keep::Until(_)));
        let asked = probe::before((table.name, end), text.map(|field| field.name), before, ground.organisation);
        let over = ground.many(asked).await?;
        looked += 1;
        late += over;
        if over > 0 {
            where_.push(table.rows);
        }
    }
    let place = if where_.is_empty() { String::new() } else { format!(" ({})", where_.join(", ")) };
    Ok(Finding::none_of(late, format!("{looked} kinds of rows with an end of their own; {late} rows are late{place}.")))
}

/// The column with the moment at which a row of this table ends, if it has one.
fn end(table: &'static Table) -> Option<&'static str> {
    let until = table.fields.iter().find_map(|field| match field.preset.keep {
        Keep::Until(column) => Some(column),
        _ => None,
    });
    let ticket = |field: &&datamap::Field| field.preset.category == "user.authorization.credentials";
    until.or_else(|| {
        let secret = table.fields.iter().find(ticket)?;
        table.field("expires_at").filter(|_| !secret.name.is_empty()).map(|field| field.name)
    })
}
