//! Which period applies to a class in an organisation: what it chose within the bounds of the map, or the map's own.

use std::collections::BTreeMap;

use datamap::{Anchor, End, SUBSCRIPTION, TERMS, Term};
use model::{Moment, OrganisationId, Refusal};
use store::retention::Ending;
use store::{Fence, Store, organisation};

use crate::Fault;
use crate::holdings::days;

/// The class of conversations.
const CONVERSATION: &str = "conversation";

/// The periods of one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Periods {
    chosen: BTreeMap<String, u32>,
}

impl Periods {
    /// For how many days a class is kept.
    pub fn days(&self, term: &Term) -> u32 {
        let (least, most) = term.bounds;
        self.chosen.get(term.class).copied().unwrap_or(term.days).clamp(least, most)
    }

    /// Whatever was anchored at this moment or before has ended; `None` where nothing ends while the account lives.
    pub fn cutoff(&self, class: &str, now: Moment) -> Option<Moment> {
        let term = datamap::term(class)?;
        match term.anchor {
            Anchor::Contract => None,
            Anchor::Ends(_) => Some(now),
            Anchor::Since(_) | Anchor::LastActivity => match self.days(term) {
                SUBSCRIPTION.. => None,
                number => Some(now.minus(days(number))),
            },
        }
    }
}

/// What an organisation chose.
pub async fn periods(store: &Store, organisation: OrganisationId) -> Result<Periods, Fault> {
    let row = store.one(Fence::Organisation(organisation), organisation::by_id(organisation)).await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let settings: serde_json::Value = serde_json::from_str(&row.text("settings")?).unwrap_or_default();
    let number = |value: &serde_json::Value| value.as_u64().and_then(|days| u32::try_from(days).ok());
    let mut chosen: BTreeMap<String, u32> = settings
        .get("terms")
        .and_then(serde_json::Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(class, days)| Some((class.clone(), number(days)?)))
        .collect();
    if let Some(days) = settings.get("keep_days").and_then(number) {
        chosen.insert(CONVERSATION.to_owned(), days);
    }
    Ok(Periods { chosen })
}

/// Checks that a class may be given this period; its name is an answer to nobody.
pub fn chosen(class: &str, number: u32) -> Result<&'static Term, Refusal> {
    let term = datamap::term(class).ok_or_else(|| Refusal::invalid("There is no such class."))?;
    let (least, most) = term.bounds;
    if least == most {
        return Err(Refusal::invalid("The period of this class is fixed by law or by what it is for."));
    }
    let within = (least..=most).contains(&number) && (number <= 3_650 || number == SUBSCRIPTION);
    match within {
        true => Ok(term),
        false => Err(Refusal::invalid("The period is outside what the law and our promises allow for this class.")),
    }
}

/// How the rows of a class that end by a column are found.
pub(super) fn ending(term: &'static Term) -> Option<Ending> {
    let (Anchor::Ends(column) | Anchor::Since(column)) = term.anchor else { return None };
    let clear = match term.end {
        End::Clear(column) => Some(column),
        _ => None,
    };
    let person = datamap::table(term.table).and_then(|table| table.person()).map(|field| field.name);
    Some(Ending { table: term.table, column, only: term.only, person: person.filter(|_| term.held), clear })
}

/// The classes whose rows this job ends one by one.
pub(super) fn endings() -> impl Iterator<Item = (&'static Term, Ending)> {
    let own = TERMS.iter().filter(|term| matches!(term.end, End::Row | End::Clear(_)));
    own.filter_map(|term| Some((term, ending(term)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_outside_its_bounds_is_refused_and_never_applied() {
        assert!(chosen("conversation", 30).is_ok() && chosen("conversation", SUBSCRIPTION).is_ok());
        for (class, days) in
            [("conversation", 0), ("conversation", 4_000), ("disclosure_text", 31), ("audit", 30), ("no", 1)]
        {
            assert!(chosen(class, days).is_err(), "{class} {days}");
        }
        let forged = Periods { chosen: [("disclosure_text".to_owned(), 4_000)].into() };
        assert_eq!(datamap::term("disclosure_text").map(|term| forged.days(term)), Some(30));
    }

    #[test]
    fn a_subscription_ends_nothing_while_it_lives() {
        let now = Moment::from_millis(1_000_000_000_000);
        let periods = Periods { chosen: [("conversation".to_owned(), SUBSCRIPTION)].into() };
        assert_eq!(periods.cutoff("conversation", now), None);
        assert_eq!(Periods::default().cutoff("conversation", now), Some(now.minus(days(90))));
    }
}
