//! What is unanswered in a conversation, masked: the only form in which it may be searched with, shown to a model, or recorded.

use knowledge::follow;
use masking::{Category, Known, Masked, Masker, Placeholders};
use model::{AnswerId, Locale, MessageId, PersonId};
use store::conversation::ConversationRow;
use store::message::{MessageKind, MessageRow};
use store::{Fence, lane};
use vault::SubjectKey;

use super::new_answer_id;
use crate::body::{Body, SystemCode, Where};
use crate::{Deed, Desk};

/// How many of the latest messages the assistant reads.
const READ: i64 = 24;

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
    /// Her key; nobody's where the staff tries a question out.
    pub key: Option<SubjectKey>,
    /// The epoch in which it was read.
    pub epoch: i64,
    /// The id of the account to be written.
    pub answer: AnswerId,
    /// The visitor's message.
    pub message: MessageId,
    /// Its number in the log.
    pub seq: i64,
    /// It is a file without words.
    pub only_file: bool,
    /// Her language.
    pub locale: Locale,
    /// The question, masked; `None` if masking failed: then nothing may be done with it but show it to a person.
    pub masked: Option<Masked<String>>,
    /// What to search for: the question without placeholders, made whole where it leans on the one before it.
    pub query: String,
    /// What was said before, oldest first.
    pub earlier: Vec<Earlier>,
    /// Who the placeholders stand for.
    pub placeholders: Placeholders,
}

impl Desk {
    /// The conversation, if the assistant may answer in it.
    pub(crate) async fn answerable(&self, place: Where) -> Deed<Option<ConversationRow>> {
        let found = lane::conversation(place.organisation, place.conversation);
        match self.store.one(Fence::Assistant(place.organisation), found).await? {
            Some(row) => Ok(Some(ConversationRow::from_row(&row)?)),
            None => Ok(None),
        }
    }

    /// The first thing the visitor said that nobody has answered: what she adds while the assistant writes has its turn next.
    pub(crate) async fn open_question(&self, place: Where) -> Deed<Option<Question>> {
        let Some(row) = self.answerable(place).await? else { return Ok(None) };
        let latest = lane::messages(place.organisation, place.conversation, READ);
        let latest = self.store.all(Fence::Assistant(place.organisation), latest).await?;
        let key = self.keyring.subject(place.organisation, &row.person.to_string()).await?;
        let mut said = Vec::new();
        for row in latest.iter().rev() {
            let row = MessageRow::from_row(row)?;
            let body = Body::open(&key, place.organisation, row.id, &row.body)?;
            said.push(Said { id: row.id, seq: row.seq, kind: row.kind, body });
        }
        let Some(asked) = first_unanswered(&said) else { return Ok(None) };
        said.retain(|one| one.seq <= asked.1 && one.kind != MessageKind::System);
        let known = self.known_of(place.organisation, row.person, &key).await?;
        let mut question = Question {
            place,
            person: row.person,
            key: Some(key),
            epoch: row.epoch,
            answer: new_answer_id(self),
            message: asked.0,
            seq: asked.1,
            only_file: said.last().is_some_and(|one| one.body.text.is_empty()),
            locale: Locale::nearest(&row.locale),
            masked: None,
            query: String::new(),
            earlier: Vec::new(),
            placeholders: Placeholders::default(),
        };
        let masker = self.masker_of(place.organisation).await?;
        read_turns(&masker, &mut question, said, &known);
        Ok(Some(question))
    }

    /// What is known about this person and must not leave, wherever she writes it.
    async fn known_of(
        &self,
        organisation: model::OrganisationId,
        person: PersonId,
        key: &SubjectKey,
    ) -> Deed<Vec<Known>> {
        let (name, email) = self.person_contact(organisation, person, key).await?;
        let name = name.map(|name| Known { kind: Category::Name, value: name.expose().to_owned() });
        let email = email.map(|email| Known { kind: Category::Email, value: email.expose().to_owned() });
        Ok(name.into_iter().chain(email).collect())
    }
}

