//! How reviews are shown to the staff: the list with its clocks, and one with everything that is needed to decide.

use model::{Moment, OrganisationId, ReviewId};
use store::Fence;
use store::review::{self as rows, ReviewRow};
use vault::{KeyError, Personal};

use super::place;
use crate::answer::account::Account;
use crate::message::MessageView;
use crate::person::PersonView;
use crate::restricted::{Leave, Reader};
use crate::{Deed, Desk, Fault};

/// How many reviews a list shows.
const LIST: i64 = 200;
/// How much of a question a list shows, in characters.
const EXCERPT: usize = 140;

/// A review in a list. Has no `Debug`.
pub struct Excerpt {
    /// The review.
    pub row: ReviewRow,
    /// The beginning of the question, as the assistant understood it: masked. Nothing where it is restricted.
    pub question: String,
    /// It is restricted (GDPR Art. 18): kept, and shown for a reason only.
    pub restricted: bool,
    /// Who decided.
    pub by: Option<Personal>,
}

/// A review with everything. Has no `Debug`.
pub struct ReviewView {
    /// The review.
    pub row: ReviewRow,
    /// Who asked.
    pub person: PersonView,
    /// What she had written.
    pub question: String,
    /// The same without anything personal: a title to begin with.
    pub masked: String,
    /// The answer.
    pub answer: MessageView,
    /// How it came about.
    pub account: Account,
    /// What the staff said about it.
    pub words: Option<Personal>,
    /// Who decided.
    pub by: Option<Personal>,
}

impl Excerpt {
    /// Whether nobody has looked in time.
    pub fn overdue(&self, now: Moment) -> bool {
        self.row.decided_at.is_none() && self.row.due_at < now
    }
}

impl Desk {
    /// Reviews: those that wait, the most urgent first; or those that ended, the latest first.
    pub async fn reviews(&self, organisation: OrganisationId, open: bool) -> Deed<Vec<Excerpt>> {
        let statement = if open { rows::open(organisation, LIST) } else { rows::decided(organisation, LIST) };
        let mut list = Vec::new();
        for row in &self.store.all(Fence::Organisation(organisation), statement).await? {
            let row = ReviewRow::from_row(row)?;
            let restricted = self.is_restricted(organisation, row.conversation).await?;
            let question = match self.account(organisation, row.message).await {
                Ok(account) => account.trace.question,
                // She is just being erased.
                Err(Fault::Refused(_)) => continue,
                Err(fault) => return Err(fault),
            };
            let by = self.member_name(organisation, row.decided_by).await?;
            let shown = if restricted { 0 } else { EXCERPT };
            list.push(Excerpt { row, question: question.chars().take(shown).collect(), restricted, by });
        }
        Ok(list)
    }

    /// Lets a reader pass to what a review shows, or refuses. Answers the reason where there had to be one.
    pub async fn let_to_review(&self, reader: Reader<'_>, id: ReviewId) -> Deed<Option<Leave>> {
        let row = self.review_row(reader.actor.organisation(), id).await?;
        self.let_to(reader, row.conversation).await
    }

    /// One review with everything.
    pub async fn review(&self, organisation: OrganisationId, id: ReviewId) -> Deed<ReviewView> {
        let row = self.review_row(organisation, id).await?;
        let (_, answer) = self.message(organisation, row.message).await?;
        let account = self.account(organisation, row.message).await?;
        let question = match account.trace.asked {
            Some(asked) => self.message(organisation, asked).await?.1.body.text,
            None => String::new(),
        };
        let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
            Err(KeyError::Absent) => return Err(model::Refusal::not_found().into()),
            key => key?,
        };
        let words = match &row.words {
            Some(words) => Some(key.open(&place(organisation, &id.to_string()), words)?),
            None => None,
        };
        Ok(ReviewView {
            person: self.person(organisation, row.person).await?,
            masked: self.masked_question(organisation, (row.person, &question)).await?,
            by: self.member_name(organisation, row.decided_by).await?,
            row,
            question,
            answer,
            account,
            words,
        })
    }
}
