//! The account of an answer, read back; whether answers lead to their sources; and a question tried without a visitor.

use model::{AnswerId, Locale, MessageId, OrganisationId, PersonId, Refusal};
use store::answer::{self as rows, AnswerRow};
use store::message::MessageRow;
use store::{Fence, message, snapshot};
use vault::KeyError;

use super::trace::Trace;
use super::{Composed, PASSAGES, built_in, trace_place};
use crate::body::{Body, Citation};
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

    /// The newest answers that were given from the pages: how many were looked at, and how many of them name no page, or one that
    /// is not there as it was on the day they name. Nobody reads their words.
    pub async fn unsourced(&self, organisation: OrganisationId, newest: i64) -> Deed<(i64, i64)> {
        let (mut looked, mut wrong) = (0, 0);
        for row in self.store.all(Fence::Organisation(organisation), rows::told(organisation, newest)).await? {
            let id: MessageId = row.id("message")?;
            let found = self.store.one(Fence::Organisation(organisation), message::by_id(organisation, id)).await?;
            let Some(row) = found.as_ref().map(MessageRow::from_row).transpose()? else { continue };
            let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
                Ok(key) => key,
                // Her erasure is under way.
                Err(KeyError::Absent) => continue,
                Err(error) => return Err(error.into()),
            };
            let citations = Body::open(&key, organisation, id, &row.body)?.citations;
            looked += 1;
            let mut stands = !citations.is_empty();
            for citation in &citations {
                stands = stands && self.leads_somewhere(organisation, citation).await?;
            }
            wrong += i64::from(!stands);
        }
        Ok((looked, wrong))
    }

    async fn leads_somewhere(&self, organisation: OrganisationId, citation: &Citation) -> Deed<bool> {
        let frozen = snapshot::frozen_at(organisation, citation.snapshot);
        let found = self.store.one(Fence::Organisation(organisation), frozen).await?;
        Ok(found.map(|row| row.moment("fetched_at")).transpose()? == Some(citation.fetched_at))
    }

    /// What the built-in answerer would say; nothing is stored.
    pub async fn try_question(&self, organisation: OrganisationId, question: &str, locale: Locale) -> Deed<Composed> {
        let hits = self.library.find(organisation, question, PASSAGES).await?;
        Ok(built_in::quoted(question, &hits, locale))
    }
}
