//! One table of rules for all clocks: what each law gives for an answer, an acknowledgement and an extension, and where it says so.

use std::time::Duration;

use jiff::tz::TimeZone;
use model::{Moment, Refusal};

use super::calendar::{Term, date, end_of, last_day, lenient};
use super::kind::{Kind, Regime};

/// When a clock starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// When the request arrives, whatever we still have to ask.
    Receipt,
    /// When the request has arrived and we know who asks, whichever is later.
    Identity,
}

/// What a law says about one sort of request.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What starts the clock.
    pub start: Start,
    /// The time for the answer.
    pub answer: Term,
    /// The time for the answer once it was extended, counted from the same start.
    pub extended: Option<Term>,
    /// The time for an acknowledgement.
    pub acknowledge: Option<Term>,
    /// Does the clock stand still while we wait for a clarification?
    pub pauses: bool,
    /// Where all this is written.
    pub source: &'static str,
}

/// Sorts of requests that a law treats alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Right,
    Complaint,
    OptOut,
}

const EU: Rule = Rule {
    start: Start::Receipt,
    answer: Term::Months(1),
    extended: Some(Term::Months(3)),
    acknowledge: None,
    pauses: false,
    source: "Art. 12(3) GDPR; Regulation 1182/71 Art. 3",
};

const UK: Rule =
    Rule { start: Start::Identity, pauses: true, source: "Art. 12A UK GDPR (Data (Use and Access) Act 2025)", ..EU };

const UK_COMPLAINT: Rule = Rule {
    start: Start::Receipt,
    answer: Term::Months(1),
    extended: Some(Term::Months(3)),
    acknowledge: Some(Term::Days(30)),
    pauses: false,
    source: "Data Protection Act 2018 s.164A: acknowledged within 30 days, outcome without undue delay (our own term: one month)",
};

const CALIFORNIA: Rule = Rule {
    start: Start::Receipt,
    answer: Term::Days(45),
    extended: Some(Term::Days(90)),
    acknowledge: Some(Term::WorkingDays(10)),
    pauses: false,
    source: "11 CCR 7021: 45 days from receipt, verification included; receipt confirmed within 10 business days",
};

const CALIFORNIA_OPT_OUT: Rule = Rule {
    start: Start::Receipt,
    answer: Term::WorkingDays(15),
    extended: None,
    acknowledge: None,
    pauses: false,
    source: "11 CCR 7026(f), 7027(g): 15 business days, no verification",
};

fn sort(kind: Kind) -> Sort {
    match kind {
        Kind::Complaint => Sort::Complaint,
        Kind::OptOut | Kind::Limit => Sort::OptOut,
        _ => Sort::Right,
    }
}

/// The rule for a kind of request under a law.
pub fn rule(regime: Regime, kind: Kind) -> &'static Rule {
    match (regime, sort(kind)) {
        (Regime::Ccpa, Sort::OptOut) => &CALIFORNIA_OPT_OUT,
        (Regime::Ccpa, _) => &CALIFORNIA,
        (Regime::UkGdpr, Sort::Complaint) => &UK_COMPLAINT,
        (Regime::UkGdpr, _) => &UK,
        (Regime::Gdpr | Regime::Voluntary, _) => &EU,
    }
}

/// What happened that moves a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// It arrived.
    pub received_at: Moment,
    /// We knew who asks.
    pub verified_at: Option<Moment>,
    /// How long all clarifications took so far.
    pub paused: Duration,
    /// An extension was told.
    pub extended: bool,
}

/// The dates that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// From when the term runs; nothing while a law lets it wait for the proof of identity.
    pub started_at: Option<Moment>,
    /// Until when to answer: the strict date, to which we work.
    pub due_at: Moment,
    /// Until when a court would let us: with the weekend rule.
    pub lenient_at: Moment,
    /// Until when to acknowledge.
    pub acknowledge_by: Option<Moment>,
    /// Until when an extension can be told: the end of the first term.
    pub extend_by: Moment,
}

impl Rule {
    /// The dates of a request, in the time zone where the clock runs.
    pub fn clock(&self, course: Course, zone: &TimeZone) -> Clock {
        let started_at = match self.start {
            Start::Receipt => Some(course.received_at),
            Start::Identity => course.verified_at.map(|known| known.max(course.received_at)),
        };
        // While a clock waits we still work to the earliest date it could have.
        let from = date(started_at.unwrap_or(course.received_at), zone);
        let paused = if self.pauses { course.paused } else { Duration::ZERO };
        let term = if course.extended { self.extended.unwrap_or(self.answer) } else { self.answer };
        let end = |term| end_of(last_day(from, term), zone).plus(paused);
        let lenient_day = lenient(date(end(term), zone));
        Clock {
            started_at,
            due_at: end(term),
            lenient_at: end_of(lenient_day, zone),
            acknowledge_by: self.acknowledge.map(|term| end_of(last_day(date(course.received_at, zone), term), zone)),
            extend_by: end(self.answer),
        }
    }

