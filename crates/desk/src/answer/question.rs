//! What is unanswered in a conversation, masked: the only form in which it may be searched with, shown to a model, or recorded.

use masking::{Category, Known, Masked, Placeholders};
use model::{AnswerId, Locale, MessageId, PersonId};
use store::conversation::{self, ConversationRow};
use store::message::{self as rows, MessageKind, MessageRow};
use store::Fence;
use vault::SubjectKey;

use super::new_answer_id;
use crate::body::{Body, Where};
use crate::{Deed, Desk};

/// How many of the latest messages the assistant reads.
const READ: i64 = 12;
/// A question with fewer words than this is read together with the one before it.
const SHORT: usize = 4;

/// One earlier turn of the conversation, masked.
pub struct Earlier {
    /// `true` if the visitor said it.
    pub visitor: bool,
    /// What.
    pub text: Masked<String>,
}

/// An unanswered question.
pub struct Question {
    /// Where it was asked.
    pub place: Where,
    /// By whom.
    pub person: PersonId,
    /// Her key.
    pub key: SubjectKey,
    /// The epoch in which it was read.
    pub epoch: i64,
    /// The id of the account to be written.
    pub answer: AnswerId,
    /// The visitor's message.
    pub message: MessageId,
    /// Her language.
    pub locale: Locale,
    /// The question, masked; `None` if masking failed: then nothing may be done with it but show it to a person.
    pub masked: Option<Masked<String>>,
    /// What to search for.
    pub query: String,
    /// What was said before, oldest first.
    pub earlier: Vec<Earlier>,
    /// Who the placeholders stand for.
    pub placeholders: Placeholders,
}

impl Desk {
    /// The conversation, if the assistant may answer in it.
    pub(crate) async fn answerable(&self, place: Where) -> Deed<Option<ConversationRow>> {
        let found = conversation::for_answer(place.organisation, place.conversation);
        match self.store.one(Fence::Organisation(place.organisation), found).await? {
            Some(row) => Ok(Some(ConversationRow::from_row(&row)?)),
            None => Ok(None),
        }
    }

    /// The last thing the visitor said that nobody has answered.
    pub(crate) async fn open_question(&self, place: Where) -> Deed<Option<Question>> {
        let Some(row) = self.answerable(place).await? else { return Ok(None) };
        let latest = rows::for_answer(place.organisation, place.conversation, READ);
        let latest = self.store.all(Fence::Organisation(place.organisation), latest).await?;
        let mut log = latest.iter().map(MessageRow::from_row).collect::<Result<Vec<_>, _>>()?;
        let Some(last) = log.first() else { return Ok(None) };
        if last.kind != MessageKind::Visitor {
            return Ok(None);
        }
        let message = last.id;
        let key = self.keyring.subject(place.organisation, &row.person.to_string()).await?;
        log.reverse();
        let known = self.known_of(place.organisation, row.person, &key).await?;
        let mut question = Question {
            place,
            person: row.person,
            key,
            epoch: row.epoch,
            answer: new_answer_id(self),
            message,
            locale: Locale::nearest(&row.locale),
            masked: None,
            query: String::new(),
            earlier: Vec::new(),
            placeholders: Placeholders::default(),
        };
        self.read_turns(&mut question, log, &known)?;
        Ok(Some(question))
    }

    fn read_turns(&self, question: &mut Question, log: Vec<MessageRow>, known: &[Known]) -> Deed<()> {
        let mut turns = Vec::new();
        for row in log {
            let (id, visitor) = (row.id, row.kind == MessageKind::Visitor);
            let body = Body::open(&question.key, question.place.organisation, id, &row.body)?;
            let text = match (&body.file, body.text.is_empty()) {
                (Some(_), true) => "(sent a file)".to_owned(),
                _ => body.text,
            };
            let masked = self.masker.mask(&mut question.placeholders, &text, known);
            match masked {
                Ok(masked) => turns.push((id, visitor, masked)),
                // An earlier turn that cannot be masked is left out; the question itself cannot be.
                Err(_) if id == question.message => return Ok(()),
                Err(_) => {}
            }
        }
        let before = turns.iter().rev().filter(|(id, visitor, _)| *visitor && *id != question.message);
        let before = before.map(|(_, _, text)| text.as_text().to_owned()).next();
        for (id, visitor, text) in turns {
            if id == question.message {
                question.query = query(text.as_text(), before.as_deref());
                question.masked = Some(text);
            } else {
                question.earlier.push(Earlier { visitor, text });
            }
        }
        Ok(())
    }

    /// What is known about this person and must not leave, wherever she writes it.
    async fn known_of(&self, organisation: model::OrganisationId, person: PersonId, key: &SubjectKey) -> Deed<Vec<Known>> {
        let (name, email) = self.person_contact(organisation, person, key).await?;
        let name = name.map(|name| Known { kind: Category::Name, value: name.expose().to_owned() });
        let email = email.map(|email| Known { kind: Category::Email, value: email.expose().to_owned() });
        Ok(name.into_iter().chain(email).collect())
    }
}

/// The search words: the question without placeholders, and for a very short one also the question before it.
fn query(question: &str, before: Option<&str>) -> String {
    let own = without_placeholders(question);
    match before {
        Some(before) if own.split_whitespace().count() < SHORT => format!("{own} {}", without_placeholders(before)),
        _ => own,
    }
}

fn without_placeholders(text: &str) -> String {
    let placeholder = |word: &&str| !(word.starts_with('[') && word.trim_end_matches(['.', ',', '?', '!']).ends_with(']'));
    text.split_whitespace().filter(placeholder).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_follow_up_is_searched_with_the_question_before_it() {
        assert_eq!(query("And to Norway?", Some("What does shipping cost?")), "And to Norway? What does shipping cost?");
        assert_eq!(query("How long may I return boots?", Some("Hi")), "How long may I return boots?");
    }

    #[test]
    fn placeholders_are_not_searched_for() {
        assert_eq!(query("Does [EMAIL_1] get a refund soon?", None), "Does get a refund soon?");
    }
}
