//! The staff's view: the list of conversations with previews and counts, a thread, and what the staff says in it.

use model::{Actor, ConversationId, Kind, MemberId, Moment, OrganisationId, Refusal};
use store::Fence;
use store::conversation::{self as rows, ConversationRow, Filter, Lane, Listed, Step};
use store::message::MessageKind;
use vault::{KeyError, Personal};

use crate::body::{Body, Where};
use crate::message::{MessageView, Said, Saying, checked};
use crate::person::PersonView;
use crate::restricted::{Leave, Reader};
use crate::{Deed, Desk};

/// How many conversations one page of the list holds.
pub const PAGE: i64 = 50;
/// How many characters a preview has.
const PREVIEW: usize = 140;

/// A conversation in the list.
pub struct Summary {
    /// The conversation.
    pub row: ConversationRow,
    /// With whom.
    pub person: PersonView,
    /// To whom it is assigned.
    pub assignee: Option<(MemberId, Option<Personal>)>,
    /// The last words said, and by what kind of speaker.
    pub preview: Option<(MessageKind, Personal)>,
    /// Restricted (GDPR Art. 18): nobody is shown its words in passing.
    pub restricted: bool,
}

/// What to list.
#[derive(Default)]
pub struct Listing {
    /// The filters.
    pub filter: Filter,
    /// A word that was said, or the person's e-mail address.
    pub sought: Option<String>,
}

/// The numbers beside the filters.
pub struct Counts {
    /// Open ones.
    pub open: i64,
    /// Open ones whose visitor waits for a person.
    pub waiting: i64,
    /// Open ones assigned to whoever asks.
    pub mine: i64,
    /// Open ones assigned to nobody.
    pub unassigned: i64,
    /// Closed ones.
    pub closed: i64,
}