    /// Whether the answer can still be put off now; the reason must be told within the first term.
    pub fn may_extend(&self, course: Course, now: Moment, zone: &TimeZone) -> Result<(), Refusal> {
        if self.extended.is_none() {
            return Err(Refusal::conflict("This kind of request cannot be extended by law."));
        }
        if course.extended {
            return Err(Refusal::conflict("This request was extended once already; the law allows no second time."));
        }
        if now > self.clock(course, zone).extend_by {
            return Err(Refusal::conflict("The first term is over: an extension has to be told within it."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date as on};

    use super::*;

    fn at(day: Date, hour: i8) -> Moment {
        let zoned = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        Moment::from_millis(zoned.timestamp().as_millisecond())
    }

    fn due(regime: Regime, kind: Kind, course: Course) -> Date {
        date(rule(regime, kind).clock(course, &TimeZone::UTC).due_at, &TimeZone::UTC)
    }

    fn received(day: Date) -> Course {
        Course { received_at: at(day, 10), ..Course::default() }
    }

    #[test]
    fn europe_counts_one_month_from_receipt_and_three_when_extended() {
        let course = received(on(2026, 1, 31));
        assert_eq!(due(Regime::Gdpr, Kind::Access, course), on(2026, 2, 28));
        assert_eq!(due(Regime::Gdpr, Kind::Access, Course { extended: true, ..course }), on(2026, 4, 30));
        assert_eq!(due(Regime::Voluntary, Kind::Erasure, course), on(2026, 2, 28), "nobody has less");
    }

    #[test]
    fn the_same_facts_start_another_clock_in_the_united_kingdom() {
        // Identity asked on day 10 and received on day 25 (AC-G05).
        let course = Course { verified_at: Some(at(on(2026, 3, 25), 9)), ..received(on(2026, 3, 1)) };
        assert_eq!(due(Regime::UkGdpr, Kind::Access, course), on(2026, 4, 25));
        assert_eq!(due(Regime::Gdpr, Kind::Access, course), on(2026, 4, 1));
        let waiting = rule(Regime::UkGdpr, Kind::Access).clock(received(on(2026, 3, 1)), &TimeZone::UTC);
        assert_eq!(waiting.started_at, None, "but until then we work to the date it could have");
        assert_eq!(date(waiting.due_at, &TimeZone::UTC), on(2026, 4, 1));
    }

    #[test]
    fn a_clarification_stops_the_clock_in_the_united_kingdom_only() {
        let paused = Duration::from_secs(6 * 24 * 60 * 60);
        let course = Course { paused, verified_at: Some(at(on(2026, 5, 4), 10)), ..received(on(2026, 5, 4)) };
        assert_eq!(due(Regime::UkGdpr, Kind::Access, course), on(2026, 6, 10));
        assert_eq!(due(Regime::Gdpr, Kind::Access, course), on(2026, 6, 4));
        assert_eq!(
            due(Regime::Ccpa, Kind::Know, course),
            on(2026, 6, 18),
            "nor does checking an identity in California"
        );
    }

    #[test]
    fn california_counts_days() {
        let course = received(on(2026, 1, 2));
        assert_eq!(due(Regime::Ccpa, Kind::Know, course), on(2026, 2, 16));
        assert_eq!(due(Regime::Ccpa, Kind::Delete, Course { extended: true, ..course }), on(2026, 4, 2));
        let clock = rule(Regime::Ccpa, Kind::Correct).clock(course, &TimeZone::UTC);
        assert_eq!(clock.acknowledge_by.map(|by| date(by, &TimeZone::UTC)), Some(on(2026, 1, 16)));
        assert_eq!(due(Regime::Ccpa, Kind::OptOut, course), on(2026, 1, 26), "15 working days, MLK day not counted");
        assert_eq!(due(Regime::Ccpa, Kind::Limit, course), on(2026, 1, 26));
    }

    #[test]
    fn a_complaint_in_the_united_kingdom_is_acknowledged_in_thirty_days() {
        let clock = rule(Regime::UkGdpr, Kind::Complaint).clock(received(on(2026, 7, 1)), &TimeZone::UTC);
        assert_eq!(clock.acknowledge_by.map(|by| date(by, &TimeZone::UTC)), Some(on(2026, 7, 31)));
    }

    #[test]
    fn an_extension_is_told_within_the_first_term_or_not_at_all() {
        let (rule, course) = (rule(Regime::Gdpr, Kind::Access), received(on(2026, 1, 15)));
        let last = rule.clock(course, &TimeZone::UTC).extend_by;
        assert!(rule.may_extend(course, last, &TimeZone::UTC).is_ok());
        assert!(rule.may_extend(course, last.plus(Duration::from_secs(1)), &TimeZone::UTC).is_err());
        assert!(rule.may_extend(Course { extended: true, ..course }, course.received_at, &TimeZone::UTC).is_err());
        let opt_out = super::rule(Regime::Ccpa, Kind::OptOut);
        assert!(opt_out.may_extend(course, course.received_at, &TimeZone::UTC).is_err());
    }

    #[test]
    fn a_weekend_is_in_the_lenient_date_only() {
        // 2026-02-14 is a Saturday.
        let clock = rule(Regime::Gdpr, Kind::Access).clock(received(on(2026, 1, 14)), &TimeZone::UTC);
        assert_eq!(date(clock.due_at, &TimeZone::UTC), on(2026, 2, 14));
        assert_eq!(date(clock.lenient_at, &TimeZone::UTC), on(2026, 2, 16));
    }

    #[test]
    fn every_law_says_where_it_is_written() {
        for regime in Regime::ALL {
            for kind in Kind::ALL {
                assert!(!rule(*regime, *kind).source.is_empty());
            }
        }
    }
}
