//! The account of an answer, read back; and a question tried without a visitor.

use model::{AnswerId, Locale, MessageId, OrganisationId, PersonId, Refusal};
use store::Fence;
use store::answer::{self as rows, AnswerRow};

use super::trace::Trace;
use super::{Composed, PASSAGES, built_in, trace_place};
use crate::{Deed, Desk, Fault};

/// How one answer came about.
pub struct Account {
    /// The answer.
    pub answer: AnswerId,
    /// To whom it was given.
    pub person: PersonId,
    /// `answered`, `abstained` or `failed`.
    pub outcome: String,
    /// From reading the question to the commit, ms.
    pub took_ms: i64,
    /// The trace.
    pub trace: Trace,
}

impl Desk {
    /// The account of the answer in this message; a message that is no answer has none.
    pub async fn account(&self, organisation: OrganisationId, message: MessageId) -> Deed<Account> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_message(organisation, message)).await?;
        let row = AnswerRow::from_row(&row.ok_or_else(Refusal::not_found)?)?;
        let trace = self.open_trace(organisation, &row).await?;
        Ok(Account { answer: row.id, person: row.person, outcome: row.outcome, took_ms: row.took_ms, trace })
    }

    /// The trace in a row.
    pub(crate) async fn open_trace(&self, organisation: OrganisationId, row: &AnswerRow) -> Deed<Trace> {
        let key = self.keyring.subject(organisation, &row.person.to_string()).await?;
        let json = trace_place(organisation, &row.id.to_string(), |place| key.open(place, &row.trace))?;
        serde_json::from_str(json.expose()).map_err(|_| Fault::broken("a sealed trace is not one of ours"))
    }

    /// What the built-in answerer would say; nothing is stored.
    pub async fn try_question(&self, organisation: OrganisationId, question: &str, locale: Locale) -> Deed<Composed> {
        let hits = self.library.find(organisation, question, PASSAGES).await?;
        Ok(built_in::quoted(question, &hits, locale))
    }
}
