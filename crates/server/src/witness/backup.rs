//! Looks at the backups that were tried out: how old the newest is, how long it took to be back, what a lost disk would cost.

use std::time::Duration;

use model::Moment;
use privacy::Fault;
use privacy::backup::Made;
use privacy::promise::Finding;

use crate::state::App;

/// What was lost must be back within this many minutes: a day.
const BACK: i64 = 24 * 60;
/// A daily backup may be this old, in hours: a day, and the time it takes to make one.
const OLDEST: i64 = 26;

const NONE: &str = "There is no backup.";

fn made(app: &App) -> Result<Vec<Made>, Fault> {
    let Some(backups) = &app.backups else { return Ok(Vec::new()) };
    backups.depot.made().map_err(|fault| Fault::Broken(fault.to_string()))
}

fn whole(span: Duration, seconds: u64) -> i64 {
    i64::try_from(span.as_secs() / seconds).unwrap_or(i64::MAX)
}

/// A backup that was tried out is there, and not older than it may be.
pub(super) fn fresh(app: &App) -> Result<Finding, Fault> {
    let Some(backups) = &app.backups else {
        return Ok(Finding::given(false, 0, "This server makes no backups."));
    };
    let made = made(app)?;
    let Some(newest) = made.first() else { return Ok(Finding::given(false, 0, NONE)) };
    let hours = whole(app.desk.world.now().since(newest.verified_at), 3_600);
    let says = format!("{} backups lie ready; the newest was tried out {hours} hours ago.", made.len());
    Ok(Finding::given(!backups.is_missing(), hours, says))
}

/// The newest backup was made and restored for trial within a day.
pub(super) fn restore_timed(app: &App) -> Result<Finding, Fault> {
    Ok(timed(made(app)?.first()))
}

fn timed(newest: Option<&Made>) -> Finding {
    let Some(newest) = newest else { return Finding::given(false, 0, NONE) };
    let minutes = whole(newest.verified_at.since(newest.created_at), 60);
    let says = format!("Making the newest backup and restoring its {} rows took {minutes} minutes.", newest.rows);
    Finding::at_most(BACK, minutes, says)
}

/// The newest backup that was tried out is of the last day.
pub(super) fn loss_bounded(app: &App) -> Result<Finding, Fault> {
    Ok(bounded(made(app)?.first(), app.desk.world.now()))
}

fn bounded(newest: Option<&Made>, now: Moment) -> Finding {
    let Some(newest) = newest else { return Finding::given(false, 0, NONE) };
    let hours = whole(now.since(newest.created_at), 3_600);
    Finding::at_most(OLDEST, hours, format!("What was written in the last {hours} hours is in no backup yet."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn backup(verified_after: i64) -> Made {
        let at = |minutes: i64| Moment::from_millis(1_800_000_000_000 + minutes * MINUTE);
        let name = "data-1.cfd".to_owned();
        Made { name, created_at: at(0), verified_at: at(verified_after), rows: 7, bytes: 9, offsite_at: None }
    }

    #[test]
    fn a_restore_that_takes_more_than_a_day_and_a_backup_that_is_missing_are_found() {
        let seen = timed(Some(&backup(90)));
        assert_eq!((seen.holds, seen.figure), (true, 90));
        let seen = timed(Some(&backup(25 * 60)));
        assert_eq!((seen.holds, seen.figure), (false, 1_500));
        assert!(!timed(None).holds);
    }

    #[test]
    fn a_newest_backup_of_the_day_before_yesterday_is_found() {
        let newest = backup(90);
        let later = |hours: u64| newest.created_at.plus(Duration::from_secs(hours * 3_600));
        assert!(bounded(Some(&newest), later(26)).holds);
        let seen = bounded(Some(&newest), later(27));
        assert_eq!((seen.holds, seen.figure), (false, 27));
        assert!(!bounded(None, later(1)).holds);
    }
}
