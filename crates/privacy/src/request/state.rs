//! Where a request stands, what has to be done for it, and how each step of that stands.

use super::kind::{Kind, words};

words! {
    /// Where a request stands. “Overdue” is not a state: it follows from the clock.
    State {
        /// A code was sent; nobody has proved yet that she asks.
        IdentityPending = "identity_pending",
        /// The work is under way.
        InProgress = "in_progress",
        /// Done.
        Fulfilled = "fulfilled",
        /// Done but for what a law keeps.
        PartlyFulfilled = "partly_fulfilled",
        /// Refused, with a ground and a reason.
        Refused = "refused",
        /// Taken back by whoever asked.
        Withdrawn = "withdrawn",
        /// Nobody proved in time that she asked.
        Expired = "expired",
    }

    /// One thing to do.
    Act {
        /// Find out about whom we hold something under this address or session.
        Locate = "locate",
        /// Tell the person that it has arrived, and until when she has an answer.
        Acknowledge = "acknowledge",
        /// Collect everything into one archive.
        Export = "export",
        /// Collect what she provided, for another service.
        Port = "port",
        /// Change name or address.
        Correct = "correct",
        /// A member of the staff decides.
        Decide = "decide",
        /// Keep, but do not use.
        Restrict = "restrict",
        /// The assistant no longer sees her conversations.
        AiOff = "ai_off",
        /// No consent is in force any more.
        Withdraw = "withdraw",
        /// A member of the staff looks at an automatic answer again.
        Review = "review",
        /// Destroy the key, delete, sweep, sign.
        Erase = "erase",
        /// Tell one recipient (Art. 19).
        Tell = "tell",
        /// Write the answer and bring it to the person.
        Letter = "letter",
    }

    /// How a step stands.
    Step {
        /// Not begun, or to be tried again.
        Waiting = "waiting",
        /// Only a person can do it.
        Manual = "manual",
        /// It failed and will be tried again.
        Failed = "failed",
        /// Done.
        Done = "done",
        /// Not done, because a law keeps it: ground and end are noted.
        Kept = "kept",
        /// Nothing was there to do it to.
        Void = "void",
    }
}

impl State {
    /// Is there nothing left to do?
    pub const fn closed(self) -> bool {
        !matches!(self, State::IdentityPending | State::InProgress)
    }
}

impl Step {
    /// Is there nothing left to do?
    pub const fn settled(self) -> bool {
        matches!(self, Step::Done | Step::Kept | Step::Void)
    }
}

/// What is done to every person who was found, in this order.
pub const fn acts(kind: Kind) -> &'static [Act] {
    match kind.like() {
        Kind::Access => &[Act::Export],
        Kind::Portability => &[Act::Port],
        Kind::Rectification => &[Act::Correct],
        Kind::Erasure => &[Act::Erase],
        Kind::Restriction => &[Act::Restrict],
        // Until it is decided whose interest weighs more, her data are not used (Art. 18(1)(d)).
        Kind::Objection => &[Act::Restrict, Act::Decide],
        Kind::AiOptOut | Kind::Limit => &[Act::AiOff],
        Kind::HumanReview => &[Act::Review],
        Kind::ConsentWithdrawal | Kind::OptOut => &[Act::Withdraw],
        Kind::Complaint => &[Act::Decide],
        Kind::Know | Kind::Delete | Kind::Correct => &[],
    }
}

impl Act {
    /// Can only a member of the staff do it?
    pub const fn manual(self) -> bool {
        matches!(self, Act::Decide | Act::Review)
    }

    /// Must it be over before the answer can be written? Recipients are told beside it: a silent one blocks nobody.
    pub const fn before_letter(self) -> bool {
        !matches!(self, Act::Tell | Act::Letter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_work_to_do_and_ends_with_a_letter() {
        for kind in Kind::ALL {
            assert!(!acts(*kind).is_empty(), "{kind:?}");
            assert!(acts(*kind).iter().all(|act| act.before_letter()), "{kind:?}");
        }
    }

    #[test]
    fn what_is_closed_stays_closed() {
        let open: Vec<_> = State::ALL.iter().filter(|state| !state.closed()).collect();
        assert_eq!(open, [&State::IdentityPending, &State::InProgress]);
    }
}
