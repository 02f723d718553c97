//! What is restricted (GDPR Art. 18) is stored and nothing else: the staff sees that it is there, not what it says. Whoever runs the
//! house may look or write for one of the reasons that the law leaves, and the log says which.

use std::collections::BTreeSet;

use model::{Actor, ConversationId, Kind, MessageId, OrganisationId, PersonId, Refusal, RequestId, Role};
use store::Fence;
use store::lane::{self, Of};
use store::message::{self, MessageRow};

use crate::{Deed, Desk, Fault};

/// For what restricted data may be used all the same (GDPR Art. 18(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// She agreed.
    Consent,
    /// For the establishment, exercise or defence of legal claims.
    Claims,
    /// To protect the rights of somebody else.
    RightsOfOthers,
    /// For important public interest of the Union or of a member state.
    PublicInterest,
}

impl Leave {
    const ALL: [(Leave, &'static str, &'static str); 4] = [
        (Leave::Consent, "consent", "art_18_consent"),
        (Leave::Claims, "claims", "art_18_claims"),
        (Leave::RightsOfOthers, "rights_of_others", "art_18_rights_of_others"),
        (Leave::PublicInterest, "public_interest", "art_18_public_interest"),
    ];

    /// The reason behind a word of the API.
    pub fn from_word(word: &str) -> Result<Leave, Refusal> {
        let known = Self::ALL.into_iter().find(|(_, known, _)| *known == word).map(|(leave, ..)| leave);
        known.ok_or_else(|| Refusal::invalid("The reason is consent, claims, rights_of_others or public_interest."))
    }

    /// The code in the audit log.
    pub(crate) fn audited(self) -> &'static str {
        Self::ALL.into_iter().find(|(leave, ..)| *leave == self).map_or("administration", |(.., code)| code)
    }
}

/// Somebody who wants to see or use words, and why, where it must be said.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// The reason, if one was given.
    pub because: Option<Leave>,
}

impl Reader<'_> {
    /// Whether restricted words may be shown: to whoever runs the house, for a reason.
    pub fn is_let_in(&self) -> bool {
        let runs = matches!(self.actor, Actor::Member { role, .. } if *role >= Role::Admin);
        runs && self.because.is_some()
    }

    /// Refuses what is restricted, unless the reader is let in; answers the reason that counts.
    fn judged(&self, restricted: bool) -> Result<Option<Leave>, Refusal> {
        match restricted {
            false => Ok(None),
            true if self.is_let_in() => Ok(self.because),
            true => Err(Refusal::new(
                Kind::Restricted,
                "This is restricted at the person's request (GDPR Art. 18). Only an admin may use it, for a reason that the law leaves.",
            )),
        }
    }
}

impl Desk {
    /// Whether a conversation is restricted, by itself or with its person. One that is gone is not.
    pub async fn is_restricted(&self, organisation: OrganisationId, conversation: ConversationId) -> Deed<bool> {
        let found =
            self.store.one(Fence::Organisation(organisation), lane::restricted(organisation, conversation)).await?;
        Ok(found.map(|row| row.maybe_moment("restricted_at")).transpose()?.flatten().is_some())
    }

    /// Lets a reader pass to the words of a conversation, or refuses. Answers the reason where there had to be one.
    pub async fn let_to(&self, reader: Reader<'_>, conversation: ConversationId) -> Deed<Option<Leave>> {
        let restricted = self.is_restricted(reader.actor.organisation(), conversation).await?;
        Ok(reader.judged(restricted)?)
    }

    /// The same for one message.
    pub async fn let_to_message(&self, reader: Reader<'_>, id: MessageId) -> Deed<Option<Leave>> {
        let organisation = reader.actor.organisation();
        let found = self.store.one(Fence::Organisation(organisation), message::by_id(organisation, id)).await?;
        let row = MessageRow::from_row(&found.ok_or_else(Refusal::not_found)?)?;
        self.let_to(reader, row.conversation).await
    }

    /// The same for everything of a person.
    pub async fn let_to_person(&self, reader: Reader<'_>, person: PersonId) -> Deed<Option<Leave>> {
        let organisation = reader.actor.organisation();
        let mut restricted = self.marks(organisation, Of::Person(person)).await?.restriction.is_some();
        for talk in self.talks(organisation, person).await? {
            restricted = restricted || self.is_restricted(organisation, talk.id).await?;
        }
        Ok(reader.judged(restricted)?)
    }

    /// The same for what was collected for a request: its archives hold everything of everybody it is about. Who is gone has left
    /// nothing to restrict.
    pub async fn let_to_request(&self, reader: Reader<'_>, request: RequestId) -> Deed<Option<Leave>> {
        let row = self.request_row(reader.actor.organisation(), request).await?;
        let steps = self.steps_of(&row).await?;
        let about = steps.iter().filter_map(|step| step.subject.as_deref()).chain([row.person.as_str()]);
        let about: BTreeSet<PersonId> = about.filter_map(|person| person.parse().ok()).collect();
        let mut leave = None;
        for person in about {
            match self.let_to_person(reader, person).await {
                Err(Fault::Refused(refusal)) if refusal.kind == Kind::NotFound => {}
                found => leave = found?.or(leave),
            }
        }
        Ok(leave)
    }
}
