//! From the assistant to a person and back. Whoever takes over silences the assistant first in the store, then on the line.

use model::{Kind, MemberId, OrganisationId, PersonId, Refusal};
use store::conversation::{ConversationRow, Lane, Step};
use store::message::MessageKind;

use crate::body::{Body, SystemCode, Where};
use crate::conversation::Head;
use crate::live::Happening;
use crate::message::Saying;
use crate::{Deed, Desk, Fault};

/// A change of who answers, or of whether the conversation goes on.
#[derive(Clone, Copy)]
pub enum Turn {
    /// The visitor asks for a person.
    AskForPerson,
    /// This member takes over.
    TakeOver(MemberId),
    /// The assistant gets it back.
    GiveBack,
    /// Done.
    Close,
    /// Not done after all.
    Reopen,
    /// It is this member's (or nobody's) from now on; who answers does not change.
    Assign(Option<MemberId>),
}

impl Turn {
    fn step(self) -> (Step, SystemCode) {
        match self {
            Turn::AskForPerson => (Step::RequestPerson, SystemCode::PersonRequested),
            Turn::TakeOver(member) => (Step::TakeOver(member), SystemCode::PersonJoined),
            Turn::GiveBack => (Step::GiveBack, SystemCode::AiReturned),
            Turn::Close => (Step::Close, SystemCode::Closed),
            Turn::Reopen => (Step::Reopen, SystemCode::Reopened),
            Turn::Assign(member) => (Step::Assign(member), SystemCode::Assigned),
        }
    }

    /// The member the log names beside the change.
    fn names(self, by: Option<MemberId>) -> Option<MemberId> {
        match self {
            Turn::TakeOver(member) => Some(member),
            Turn::Assign(member) => member,
            _ => by,
        }
    }

    /// The change has nothing left to do: asking twice is not an error.
    fn already_so(self, row: &ConversationRow) -> bool {
        match self {
            Turn::AskForPerson => row.lane != Lane::Ai,
            Turn::TakeOver(member) => row.lane == Lane::Human && row.assignee == Some(member) && row.open,
            Turn::GiveBack => row.lane == Lane::Ai,
            Turn::Close => !row.open,
            Turn::Reopen => row.open,
            Turn::Assign(member) => row.assignee == member,
        }
    }
}

impl Desk {
    /// Makes the turn, records it in the log, and tells everyone.
    pub async fn turn(&self, place: Where, turn: Turn, by: Option<MemberId>) -> Deed<Head> {
        let row = self.conversation_row(place.organisation, place.conversation).await?;
        if let Turn::Assign(Some(member)) | Turn::TakeOver(member) = turn {
            self.known_member(place.organisation, member).await?;
        }
        if turn.already_so(&row) {
            return self.head(place.organisation, &row).await;
        }
        let (step, code) = turn.step();
        let author = turn.names(by);
        let saying = Saying { kind: MessageKind::System, author, body: Body::system(code), client_id: None, step };
        match self.say(place, row.person, saying, self.follow_up(place, turn)).await {
            Ok(_) => {}
            // Somebody else was quicker; what counts is how it stands now.
            Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict => {}
            Err(fault) => return Err(fault),
        }
        if !matches!(turn, Turn::Assign(_) | Turn::GiveBack | Turn::Reopen) {
            self.live.silence(place.organisation, place.conversation);
        }
        self.bell.ring();
        self.tell_head(place).await
    }

    /// Giving back leaves an answer to be given: the visitor may be waiting for one.
    fn follow_up(&self, place: Where, turn: Turn) -> Vec<store::Statement> {
        match turn {
            Turn::GiveBack | Turn::Reopen => vec![self.answer_job(place)],
            _ => Vec::new(),
        }
    }

    /// Announces how the conversation stands now.
    pub(crate) async fn tell_head(&self, place: Where) -> Deed<Head> {
        let row = self.conversation_row(place.organisation, place.conversation).await?;
        let head = self.head(place.organisation, &row).await?;
        self.live.announce(place.organisation, place.conversation, Happening::Conversation(head.clone()));
        Ok(head)
    }

    /// The visitor asks for a person.
    pub async fn ask_for_person(&self, place: Where, person: PersonId) -> Deed<Head> {
        let row = self.conversation_row(place.organisation, place.conversation).await?;
        if row.person != person {
            return Err(Refusal::not_found().into());
        }
        self.turn(place, Turn::AskForPerson, None).await
    }

    async fn known_member(&self, organisation: OrganisationId, member: MemberId) -> Deed<()> {
        match self.member_name(organisation, Some(member)).await? {
            Some(_) => Ok(()),
            None => Err(Refusal::not_found().into()),
        }
    }
}
