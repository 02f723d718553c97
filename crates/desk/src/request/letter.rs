//! Letters of a request: written once, kept sealed with the requester's key, brought to her by mail or where she reads them.

use std::collections::BTreeSet;

use model::{Locale, OrganisationId, PersonId};
use outside::mail::Letter as Mail;
use privacy::request::letter::{About, Kept, Letter, Outcome, Text, write};
use privacy::request::{Act, Identity, Kind, Step};
use store::request::{self as rows, RequestRow};
use store::request_step::{self, StepRow};
use store::request_words::{self, WordsRow};
use store::{Fence, Statement, Work, request_file};

use super::steps::{Done, settle};
use super::{Requester, words_place};
use crate::{Deed, Desk, Fault};

/// Words of a request, opened. No `Debug`.
pub(crate) struct Opened {
    pub(crate) row: WordsRow,
    pub(crate) text: String,
}

impl Desk {
    /// What every letter about this request says.
    pub(crate) async fn about(&self, row: &RequestRow) -> Deed<About> {
        Ok(About {
            locale: Locale::nearest(&row.locale),
            organisation: self.organisation(row.organisation).await?.name,
            kind: row.kind.parse()?,
            regime: row.regime.parse()?,
            reference: row.id.to_string(),
            link: format!("{}/privacy/request/{}", self.post.origin, row.id),
            received_at: row.received_at,
            due_at: row.due_at,
        })
    }

