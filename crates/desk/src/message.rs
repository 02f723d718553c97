//! Saying something: one rule for visitor, staff, assistant and house, and the way a message is shown.

use std::collections::HashMap;

use model::{ConversationId, MemberId, MessageId, Moment, OrganisationId, PersonId, Refusal};
use store::conversation::{self, Lane, Step};
use store::message::{self as rows, MessageKind, MessageRow, NewMessage};
use store::{Fence, Statement, StoreError, Work};
use vault::{Personal, SubjectKey};

use crate::body::{Body, Where};
use crate::live::Happening;
use crate::{Deed, Desk, Fault};

/// The longest message, in characters.
pub const LONGEST: usize = 8_000;
/// How many messages one page of the log holds.
const PAGE: i64 = 500;

/// A message as a person sees it. Has no `Debug`.
#[derive(Clone)]
pub struct MessageView {
    /// Its id.
    pub id: MessageId,
    /// Its place in the log.
    pub seq: i64,
    /// Who wrote it.
    pub kind: MessageKind,
    /// Words, citations, file.
    pub body: Body,
    /// The name of the member who wrote it.
    pub author: Option<Personal>,
    /// The writer's own id for it.
    pub client_id: Option<String>,
    /// When it was accepted.
    pub created_at: Moment,
}

/// What is about to be said.
pub struct Saying {
    /// Who writes.
    pub kind: MessageKind,
    /// The member, if one writes.
    pub author: Option<MemberId>,
    /// What.
    pub body: Body,
    /// The writer's own id, if it has one.
    pub client_id: Option<String>,
    /// What it does to the conversation.
    pub step: Step,
}

/// Under which id and with whose key a message is sealed.
pub(crate) struct Seal {
    /// The id of the message.
    pub(crate) id: MessageId,
    /// Her key.
    pub(crate) key: SubjectKey,
}

/// A message that was accepted, and whether it was a repetition of one accepted before.
pub struct Said {
    /// The message.
    pub message: MessageView,
    /// The same `client_id` had been accepted before; nothing was said twice.
    pub repeated: bool,
    /// Who answers in the conversation now.
    pub lane: Lane,
}

/// Checks words that a person typed: not empty, not too long, no control characters but line breaks and tabs.
pub fn checked(text: &str) -> Result<String, Refusal> {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid("The message is empty."));
    }
    if text.chars().count() > LONGEST {
        return Err(Refusal::new(
            model::Kind::TooLarge,
            "The message is longer than 8,000 characters. Please split it.",
        ));
    }
    Ok(text.to_owned())
}

/// Whether a writer's own id for a message fits the column on every engine.
fn is_client_id(text: &str) -> bool {
    (1..=64).contains(&text.chars().count()) && !text.contains(char::is_control)
}

impl Desk {
    /// Says something in a conversation: seals, commits message, conversation, jobs and `follow` as one work, then announces.
    pub async fn say(&self, place: Where, person: PersonId, saying: Saying, follow: Vec<Statement>) -> Deed<Said> {
        let key = self.keyring.subject(place.organisation, &person.to_string()).await?;
        let id = MessageId::new(&self.world);
        self.say_as(place, Seal { id, key }, saying, follow).await
    }

    /// The same with an id that was given out before, as the assistant's drafts are.
    pub(crate) async fn say_as(
        &self,
        place: Where,
        Seal { id, key }: Seal,
        saying: Saying,
        follow: Vec<Statement>,
    ) -> Deed<Said> {
        let Where { organisation, conversation } = place;
        if !saying.client_id.as_deref().is_none_or(is_client_id) {
            return Err(Refusal::invalid("client_id has between 1 and 64 characters and no control characters.").into());
        }
        let at = self.world.now();
        let body = saying.body.seal(&key, organisation, id)?;
        let new = NewMessage {
            id,
            conversation,
            kind: saying.kind,
            author: saying.author,
            body,
            client_id: saying.client_id.clone(),
            at,
        };
        let work = Work::new(Fence::Organisation(organisation))
            .with(conversation::step(organisation, conversation, saying.step, at))
            .extend(
                matches!(saying.step, Step::Visitor)
                    .then(|| conversation::reopen_by_visitor(organisation, conversation)),
            )
            .with(rows::insert(organisation, new))
            .extend((!saying.body.text.is_empty()).then(|| self.index_job(place)))
            .extend(follow)
            .with(conversation::standing(organisation, conversation));
        let done = match self.store.write(work).await {
            Ok(done) => done,
            Err(StoreError::Unique) => return self.said_before(place, &saying).await,
            Err(error) => return Err(error.into()),
        };
        let Some(standing) = done.last().and_then(|done| done.rows.first()) else {
            return Err(Fault::broken("a conversation does not say where it stands"));
        };
        let (seq, lane) = (standing.int("last_seq")?, conversation::lane_of(standing)?);
        let reopened = matches!(saying.step, Step::Visitor) && done.get(1).is_some_and(|done| done.changed > 0);
        let author = self.member_name(organisation, saying.author).await?;
        let message = MessageView {
            id,
            seq,
            kind: saying.kind,
            body: saying.body,
            author,
            client_id: saying.client_id,
            created_at: at,
        };
        self.live.announce(organisation, conversation, Happening::Message(message.clone()));
        if reopened {
            self.tell_head(place).await?;
        }
        Ok(Said { message, repeated: false, lane })
    }

