//! Proving an address: a code by mail, kept only as a keyed fingerprint, good for a short while and for one use.
//!
//! Whatever is wrong (no such request, no code, a wrong one, an old one, one used before) gets the same answer, and nothing here
//! looks whether we know the address: that happens afterwards, in the job.

use std::time::Duration;

use jiff::tz::TimeZone;
use model::{Actor, Kind as RefusalKind, Locale, OrganisationId, PersonId, Refusal, RequestId};
use outside::mail::Letter as Mail;
use privacy::request::letter::{Letter, write};
use privacy::request::{Course, Identity, State, rule};
use store::request::{self as rows, RequestRow};
use store::{Fence, Work};

use super::course;
use crate::{Deed, Desk, Fault};

/// How long a code is good.
pub const CODE_LIFE: Duration = Duration::from_secs(30 * 60);
/// How many tries one code has.
const TRIES: i64 = 5;
/// How many codes one request may send.
const CODES: i64 = 10;
/// How many requests by the form or an agent one address may have in an hour before no more codes are sent to it.
const REQUESTS_AN_HOUR: i64 = 5;
/// The hour of it.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// How many digits a code has.
const DIGITS: u32 = 8;

/// The one answer to everything that is wrong with a code.
fn wrong_code() -> Fault {
    Refusal::new(RefusalKind::WrongCredentials, "This code is not valid, or not valid any more.").into()
}

impl Desk {
    /// Sends a code to the address of a request that came by the form or an agent. Silent where there is nothing to prove, where too many
    /// were sent, and where no mail is configured: whoever asks learns nothing from it.
    pub async fn send_code(&self, id: RequestId) -> Deed<()> {
        let Some(row) = self.request_anywhere(id).await? else { return Ok(()) };
        let organisation = row.organisation;
        let by_address = matches!(row.channel.as_str(), "form" | "agent");
        let (Ok(person), true) = (row.person.parse::<PersonId>(), by_address) else { return Ok(()) };
        if self.post.mailer.is_none() || matches!(row.state.as_str(), "expired" | "withdrawn") {
            return Ok(());
        }
        let contact = match self.person(organisation, person).await {
            Err(Fault::Refused(_)) => return Ok(()),
            found => found?,
        };
        let Some(email) = contact.email else { return Ok(()) };
        if self.too_many_of(organisation, email.expose()).await? {
            return Ok(());
        }
        let code = self.fresh_code();
        let fingerprint = self.fingerprint(organisation, id, &code).await?;
        let until = self.world.now().plus(CODE_LIFE);
        let note = rows::send_code(organisation, id, (fingerprint, until), CODES);
        let done = self.store.write(Work::new(Fence::Organisation(organisation)).with(note)).await?;
        if done.first().is_none_or(|done| done.changed == 0) {
            return Ok(());
        }
        let about = self.about(&row).await?;
        let minutes = CODE_LIFE.as_secs() / 60;
        let (front, back) = code.split_at(code.len() / 2);
        let text = write(&about, &Letter::Code { code: &format!("{front} {back}"), minutes });
        let letter = Mail {
            to: email.expose(),
            subject: &text.subject,
            body: &text.body(),
            id: &format!("{id}.code.{}", until.millis()),
            language: Locale::nearest(&row.locale).tag(),
        };
        if let Err(fault) = self.mail_to(organisation, person, &letter).await? {
            tracing::warn!(%fault, "a code could not be sent");
            return Err(Refusal::new(
                RefusalKind::Unavailable,
                "No mail can be sent at the moment. Please try again later.",
            )
            .into());
        }
        Ok(())
    }

    /// Proves the address of a request by its code, once.
    pub async fn prove_address(&self, id: RequestId, code: &str) -> Deed<RequestRow> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let row = self.request_anywhere(id).await?.ok_or_else(wrong_code)?;
        let (organisation, now) = (row.organisation, self.world.now());
        let fence = Fence::Organisation(organisation);
        let tried = self.store.write(Work::new(fence).with(rows::try_code(organisation, id, TRIES, now))).await?;
        let kept = tried.first().and_then(|done| done.rows.first()).ok_or_else(wrong_code)?.bytes("code_index")?;
        // Both are keyed fingerprints: how long their comparison takes says nothing about the code.
        if kept != self.fingerprint(organisation, id, &digits).await? {
            return Err(wrong_code());
        }
        let mut work = Work::new(fence).with(rows::use_code(organisation, id, kept));
        if row.state == State::IdentityPending.word() {
            let proved = Course { verified_at: Some(now), ..course(&row, now) };
            let due = rule(row.regime.parse()?, row.kind.parse()?).clock(proved, &TimeZone::UTC).due_at;
            work = work.with(rows::verify(organisation, id, Identity::Code.word(), now, due)).with(self.request_job(
                organisation,
                id,
                now,
            ));
        }
        let line = self.audit(&Actor::House { organisation }, "request.prove", "request", &id.to_string());
        match self.store.write(work.with(line)).await.map_err(Fault::from) {
            // Somebody else has just used it.
            Err(Fault::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => return Err(wrong_code()),
            outcome => outcome?,
        };
        self.bell.ring();
        self.request_row(organisation, id).await
    }

    /// One request, for whoever knows its unguessable id.
    pub(crate) async fn request_anywhere(&self, id: RequestId) -> Deed<Option<RequestRow>> {
        let row = self.store.one(Fence::House, rows::anywhere(id)).await?;
        Ok(row.as_ref().map(RequestRow::from_row).transpose()?)
    }

    async fn too_many_of(&self, organisation: OrganisationId, email: &str) -> Deed<bool> {
        let index = self.email_index(organisation, email).await?;
        let since = self.world.now().minus(HOUR);
        let many = rows::recent_of_address(organisation, index, since);
        let row = self.store.one(Fence::Organisation(organisation), many).await?;
        Ok(row.map(|row| row.int("many")).transpose()?.unwrap_or(0) > REQUESTS_AN_HOUR)
    }

    fn fresh_code(&self) -> String {
        let number = u64::from_be_bytes(self.world.random::<8>()) % 10u64.pow(DIGITS);
        format!("{number:08}")
    }

    async fn fingerprint(&self, organisation: OrganisationId, id: RequestId, code: &str) -> Deed<Vec<u8>> {
        let key = self.keyring.organisation(organisation).await?;
        Ok(key.blind("request.code", &format!("{id} {code}")))
    }
}
