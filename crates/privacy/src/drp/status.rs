//! How a request stands, in the words of the protocol (section 3.02 and 3.03).

use std::time::Duration;

use model::Moment;
use serde::Serialize;

use crate::request::{Ground, State};

/// How long an agent can read how a request ended: the protocol wants at least 7 and at most 60 days.
pub const READABLE: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// A state of the protocol with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// `in_progress`, `fulfilled`, `revoked` or `denied`.
    pub status: &'static str,
    /// Why, where the protocol has a word for it.
    pub reason: Option<&'static str>,
}

/// The status object. Says nothing that is held about anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The UUID of the request.
    pub request_id: String,
    /// The agent's own number for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_request_id: Option<String>,
    /// When it arrived.
    pub received_at: String,
    /// Until when the law wants an answer.
    pub expected_by: String,
    /// One sentence for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processing_details: Option<String>,
    /// The state.
    pub status: &'static str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Where the person proves that it is she who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_verification_url: Option<String>,
    /// Until when that can be done, or until when this can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Where she fetches what was collected, with a code sent to her own address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_url: Option<String>,
}

/// A moment as the protocol writes it (ISO 8601, UTC).
pub fn moment(moment: Moment) -> String {
    jiff::Timestamp::from_millisecond(moment.millis()).map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// The state of the protocol behind ours.
pub fn standing(state: State, ground: Option<Ground>) -> Standing {
    let (status, reason) = match state {
        State::IdentityPending => ("in_progress", Some("need_user_verification")),
        State::InProgress => ("in_progress", None),
        State::Fulfilled | State::PartlyFulfilled => ("fulfilled", None),
        State::Withdrawn => ("revoked", None),
        // The stage of verification timed out.
        State::Expired => ("denied", Some("insuf_verification")),
        State::Refused => ("denied", Some(denial(ground))),
    };
    Standing { status, reason }
}

/// The protocol's word for the ground of a refusal.
fn denial(ground: Option<Ground>) -> &'static str {
    match ground {
        Some(Ground::NotIdentified) => "insuf_verification",
        Some(Ground::NoneHeld) => "no_match",
        Some(Ground::Excessive) => "too_many_requests",
        Some(Ground::Unfounded | Ground::NotController) | None => "other",
        Some(_) => "claim_not_covered",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every state of the protocol that we use, and where it may go from there (section 3.02).
    fn may_follow(from: Standing, to: Standing) -> bool {
        match (from.status, from.reason) {
            ("in_progress", Some("need_user_verification")) => {
                to.status != "fulfilled" && to.status != "open" && from != to
            }
            ("in_progress", None) => ["fulfilled", "revoked", "denied"].contains(&to.status),
            _ => false,
        }
    }

    /// Where a request of ours may go from a state: what the deeds do.
    fn next(state: State) -> &'static [State] {
        use State::{Expired, Fulfilled, IdentityPending, InProgress, PartlyFulfilled, Refused, Withdrawn};
        match state {
            IdentityPending => &[InProgress, Refused, Withdrawn, Expired],
            InProgress => &[Fulfilled, PartlyFulfilled, Refused, Withdrawn],
            _ => &[],
        }
    }

    #[test]
    fn only_transitions_of_the_protocol_are_reachable_and_what_is_final_stays() {
        for from in State::ALL {
            assert_eq!(next(*from).is_empty(), from.closed(), "{from:?}");
            for to in next(*from) {
                for ground in Ground::ALL.iter().copied().map(Some).chain([None]) {
                    let (before, after) = (standing(*from, None), standing(*to, ground));
                    assert!(may_follow(before, after), "{from:?} {before:?} to {to:?} {after:?}");
                }
            }
        }
    }

    #[test]
    fn every_reason_is_one_that_the_protocol_lists() {
        let listed = ["suspected_fraud", "insuf_verification", "no_match", "claim_not_covered", "outside_jurisdiction"];
        let listed = [&listed[..], &["too_many_requests", "other", "need_user_verification"]].concat();
        for state in State::ALL {
            for ground in Ground::ALL {
                let standing = standing(*state, Some(*ground));
                assert!(standing.reason.is_none_or(|reason| listed.contains(&reason)), "{standing:?}");
                assert_eq!(standing.status == "denied", ["refused", "expired"].contains(&state.word()));
            }
        }
    }

    #[test]
    fn a_moment_is_written_as_iso_8601() {
        assert_eq!(moment(Moment::from_millis(1_800_000_000_000)), "2027-01-15T08:00:00Z");
        let days = READABLE.as_secs() / 86_400;
        assert!((7..=60).contains(&days));
    }
}
