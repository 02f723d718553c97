//! Requests about one's own data: filed by the person, by the staff or through the public form; worked off by a job.
//!
//! Words lie sealed with the requester's key. Whoever asks by an address alone gets a record of her own for that, so that her
//! letters have a key although we may hold nothing else about her; it goes like anybody's when the request is over.

mod at_once;
mod bundle;
mod code;
mod letter;
mod locate;
mod staff;
mod steps;
mod view;
mod work;

use std::time::Duration;

use jiff::tz::TimeZone;
use model::{Actor, Locale, MessageId, Moment, OrganisationId, PersonId, Refusal, RequestId, RequestWordsId};
use privacy::request::{Channel, Clock, Course, Identity, Kind, Regime, State, rule};
use serde::{Deserialize, Serialize};
use store::request::{self as rows, RequestRow};
use store::request_words::{self, WordsRow};
use store::{Fence, Statement, Work, person};
use vault::{Place, SubjectKey};

pub use bundle::BUNDLE_NAME;
pub use code::CODE_LIFE;
pub use staff::Settling;
pub use steps::{ARCHIVE_LIFE, LARGEST_ARCHIVE};
pub use view::{LetterView, RequestView, Status, StepView};
pub use work::{JOB, Requests};

use crate::{Deed, Desk, Fault};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 4_000;
/// How long an unproved request waits for its code.
pub const UNPROVED_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// What is asked for.
pub struct Filing {
    /// What.
    pub kind: Kind,
    /// Under which law.
    pub regime: Regime,
    /// By which way it came.
    pub channel: Channel,
    /// The language of the letters.
    pub locale: Locale,
    /// Why, if she says; never needed.
    pub reason: Option<String>,
    /// For a rectification: the right values.
    pub correction: Option<Correction>,
    /// For a review: the answer.
    pub message: Option<MessageId>,
}

/// The right values. These are her words: no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Correction {
    /// Her name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Her e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Who asks.
pub enum Asker {
    /// She herself, by the session of her chat.
    Session(PersonId),
    /// A person we know; a member of the staff or a program vouches for her.
    Known(PersonId),
    /// Somebody with this address; vouched for, or to be proved by a code.
    Address {
        /// The address.
        email: String,
        /// The staff vouches for her.
        vouched: bool,
    },
    /// Somebody with this address, as her shop has signed.
    Signed {
        /// The address.
        email: String,
    },
    /// Somebody for whom an authorised agent asks.
    Agent {
        /// Her address.
        email: String,
        /// The agent says that it has verified the address.
        verified: bool,
    },
}

/// Everything that moves a request's clock.
pub(crate) fn course(row: &RequestRow, now: Moment) -> Course {
    let open_pause = row.paused_since.map(|since| now.since(since)).unwrap_or_default();
    let paused = Duration::from_millis(u64::try_from(row.paused_ms).unwrap_or(0)) + open_pause;
    Course { received_at: row.received_at, verified_at: row.verified_at, paused, extended: row.extended_at.is_some() }
}

/// The clock of a request as it stands now.
pub(crate) fn clock(row: &RequestRow, now: Moment) -> Deed<Clock> {
    Ok(rule(row.regime.parse()?, row.kind.parse()?).clock(course(row, now), &TimeZone::UTC))
}

