//! The way letters take: the configured mailer, the address under which the world reaches us, and whom to tell at which recipient.

use std::collections::BTreeMap;

use model::{DisclosureId, OrganisationId, PersonId};
use outside::callback::{Callback, CallbackFault};
use outside::mail::{Letter, MailFault, Mailer};
use outside::{BoxFuture, Disclosure, Door, Ledger, LedgerFault};
use store::{Fence, Work, disclosure as rows};
use vault::{Place, SubjectKey};

use crate::disclosure::TEXT_LIFE;
use crate::{Deed, Desk};

/// What is needed to write to somebody.
#[derive(Clone, Default)]
pub struct Post {
    /// The mailer, if the operator configured one.
    pub mailer: Option<Mailer>,
    /// The address under which this server is reached, for links.
    pub origin: String,
    /// The privacy address of recipients, by their name.
    pub contacts: BTreeMap<String, String>,
    /// The way to the authorised agents.
    pub agents: Option<Door>,
}

/// The ledger of one letter or one status: knows about whom it is.
struct LetterLedger<'a> {
    categories: &'static str,
    desk: &'a Desk,
    organisation: OrganisationId,
    person: PersonId,
    key: SubjectKey,
}

impl Ledger for LetterLedger<'_> {
    fn record<'a>(&'a self, disclosure: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        Box::pin(async move { self.write(disclosure).await.map_err(|_| LedgerFault) })
    }
}

impl LetterLedger<'_> {
    async fn write(&self, disclosure: Disclosure) -> Deed<()> {
        let id = DisclosureId::new(&self.desk.world);
        let at = self.desk.world.now();
        let row = id.to_string();
        let place = Place { organisation: self.organisation, table: "disclosure", column: "content_sealed", row: &row };
        let new = rows::LetterRow {
            id,
            person: self.person,
            recipient: disclosure.recipient.to_owned(),
            purpose: disclosure.purpose.to_owned(),
            categories: self.categories,
            content_hash: disclosure.hash,
            content: self.key.seal(&place, &disclosure.content)?,
            bytes: i64::try_from(disclosure.bytes).unwrap_or(i64::MAX),
            created_at: at,
            expires_at: at.plus(TEXT_LIFE),
        };
        let work = Work::new(Fence::Organisation(self.organisation)).with(rows::insert_letter(self.organisation, new));
        self.desk.store.write(work).await?;
        Ok(())
    }
}

/// A notice about nobody in particular: it names no person, so there is no record of hers to keep it in.
struct NamesNobody;

impl Ledger for NamesNobody {
    fn record<'a>(&'a self, _: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Desk {
    /// Sends a letter to a person; the transfer to the relay is recorded with her own data first.
    pub(crate) async fn mail_to(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        letter: &Letter<'_>,
    ) -> Deed<Result<(), MailFault>> {
        let Some(mailer) = &self.post.mailer else { return Ok(Err(MailFault::Settings)) };
        let key = self.keyring.subject(organisation, &person.to_string()).await?;
        let ledger = LetterLedger { categories: "email words", desk: self, organisation, person, key };
        Ok(mailer.send(letter, &ledger).await)
    }

    /// Tells an authorised agent how a request stands; recorded with the data of whom it is about, while there are any.
    pub(crate) async fn tell_agent(
        &self,
        (organisation, person): (OrganisationId, Option<PersonId>),
        callback: &Callback<'_>,
        json: String,
    ) -> Deed<Result<(), CallbackFault>> {
        let Some(door) = &self.post.agents else { return Ok(Err(CallbackFault::Unrecorded)) };
        let key = match person {
            None => None,
            Some(person) => match self.keyring.subject(organisation, &person.to_string()).await {
                Ok(key) => Some((person, key)),
                Err(vault::KeyError::Absent) => None,
                Err(other) => return Err(other.into()),
            },
        };
        let Some((person, key)) = key else { return Ok(door.call_back(callback, json, &NamesNobody).await) };
        let ledger = LetterLedger { categories: "status", desk: self, organisation, person, key };
        Ok(door.call_back(callback, json, &ledger).await)
    }

    /// Sends a notice that names no person.
    pub(crate) async fn mail_notice(&self, letter: &Letter<'_>) -> Result<(), MailFault> {
        match &self.post.mailer {
            Some(mailer) => mailer.send(letter, &NamesNobody).await,
            None => Err(MailFault::Settings),
        }
    }
}
