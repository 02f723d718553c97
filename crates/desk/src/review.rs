//! Reviews: a reader wants a person to check what the assistant said. It is the human review of her rights (Art. 22 GDPR) with a
//! short clock of our own; how it ends is told in the chat, and a corrected answer becomes knowledge with its origin.

mod look;
mod wording;

use std::time::Duration;

use model::{Actor, Locale, MessageId, OrganisationId, PersonId, Refusal, RequestId, ReviewId};
use privacy::request::{Act, Channel, Kind, Regime};
use store::conversation::Step;
use store::message::{MessageKind, MessageRow};
use store::review::{self as rows, Decided, ReviewRow};
use store::{Fence, Statement, message};
use vault::Place;

pub use look::{Excerpt, ReviewView};

use crate::body::{Body, SystemCode, Where};
use crate::lineage::Asked;
use crate::message::{Saying, checked};
use crate::request::{Asker, Filing, Settling};
use crate::visitor::VisitorSession;
use crate::{Deed, Desk};

/// How soon a person looks at an answer. The law's own term for the request behind it is longer and stays.
pub const LOOK_WITHIN: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What a person found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The answer was right.
    Right,
    /// It was wrong; the right one is told.
    Wrong,
    /// It is nothing this shop can answer.
    NotOurs,
}

impl Outcome {
    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Right => "right",
            Outcome::Wrong => "wrong",
            Outcome::NotOurs => "not_ours",
        }
    }

    /// The outcome behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Outcome::Right, Outcome::Wrong, Outcome::NotOurs].into_iter().find(|outcome| outcome.word() == word)
    }

    fn code(self) -> SystemCode {
        match self {
            Outcome::Right => SystemCode::ReviewRight,
            Outcome::Wrong => SystemCode::ReviewWrong,
            Outcome::NotOurs => SystemCode::ReviewNotOurs,
        }
    }
}

/// A decision of the staff.
pub struct Decision {
    /// What was found.
    pub outcome: Outcome,
    /// The right answer where it was wrong, else a remark; she reads it.
    pub words: Option<String>,
    /// Under which title the right answer becomes knowledge, if it does.
    pub teach: Option<String>,
}

/// An answer that can be reviewed.
pub(crate) struct Reviewable {
    place: Where,
    person: PersonId,
    message: MessageId,
}

impl Desk {
    /// A visitor wants a person to check this answer; asking twice is asking once.
    pub async fn ask_for_review(&self, session: &VisitorSession, message: MessageId) -> Deed<ReviewRow> {
        let conversation = self.conversation_row(session.organisation, session.conversation).await?;
        let filing = Filing {
            kind: Kind::HumanReview,
            regime: Regime::Gdpr,
            channel: Channel::Widget,
            locale: Locale::nearest(&conversation.locale),
            reason: None,
            correction: None,
            message: Some(message),
        };
        let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
        let request = self.file_request(&actor, filing, Asker::Session(session.person)).await?;
        self.review_of(session.organisation, request).await?.ok_or_else(|| Refusal::not_found().into())
    }

    pub(crate) async fn review_of(&self, organisation: OrganisationId, request: RequestId) -> Deed<Option<ReviewRow>> {
        let found = self.store.one(Fence::Organisation(organisation), rows::by_request(organisation, request)).await?;
        Ok(found.as_ref().map(ReviewRow::from_row).transpose()?)
    }

    pub(crate) async fn review_row(&self, organisation: OrganisationId, id: ReviewId) -> Deed<ReviewRow> {
        let found = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        Ok(ReviewRow::from_row(&found.ok_or_else(Refusal::not_found)?)?)
    }

    /// The answer that a request wants reviewed: one of the assistant's, told to her. Others' answers are unknown ones.
    pub(crate) async fn answer_to_review(
        &self,
        organisation: OrganisationId,
        filing: &Filing,
        person: PersonId,
    ) -> Deed<Option<Reviewable>> {
        let Some(message) = filing.message.filter(|_| filing.kind == Kind::HumanReview) else { return Ok(None) };
        let found = self.store.one(Fence::Organisation(organisation), message::by_id(organisation, message)).await?;
        let row = MessageRow::from_row(&found.ok_or_else(Refusal::not_found)?)?;
        if row.person != person {
            return Err(Refusal::not_found().into());
        }
        if row.kind != MessageKind::Ai {
            return Err(Refusal::invalid("This was not written by the assistant.").into());
        }
        let place = Where { organisation, conversation: row.conversation };
        Ok(Some(Reviewable { place, person, message }))
    }

