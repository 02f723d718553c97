//! Finds out about whom something is held, and plans what is to be done for each of them and whom outside to tell.

use std::collections::BTreeSet;

use model::{Actor, MessageId, Moment, OrganisationId, PersonId, RequestId, RequestStepId};
use privacy::request::{Act, Channel, Identity, Kind, Step, acts};
use store::message::MessageRow;
use store::request::RequestRow;
use store::request_step::{self, StepRow};
use store::{Fence, Work, disclosure, message, person as people};

use super::steps::settle;
use crate::body::Where;
use crate::handover::Turn;
use crate::{Deed, Desk, Fault};

/// Somebody outside who received something about a person.
pub(crate) struct Received {
    /// Who.
    pub(crate) name: String,
    transfers: i64,
    first_at: Moment,
    last_at: Moment,
}

/// A step that is not begun.
pub(crate) fn planned(
    desk: &Desk,
    request: RequestId,
    (position, act): (i64, Act),
    subject: Option<String>,
) -> StepRow {
    StepRow {
        id: RequestStepId::new(&desk.world),
        request,
        subject,
        position,
        act: act.word().to_owned(),
        recipient: None,
        transfers: None,
        first_at: None,
        last_at: None,
        state: if act.manual() { Step::Manual } else { Step::Waiting }.word().to_owned(),
        ground: None,
        kept_until: None,
        erasure: None,
        attempts: 0,
        next_at: None,
        error_code: None,
        done_by: None,
        done_at: None,
        created_at: desk.world.now(),
    }
}

impl Desk {
    /// The first two steps of every request.
    pub(crate) async fn begin_plan(&self, row: &RequestRow) -> Deed<()> {
        let mut work = Work::new(Fence::Organisation(row.organisation));
        for (position, act) in [(0, Act::Acknowledge), (1, Act::Locate)] {
            let step = planned(self, row.id, (position, act), None);
            work = work.with(request_step::insert(row.organisation, step));
        }
        self.store.write(work).await?;
        Ok(())
    }

    /// Plans the rest, and notes that everybody was found: one work, so that nobody is planned for twice or not at all.
    pub(crate) async fn locate(&self, row: &RequestRow, step: &StepRow) -> Deed<()> {
        let subjects = self.subjects(row).await?;
        let kind: Kind = row.kind.parse()?;
        let mut plan = Vec::new();
        let mut add = |act, subject: Option<&PersonId>| {
            let position = 2 + i64::try_from(plan.len()).unwrap_or(i64::MAX - 2);
            plan.push(planned(self, row.id, (position, act), subject.map(PersonId::to_string)));
        };
        // An address that is to be corrected proves nothing about who may correct it (11 CCR 7060(h)).
        if kind.like() == Kind::Rectification
            && matches!(row.identity.parse()?, Identity::Code | Identity::Signed | Identity::Shop)
        {
            add(Act::Decide, None);
        }
        for act in acts(kind) {
            match act.manual() {
                true => add(*act, None),
                false => subjects.iter().for_each(|subject| add(*act, Some(subject))),
            }
        }
        if kind.tells_recipients() {
            for subject in &subjects {
                let position = 2 + i64::try_from(plan.len()).unwrap_or(i64::MAX - 2);
                plan.extend(self.tells(row.organisation, row.id, (position, *subject)).await?);
            }
        }
        let position = 2 + i64::try_from(plan.len()).unwrap_or(i64::MAX - 2);
        plan.push(planned(self, row.id, (position, Act::Letter), None));
        let steps = plan.into_iter().map(|step| request_step::insert(row.organisation, step));
        let work = Work::new(Fence::Organisation(row.organisation)).extend(steps);
        let found = settle(row.organisation, step, Step::Done, self.world.now());
        self.store.write(work.with(found)).await?;
        if kind == Kind::HumanReview {
            self.call_a_person(row).await?;
        }
        Ok(())
    }

    /// One step for everybody outside who received something about her (Art. 19), from this position on.
    pub(crate) async fn tells(
        &self,
        organisation: OrganisationId,
        request: RequestId,
        (first, subject): (i64, PersonId),
    ) -> Deed<Vec<StepRow>> {
        let relay = self.post.mailer.as_ref().map(|mailer| mailer.recipient().name.to_string());
        let mut plan = Vec::new();
        // The relay carried letters to her; it keeps nothing of them.
        let received = self.received_about(organisation, subject).await?;
        for told in received.into_iter().filter(|told| relay.as_ref() != Some(&told.name)) {
            let position = first + i64::try_from(plan.len()).unwrap_or(i64::MAX - first);
            let mut step = planned(self, request, (position, Act::Tell), Some(subject.to_string()));
            step.recipient = Some(told.name);
            (step.transfers, step.first_at, step.last_at) =
                (Some(told.transfers), Some(told.first_at), Some(told.last_at));
            plan.push(step);
        }
        Ok(plan)
    }

    /// Everybody about whom the request is.
    async fn subjects(&self, row: &RequestRow) -> Deed<BTreeSet<PersonId>> {
        let organisation = row.organisation;
        let Ok(requester) = row.person.parse::<PersonId>() else { return Ok(BTreeSet::new()) };
        let by_address = [Channel::Form, Channel::Agent].iter().any(|channel| channel.word() == row.channel);
        let contact = match self.person(organisation, requester).await {
            Err(Fault::Refused(_)) => return Ok(BTreeSet::new()),
            found => found?,
        };
        let talks = !self.talks(organisation, requester).await?.is_empty();
        if !by_address && (talks || contact.email.is_none()) {
            return Ok(BTreeSet::from([requester]));
        }
        let Some(email) = contact.email else { return Ok(BTreeSet::new()) };
        let index = self.email_index(organisation, email.expose()).await?;
        let found =
            self.store.all(Fence::Organisation(organisation), people::by_email_index(organisation, index)).await?;
        let mut subjects = BTreeSet::new();
        for found in &found {
            let subject: PersonId = found.id("id")?;
            // Records made for nothing but a request hold nothing else.
            if subject != requester && !self.talks(organisation, subject).await?.is_empty() {
                subjects.insert(subject);
            }
        }
        Ok(subjects)
    }

    /// Who outside received something about her.
    pub(crate) async fn received_about(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<Received>> {
        let found = disclosure::recipients(organisation, person);
        let found = self.store.all(Fence::Organisation(organisation), found).await?;
        let received = found.iter().map(|row| {
            Ok(Received {
                name: row.text("recipient")?,
                transfers: row.int("transfers")?,
                first_at: row.moment("first_at")?,
                last_at: row.moment("last_at")?,
            })
        });
        Ok(received.collect::<Result<_, store::StoreError>>()?)
    }

    /// The answer to be reviewed leaves the assistant's hands at once.
    async fn call_a_person(&self, row: &RequestRow) -> Deed<()> {
        let organisation = row.organisation;
        let Some(message) = row.message.as_deref().and_then(|id| id.parse::<MessageId>().ok()) else { return Ok(()) };
        let found = self.store.one(Fence::Organisation(organisation), message::by_id(organisation, message)).await?;
        let Some(found) = found else { return Ok(()) };
        let place = Where { organisation, conversation: MessageRow::from_row(&found)?.conversation };
        match self.turn(place, Turn::AskForPerson, &Actor::House { organisation }).await {
            Ok(_) | Err(Fault::Refused(_)) => Ok(()),
            Err(fault) => Err(fault),
        }
    }
}
