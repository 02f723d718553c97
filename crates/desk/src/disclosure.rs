//! The record of what leaves: written before the text goes out, so that nothing can leave unrecorded.

use std::time::Duration;

use model::{Actor, AnswerId, ConversationId, DisclosureId, OrganisationId, PersonId};
use outside::{BoxFuture, Disclosure, Ledger, LedgerFault};
use store::disclosure::{self as rows, DisclosureRow};
use store::{Fence, Work};
use vault::{Personal, Place, SubjectKey};

use crate::{Deed, Desk};

/// How long the exact text stays readable here; the record itself follows the conversation.
pub const TEXT_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The ledger of one answer: knows about whom the text is.
pub struct AnswerLedger {
    /// The house.
    pub desk: Desk,
    /// The tenant.
    pub organisation: OrganisationId,
    /// The conversation.
    pub conversation: ConversationId,
    /// About whom.
    pub person: PersonId,
    /// With what the text is sealed.
    pub key: SubjectKey,
    /// For which answer.
    pub answer: AnswerId,
    /// Categories that masking kept back.
    pub withheld: String,
}

impl Ledger for AnswerLedger {
    fn record<'a>(&'a self, disclosure: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        Box::pin(async move { self.write(disclosure).await.map_err(|_| LedgerFault) })
    }
}

impl AnswerLedger {
    async fn write(&self, disclosure: Disclosure) -> Deed<()> {
        let id = DisclosureId::new(&self.desk.world);
        let at = self.desk.world.now();
        let row = id.to_string();
        let place = place(self.organisation, &row);
        let new = DisclosureRow {
            id,
            conversation: self.conversation,
            person: self.person,
            answer: self.answer,
            recipient: disclosure.recipient.to_owned(),
            purpose: disclosure.purpose.to_owned(),
            categories_sent: "conversation_words_masked".to_owned(),
            categories_withheld: self.withheld.clone(),
            content_hash: disclosure.hash,
            content: self.key.seal(&place, &disclosure.content)?,
            bytes: i64::try_from(disclosure.bytes).unwrap_or(i64::MAX),
            created_at: at,
            expires_at: at.plus(TEXT_LIFE),
        };
        let work = Work::new(Fence::Organisation(self.organisation)).with(rows::insert(self.organisation, new));
        self.desk.store.write(work).await?;
        Ok(())
    }
}

/// Where it is recorded that something leaves.
pub(crate) enum Book {
    /// In the book of the person whom it is about.
    Answer(AnswerLedger),
    /// The staff tries a question out: it is about nobody, so a line in the audit log is the record.
    Trial {
        /// The house.
        desk: Desk,
        /// The tenant.
        organisation: OrganisationId,
    },
}

impl Ledger for Book {
    fn record<'a>(&'a self, disclosure: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        match self {
            Book::Answer(ledger) => ledger.record(disclosure),
            Book::Trial { desk, organisation } => Box::pin(async move {
                let house = Actor::House { organisation: *organisation };
                let line = desk.audit(&house, "test_run.send", "organisation", &organisation.to_string());
                let work = Work::new(Fence::Organisation(*organisation)).with(line);
                desk.store.write(work).await.map(drop).map_err(|_| LedgerFault)
            }),
        }
    }
}

/// A record with its text, if the text is still kept.
pub struct Shown {
    /// The record.
    pub row: DisclosureRow,
    /// What left, until it expires here.
    pub content: Option<Personal>,
}

impl Desk {
    /// What left this server for one answer.
    pub async fn disclosures(&self, organisation: OrganisationId, answer: AnswerId) -> Deed<Vec<Shown>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::by_answer(organisation, answer)).await?;
        let mut shown = Vec::new();
        for row in &found {
            let row = DisclosureRow::from_row(row)?;
            let key = self.keyring.subject(organisation, &row.person.to_string()).await?;
            let content = if row.expires_at > self.world.now() && !row.content.as_column().is_empty() {
                Some(key.open(&place(organisation, &row.id.to_string()), &row.content)?)
            } else {
                None
            };
            shown.push(Shown { row, content });
        }
        Ok(shown)
    }
}

fn place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "disclosure", column: "content_sealed", row }
}