    async fn said_before(&self, place: Where, saying: &Saying) -> Deed<Said> {
        let Some(client_id) = saying.client_id.as_deref() else {
            return Err(Fault::broken("a fresh message id was taken"));
        };
        let found = rows::by_client_id(place.organisation, place.conversation, client_id);
        let row = self.store.one(Fence::Organisation(place.organisation), found).await?;
        let row = MessageRow::from_row(&row.ok_or_else(|| Fault::broken("a repeated message is not there"))?)?;
        // Only the writer gets it back: a visitor who hits the id of a private note must not read it.
        if (row.kind, row.author) != (saying.kind, saying.author) {
            return Err(Refusal::conflict("This client_id was already used for another message here.").into());
        }
        let message = self.show(place.organisation, row).await?;
        let lane = self.conversation_row(place.organisation, place.conversation).await?.lane;
        Ok(Said { message, repeated: true, lane })
    }

    /// One message, opened.
    pub async fn message(&self, organisation: OrganisationId, id: MessageId) -> Deed<(ConversationId, MessageView)> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        let row = MessageRow::from_row(&row.ok_or_else(Refusal::not_found)?)?;
        Ok((row.conversation, self.show(organisation, row).await?))
    }

    async fn show(&self, organisation: OrganisationId, row: MessageRow) -> Deed<MessageView> {
        let key = self.keyring.subject(organisation, &row.person.to_string()).await?;
        let author = self.member_name(organisation, row.author).await?;
        open(&key, organisation, row, author)
    }

    /// The log after number `seq`, opened; `notes` says whether private notes are included.
    pub async fn log(&self, place: Where, person: PersonId, seq: i64, notes: bool) -> Deed<Vec<MessageView>> {
        let Where { organisation, conversation } = place;
        let key = self.keyring.subject(organisation, &person.to_string()).await?;
        let mut names: HashMap<MemberId, Option<Personal>> = HashMap::new();
        let mut shown = Vec::new();
        let mut cursor = seq;
        loop {
            let page = rows::after(organisation, conversation, cursor, PAGE);
            let page = self.store.all(Fence::Organisation(organisation), page).await?;
            let full = i64::try_from(page.len()).unwrap_or(i64::MAX) >= PAGE;
            for row in &page {
                let row = MessageRow::from_row(row)?;
                cursor = row.seq;
                if row.kind == MessageKind::Note && !notes {
                    continue;
                }
                let author = match row.author {
                    Some(member) if !names.contains_key(&member) => {
                        let name = self.member_name(organisation, Some(member)).await?;
                        names.insert(member, name.clone());
                        name
                    }
                    Some(member) => names.get(&member).cloned().flatten(),
                    None => None,
                };
                shown.push(open(&key, organisation, row, author)?);
            }
            if !full {
                return Ok(shown);
            }
        }
    }
}

fn open(
    key: &SubjectKey,
    organisation: OrganisationId,
    row: MessageRow,
    author: Option<Personal>,
) -> Deed<MessageView> {
    let body = Body::open(key, organisation, row.id, &row.body)?;
    Ok(MessageView {
        id: row.id,
        seq: row.seq,
        kind: row.kind,
        body,
        author,
        client_id: row.client_id,
        created_at: row.created_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_words_are_trimmed_and_bounded() {
        assert_eq!(checked("  hello\u{0007}\nthere ").unwrap(), "hello\nthere");
        assert!(checked(" \n\t").is_err());
        assert!(checked("\u{0007} \u{0000}").is_err(), "nothing is left of it");
        assert!(checked(&"ä".repeat(LONGEST)).is_ok());
        assert!(checked(&"ä".repeat(LONGEST + 1)).is_err());
    }
}
