//! From the assistant to a person and back. Whoever takes over silences the assistant first in the store, then on the line.

use model::{Actor, Kind, MemberId, OrganisationId, PersonId, Refusal};
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

    /// The member the conversation names beside the change.
    fn names(self, by: &Actor) -> Option<MemberId> {
        match (self, by) {
            (Turn::TakeOver(member), _) => Some(member),
            (Turn::Assign(member), _) => member,
            (_, Actor::Member { member, .. }) => Some(*member),
            _ => None,
        }
    }

    /// The word in the audit log.
    fn audit_word(self) -> &'static str {
        match self {
            Turn::AskForPerson => "ask_for_person",
            Turn::TakeOver(_) => "take_over",
            Turn::GiveBack => "give_back",
            Turn::Close => "close_conversation",
            Turn::Reopen => "reopen_conversation",
            Turn::Assign(_) => "assign_conversation",
        }
    }

    /// The change has nothing left to do: asking twice is not an error.
    fn already_so(self, row: &ConversationRow) -> bool {
        match self {
            Turn::AskForPerson => row.lane != Lane::Ai && row.open,
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
    pub async fn turn(&self, place: Where, turn: Turn, by: &Actor) -> Deed<Head> {
        let row = self.conversation_row(place.organisation, place.conversation).await?;
        if let Turn::Assign(Some(member)) | Turn::TakeOver(member) = turn {
            self.known_member(place.organisation, member).await?;
        }
        if turn.already_so(&row) {
            return self.head(place.organisation, &row).await;
        }
        if matches!(turn, Turn::GiveBack) && !self.may_be_given_back(place, &row).await? {
            return Err(Refusal::conflict(
                "The assistant does not answer here: it is switched off, or kept away by her own wish or by law.",
            )
            .into());
        }
        let (step, code) = turn.step();
        let author = turn.names(by);
        let saying = Saying { kind: MessageKind::System, author, body: Body::system(code), client_id: None, step };
        match self.say(place, row.person, saying, self.follow_up(place, turn, by)).await {
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

    /// What is committed with the turn: its line in the audit log, and after giving back the answer that may be due.
    fn follow_up(&self, place: Where, turn: Turn, by: &Actor) -> Vec<store::Statement> {
        let line = self.audit(by, turn.audit_word(), "conversation", &place.conversation.to_string());
        match turn {
            Turn::GiveBack | Turn::Reopen => vec![line, self.answer_job(place)],
            // What a visitor asks for stands in her conversation and goes with it.
            Turn::AskForPerson => Vec::new(),
            _ => vec![line],
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
        self.turn(place, Turn::AskForPerson, &Actor::Visitor { organisation: place.organisation, person }).await
    }

    async fn known_member(&self, organisation: OrganisationId, member: MemberId) -> Deed<()> {
        match self.member_name(organisation, Some(member)).await? {
            Some(_) => Ok(()),
            None => Err(Refusal::not_found().into()),
        }
    }
}
