//! What keeps somebody's data beyond its period and beyond her own wish: a legal hold (GDPR Art. 17(3)(e)), with a reason and
//! an end. An erasure that meets one says so, does what it may, and goes on by itself when the hold is over.

use model::{ConversationId, Moment, OrganisationId, PersonId};
use store::legal_hold::{HoldRow, of_person};
use store::{Fence, Store};

use crate::Fault;

/// Why something is held: a closed list, so that it can be counted and never says more than it must.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A claim is made, pursued or defended (Art. 17(3)(e)).
    Claim,
    /// An authority or a court asked for it (Art. 17(3)(b)).
    Authority,
    /// A dispute about a payment or a delivery.
    Dispute,
}

impl Reason {
    const ALL: [Reason; 3] = [Reason::Claim, Reason::Authority, Reason::Dispute];

    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Claim => "claim",
            Reason::Authority => "authority",
            Reason::Dispute => "dispute",
        }
    }

    /// The reason behind a word of the API.
    pub fn from_word(word: &str) -> Option<Reason> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// The law that keeps it, for the outcome of a request.
    pub fn law(self) -> &'static str {
        match self {
            Reason::Authority => "Art. 17(3)(b) GDPR",
            Reason::Claim | Reason::Dispute => "Art. 17(3)(e) GDPR",
        }
    }
}

/// What is held of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Everything of hers, or only some conversations.
    pub whole: bool,
    /// The conversations that are held by themselves.
    pub conversations: Vec<ConversationId>,
    /// The reason of the hold that ends last.
    pub reason: Reason,
    /// When the last hold ends.
    pub until: Moment,
}

/// What is held of a person now; nothing where no hold is in force. A hold past its end holds nothing, whether a round has
/// noted it or not.
pub async fn held(
    store: &Store,
    organisation: OrganisationId,
    person: PersonId,
    now: Moment,
) -> Result<Option<Held>, Fault> {
    let rows = store.all(Fence::Organisation(organisation), of_person(organisation, person)).await?;
    let holds: Vec<HoldRow> = rows.iter().map(HoldRow::from_row).collect::<Result<_, _>>()?;
    let holds: Vec<&HoldRow> = holds.iter().filter(|hold| hold.ends_at > now).collect();
    let Some(last) = holds.first() else { return Ok(None) };
    Ok(Some(Held {
        whole: holds.iter().any(|hold| hold.conversation.is_none()),
        conversations: holds.iter().filter_map(|hold| hold.conversation).collect(),
        reason: Reason::from_word(&last.reason).unwrap_or(Reason::Claim),
        until: last.ends_at,
    }))
}
