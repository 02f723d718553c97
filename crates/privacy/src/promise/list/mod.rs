//! Every promise, by heading. A sentence stands here once, in every language, with what proves it.

mod assistant;
mod browser;
mod house;
mod keep;
mod outside;
mod rights;
mod seal;

use super::{Check, Group, Plain, Promise, Proof, When};

/// A promise that live checks prove.
const fn live(
    (id, group, when): (&'static str, Group, When),
    rows: &'static [&'static str],
    checks: &'static [Check],
    [en, de, ar]: [&'static str; 3],
) -> Promise {
    Promise { id, group, rows, says: Plain { en, de, ar }, when, proof: Proof::Live(checks) }
}

/// A promise for which a member of the staff vouches.
const fn attested(
    (id, group): (&'static str, Group),
    rows: &'static [&'static str],
    [en, de, ar]: [&'static str; 3],
) -> Promise {
    Promise { id, group, rows, says: Plain { en, de, ar }, when: When::Always, proof: Proof::Attested }
}

const PARTS: [&[Promise]; 7] = [
    seal::PROMISES,
    keep::PROMISES,
    rights::PROMISES,
    outside::PROMISES,
    assistant::PROMISES,
    browser::PROMISES,
    house::PROMISES,
];

/// Every promise, in the order of the public page.
pub fn promises() -> impl Iterator<Item = &'static Promise> {
    PARTS.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_promise_has_an_id_of_its_own_a_sentence_in_every_language_and_a_row() {
        let ids: BTreeSet<_> = promises().map(|promise| promise.id).collect();
        assert_eq!(ids.len(), promises().count());
        for promise in promises() {
            let Plain { en, de, ar } = promise.says;
            assert!(!en.is_empty() && !de.is_empty() && en != de, "{}", promise.id);
            assert!(ar.chars().any(|letter| ('\u{600}'..'\u{700}').contains(&letter)), "{}", promise.id);
            assert!(!promise.rows.is_empty(), "{}", promise.id);
            for blank in ["{age}", "{days}", "{recipients}", "{organisation}"] {
                let holds = [en, de, ar].map(|text| text.contains(blank));
                assert!(holds[0] == holds[1] && holds[1] == holds[2], "{} {blank}", promise.id);
            }
            assert!(!matches!(promise.proof, Proof::Live([])), "{}", promise.id);
        }
    }

    #[test]
    fn every_check_proves_something() {
        let used: BTreeSet<_> = promises().flat_map(Promise::checks).collect();
        let idle: Vec<_> = Check::ALL.iter().filter(|check| !used.contains(check)).map(|check| check.word()).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