    /// Everything said in a request, as far as its keys are still there.
    pub(crate) async fn said_in(&self, row: &RequestRow) -> Deed<Vec<Opened>> {
        let organisation = row.organisation;
        let found = request_words::of_request(organisation, row.id);
        let mut said = Vec::new();
        for found in &self.store.all(Fence::Organisation(organisation), found).await? {
            let row = WordsRow::from_row(found)?;
            let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
                Err(vault::KeyError::Absent) => continue,
                key => key?,
            };
            let text = key.open(&words_place(organisation, &row.id.to_string()), &row.body)?.expose().to_owned();
            said.push(Opened { row, text });
        }
        Ok(said)
    }

    /// The requester with her key; nothing once she is erased.
    pub(crate) async fn requester_of(&self, row: &RequestRow) -> Deed<Option<Requester>> {
        let Ok(person) = row.person.parse::<PersonId>() else { return Ok(None) };
        match self.keyring.subject(row.organisation, &row.person).await {
            Ok(key) => Ok(Some(Requester { person, key, statements: Vec::new() })),
            Err(vault::KeyError::Absent) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// A letter for a step, sealed; travels with the step.
    pub(crate) fn letter_words(
        &self,
        organisation: OrganisationId,
        requester: &Requester,
        step: &StepRow,
        text: &Text,
    ) -> Deed<Statement> {
        let json = serde_json::to_string(text).map_err(|_| Fault::broken("a letter does not serialise"))?;
        let id = model::RequestWordsId::new(&self.world);
        let row = id.to_string();
        let new = WordsRow {
            id,
            request: step.request,
            person: requester.person,
            kind: "letter".to_owned(),
            step: Some(step.id),
            author: None,
            body: requester.key.seal(&words_place(organisation, &row), &json)?,
            sent_at: None,
            created_at: self.world.now(),
        };
        Ok(request_words::insert(organisation, new))
    }

    /// Writes the letter of a step unless it is written, and brings it to her.
    pub(crate) async fn bring_letter(&self, row: &RequestRow, steps: &[StepRow], step: &StepRow) -> Deed<Done> {
        // She is erased and has no other address: how it ended is shown under the request's own address, without words.
        let Some(requester) = self.requester_of(row).await? else { return Ok(Done::Settled(Step::Done)) };
        let said = self.said_in(row).await?;
        let written = said.iter().find(|one| one.row.step == Some(step.id) && one.row.kind == "letter");
        let Some(written) = written else {
            let about = self.about(row).await?;
            let text = match step.act.parse()? {
                Act::Acknowledge => write(&about, &Letter::Acknowledgement),
                _ => write(&about, &Letter::Answer(&self.outcome(row, steps, &said).await?)),
            };
            let words = self.letter_words(row.organisation, &requester, step, &text)?;
            self.store.write(Work::new(Fence::Organisation(row.organisation)).with(words)).await?;
            return Ok(Done::Again);
        };
        self.deliver(row, &requester, step, written).await
    }

    async fn deliver(&self, row: &RequestRow, requester: &Requester, step: &StepRow, letter: &Opened) -> Deed<Done> {
        let organisation = row.organisation;
        let by_mail = match row.identity.parse()? {
            // An address typed into a chat is not proved: she reads it in the chat, with the session that she proved.
            Identity::Session | Identity::Pending => None,
            // What an agent signed for is told to the address itself: whoever has it learns what was asked in her name.
            Identity::Code | Identity::Vouched | Identity::NotNeeded | Identity::Signed | Identity::Shop => {
                self.person(organisation, requester.person).await?.email
            }
        };
        let mailed = by_mail.is_some() && self.post.mailer.is_some();
        if let (Some(email), true) = (&by_mail, mailed && letter.row.sent_at.is_none()) {
            let text: Text =
                serde_json::from_str(&letter.text).map_err(|_| Fault::broken("a letter of no known form"))?;
            let mail = Mail {
                to: email.expose(),
                subject: &text.subject,
                body: &text.body(),
                id: &letter.row.id.to_string(),
                language: &row.locale,
            };
            if let Err(fault) = self.mail_to(organisation, requester.person, &mail).await? {
                return Ok(if fault.may_pass() { Done::Failed("mail") } else { Done::ByHand("mail_refused") });
            }
        }
        if !mailed && row.identity != Identity::Session.word() && row.channel != "api" {
            // Nobody but a person can bring this letter.
            return Ok(Done::ByHand("no_mail"));
        }
        let now = self.world.now();
        let mut follow = vec![request_words::sent(organisation, letter.row.id, now)];
        follow.extend(self.after_letter(row, step));
        let work = Work::new(Fence::Organisation(organisation)).extend(follow).with(settle(
            organisation,
            step,
            Step::Done,
            now,
        ));
        self.store.write(work).await?;
        Ok(Done::Noted)
    }

    /// What a letter that has arrived means for the clock.
    pub(crate) fn after_letter(&self, row: &RequestRow, step: &StepRow) -> Option<Statement> {
        let now = self.world.now();
        match step.act.as_str() {
            "acknowledge" => Some(rows::acknowledged(row.organisation, row.id, now)),
            // Extensions and questions are letters too, with a recipient mark of their own.
            _ if step.recipient.is_some() => None,
            _ => Some(rows::answered(row.organisation, row.id, now)),
        }
    }

    /// How the work ended, for the answer.
    async fn outcome(&self, row: &RequestRow, steps: &[StepRow], said: &[Opened]) -> Deed<Outcome> {
        let files = request_file::of_request(row.organisation, row.id);
        let files = self.store.all(Fence::Organisation(row.organisation), files).await?;
        let archive_until = files.iter().map(|file| file.moment("expires_at")).collect::<Result<Vec<_>, _>>()?;
        let tells = || steps.iter().filter(|step| step.act == Act::Tell.word());
        let named = |steps: &mut dyn Iterator<Item = &StepRow>| -> Vec<String> {
            steps.filter_map(|step| step.recipient.clone()).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let words_for = |step: &StepRow| {
            said.iter().find(|one| one.row.step == Some(step.id) && one.row.kind == "note").map(|one| one.text.clone())
        };
        let work =
            || steps.iter().filter(|step| step.act != "tell" && step.act != "letter" && step.act != "acknowledge");
        let kept = work().filter(|step| step.state == Step::Kept.word());
        let kept = kept.map(|step| {
            let ground = step.ground.as_deref().unwrap_or_default().parse()?;
            Ok(Kept { what: words_for(step).unwrap_or_default(), ground, until: step.kept_until })
        });
        // An archive has words only where it was handed over by hand.
        let by_hand = ["decide", "review", "export", "port"];
        let decided = work().filter(|step| step.state == Step::Done.word() && by_hand.contains(&step.act.as_str()));
        Ok(Outcome {
            found: steps.iter().any(|step| step.subject.is_some()),
            archive_until: archive_until.into_iter().min(),
            recipients: self.recipients_of(steps, row).await?,
            told: named(&mut tells().filter(|step| step.state == Step::Done.word())),
            receipts: steps
                .iter()
                .filter(|step| step.state == Step::Done.word())
                .filter_map(|step| Some(format!("{}/v1/erasures/{}/receipt", self.post.origin, step.erasure?)))
                .collect(),
            kept: kept.collect::<Result<_, model::Refusal>>()?,
            staff_says: decided.filter_map(words_for).collect(),
            keep_days: self.organisation(row.organisation).await?.settings.keep_days,
        })
    }

    /// Who outside received something: noted when the request was planned, or read from her own records.
    async fn recipients_of(&self, steps: &[StepRow], row: &RequestRow) -> Deed<Vec<String>> {
        let mut names: BTreeSet<String> =
            steps.iter().filter(|step| step.act == "tell").filter_map(|step| step.recipient.clone()).collect();
        let subjects = steps.iter().filter_map(|step| step.subject.as_deref()?.parse::<PersonId>().ok());
        // Whoever is to be told nothing can still have received something: the relay that carried the letters of this request.
        let told = row.kind.parse::<Kind>()?.tells_recipients();
        let requester = row.person.parse::<PersonId>().ok().filter(|_| !told);
        for subject in subjects.chain(requester) {
            for found in self.received_about(row.organisation, subject).await? {
                names.insert(found.name);
            }
        }
        Ok(names.into_iter().collect())
    }
}

/// A letter that is due: no step of the work before it is open.
pub(crate) fn is_due(steps: &[StepRow]) -> bool {
    let before = |step: &&StepRow| step.act.parse::<Act>().is_ok_and(Act::before_letter) && step.act != "acknowledge";
    let settled = |step: &StepRow| step.state.parse::<Step>().is_ok_and(Step::settled);
    steps.iter().filter(before).all(settled)
}

/// A step for one more letter at the end of a plan; `mark` says which letter it is where it is not the answer.
pub(crate) fn letter_step(desk: &Desk, row: &RequestRow, steps: &[StepRow], mark: Option<&str>) -> StepRow {
    let position = steps.iter().map(|step| step.position).max().unwrap_or(0) + 1;
    let mut step = super::locate::planned(desk, row.id, (position, Act::Letter), None);
    step.recipient = mark.map(str::to_owned);
    step
}

/// The statement that plans it.
pub(crate) fn plan(organisation: OrganisationId, step: &StepRow) -> Statement {
    request_step::insert(organisation, step.clone())
}
