//! Legal holds: something of a person's is kept beyond its period, for a reason of a closed list and until a date.

use std::time::Duration;

use model::{Actor, ConversationId, LegalHoldId, Moment, OrganisationId, PersonId, Refusal};
use privacy::legal_hold::Reason;
use store::legal_hold::{self as rows, HoldRow};
use store::{Fence, Work};

use crate::{Deed, Desk};

/// The longest hold, in days: the longest limitation period that is not thirty years. It can be placed anew.
const LONGEST_DAYS: u64 = 10 * 366;

/// A hold about to be placed.
pub struct NewHold {
    /// Whose data.
    pub person: PersonId,
    /// Only this conversation of hers.
    pub conversation: Option<ConversationId>,
    /// Why.
    pub reason: Reason,
    /// Until when.
    pub ends_at: Moment,
}

impl Desk {
    /// The holds in force, the next to end first.
    pub async fn legal_holds(&self, organisation: OrganisationId) -> Deed<Vec<HoldRow>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::in_force(organisation)).await?;
        Ok(found.iter().map(HoldRow::from_row).collect::<Result<_, _>>()?)
    }

    /// Places a hold: from now on neither retention nor an erasure takes what it is on.
    pub async fn place_hold(&self, actor: &Actor, new: NewHold) -> Deed<HoldRow> {
        let (organisation, now) = (actor.organisation(), self.world.now());
        // Whoever has no key any more is being deleted at this moment, and is not found: a hold would keep nothing.
        self.person(organisation, new.person).await?;
        if let Some(id) = new.conversation {
            let row = self.conversation_row(organisation, id).await?;
            if row.person != new.person {
                return Err(Refusal::not_found().into());
            }
        }
        let latest = now.plus(Duration::from_secs(LONGEST_DAYS * 24 * 60 * 60));
        if new.ends_at <= now || new.ends_at > latest {
            return Err(Refusal::invalid("A hold ends in the future, and within ten years.").into());
        }
        let placed_by = match actor {
            Actor::Member { member, .. } => Some(*member),
            _ => None,
        };
        let row = HoldRow {
            id: LegalHoldId::new(&self.world),
            person: new.person,
            conversation: new.conversation,
            reason: new.reason.word().to_owned(),
            placed_by,
            placed_at: now,
            ends_at: new.ends_at,
        };
        let line = self.audit(actor, "legal_hold.place", "legal_hold", &row.id.to_string());
        let work = Work::new(Fence::Organisation(organisation)).with(rows::insert(organisation, &row)).with(line);
        self.store.write(work).await?;
        Ok(row)
    }

    /// Lifts a hold; what is past its period goes with the round that follows, and an erasure that waited goes on.
    pub async fn lift_hold(&self, actor: &Actor, id: LegalHoldId) -> Deed<()> {
        let organisation = actor.organisation();
        let line = self.audit(actor, "legal_hold.lift", "legal_hold", &id.to_string());
        let lift = rows::lift(organisation, id, self.world.now()).expect(store::Expect::Exactly(1));
        match self.store.write(Work::new(Fence::Organisation(organisation)).with(lift).with(line)).await {
            Ok(_) => self.retain_now(organisation).await,
            Err(store::StoreError::Guard { .. }) => Err(Refusal::not_found().into()),
            Err(error) => Err(error.into()),
        }
    }
}
