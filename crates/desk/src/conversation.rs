//! A conversation as it is seen: its head, and its head with the log.

use model::{ConversationId, MemberId, OrganisationId, PersonId, Refusal};
use store::Fence;
use store::conversation::{self as rows, ConversationRow, Lane};
use vault::Personal;

use crate::body::Where;
use crate::message::MessageView;
use crate::{Deed, Desk};

/// What everyone who watches a conversation knows of it.
#[derive(Clone)]
pub struct Head {
    /// Its id.
    pub id: ConversationId,
    /// Open or closed.
    pub open: bool,
    /// Who answers.
    pub lane: Lane,
    /// The member who answers.
    pub agent: Option<(MemberId, Option<Personal>)>,
    /// The number of the last message.
    pub last_seq: i64,
}

impl Desk {
    /// One conversation's row; unknown ones and other organisations' are the same.
    pub async fn conversation_row(&self, organisation: OrganisationId, id: ConversationId) -> Deed<ConversationRow> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        Ok(ConversationRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }

    /// The head of a conversation, with the name of who answers.
    pub async fn head(&self, organisation: OrganisationId, row: &ConversationRow) -> Deed<Head> {
        let agent = match (row.lane, row.assignee) {
            (Lane::Human, Some(member)) => Some((member, self.member_name(organisation, Some(member)).await?)),
            _ => None,
        };
        Ok(Head { id: row.id, open: row.open, lane: row.lane, agent, last_seq: row.last_seq })
    }

    /// A conversation as its visitor sees it: head and log, without private notes.
    pub async fn visitor_conversation(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        id: ConversationId,
    ) -> Deed<(Head, Vec<MessageView>)> {
        let row = self.conversation_row(organisation, id).await?;
        if row.person != person {
            return Err(Refusal::not_found().into());
        }
        let head = self.head(organisation, &row).await?;
        let log = self.log(Where { organisation, conversation: id }, person, 0, false).await?;
        Ok((head, log))
    }
}