/// A reason or any other words of a request: bounded, without control characters; nothing where there are none.
pub(crate) fn words_of(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let text: String =
        text.unwrap_or_default().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    if text.chars().count() > LONGEST_REASON {
        return Err(Refusal::new(
            model::Kind::TooLarge,
            "The reason is longer than 4,000 characters. Please shorten it.",
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A requester with her key.
pub(crate) struct Requester {
    pub(crate) person: PersonId,
    pub(crate) key: SubjectKey,
    /// What creates her record, where she has none yet.
    pub(crate) statements: Vec<Statement>,
}

impl Desk {
    /// Files a request; asking twice through the same session is asking once.
    pub async fn file_request(&self, actor: &Actor, filing: Filing, asker: Asker) -> Deed<RequestId> {
        self.file_request_as((RequestId::new(&self.world), Vec::new()), actor, filing, asker).await
    }

    /// The same under an id that was chosen before, with more statements in the same work.
    pub(crate) async fn file_request_as(
        &self,
        (id, more): (RequestId, Vec<Statement>),
        actor: &Actor,
        filing: Filing,
        asker: Asker,
    ) -> Deed<RequestId> {
        let organisation = actor.organisation();
        let reason = words_of(filing.reason.as_deref())?;
        let correction = checked_correction(&filing)?;
        let identity = match &asker {
            Asker::Session(_) => Identity::Session,
            Asker::Known(_) | Asker::Address { vouched: true, .. } => Identity::Vouched,
            Asker::Address { .. } | Asker::Agent { .. } if !filing.kind.needs_identity() => Identity::NotNeeded,
            Asker::Signed { .. } => Identity::Shop,
            Asker::Agent { verified: true, .. } => Identity::Signed,
            Asker::Address { .. } | Asker::Agent { .. } => Identity::Pending,
        };
        if let Asker::Session(person) = &asker
            && let Some(open) = self.same_open(organisation, *person, &filing).await?
        {
            return Ok(open);
        }
        let requester = self.requester(organisation, &asker, filing.locale).await?;
        let answer = self.answer_to_review(organisation, &filing, requester.person).await?;
        let row = self.new_row(organisation, id, &requester, (&filing, identity));
        let mut work = requester.statements.clone();
        work.push(rows::insert(row));
        if let Some(reason) = reason {
            work.push(self.words(organisation, id, &requester, ("reason", &reason))?);
        }
        if let Some(correction) = correction {
            let json =
                serde_json::to_string(&correction).map_err(|_| Fault::broken("a correction does not serialise"))?;
            work.push(self.words(organisation, id, &requester, ("correction", &json))?);
        }
        work.extend(more);
        work.push(self.audit(actor, "request.file", "request", &id.to_string()));
        work.push(self.request_job(organisation, id, self.world.now()));
        match answer {
            Some(answer) => self.open_review(organisation, answer, id, work).await?,
            None => drop(self.store.write(Work::new(Fence::Organisation(organisation)).extend(work)).await?),
        }
        self.bell.ring();
        Ok(id)
    }

    fn new_row(
        &self,
        organisation: OrganisationId,
        id: RequestId,
        requester: &Requester,
        (filing, identity): (&Filing, Identity),
    ) -> RequestRow {
        let now = self.world.now();
        let proved = identity != Identity::Pending;
        let course = Course { received_at: now, verified_at: proved.then_some(now), ..Course::default() };
        let clock = rule(filing.regime, filing.kind).clock(course, &TimeZone::UTC);
        let state = if proved { State::InProgress } else { State::IdentityPending };
        RequestRow {
            id,
            organisation,
            person: requester.person.to_string(),
            kind: filing.kind.word().to_owned(),
            regime: filing.regime.word().to_owned(),
            channel: filing.channel.word().to_owned(),
            locale: filing.locale.tag().to_owned(),
            state: state.word().to_owned(),
            identity: identity.word().to_owned(),
            assignee: None,
            message: filing.message.map(|message| message.to_string()),
            received_at: now,
            verified_at: course.verified_at,
            paused_since: None,
            paused_ms: 0,
            acknowledge_by: clock.acknowledge_by,
            acknowledged_at: None,
            due_at: clock.due_at,
            extended_at: None,
            answered_at: None,
            closed_at: None,
            ground: None,
            codes_sent: 0,
            code_until: None,
            reminded: 0,
            expires_at: None,
        }
    }

    /// An open request of the same kind by the same person.
    async fn same_open(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        filing: &Filing,
    ) -> Deed<Option<RequestId>> {
        let found = rows::of_person(organisation, &person.to_string());
        let message = filing.message.map(|message| message.to_string());
        for row in &self.store.all(Fence::Organisation(organisation), found).await? {
            let row = RequestRow::from_row(row)?;
            if row.closed_at.is_none() && row.kind == filing.kind.word() && row.message == message {
                return Ok(Some(row.id));
            }
        }
        Ok(None)
    }

    async fn requester(&self, organisation: OrganisationId, asker: &Asker, locale: Locale) -> Deed<Requester> {
        match asker {
            Asker::Session(person) | Asker::Known(person) => {
                // Unknown ones and other organisations' are the same.
                self.person(organisation, *person).await?;
                let key = self.keyring.subject(organisation, &person.to_string()).await?;
                Ok(Requester { person: *person, key, statements: Vec::new() })
            }
            Asker::Address { email, .. } | Asker::Signed { email } | Asker::Agent { email, .. } => {
                self.letter_box(organisation, email, locale).await
            }
        }
    }

    /// A record for somebody of whom we know an address only.
    pub(crate) async fn letter_box(
        &self,
        organisation: OrganisationId,
        email: &str,
        locale: Locale,
    ) -> Deed<Requester> {
        let email = email.trim();
        if email.chars().count() > 254 || !outside::mail::Mailer::is_address(email) {
            return Err(Refusal::invalid("This is not an e-mail address.").into());
        }
        let id = PersonId::new(&self.world);
        let subject = id.to_string();
        let key = self.keyring.create(organisation, &subject).await?;
        let place = Place { organisation, table: "person", column: "email_sealed", row: &subject };
        let sealed = key.seal(&place, email)?;
        let index = self.email_index(organisation, email).await?;
        let statements = vec![
            person::insert(organisation, id, locale.tag(), self.world.now()),
            person::set_contact(organisation, id, None, Some(sealed), Some(index)),
        ];
        Ok(Requester { person: id, key, statements })
    }

    /// Words of a request, sealed for its requester.
    pub(crate) fn words(
        &self,
        organisation: OrganisationId,
        request: RequestId,
        requester: &Requester,
        (kind, text): (&str, &str),
    ) -> Deed<Statement> {
        let id = RequestWordsId::new(&self.world);
        let row = id.to_string();
        let body = requester.key.seal(&words_place(organisation, &row), text)?;
        let new = WordsRow {
            id,
            request,
            person: requester.person,
            kind: kind.to_owned(),
            step: None,
            author: None,
            body,
            sent_at: None,
            created_at: self.world.now(),
        };
        Ok(request_words::insert(organisation, new))
    }

    /// One request of this organisation.
    pub(crate) async fn request_row(&self, organisation: OrganisationId, id: RequestId) -> Deed<RequestRow> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        Ok(RequestRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }

    /// The job that works a request off; safe to queue at any time.
    pub(crate) fn request_job(&self, organisation: OrganisationId, id: RequestId, at: Moment) -> Statement {
        jobs::enqueue(&self.world, organisation, JOB, &id.to_string(), at)
    }
}

pub(crate) fn words_place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "request_words", column: "body_sealed", row }
}

fn checked_correction(filing: &Filing) -> Result<Option<Correction>, Refusal> {
    let wanted = filing.kind.like() == Kind::Rectification;
    match &filing.correction {
        Some(correction) if wanted => {
            let long = |text: &Option<String>, most| text.as_ref().is_some_and(|text| text.chars().count() > most);
            if long(&correction.name, 200) || long(&correction.email, 254) {
                return Err(Refusal::invalid("This is too long for a name or an address."));
            }
            if correction.email.as_deref().is_some_and(|email| !outside::mail::Mailer::is_address(email)) {
                return Err(Refusal::invalid("This is not an e-mail address."));
            }
            if correction.name.is_none() && correction.email.is_none() && filing.reason.is_none() {
                return Err(Refusal::invalid("Say what is to be corrected."));
            }
            Ok(Some(correction.clone()))
        }
        None if wanted && filing.reason.is_none() => Err(Refusal::invalid("Say what is to be corrected.")),
        _ => Ok(None),
    }
}