fn read_turns(masker: &Masker, question: &mut Question, said: Vec<Said>, known: &[Known]) {
    let mut before: Option<String> = None;
    for Said { id, kind, body, .. } in said {
        let text = match (&body.file, body.text.is_empty()) {
            (Some(_), true) => "(sent a file)",
            _ => &body.text,
        };
        // What cannot be masked does not leave: an earlier turn is left out, and a question waits for a person.
        let Ok(masked) = masker.mask(&mut question.placeholders, text, known) else { continue };
        let visitor = kind == MessageKind::Visitor;
        // A question may lean on the one before it, which may have leaned on another.
        let meant = follow::whole(&sought(masked.as_text()), before.as_deref());
        if id == question.message {
            question.query = meant;
            question.masked = Some(masked);
            continue;
        }
        if visitor && follow::has_subject(&meant) {
            before = Some(meant);
        }
        question.earlier.push(Earlier { visitor, text: masked });
    }
}

/// One message of the log, opened.
struct Said {
    id: MessageId,
    seq: i64,
    kind: MessageKind,
    body: Body,
}

/// Id and number of the first message of the visitor that comes after everything that was answered. What she said to a
/// person who spoke with her is settled when the assistant gets the conversation back; what nobody took up is not.
fn first_unanswered(said: &[Said]) -> Option<(MessageId, i64)> {
    let (mut answered, mut person_spoke) = (0, false);
    for one in said {
        match (one.kind, one.body.system) {
            (MessageKind::Ai, _) => answered = answered.max(one.body.answers.unwrap_or(one.seq)),
            (MessageKind::Agent, _) => (answered, person_spoke) = (one.seq, true),
            (_, Some(SystemCode::PersonRequested)) => person_spoke = false,
            (_, Some(SystemCode::AiReturned)) if person_spoke => answered = one.seq,
            _ => {}
        }
    }
    let open = said.iter().find(|one| one.kind == MessageKind::Visitor && one.seq > answered);
    open.map(|one| (one.id, one.seq))
}

/// What of a masked message is searched for. Where one sentence asks, another that names somebody or an address and asks nothing
/// ("Write to [EMAIL_1] please.") says how to reach her: its words would only find pages about writing.
pub(super) fn sought(masked: &str) -> String {
    let asks = |sentence: &str| sentence.trim_end().ends_with(['?', '؟']);
    let sentences = || masked.split_inclusive(['.', '!', '?', '؟', '\n']);
    let about: String = sentences().filter(|one| asks(one) || !one.split_whitespace().any(is_placeholder)).collect();
    let about = if sentences().any(asks) { without_placeholders(&about) } else { String::new() };
    if follow::has_subject(&about) { about } else { without_placeholders(masked) }
}

pub(crate) fn without_placeholders(text: &str) -> String {
    text.split_whitespace().filter(|word| !is_placeholder(word)).collect::<Vec<_>>().join(" ")
}

fn is_placeholder(word: &str) -> bool {
    word.starts_with('[') && word.trim_end_matches(['.', ',', '?', '!']).ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_not_searched_for() {
        assert_eq!(without_placeholders("Does [EMAIL_1] get a refund soon?"), "Does get a refund soon?");
    }

    #[test]
    fn how_to_reach_her_is_no_part_of_the_question() {
        for (said, searched) in [
            ("How many days may I keep it at home? Write to [EMAIL_1] please.", "How many days may I keep it at home?"),
            ("I am [NAME_1]. Do you repair jackets?", "Do you repair jackets?"),
            // What the question leans on stays.
            ("My parcel to [ADDRESS_1] is late. What now?", "My parcel to is late. What now?"),
            ("Please write to [EMAIL_1].", "Please write to"),
            ("Do you ship to Norway?", "Do you ship to Norway?"),
        ] {
            assert_eq!(sought(said), searched);
        }
    }
}
