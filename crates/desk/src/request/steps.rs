//! What each step does. Every one looks first whether it is done already: it may have been cut off anywhere.

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use model::{Actor, Kind as RefusalKind, Moment, OrganisationId, PersonId, RequestFileId};
use outside::mail::Letter as Mail;
use privacy::erase;
use privacy::export::Extent;
use privacy::request::letter::notice;
use privacy::request::{Act, Identity, Kind, Step};
use store::lane::Of;
use store::request::{self as rows, RequestRow};
use store::request_file::{self, FileRow};
use store::request_step::{self, Settled, StepRow};
use store::{Fence, Statement, Work};
use vault::Place;

use super::Correction;
use super::letter::Opened;
use crate::consent::{Scene, Shown, Signals};
use crate::lane::{AiOff, Ground};
use crate::person::Contact;
use crate::{Deed, Desk, Fault};

/// How long an archive waits to be fetched.
pub const ARCHIVE_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// The largest archive that is kept for a request. It lies in one cell and in memory while it is made, so it stays well below
/// [`store::dump::LONGEST_CELL`]: a longer one would not fit into any backup.
pub const LARGEST_ARCHIVE: usize = 256 * 1024 * 1024;
/// How soon to look at an erasure again.
const SOON: Duration = Duration::from_millis(500);

