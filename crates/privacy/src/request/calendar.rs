//! Months and working days as the laws count them. Pure: a date in, a date out.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use model::Moment;

/// How long a law gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Calendar months (Regulation 1182/71 Art. 3): the same-numbered day, or the last one of a shorter month.
    Months(i32),
    /// Calendar days, the first one not counted.
    Days(i32),
    /// Days on which offices work, the first one not counted.
    WorkingDays(i32),
}

/// The date of a moment where the clock runs.
pub fn date(moment: Moment, zone: &TimeZone) -> Date {
    let stamp = Timestamp::from_millisecond(moment.millis()).unwrap_or(Timestamp::UNIX_EPOCH);
    stamp.to_zoned(zone.clone()).date()
}

/// The last millisecond of a date.
pub fn end_of(date: Date, zone: &TimeZone) -> Moment {
    let next = date.tomorrow().unwrap_or(date);
    let end = next.to_zoned(zone.clone()).map(|end| end.timestamp().as_millisecond() - 1).unwrap_or(i64::MAX);
    Moment::from_millis(end)
}

/// The last day of a term that begins with an event on `start`: the day of the event itself does not count.
pub fn last_day(start: Date, term: Term) -> Date {
    let added = match term {
        Term::Months(months) => start.checked_add(Span::new().months(months)),
        Term::Days(days) => start.checked_add(Span::new().days(days)),
        Term::WorkingDays(days) => return working_days_after(start, days),
    };
    added.unwrap_or(Date::MAX)
}

/// A term that ends on a weekend ends with the next working day (Regulation 1182/71 Art. 3(4)). Nobody here works to this date; it
/// is what a court would allow.
pub fn lenient(day: Date) -> Date {
    let mut day = day;
    while weekend(day) {
        day = day.tomorrow().unwrap_or(Date::MAX);
    }
    day
}

fn working_days_after(start: Date, days: i32) -> Date {
    let (mut day, mut left) = (start, days);
    while left > 0 {
        day = day.tomorrow().unwrap_or(Date::MAX);
        if day == Date::MAX {
            break;
        }
        if !weekend(day) && !is_holiday(day) {
            left -= 1;
        }
    }
    day
}

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The federal holidays of the United States (5 U.S.C. 6103), which the working days of California leave out. One that
/// falls on a Saturday is kept on the Friday, one on a Sunday on the Monday.
fn is_holiday(day: Date) -> bool {
    let nth = |month: i8, weekday: Weekday, nth: i8| {
        Date::new(day.year(), month, 1).and_then(|first| first.nth_weekday_of_month(nth, weekday)).ok()
    };
    let moving = [
        nth(1, Weekday::Monday, 3),
        nth(2, Weekday::Monday, 3),
        nth(5, Weekday::Monday, -1),
        nth(9, Weekday::Monday, 1),
        nth(10, Weekday::Monday, 2),
        nth(11, Weekday::Thursday, 4),
    ];
    if moving.contains(&Some(day)) {
        return true;
    }
    let fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)];
    // New Year's Day of a coming year may be kept on the last day of this one.
    [day.year(), day.year() + 1].into_iter().any(|year| {
        fixed.iter().filter_map(|(month, number)| Date::new(year, *month, *number).ok()).any(|holiday| {
            let kept = match holiday.weekday() {
                Weekday::Saturday => holiday.yesterday(),
                Weekday::Sunday => holiday.tomorrow(),
                _ => Ok(holiday),
            };
            kept.is_ok_and(|kept| kept == day)
        })
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;

    use super::*;

    #[test]
    fn a_month_ends_on_the_same_day_or_the_last_one_there_is() {
        for (start, end) in [
            (on(2026, 1, 15), on(2026, 2, 15)),
            (on(2026, 1, 29), on(2026, 2, 28)),
            (on(2026, 1, 30), on(2026, 2, 28)),
            (on(2026, 1, 31), on(2026, 2, 28)),
            (on(2028, 1, 31), on(2028, 2, 29)),
            (on(2026, 2, 28), on(2026, 3, 28)),
            (on(2026, 12, 31), on(2027, 1, 31)),
            (on(2026, 3, 31), on(2026, 4, 30)),
        ] {
            assert_eq!(last_day(start, Term::Months(1)), end, "{start}");
        }
        assert_eq!(last_day(on(2026, 11, 30), Term::Months(3)), on(2027, 2, 28));
    }

    #[test]
    fn days_are_counted_from_the_day_after() {
        assert_eq!(last_day(on(2026, 1, 1), Term::Days(45)), on(2026, 2, 15));
        assert_eq!(last_day(on(2026, 1, 1), Term::Days(90)), on(2026, 4, 1));
        assert_eq!(last_day(on(2028, 2, 1), Term::Days(30)), on(2028, 3, 2), "a leap year");
    }

    #[test]
    fn working_days_leave_out_weekends_and_federal_holidays() {
        // Friday 2026-01-02: ten working days without Martin Luther King Day (19 January) end on the 16th.
        assert_eq!(last_day(on(2026, 1, 2), Term::WorkingDays(10)), on(2026, 1, 16));
        assert_eq!(last_day(on(2026, 1, 9), Term::WorkingDays(10)), on(2026, 1, 26), "the 19th does not count");
        // Independence Day 2026 is a Saturday and kept on Friday the 3rd.
        assert_eq!(last_day(on(2026, 7, 1), Term::WorkingDays(2)), on(2026, 7, 6));
        // Christmas and New Year: fifteen working days from 18 December 2026.
        assert_eq!(last_day(on(2026, 12, 18), Term::WorkingDays(15)), on(2027, 1, 12));
        // New Year's Day 2028 is a Saturday, kept on Friday 31 December 2027.
        assert_eq!(last_day(on(2027, 12, 30), Term::WorkingDays(1)), on(2028, 1, 3));
        assert_eq!(last_day(on(2026, 11, 25), Term::WorkingDays(1)), on(2026, 11, 27), "Thanksgiving");
    }

    #[test]
    fn a_weekend_moves_only_the_lenient_date() {
        assert_eq!(lenient(on(2026, 2, 14)), on(2026, 2, 16));
        assert_eq!(lenient(on(2026, 2, 16)), on(2026, 2, 16));
    }

    #[test]
    fn the_day_is_the_day_where_the_clock_runs() {
        let berlin = TimeZone::fixed(jiff::tz::offset(1));
        let late = Moment::from_millis(
            on(2026, 1, 31).at(23, 30, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp().as_millisecond(),
        );
        assert_eq!(date(late, &TimeZone::UTC), on(2026, 1, 31));
        assert_eq!(date(late, &berlin), on(2026, 2, 1));
        assert_eq!(date(end_of(on(2026, 2, 28), &berlin), &berlin), on(2026, 2, 28));
        assert_eq!(
            date(end_of(on(2026, 2, 28), &berlin).plus(std::time::Duration::from_millis(1)), &berlin),
            on(2026, 3, 1)
        );
    }
}