    /// Opens the review, says so in the chat, and files the request (`follow`), all in one work.
    pub(crate) async fn open_review(
        &self,
        organisation: OrganisationId,
        answer: Reviewable,
        request: RequestId,
        mut follow: Vec<Statement>,
    ) -> Deed<()> {
        let Reviewable { place, person, message } = answer;
        let now = self.world.now();
        let row = ReviewRow {
            id: ReviewId::new(&self.world),
            request,
            person,
            conversation: place.conversation,
            message,
            due_at: now.plus(LOOK_WITHIN),
            outcome: None,
            words: None,
            page: None,
            decided_by: None,
            decided_at: None,
            created_at: now,
        };
        follow.push(rows::insert(organisation, &row));
        let body = Body { about: Some(message), until: Some(row.due_at), ..Body::system(SystemCode::ReviewOpened) };
        let saying = Saying { kind: MessageKind::System, author: None, body, client_id: None, step: Step::Note };
        self.say(place, person, saying, follow).await?;
        Ok(())
    }

    /// Decides: tells her in the chat, settles the request behind it, and teaches the assistant, all in one work.
    pub async fn decide_review(&self, actor: &Actor, id: ReviewId, decision: Decision) -> Deed<ReviewRow> {
        let organisation = actor.organisation();
        let review = self.review_row(organisation, id).await?;
        if review.decided_at.is_some() {
            return Err(Refusal::conflict("This answer was checked already.").into());
        }
        let words = said(&decision)?;
        let request = self.open_request(actor, review.request).await?;
        let (page, mut follow) = match (&decision.teach, &words) {
            (Some(title), Some(right)) if decision.outcome == Outcome::Wrong => {
                let asked = self.asked_before(organisation, &review).await?;
                let (page, statements) = self.learned(organisation, &[asked], (title, right)).await?;
                (Some(page), statements)
            }
            (None, _) => (None, Vec::new()),
            _ => return Err(Refusal::invalid("Only a corrected answer can be added to the knowledge.").into()),
        };
        let note = [Some(wording::decided(Locale::nearest(&request.locale), decision.outcome)), words.as_deref()];
        let note = note.into_iter().flatten().collect::<Vec<_>>().join("\n");
        follow.extend(self.settled(actor, &request, note).await?);
        let by = if let Actor::Member { member, .. } = actor { Some(*member) } else { None };
        let key = self.keyring.subject(organisation, &review.person.to_string()).await?;
        let sealed = match &words {
            Some(words) => Some(key.seal(&place(organisation, &id.to_string()), words)?),
            None => None,
        };
        let outcome = decision.outcome.word();
        follow.push(rows::decide(organisation, id, Decided { outcome, words: sealed, page, by, at: self.world.now() }));
        follow.push(self.audit(actor, "review.decide", "review", &id.to_string()));
        let body = Body {
            text: words.unwrap_or_default(),
            about: Some(review.message),
            ..Body::system(decision.outcome.code())
        };
        let saying = Saying { kind: MessageKind::System, author: by, body, client_id: None, step: Step::Staff };
        self.say(Where { organisation, conversation: review.conversation }, review.person, saying, follow).await?;
        if page.is_some() {
            self.library.changed(organisation);
        }
        self.bell.ring();
        self.review_row(organisation, id).await
    }

    /// What settles the step of the request that waits for this decision, and lets its letter go out.
    async fn settled(&self, actor: &Actor, request: &store::request::RequestRow, note: String) -> Deed<Vec<Statement>> {
        let steps = self.steps_of(request).await?;
        let step = steps.iter().find(|step| step.act == Act::Review.word());
        let step = step.ok_or_else(|| Refusal::conflict("This request is just being taken up. Please try again."))?;
        let settling = Settling { step: step.id, done: true, note, ground: None, kept_until: None };
        let mut work = self.settlement(actor, request, settling).await?;
        work.push(self.audit(actor, "request.settle", "request", &request.id.to_string()));
        work.push(self.request_job(request.organisation, request.id, self.world.now()));
        Ok(work)
    }

    /// The question that the reviewed answer answers.
    async fn asked_before(&self, organisation: OrganisationId, review: &ReviewRow) -> Deed<Asked> {
        let account = self.account(organisation, review.message).await?;
        let message = account.trace.asked.ok_or_else(Refusal::not_found)?;
        let (conversation, view) = self.message(organisation, message).await?;
        let place = Where { organisation, conversation };
        Ok(Asked { place, person: review.person, message, text: view.body.text })
    }
}

/// What the staff adds: needed where the answer was wrong.
fn said(decision: &Decision) -> Result<Option<String>, Refusal> {
    let given = decision.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    match given {
        Some(words) => checked(words).map(Some),
        None if decision.outcome == Outcome::Wrong => Err(Refusal::invalid("Write the right answer.")),
        None => Ok(None),
    }
}

pub(crate) fn place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "review", column: "words_sealed", row }
}