/// How a step ended this time.
pub(crate) enum Done {
    /// Over: to be noted.
    Settled(Step),
    /// Not done, because a law keeps it: to be noted.
    Kept(privacy::request::Ground),
    /// Over, and noted already in the same work.
    Noted,
    /// Look again at once.
    Again,
    /// Look again after this time.
    After(Duration),
    /// It failed, with this code; it will be tried again.
    Failed(&'static str),
    /// Only a person can do it, because of this.
    ByHand(&'static str),
}

/// Notes that a step is over.
pub(crate) fn settle(organisation: OrganisationId, step: &StepRow, state: Step, at: Moment) -> Statement {
    request_step::settle(
        organisation,
        step.id,
        Settled { state: state.word(), ground: None, kept_until: None, by: None, at },
    )
}

impl Desk {
    /// Does one step, as far as it can be done now.
    pub(crate) async fn take_step(&self, row: &RequestRow, steps: &[StepRow], step: &StepRow) -> Deed<Done> {
        let act: Act = step.act.parse()?;
        let subject = step.subject.as_deref().map(str::parse::<PersonId>);
        let done = match (act, subject) {
            (Act::Acknowledge | Act::Letter, _) => self.bring_letter(row, steps, step).await,
            (Act::Locate, _) => self.locate(row, step).await.map(|()| Done::Noted),
            (Act::Tell, _) => self.tell(row, step).await,
            (Act::Erase, _) if step.erasure.is_some() => self.watch_erasure(step).await,
            (Act::Decide | Act::Review, _) => Ok(Done::ByHand("decision")),
            // Whoever it was is gone: an erasure came first.
            (_, None | Some(Err(_))) => Ok(Done::Settled(Step::Void)),
            (Act::Erase, Some(Ok(person))) => self.begin_erasure(row, step, person).await,
            (Act::Export, Some(Ok(person))) => self.archive(row, step, (person, Extent::Everything)).await,
            (Act::Port, Some(Ok(person))) => self.archive(row, step, (person, Extent::Provided)).await,
            (Act::Correct, Some(Ok(person))) => self.correct(row, steps, step, person).await,
            (Act::Restrict, Some(Ok(person))) => self.restrict_for(row, person).await,
            (Act::AiOff, Some(Ok(person))) => {
                let house = Actor::House { organisation: row.organisation };
                self.ai_off(&house, Of::Person(person), AiOff::OptOut).await.map(|_| Done::Settled(Step::Done))
            }
            (Act::Withdraw, Some(Ok(person))) => self.withdraw_consents(row, person).await,
        };
        match done {
            Err(Fault::Refused(refusal)) if matches!(refusal.kind, RefusalKind::Gone | RefusalKind::NotFound) => {
                Ok(Done::Settled(Step::Void))
            }
            Err(Fault::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => Ok(Done::Failed("conflict")),
            other => other,
        }
    }

    async fn archive(&self, row: &RequestRow, step: &StepRow, (subject, extent): (PersonId, Extent)) -> Deed<Done> {
        let organisation = row.organisation;
        let Some(requester) = self.requester_of(row).await? else { return Ok(Done::Settled(Step::Void)) };
        let zip = self.export_of(organisation, subject, extent).await?;
        if zip.len() > self.largest_archive {
            return Ok(Done::ByHand("archive_too_large"));
        }
        let id = RequestFileId::new(&self.world);
        let (name, now) = (id.to_string(), self.world.now());
        let place = file_place(organisation, &name);
        let new = FileRow {
            id,
            person: requester.person,
            step: step.id,
            bytes: i64::try_from(zip.len()).unwrap_or(i64::MAX),
            hash: digest(&SHA256, &zip).as_ref().to_vec(),
            created_at: now,
            expires_at: now.plus(ARCHIVE_LIFE),
        };
        let content = requester.key.seal_bytes(&place, &zip)?;
        let line = self.audit(&Actor::House { organisation }, "person.export", "person", &subject.to_string());
        let work = Work::new(Fence::Organisation(organisation))
            .with(request_file::insert(organisation, row.id, new, content))
            .with(line)
            .with(settle(organisation, step, Step::Done, now));
        self.store.write(work).await?;
        Ok(Done::Noted)
    }

    /// Asks for the erasure and notes its id in one work, so that a killed program neither forgets it nor asks again.
    async fn begin_erasure(&self, row: &RequestRow, step: &StepRow, person: PersonId) -> Deed<Done> {
        let organisation = row.organisation;
        self.keep_an_address(row, person).await?;
        let asked_by = if row.channel == "widget" { "visitor" } else { "request" };
        let note = |id| vec![request_step::erasure(organisation, step.id, id)];
        let erasure = erase::request_with(&self.counter(), organisation, person, asked_by, note).await?;
        let line = self.audit(&Actor::House { organisation }, "erase_person", "erasure", &erasure.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(line)).await?;
        self.bell.ring();
        Ok(Done::After(SOON))
    }

    async fn watch_erasure(&self, step: &StepRow) -> Deed<Done> {
        let Some(erasure) = step.erasure else { return Ok(Done::Again) };
        let progress = erase::progress(&self.store, erasure).await?;
        Ok(match progress.state.as_str() {
            "done" => Done::Settled(Step::Done),
            // Kept for a claim or an order (Art. 17(3)): she is told so now, and the erasure goes on by itself when the hold ends.
            "held" => Done::Kept(privacy::request::Ground::LegalHold),
            _ => Done::After(SOON),
        })
    }

    /// She is about to be erased and somebody vouched for her address: the answer needs a place to go to, and nothing else.
    async fn keep_an_address(&self, row: &RequestRow, person: PersonId) -> Deed<()> {
        let hers = row.person == person.to_string() && row.identity == Identity::Vouched.word();
        if !hers || self.post.mailer.is_none() {
            return Ok(());
        }
        let Some(email) = self.person(row.organisation, person).await?.email else { return Ok(()) };
        let locale = model::Locale::nearest(&row.locale);
        let requester = self.letter_box(row.organisation, email.expose(), locale).await?;
        let work = Work::new(Fence::Organisation(row.organisation)).extend(requester.statements);
        self.store.write(work.with(rows::move_to(row.organisation, row.id, &requester.person.to_string()))).await?;
        Ok(())
    }

    async fn correct(&self, row: &RequestRow, steps: &[StepRow], step: &StepRow, person: PersonId) -> Deed<Done> {
        let decision = steps.iter().find(|step| step.act == Act::Decide.word());
        match decision.map(|decision| decision.state.parse::<Step>()).transpose()? {
            Some(Step::Done) | None => {}
            Some(Step::Kept | Step::Void) => return Ok(Done::Settled(Step::Void)),
            Some(_) => return Ok(Done::ByHand("decision")),
        }
        let said = self.said_in(row).await?;
        let wanted = said.iter().find(|one| one.row.kind == "correction").map(|one| one.text.as_str());
        // A correction in words only, of something said: a person must look at it.
        let Some(wanted) = wanted else { return Ok(Done::ByHand("words")) };
        let wanted: Correction =
            serde_json::from_str(wanted).map_err(|_| Fault::broken("a correction of no known form"))?;
        if wanted.name.is_none() && wanted.email.is_none() {
            return Ok(Done::ByHand("words"));
        }
        self.note_before(row, step, person, &said).await?;
        let contact = Contact { name: wanted.name, email: wanted.email };
        self.correct_person(row.organisation, person, contact).await?;
        let line = self.audit(
            &Actor::House { organisation: row.organisation },
            "person.correct",
            "person",
            &person.to_string(),
        );
        self.store.write(Work::new(Fence::Organisation(row.organisation)).with(line)).await?;
        Ok(Done::Settled(Step::Done))
    }

    /// What stood there before, sealed with her own key: noted once, before the first try to change it.
    async fn note_before(&self, row: &RequestRow, step: &StepRow, person: PersonId, said: &[Opened]) -> Deed<()> {
        if said.iter().any(|one| one.row.kind == "before" && one.row.step == Some(step.id)) {
            return Ok(());
        }
        let organisation = row.organisation;
        let contact = self.person(organisation, person).await?;
        let plain = |words: Option<vault::Personal>| words.map(|words| words.expose().to_owned());
        let before = Correction { name: plain(contact.name), email: plain(contact.email) };
        let json = serde_json::to_string(&before).map_err(|_| Fault::broken("a correction does not serialise"))?;
        let key = self.keyring.subject(organisation, &person.to_string()).await?;
        let words = self.note(organisation, row, (person, &key), ("before", &json, Some(step.id), None))?;
        self.store.write(Work::new(Fence::Organisation(organisation)).with(words)).await?;
        Ok(())
    }

    async fn restrict_for(&self, row: &RequestRow, person: PersonId) -> Deed<Done> {
        let ground = match row.kind.parse()? {
            Kind::Objection => Ground::Objection,
            _ => Ground::Accuracy,
        };
        let house = Actor::House { organisation: row.organisation };
        self.restrict(&house, Of::Person(person), ground).await?;
        Ok(Done::Settled(Step::Done))
    }

    /// Tells one recipient. Where it has a privacy address it gets a mail; everywhere else a person must do it and say so.
    async fn tell(&self, row: &RequestRow, step: &StepRow) -> Deed<Done> {
        let recipient = step.recipient.as_deref().unwrap_or_default();
        let Some(contact) = self.post.contacts.get(recipient).filter(|_| self.post.mailer.is_some()) else {
            return Ok(Done::ByHand("no_contact"));
        };
        let organisation = self.organisation(row.organisation).await?.name;
        let text = notice(
            &organisation,
            row.kind.parse()?,
            (step.transfers, step.first_at, step.last_at),
            &step.id.to_string(),
        );
        let mail =
            Mail { to: contact, subject: &text.subject, body: &text.body(), id: &step.id.to_string(), language: "en" };
        match self.mail_notice(&mail).await {
            Ok(()) => Ok(Done::Settled(Step::Done)),
            Err(fault) if fault.may_pass() => Ok(Done::Failed("recipient_unreachable")),
            Err(_) => Ok(Done::ByHand("recipient_refused")),
        }
    }

    /// Nothing is sold or shared, so opting out of that is a fact already. Otherwise every consent of hers is taken back, and what
    /// rested on it goes with it (Art. 7(3)).
    async fn withdraw_consents(&self, row: &RequestRow, person: PersonId) -> Deed<Done> {
        self.person(row.organisation, person).await?;
        if row.kind != Kind::OptOut.word() {
            let house = Actor::House { organisation: row.organisation };
            let language = model::Locale::nearest(&row.locale);
            let scene = Scene { shown: Shown::Request, language, signals: Signals::default() };
            self.withdraw_all(&house, person, scene).await?;
        }
        Ok(Done::Settled(Step::Done))
    }
}

pub(crate) fn file_place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "request_file", column: "content_sealed", row }
}