impl Desk {
    /// The list, latest first, and where its next page begins.
    pub async fn inbox(
        &self,
        organisation: OrganisationId,
        listing: Listing,
    ) -> Deed<(Vec<Summary>, Option<(Moment, ConversationId)>)> {
        if let Some(sought) = listing.sought.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            return Ok((self.inbox_search(organisation, sought, listing.filter).await?, None));
        }
        let filter = Filter { limit: PAGE, ..listing.filter };
        let found = self.store.all(Fence::Organisation(organisation), rows::list(organisation, &filter)).await?;
        let mut items = Vec::new();
        let mut last = None;
        for row in &found {
            let listed = Listed::from_row(row)?;
            last = Some((listed.conversation.last_activity_at, listed.conversation.id));
            items.extend(self.summarise(organisation, listed).await?);
        }
        let full = i64::try_from(found.len()).unwrap_or(0) >= PAGE;
        Ok((items, last.filter(|_| full)))
    }

    async fn inbox_search(&self, organisation: OrganisationId, sought: &str, filter: Filter) -> Deed<Vec<Summary>> {
        let mut items = Vec::new();
        for id in self.conversations_with(organisation, sought).await?.into_iter().take(200) {
            let only = Filter { only: Some(id), before: None, limit: 1, ..filter };
            let found = self.store.all(Fence::Organisation(organisation), rows::list(organisation, &only)).await?;
            for row in &found {
                items.extend(self.summarise(organisation, Listed::from_row(row)?).await?);
            }
        }
        items.sort_by_key(|item| std::cmp::Reverse((item.row.last_activity_at, item.row.id)));
        Ok(items)
    }

    /// `None` while the person is being erased.
    async fn summarise(&self, organisation: OrganisationId, listed: Listed) -> Deed<Option<Summary>> {
        let row = listed.conversation;
        let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
            Ok(key) => key,
            Err(KeyError::Absent) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let person = self.person(organisation, row.person).await?;
        let assignee = match row.assignee {
            Some(member) => Some((member, self.member_name(organisation, Some(member)).await?)),
            None => None,
        };
        let restricted = listed.restricted_at.is_some();
        let preview = match listed.preview.filter(|_| !restricted) {
            Some((id, kind, sealed)) => {
                let body = Body::open(&key, organisation, id, &sealed)?;
                let text = match &body.file {
                    Some(file) if body.text.is_empty() => file.name.clone(),
                    _ => body.text.chars().take(PREVIEW).collect(),
                };
                MessageKind::from_word(&kind).map(|kind| (kind, Personal::new(text)))
            }
            None => None,
        };
        Ok(Some(Summary { row, person, assignee, preview, restricted }))
    }

    /// One conversation as the list shows it.
    pub async fn summary(&self, organisation: OrganisationId, id: ConversationId) -> Deed<Summary> {
        let filter = Filter { only: Some(id), limit: 1, ..Filter::default() };
        let found = self.store.one(Fence::Organisation(organisation), rows::list(organisation, &filter)).await?;
        let listed = Listed::from_row(&found.ok_or_else(Refusal::not_found)?)?;
        Ok(self.summarise(organisation, listed).await?.ok_or_else(Refusal::not_found)?)
    }

    /// The numbers beside the filters.
    pub async fn counts(&self, organisation: OrganisationId, member: Option<MemberId>) -> Deed<Counts> {
        let row = self.store.one(Fence::Organisation(organisation), rows::counts(organisation, member)).await?;
        let row = row.ok_or_else(|| crate::Fault::broken("counts gave no row"))?;
        Ok(Counts {
            open: row.int("open_count")?,
            waiting: row.int("waiting_count")?,
            mine: row.int("mine_count")?,
            unassigned: row.int("unassigned_count")?,
            closed: row.int("closed_count")?,
        })
    }

    /// A conversation with its whole log, private notes included, once the look is noted. Without the log where it is
    /// restricted and the reader is not let in.
    pub async fn thread(&self, reader: Reader<'_>, id: ConversationId) -> Deed<(Summary, Option<Vec<MessageView>>)> {
        let organisation = reader.actor.organisation();
        let summary = self.summary(organisation, id).await?;
        let because = reader.because.filter(|_| summary.restricted && reader.is_let_in());
        self.looks_at((reader.actor, because), "conversation.open", "conversation", &id.to_string()).await?;
        if summary.restricted && because.is_none() {
            return Ok((summary, None));
        }
        let log = self.log(Where { organisation, conversation: id }, summary.row.person, 0, true).await?;
        Ok((summary, Some(log)))
    }

    /// A member of the staff replies, or leaves a note that no visitor ever gets. A reply is refused, even in the last moment,
    /// while no person has the conversation: take over first. So is one to somebody restricted, without a reason. Colleagues may
    /// help each other in a conversation that one of them has.
    pub async fn staff_says(
        &self,
        place: Where,
        writer: Reader<'_>,
        client_id: String,
        words: StaffWords<'_>,
    ) -> Deed<Said> {
        let Actor::Member { member, .. } = *writer.actor else {
            return Err(Refusal::new(Kind::Forbidden, "Only a person can do this, not an API key.").into());
        };
        let row = self.conversation_row(place.organisation, place.conversation).await?;
        let because = self.let_to(writer, place.conversation).await?;
        let (kind, step, text) = match words {
            StaffWords::Note(text) => (MessageKind::Note, Step::Note, text),
            StaffWords::Reply(text) => {
                let sentence = match row.lane {
                    Lane::Human => None,
                    Lane::Ai => Some("The assistant still answers here. Take over first, then reply."),
                    Lane::Waiting => Some("Nobody has taken this conversation yet. Take over first, then reply."),
                };
                if let Some(sentence) = sentence {
                    return Err(Refusal::conflict(sentence).into());
                }
                (MessageKind::Agent, Step::Reply, text)
            }
        };
        let body = Body::words(checked(text)?);
        let saying = Saying { kind, author: Some(member), body, client_id: Some(client_id), step };
        let action = if kind == MessageKind::Note { "message.note" } else { "message.reply" };
        let reason = because.map_or("support", Leave::audited);
        let line = self.audit_because((writer.actor, reason), action, "conversation", &place.conversation.to_string());
        self.say(place, row.person, saying, vec![line]).await
    }
}

/// What a member of the staff writes.
#[derive(Clone, Copy)]
pub enum StaffWords<'a> {
    /// To the visitor.
    Reply(&'a str),
    /// To colleagues.
    Note(&'a str),
}
